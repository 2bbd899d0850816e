"""The French fixtures, laid out like the official files and cleaned together.

They are kept as plain text so that they can be read: shapes as WKT, sheets as
CSV. Here they become what the producers publish.
"""

from __future__ import annotations

import csv
import lzma
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import shapely
import xlsxwriter

from fixture_cards import write_card
from landscape.paths import project
from landscape.sources.contract import Context
from landscape.sources.registry import source_module
from landscape.tables import CountryTables, clean_country

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"
COPIED = {
    "departements_boundaries/departements_2024.geojson": "departements_boundaries.geojson",
    "population/population_2013_2021.csv": "population.csv",
    "filosofi/cc_filosofi_2021_COM.csv": "filosofi.csv",
    "france_services/france_services_2024-08-01.csv": "france_services.csv",
    "adulte_relais/adulte_relais_2023.json": "adulte_relais.json",
    "unemployment/communes_2021.csv": "unemployment.csv",
    "siae/siae_2019-07.csv": "siae.csv",
    "citizen_engagement/territoires_2021-2025.csv": "citizen_engagement.csv",
}
PACKED = {
    "cog/communes_2026.json.xz": "cog_communes.json",
    "cog/departements_2026.json.xz": "cog_departements.json",
}


def lay_out(raw: Path) -> Path:
    """A raw folder of fixtures: the project's own source.yml with the fixtures' checksums."""
    for card in sorted((project().raw / "fr").glob("*/source.yml")):
        (raw / "fr" / card.parent.name).mkdir(parents=True)
    for official, fixture in COPIED.items():
        shutil.copyfile(FIXTURES / fixture, raw / "fr" / official)
    for official, fixture in PACKED.items():
        (raw / "fr" / official).write_bytes(lzma.compress((FIXTURES / fixture).read_bytes()))
    _write_communes(raw / "fr/communes/communes_2026.csv.xz")
    _write_workbook(
        raw / "fr/bpe/bpe2013_commune.xlsx", "bpe.csv", numbers=lambda name: name != "depcom"
    )
    _write_workbook(
        raw / "fr/dotations/dotations_investissement_2019.xlsx",
        "dotations.csv",
        numbers=lambda name: name in ("pop19", "cout_total", "montant_sub", "pct_sub"),
    )
    for folder in (raw / "fr").iterdir():
        write_card(folder)
    return raw


def _write_communes(path: Path) -> None:
    frame = pd.read_csv(FIXTURES / "communes.csv", dtype=str, keep_default_na=False)
    for column in ("geometrie_ewkb_hex", "mairie_ewkb_hex"):
        frame[column] = [
            shapely.to_wkb(shapely.from_wkt(text), hex=True) if text else ""
            for text in frame[column]
        ]
    frame.to_csv(path, index=False)


def _write_workbook(path: Path, fixture: str, *, numbers: Callable[[str], bool]) -> None:
    """A workbook with an information sheet where the official file has one."""
    book = xlsxwriter.Workbook(path)
    if fixture == "dotations.csv":
        book.add_worksheet("infos").write_string(0, 0, "Données sur les dotations 2019")
    sheet = book.add_worksheet()
    with (FIXTURES / fixture).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    sheet.write_row(0, 0, header)
    for number, cells in enumerate(rows, start=1):
        for column, (name, cell) in enumerate(zip(header, cells, strict=True)):
            if cell and numbers(name):
                sheet.write_number(number, column, float(cell))
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()


@pytest.fixture(scope="session")
def france(tmp_path_factory: pytest.TempPathFactory) -> CountryTables:
    """The tables made of the fixtures."""
    return clean_country("FR", lay_out(tmp_path_factory.mktemp("raw")))


@pytest.fixture(scope="session")
def context(france: CountryTables) -> Callable[[str], Context]:
    """The context of a source, with all areas and places of the fixtures."""

    def of(name: str) -> Context:
        card = next(s.card for s in france.sources if s.card.source_id == f"fr/{name}")
        names = ("areas", "places", "crosswalk")
        return Context(card, *(france.tables[name] for name in names))

    return of


@pytest.fixture(scope="session")
def frame(france: CountryTables) -> Callable[[str], pd.DataFrame]:
    """What a source module reads from its fixture."""

    def of(name: str) -> pd.DataFrame:
        folder = next(s for s in france.sources if s.card.source_id == f"fr/{name}")
        read: pd.DataFrame = source_module("FR", name).read(folder)
        return read

    return of


@pytest.fixture(scope="session")
def official_france(official: Path) -> CountryTables:
    """The tables made of the official files."""
    return clean_country("FR", official, project().raw)


@pytest.fixture(scope="session")
def compare_with_golden() -> Callable[[pd.DataFrame, str], None]:
    """Compares rows with a golden table: its columns, as text, blank where nothing is expected."""

    def compare(rows: pd.DataFrame, name: str) -> None:
        expected = pd.read_csv(HERE / "golden" / f"{name}.csv", dtype=str, keep_default_na=False)
        keys = list(expected.columns)
        found = rows[keys].astype("object").map(_text).sort_values(keys, ignore_index=True)
        pd.testing.assert_frame_equal(
            found.astype("str"), expected.sort_values(keys, ignore_index=True).astype("str")
        )

    return compare


def _text(cell: object) -> str:
    if pd.isna(cell):
        return ""
    return f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
