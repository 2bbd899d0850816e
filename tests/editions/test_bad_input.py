"""Bad input, told by the real command: one plain line with the file and what to do."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from landscape.paths import Project
from landscape.provenance import STARTER

Complains = Callable[..., str]


def card_of(home: Project, source: str = "localities") -> Path:
    return home.raw / "md" / source / "source.yml"


def change_card(path: Path, **fields: object) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content.update(fields)
    kept = {key: value for key, value in content.items() if value is not None}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


def nothing_written(home: Project) -> bool:
    return not home.processed.exists() or not list(home.processed.iterdir())


def test_a_missing_extract(home: Project, complains: Complains) -> None:
    (home.raw / "md" / "census_2014" / STARTER).unlink()
    line = complains("tables", "--country", "MD")
    assert "md/census_2014/starter.csv.xz: the file is missing; " in line
    assert nothing_written(home)


def test_an_official_file_missing_among_others(home: Project, complains: Complains) -> None:
    """The edition does not fall back to the starter in silence."""
    content = yaml.safe_load(card_of(home).read_text(encoding="utf-8"))
    name = next(iter(content["files"]))
    (card_of(home).parent / name).write_bytes(b"")
    line = complains("tables", "--country", "MD")
    assert re.search(r"\S+: the file is missing, though .*landscape fetch --mirror DIR", line)


def test_no_file_at_all(home: Project, complains: Complains) -> None:
    for path in home.raw.glob(f"md/*/{STARTER}"):
        path.unlink()
        change_card(path.with_name("source.yml"), starter=None)
    assert "run: landscape fetch --mirror DIR" in complains("tables", "--country", "MD")


def test_a_changed_checksum(home: Project, complains: Complains) -> None:
    path = home.raw / "md" / "localities" / STARTER
    path.write_bytes(path.read_bytes() + b"\0")
    line = complains("tables", "--country", "MD")
    assert re.search(r"localities/starter\.csv\.xz: the checksum changed .*fetch the file", line)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not packed", "not readable"),
        (b"\xfd7zXZ\x00\x00\x04", "not readable"),
    ],
)
def test_a_broken_extract(home: Project, complains: Complains, content: bytes, says: str) -> None:
    from landscape.provenance import sha256_of  # noqa: PLC0415

    path = home.raw / "md" / "localities" / STARTER
    path.write_bytes(content)
    change_card(card_of(home), starter=sha256_of(path))
    line = complains("tables", "--country", "MD")
    assert f"localities/starter.csv.xz: {says}" in line
    assert nothing_written(home)


def test_a_link_in_the_place_of_a_file(home: Project, complains: Complains) -> None:
    path = home.raw / "md" / "localities" / STARTER
    elsewhere = path.rename(home.root / "elsewhere.xz")
    path.symlink_to(elsewhere)
    assert "is a link or a folder; put the file itself there" in complains(
        "tables", "--country", "MD"
    )


def test_a_country_that_does_not_exist(complains: Complains) -> None:
    line = complains("tables", "--country", "XX", code=2)
    assert line.startswith("landscape: unknown country 'XX': choose one of ")
    assert "'': choose one of" in complains("sources", "--country", "", code=2)


@pytest.mark.parametrize("field", ["licence", "title", "is_exhaustive", "producer", "files"])
def test_a_card_that_lacks_a_field(home: Project, complains: Complains, field: str) -> None:
    change_card(card_of(home), **{field: None})
    line = complains("tables", "--country", "MD")
    assert f"localities/source.yml: {field}: field required" in line


def test_cards_that_are_not_right(home: Project, complains: Complains) -> None:
    path = card_of(home)
    right = path.read_text(encoding="utf-8")
    change_card(path, title={"en": "Localities", "fr": "Localités"})
    assert "title lacks ro, bg" in complains("sources", "--country", "MD")
    path.write_text(right + "colour: red\n", encoding="utf-8")
    assert "source.yml: colour: extra inputs" in complains("sources", "--country", "MD")
    path.write_text("title: [", encoding="utf-8")
    assert "source.yml: not readable as YAML" in complains("sources", "--country", "MD")
    path.write_bytes(b"title: \xff\xfe")
    assert "source.yml: not readable as YAML" in complains("sources", "--country", "MD")
    path.write_text("- title\n", encoding="utf-8")
    assert "source.yml: must hold fields" in complains("sources", "--country", "MD")
    change_card_files(path, right, {"../../secret": "0" * 64})
    assert "is not a plain file name" in complains("sources", "--country", "MD")
    change_card_files(path, right, {"a.csv": "12"})
    assert "is not a SHA-256" in complains("sources", "--country", "MD")
    path.unlink()
    assert "every source needs a source.yml" in complains("sources", "--country", "MD")
    shutil.rmtree(path.parent)
    assert "md/localities: no such folder" in complains("sources", "--country", "MD")


def change_card_files(path: Path, right: str, files: dict[str, str]) -> None:
    path.write_text(right, encoding="utf-8")
    change_card(path, files=files)


def test_an_unknown_column(home: Project, complains: Complains) -> None:
    raw = home.root / "mirror"
    lay_out_official(home, raw, b"a,b\n1,2\n")
    line = complains("tables", "--country", "MD", "--raw", raw)
    assert re.search(r"mirror/md/localities/\S+: ", line)


def lay_out_official(home: Project, raw: Path, content: bytes) -> None:
    """A folder where every official file is there with the same content and the right checksum."""
    from landscape.provenance import sha256_of  # noqa: PLC0415

    for card in home.raw.glob("md/*/source.yml"):
        folder = raw / "md" / card.parent.name
        folder.mkdir(parents=True)
        shutil.copyfile(card, folder / "source.yml")
        names = yaml.safe_load(card.read_text(encoding="utf-8"))["files"]
        for name in names:
            (folder / name).write_bytes(content)
        change_card(folder / "source.yml", files={n: sha256_of(folder / n) for n in names})


def test_an_unknown_type(home: Project, complains: Complains) -> None:
    import lzma  # noqa: PLC0415

    from landscape.provenance import sha256_of  # noqa: PLC0415

    path = home.raw / "md" / "unhcr_facilities" / STARTER
    text = lzma.decompress(path.read_bytes()).decode("utf-8")
    path.write_bytes(lzma.compress(text.replace("Kindergarten", "Zoo").encode("utf-8")))
    change_card(card_of(home, "unhcr_facilities"), starter=sha256_of(path))
    line = complains("tables", "--country", "MD")
    assert "md/unhcr_facilities: not in the mapping: 'Zoo'" in line
    assert nothing_written(home)


def test_folders_that_are_not_there(home: Project, complains: Complains) -> None:
    absent = home.root / "absent"
    assert f"{absent}: no such folder" in complains("tables", "--country", "MD", "--raw", absent)
    assert f"{absent}: no such folder" in complains("fetch", "--country", "MD", "--mirror", absent)
    assert "fetch needs --mirror DIR" in complains("fetch", "--country", "MD", code=2)
    absent.mkdir()
    line = complains("tables", "--country", "MD", "--raw", absent)
    assert "absent/md/localities: no such folder" in line


def test_an_output_folder_that_cannot_be_written(home: Project, complains: Complains) -> None:
    """As root writes everywhere, a file stands in the place of the folder."""
    taken = home.root / "taken"
    taken.write_text("mine", encoding="utf-8")
    line = complains("tables", "--country", "MD", "--out", taken)
    assert f"{taken}: cannot be written" in line
    line = complains("tables", "--country", "MD", "--out", taken / "below")
    assert "taken/below: cannot be written" in line
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_full_disk(home: Project, complains: Complains) -> None:
    line = complains("tables", "--country", "MD", largest=20_000)
    assert re.search(r"data/processed: cannot be written: .*; check the space", line)
    assert nothing_written(home)
