"""Fetching from a mirror: each file checked, a good one never replaced by a bad one."""

import shutil
from pathlib import Path

import pytest
import yaml

from landscape.errors import LandscapeError, SourceError
from landscape.fetch import fetch_country
from landscape.paths import Project
from landscape.provenance import sha256_of


@pytest.fixture
def mirror(home: Project, tmp_path: Path) -> Path:
    """A mirror with every official file of Moldova, invented, and cards that describe it."""
    for card in home.raw.glob("md/*/source.yml"):
        folder = tmp_path / "mirror" / "md" / card.parent.name
        folder.mkdir(parents=True)
        content = yaml.safe_load(card.read_text(encoding="utf-8"))
        for name in content["files"]:
            (folder / name).write_text(f"{folder.name} {name}", encoding="utf-8")
            content["files"][name] = sha256_of(folder / name)
        card.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return tmp_path / "mirror"


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"source.yml", "starter.csv.xz"}
    }


def test_files_are_copied_once(home: Project, mirror: Path) -> None:
    told: list[str] = []
    files = files_below(mirror)
    assert fetch_country("MD", mirror, home.raw, told.append) == len(files) == len(told)
    assert files_below(home.raw) == files
    assert fetch_country("md", mirror, home.raw) == 0


def test_a_file_that_the_mirror_lacks(home: Project, mirror: Path) -> None:
    shutil.rmtree(mirror / "md" / "census_2014")
    with pytest.raises(SourceError, match=r"census_2014/\S+: the mirror lacks this file"):
        fetch_country("MD", mirror, home.raw)


def test_a_bad_file_leaves_the_good_one(home: Project, mirror: Path) -> None:
    fetch_country("MD", mirror, home.raw)
    good = files_below(home.raw)
    name = next(iter(good))
    (mirror / name).write_bytes(b"another vintage")
    (home.raw / name).write_bytes(b"touched")
    with pytest.raises(SourceError, match=r"is not the file that source\.yml describes"):
        fetch_country("MD", mirror, home.raw)
    assert (home.raw / name).read_bytes() == b"touched"
    (mirror / name).write_bytes(good[name])
    assert fetch_country("MD", mirror, home.raw) == 1
    assert files_below(home.raw) == good


def test_no_mirror_and_no_room(
    home: Project, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LandscapeError, match="absent: no such folder"):
        fetch_country("MD", mirror / "absent", home.raw)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fail)
    with pytest.raises(LandscapeError, match="cannot be written: No space left on device"):
        fetch_country("MD", mirror, home.raw)
    assert files_below(home.raw) == {}
