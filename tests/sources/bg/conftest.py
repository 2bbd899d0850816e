"""A small Bulgaria: fixtures laid out like the official files, and cleaned together."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from fixture_cards import write_card
from landscape.paths import project
from landscape.provenance import RawFolder, open_raw_folder
from landscape.sources.contract import Context
from landscape.tables import CountryTables, clean_country

HERE = Path(__file__).parent
#: Codes begin with a zero and stay text.
NUMBER = re.compile(r"0|[1-9]\d*(?:\.\d+)?|0\.\d+")


def write_workbook(text: Path, path: Path, sheet: str) -> None:
    """A workbook of one sheet from a CSV file, so that the fixture can be read and reviewed."""
    with xlsxwriter.Workbook(path) as workbook, text.open(encoding="utf-8", newline="") as file:
        page = workbook.add_worksheet(sheet)
        for row, cells in enumerate(csv.reader(file)):
            for column, cell in enumerate(cells):
                page.write(row, column, float(cell) if NUMBER.fullmatch(cell) else cell or None)


def lay_out(raw: Path) -> Path:
    """A raw folder of the fixtures, with the project's source.yml and their checksums.

    A fixture ``name.xlsx.Sheet.csv`` becomes the workbook ``name.xlsx``.
    """
    for fixtures in sorted((HERE / "fixtures").iterdir()):
        folder = raw / "bg" / fixtures.name
        folder.mkdir(parents=True)
        for fixture in fixtures.iterdir():
            name, dot, sheet = fixture.name.removesuffix(".csv").partition(".xlsx.")
            if dot:
                write_workbook(fixture, folder / f"{name}.xlsx", sheet)
            else:
                shutil.copyfile(fixture, folder / fixture.name)
        write_card(folder)
    return raw


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw folder of the fixtures."""
    return lay_out(tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="session")
def small_bulgaria(raw: Path) -> CountryTables:
    """The tables made of the fixtures."""
    return clean_country("BG", raw)


@pytest.fixture(scope="session")
def official_bulgaria(official: Path) -> CountryTables:
    """The tables made of the official files."""
    return clean_country("BG", official, project().raw)


@pytest.fixture
def folder_of(raw: Path) -> Callable[[str], RawFolder]:
    """The raw folder of one source among the fixtures."""
    return lambda name: open_raw_folder(raw, f"bg/{name}")


@pytest.fixture
def context_of(
    folder_of: Callable[[str], RawFolder], small_bulgaria: CountryTables
) -> Callable[[str], Context]:
    """What a source of the fixtures is cleaned with."""
    tables = small_bulgaria.tables
    return lambda name: Context(folder_of(name).card, tables["areas"], tables["places"])


def as_lines(rows: pd.DataFrame) -> list[str]:
    """A table as lines of CSV, to be compared with a golden table line by line."""
    return rows.to_csv(index=False, lineterminator="\n").splitlines()


@pytest.fixture
def golden() -> Callable[[str, pd.DataFrame], None]:
    """Compares rows with ``golden/<name>.csv``, column by column as that file names them."""

    def compare(name: str, rows: pd.DataFrame) -> None:
        expected = (HERE / "golden" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert as_lines(rows[expected[0].split(",")]) == expected

    return compare


@pytest.fixture
def findings_of(small_bulgaria: CountryTables) -> Callable[[str], list[tuple[str, str, str]]]:
    """Record, rule and action of all that cleaning noticed in one source."""

    def list_findings(name: str) -> list[tuple[str, str, str]]:
        rows = small_bulgaria.tables["findings"]
        rows = rows[rows["source_id"] == f"bg/{name}"]
        return list(rows[["record", "rule", "action"]].itertuples(index=False, name=None))

    return list_findings
