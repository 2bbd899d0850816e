"""What is committed: starter data small enough, and no official file as it stands."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from landscape.paths import PACKAGE
from landscape.provenance import STARTER, load_source_card, sha256_of

ROOT = PACKAGE.parents[1]
MEGABYTE = 1_000_000


def committed_files() -> list[Path]:
    """The files that git knows; a copy without a repository skips the test."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def starter_files() -> list[Path]:
    return sorted((ROOT / "data" / "raw").glob(f"*/*/{STARTER}"))


def test_the_starter_edition_weighs_at_most_8_mb_and_no_file_over_1_mb() -> None:
    sizes = {path: path.stat().st_size for path in starter_files()}
    assert sizes
    assert sum(sizes.values()) <= 8 * MEGABYTE
    assert {path: size for path, size in sizes.items() if size > MEGABYTE} == {}


def test_every_starter_file_is_the_one_that_its_source_card_records() -> None:
    for path in starter_files():
        source_id = f"{path.parts[-3]}/{path.parts[-2]}"
        card = load_source_card(path.with_name("source.yml"), source_id)
        assert sha256_of(path) == card.starter, path


def test_only_cards_and_extracts_are_committed_below_data() -> None:
    data = ROOT / "data"
    kept = {"source.yml", STARTER, ".gitkeep"}
    strangers = [p for p in committed_files() if data in p.parents and p.name not in kept]
    assert strangers == []


def test_no_committed_file_names_a_machine_or_holds_stored_outputs() -> None:
    for path in committed_files():
        if path.suffix in {".py", ".md", ".yml", ".toml", ".csv"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert "/ho" + "me/" not in text and "/wo" + "rk/" not in text, path


@pytest.mark.data
def test_no_official_file_is_committed_as_it_stands(official: Path) -> None:
    by_size: dict[int, list[Path]] = {}
    for path in official.rglob("*"):
        if path.is_file() and path.stat().st_size:
            by_size.setdefault(path.stat().st_size, []).append(path)
    for path in committed_files():
        same_size = by_size.get(path.stat().st_size, [])
        if same_size:
            own = hashlib.sha256(path.read_bytes()).hexdigest()
            assert own not in {sha256_of(other) for other in same_size}, path
