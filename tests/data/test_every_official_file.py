"""Every official file has its source, or a reason why it has none."""

from pathlib import Path

import pytest
import yaml

from landscape.paths import project
from landscape.provenance import sha256_of

pytestmark = pytest.mark.data

UNUSED = {
    "SOURCES.md": "says what the files are",
    "fr/cog/epci_2026.json.xz": "intercommunal bodies (EPCI) are no level of the tables",
}


def claimed_checksums() -> dict[str, str]:
    """What each source.yml says of its files: checksum to ``country/source/file``."""
    claimed = {}
    for card in sorted(project().raw.glob("*/*/source.yml")):
        files = yaml.safe_load(card.read_text(encoding="utf-8"))["files"]
        folder = card.parent.relative_to(project().raw).as_posix()
        claimed |= {checksum: f"{folder}/{name}" for name, checksum in files.items()}
    return claimed


def test_every_file_is_claimed_by_a_source_or_left_out_for_a_reason(official: Path) -> None:
    claimed = claimed_checksums()
    found = {p.relative_to(official).as_posix(): p for p in official.rglob("*") if p.is_file()}
    unclaimed = {name for name, path in found.items() if sha256_of(path) not in claimed}
    assert unclaimed == UNUSED.keys() & found.keys()
    assert all(UNUSED.values())


def test_every_file_of_a_source_is_among_the_official_ones(official: Path) -> None:
    """A mirror is complete: what a source.yml names is there, under that name."""
    missing = [name for name in claimed_checksums().values() if not (official / name).is_file()]
    assert missing == []
