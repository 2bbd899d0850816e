"""Bad input, told by the real command: one plain line with the file and what to do."""

import lzma
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import yaml

from landscape.paths import Project
from landscape.provenance import STARTER, sha256_of

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
    assert re.search(r"\S+: the file is missing, though .*landscape fetch, which gets it", line)


def test_no_file_at_all(home: Project, complains: Complains) -> None:
    for path in home.raw.glob(f"md/*/{STARTER}"):
        path.unlink()
        change_card(path.with_name("source.yml"), starter=None)
    said = complains("tables", "--country", "MD")
    assert "run: landscape fetch, which gets it or says where it is" in said


def test_a_changed_checksum(home: Project, complains: Complains) -> None:
    path = home.raw / "md" / "localities" / STARTER
    path.write_bytes(path.read_bytes() + b"\0")
    line = complains("tables", "--country", "MD")
    assert re.search(r"localities/starter\.csv\.xz: the checksum changed .*fetch the file", line)


def test_a_broken_extract(home: Project, complains: Complains) -> None:
    path = home.raw / "md" / "localities" / STARTER
    path.write_bytes(b"not packed")
    change_card(card_of(home), starter=sha256_of(path))
    line = complains("tables", "--country", "MD")
    assert "localities/starter.csv.xz: not readable" in line
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


def test_a_card_without_a_licence(home: Project, complains: Complains) -> None:
    change_card(card_of(home), licence=None)
    line = complains("tables", "--country", "MD")
    assert "localities/source.yml: licence: field required" in line


def test_a_card_that_is_no_yaml(home: Project, complains: Complains) -> None:
    card_of(home).write_text("title: [", encoding="utf-8")
    assert "localities/source.yml: not readable as YAML" in complains("sources", "--country", "MD")


def test_an_unknown_column(home: Project, complains: Complains) -> None:
    raw = home.root / "mirror"
    lay_out_official(home, raw, b"a,b\n1,2\n")
    line = complains("tables", "--country", "MD", "--raw", raw)
    assert re.search(r"mirror/md/\w+/\S+: (?:column.s. .* are missing|not readable)", line)


def lay_out_official(home: Project, raw: Path, content: bytes) -> None:
    """A folder where every official file is there with the same content and the right checksum."""
    for card in home.raw.glob("md/*/source.yml"):
        folder = raw / "md" / card.parent.name
        folder.mkdir(parents=True)
        shutil.copyfile(card, folder / "source.yml")
        names = yaml.safe_load(card.read_text(encoding="utf-8"))["files"]
        for name in names:
            (folder / name).write_bytes(content)
        change_card(folder / "source.yml", files={n: sha256_of(folder / n) for n in names})


def test_an_unknown_type(home: Project, complains: Complains) -> None:
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
    absent.mkdir()
    line = complains("tables", "--country", "MD", "--raw", absent)
    assert re.search(r"absent/md/\w+: no such folder", line)


def test_an_output_folder_that_cannot_be_written(home: Project, complains: Complains) -> None:
    """As root writes everywhere, a file stands in the place of the folder."""
    taken = home.root / "taken"
    taken.write_text("mine", encoding="utf-8")
    line = complains("tables", "--country", "MD", "--out", taken)
    assert f"{taken}: cannot be written" in line
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_full_disk(home: Project, complains: Complains) -> None:
    line = complains("tables", "--country", "MD", largest=20_000)
    assert re.search(r"data/processed: cannot be written: .*; check the space", line)
    assert nothing_written(home)
