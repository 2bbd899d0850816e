"""A source's card and its files: what is promised is checked."""

import hashlib
from pathlib import Path

import pytest
import yaml

from landscape.errors import SourceError
from landscape.provenance import STARTER, RawFolder, load_source_card, open_raw_folder

CARD = {
    "title": {"en": "Register", "fr": "Registre", "ro": "Registru", "bg": "Регистър"},
    "producer": "Office",
    "url": "https://office.example",
    "licence": "CC BY 4.0",
    "reference_period": 2020,
    "retrieved_on": "2026-01-01",
    "files": {"a.csv": hashlib.sha256(b"x\n").hexdigest()},
    "is_exhaustive": True,
    "citation": "Office, Register",
}
LANGUAGE_GONE = {"title": {"en": "Register", "fr": "Registre", "ro": ""}}


def card_in(folder: Path, **changes: object) -> Path:
    fields = {key: value for key, value in {**CARD, **changes}.items() if value is not None}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.yml").write_text(yaml.safe_dump(fields), encoding="utf-8")
    return folder / "source.yml"


def test_a_card(tmp_path: Path) -> None:
    card = load_source_card(card_in(tmp_path), "xx/register")
    assert card.source_id == "xx/register"
    assert card.reference_period == "2020"
    assert not card.dropped_columns


@pytest.mark.parametrize("field", [name for name in CARD if name != "url"])
def test_a_field_that_is_missing_is_named(tmp_path: Path, field: str) -> None:
    with pytest.raises(SourceError, match=rf"source\.yml: {field}: field required"):
        load_source_card(card_in(tmp_path, **{field: None}), "xx/register")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (LANGUAGE_GONE, "title: .*title lacks ro, bg"),
        ({"licence": ""}, "licence: "),
        ({"files": {}}, "files: "),
        ({"files": {"../a.csv": "0" * 64}}, "is not a plain file name"),
        ({"files": {".a.csv": "0" * 64}}, "is not a plain file name"),
        ({"files": {"a.csv": "12"}}, "is not a sha-256"),
        ({"colour": "red"}, "colour: extra inputs"),
        ({"retrieved_on": "soon"}, "retrieved_on: "),
    ],
)
def test_a_field_that_is_wrong_is_named(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(SourceError, match=says):
        load_source_card(card_in(tmp_path, **changes), "xx/register")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"title: [", "not readable as YAML"),
        (b"title: \xff\xfe", "not readable as YAML"),
        (b"- title\n", "must hold fields"),
        (b"", "must hold fields"),
        (None, "every source needs a source.yml"),
    ],
)
def test_a_card_that_cannot_be_read(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "source.yml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=says) as told:
        load_source_card(path, "xx/register")
    assert "\n" not in str(told.value)


@pytest.fixture
def folder(tmp_path: Path) -> RawFolder:
    card_in(tmp_path / "xx" / "register")
    (tmp_path / "xx" / "register" / "a.csv").write_bytes(b"x\n")
    return open_raw_folder(tmp_path, "xx/register")


def test_a_file_is_checked_when_it_is_opened(folder: RawFolder) -> None:
    assert folder.is_complete
    assert folder.file() == folder.file("a.csv") == folder.path / "a.csv"
    with pytest.raises(SourceError, match=r"b\.csv is not listed in source\.yml"):
        folder.file("b.csv")
    (folder.path / "a.csv").write_bytes(b"y\n")
    with pytest.raises(SourceError, match=r"a\.csv: the checksum changed"):
        folder.file()
    (folder.path / "a.csv").unlink()
    assert not folder.is_complete
    with pytest.raises(SourceError, match=r"a\.csv: the file is missing; run: landscape fetch"):
        folder.file()
    (folder.path / "a.csv").mkdir()
    with pytest.raises(SourceError, match="is a link or a folder"):
        folder.file()


def test_without_an_extract(folder: RawFolder) -> None:
    assert not folder.has_starter
    with pytest.raises(SourceError, match="names no starter extract"):
        folder.starter()


def test_a_mirror_of_bare_files_is_read_with_the_cards_of_the_project(tmp_path: Path) -> None:
    card_in(tmp_path / "raw" / "xx" / "register")
    bare = tmp_path / "mirror" / "xx" / "register"
    bare.mkdir(parents=True)
    (bare / "a.csv").write_bytes(b"x\n")
    folder = open_raw_folder(tmp_path / "mirror", "xx/register", tmp_path / "raw")
    assert folder.file() == bare / "a.csv"
    with pytest.raises(SourceError, match="xx/absent: no such folder"):
        open_raw_folder(tmp_path / "mirror", "xx/absent", tmp_path / "raw")


def test_the_extract_is_checked_too(tmp_path: Path) -> None:
    path = card_in(tmp_path / "xx" / "register", starter=hashlib.sha256(b"z").hexdigest())
    folder = open_raw_folder(tmp_path, "xx/register")
    with pytest.raises(SourceError, match=r"starter\.csv\.xz: the file is missing"):
        folder.starter()
    path.with_name(STARTER).write_bytes(b"z")
    assert folder.has_starter
    assert folder.starter().name == STARTER
