"""``landscape export``: what it prints, its exit codes, and whole countries."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from data_inclusion.schema import v1
from frictionless import Package
from python_calamine import CalamineWorkbook

from landscape import cli
from landscape.exchange import FORMS, export
from landscape.inventory import Inventory, load
from landscape.paths import Project
from landscape.provenance import STARTER
from landscape.yaml_files import read_mapping

REQUIRED = "LANDSCAPE_REQUIRE_LIBREOFFICE"


@pytest.fixture
def run(
    small_edition: Inventory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str]]:
    """Runs the command in a project that has Romania alone; its exit code and all it said."""
    home = Project(tmp_path)
    home.processed.mkdir(parents=True)
    (home.processed / "RO").symlink_to(small_edition.folder)
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))

    def call(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["landscape", "export", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), "".join(capsys.readouterr())

    return call


def test_it_writes_where_it_is_told(run: Callable, tmp_path: Path) -> None:
    code, said = run("--country", "ro", "--as", "geoparquet", "--out", str(tmp_path / "here"))
    assert code == 0
    assert str(tmp_path / "here" / "RO" / "geoparquet") in said
    assert (tmp_path / "here/RO/geoparquet/areas.parquet").is_file()


def test_a_catalogue_without_exports_begins_with_the_data_package(
    run: Callable, tmp_path: Path
) -> None:
    code, said = run("--country", "RO", "--as", "dcat")
    assert code == 0
    assert "names no publisher" in said
    assert (tmp_path / "exports/RO/datapackage/datapackage.json").is_file()
    assert "datapackage.json" in (tmp_path / "exports/catalogue.jsonld").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--country", "RO", "--as", "hsd"], 2),
        (["--country", "XX", "--as", "hsds"], 2),
        (["--country", "RO", "--as", "xlsx", "--lang", "de"], 2),
        (["--country", "RO"], 2),
        (["--country", "MD", "--as", "hsds"], 1),  # no tables yet
        (["--country", "all", "--as", "hsds"], 1),
    ],
)
def test_exit_codes(run: Callable, tmp_path: Path, words: list[str], expected: int) -> None:
    assert run(*words)[0] == expected
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize("lang", ["fr", "ro", "bg"])
def test_the_spreadsheet_is_explained_in_the_readers_language(
    small_edition: Inventory, tmp_path: Path, lang: str
) -> None:
    export([small_edition], "xlsx", tmp_path, lang=lang)
    book = CalamineWorkbook.from_path(tmp_path / "RO/xlsx/landscape_RO.xlsx")
    title = {"fr": "Explications", "ro": "Explicații", "bg": "Обяснения"}[lang]
    assert book.sheet_names[0] == title
    lines = book.get_sheet_by_index(0).to_python()
    assert lines[0][0] == small_edition.country.name[lang]
    (capacity,) = [line[2] for line in lines if line[1] == "capacity"]
    word = {"fr": "n’est pas zéro", "ro": "nu înseamnă zero", "bg": "не е нула"}[lang]
    assert word in capacity


def test_libreoffice_opens_the_spreadsheet(exported: Path, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        if os.environ.get(REQUIRED):
            pytest.fail(f"soffice is missing, and {REQUIRED} is set")
        pytest.skip("LibreOffice is not here: install the package libreoffice-calc-nogui")
    source = exported / "RO/xlsx/landscape_RO.xlsx"
    profile = (tmp_path / "profile").as_uri()
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "ods",
         "--outdir", str(tmp_path), str(source)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ours = CalamineWorkbook.from_path(source)
    theirs = CalamineWorkbook.from_path(tmp_path / "landscape_RO.ods")
    assert ours.sheet_names == theirs.sheet_names
    for name in ours.sheet_names[1:]:
        one, other = (book.get_sheet_by_name(name).to_python() for book in (ours, theirs))
        assert len(one) == len(other)
        for row, same in zip(one, other, strict=True):
            assert row == [pytest.approx(c) if isinstance(c, float) else c for c in same], name


@pytest.mark.parametrize("code", ["RO", "BG", "MD", pytest.param("FR", marks=pytest.mark.slow)])
def test_whole_countries_are_valid(starter_tables: Project, tmp_path: Path, code: str) -> None:
    inventory = load(code, starter_tables.processed)
    for form in ("datapackage", "hsds", "data-inclusion"):
        export([inventory], form, tmp_path)
    for form in ("datapackage", "hsds"):
        report = Package(str(tmp_path / code / form / "datapackage.json")).validate()
        assert report.valid, report.flatten(["title", "type", "message"])[:3]
    for name, model in (("structures", v1.Structure), ("services", v1.Service)):
        path = tmp_path / code / "data-inclusion" / f"{name}.json"
        for each in json.loads(path.read_text("utf-8")):
            model.model_validate(each, context={"ignore_warnings": False})


def test_every_form_and_loss_is_told_in_the_documentation() -> None:
    root = Path(cli.__file__).parents[2]
    told = " ".join((root / "docs" / "exports.md").read_text("utf-8").split())
    standards = read_mapping(Path(cli.__file__).parent / "exchange" / "standards.yml")
    assert set(standards) == set(FORMS)
    for form, entry in standards.items():
        assert f"`{form}`" in told
        for what, why in entry["lost"].items():
            assert f"| {what} | {why} |" in told, (form, what)
    for name, count in (("data_inclusion.csv", 5), ("hsds_terms.csv", 4)):
        lines = (Path(cli.__file__).parent / "exchange" / name).read_text("utf-8").splitlines()
        for row in csv.reader(lines[1:]):
            assert f"| {' | '.join(row[:count])} |".replace("  ", " ") in told, row


def test_licences_of_all_sources_are_known() -> None:
    root = Path(cli.__file__).parents[2]
    known = read_mapping(Path(cli.__file__).parent / "exchange" / "licences.yml")
    cards = [
        path.with_name("source.yml") for path in (root / "data" / "raw").glob(f"*/*/{STARTER}")
    ]
    used = {read_mapping(card)["licence"] for card in cards}
    assert used and used <= set(known)
