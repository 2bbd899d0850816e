"""A small Romania: fixtures laid out like the official files, and cleaned together."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from fixture_cards import write_card
from landscape.paths import project
from landscape.provenance import RawFolder, load_source_card, open_raw_folder
from landscape.sources.contract import Context
from landscape.tables import CountryTables, clean_country

HERE = Path(__file__).parent


def lay_out(raw: Path) -> Path:
    """A raw folder of the fixtures, with the project's source.yml and their checksums.

    A source of several files has a folder of fixtures.
    """
    for fixture in sorted((HERE / "fixtures").iterdir()):
        folder = raw / "ro" / fixture.stem
        folder.mkdir(parents=True)
        if fixture.is_dir():
            shutil.copytree(fixture, folder, dirs_exist_ok=True)
        else:
            (name,) = load_source_card(
                project().raw / "ro" / fixture.stem / "source.yml", f"ro/{fixture.stem}"
            ).files
            shutil.copyfile(fixture, folder / name)
        write_card(folder, [file.name for file in folder.iterdir()])
    return raw


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw folder of the fixtures."""
    return lay_out(tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="session")
def small_romania(raw: Path) -> CountryTables:
    """The tables made of the fixtures."""
    return clean_country("RO", raw)


@pytest.fixture(scope="session")
def official_romania(official: Path) -> CountryTables:
    """The tables made of the official files."""
    return clean_country("RO", official, project().raw)


@pytest.fixture(scope="session")
def folder_of(raw: Path) -> Callable[[str], RawFolder]:
    """The raw folder of one source among the fixtures."""
    return lambda name: open_raw_folder(raw, f"ro/{name}")


@pytest.fixture(scope="session")
def context_of(
    folder_of: Callable[[str], RawFolder], small_romania: CountryTables
) -> Callable[[str], Context]:
    """What a source of the fixtures is cleaned with."""
    tables = small_romania.tables
    return lambda name: Context(folder_of(name).card, tables["areas"], tables["places"])


def as_lines(rows: pd.DataFrame) -> list[str]:
    """A table as lines of CSV, to be compared with a golden table line by line."""
    return rows.to_csv(index=False, lineterminator="\n").splitlines()


@pytest.fixture(scope="session")
def golden() -> Callable[[str, pd.DataFrame], None]:
    """Compares rows with ``golden/<name>.csv``, column by column as that file names them."""

    def compare(name: str, rows: pd.DataFrame) -> None:
        expected = (HERE / "golden" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert as_lines(rows[expected[0].split(",")]) == expected

    return compare


@pytest.fixture(scope="session")
def findings_of(small_romania: CountryTables) -> Callable[[str], list[tuple[str, str, str]]]:
    """Record, rule and action of all that cleaning noticed in one source."""

    def list_findings(name: str) -> list[tuple[str, str, str]]:
        rows = small_romania.tables["findings"]
        rows = rows[rows["source_id"] == f"ro/{name}"]
        return list(rows[["record", "rule", "action"]].itertuples(index=False, name=None))

    return list_findings
