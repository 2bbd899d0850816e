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
import yaml

from landscape.paths import project
from landscape.provenance import sha256_of
from landscape.tables import CountryTables, clean_country

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"
COPIED = {
    "departements_boundaries/departements_2024.geojson": "departements_boundaries.geojson",
    "population/population_2013_2021.csv": "population.csv",
    "filosofi/cc_filosofi_2021_COM.csv": "filosofi.csv",
    "france_services/france_services_2024-08-01.csv": "france_services.csv",
    "adulte_relais/adulte_relais_2023.json": "adulte_relais.json",
}
PACKED = {
    "cog/communes_2026.json.xz": "cog_communes.json",
    "cog/departements_2026.json.xz": "cog_departements.json",
}
NUMBERS = ("cout_total", "montant_sub", "pct_sub", "pop19")


def _lay_out(raw: Path) -> Path:
    """A raw folder of fixtures: the project's own source.yml with the fixtures' checksums."""
    for card in sorted((project().raw / "fr").glob("*/source.yml")):
        (raw / "fr" / card.parent.name).mkdir(parents=True)
    for official, fixture in COPIED.items():
        shutil.copyfile(FIXTURES / fixture, raw / "fr" / official)
    for official, fixture in PACKED.items():
        (raw / "fr" / official).write_bytes(lzma.compress((FIXTURES / fixture).read_bytes()))
    _write_communes(raw / "fr/communes/communes_2026.csv.xz")
    _write_workbook(
        raw / "fr/bpe/bpe2013_commune.xlsx", {"Bpe13_ensemble_Analyse_croisée": "bpe.csv"}
    )
    _write_workbook(
        raw / "fr/dotations/dotations_investissement_2019.xlsx",
        {"infos": None, "Projets_dotations_investissement_2019": "dotations.csv"},
    )
    for folder in (raw / "fr").iterdir():
        _write_card(folder)
    return raw


def _write_communes(path: Path) -> None:
    frame = pd.read_csv(FIXTURES / "communes.csv", dtype=str, keep_default_na=False)
    for column in ("geometrie_ewkb_hex", "mairie_ewkb_hex"):
        frame[column] = [
            shapely.to_wkb(shapely.from_wkt(text), hex=True) if text else ""
            for text in frame[column]
        ]
    frame.to_csv(path, index=False)


def _write_workbook(path: Path, sheets: dict[str, str | None]) -> None:
    book = xlsxwriter.Workbook(path)
    for name, fixture in sheets.items():
        sheet = book.add_worksheet(name[:31] if fixture is None else _sheet_name(name))
        if fixture is None:
            sheet.write_row(0, 0, ["Données sur les dotations d'investissement 2019"])
            continue
        with (FIXTURES / fixture).open(encoding="utf-8", newline="") as file:
            for row, cells in enumerate(csv.reader(file)):
                for column, cell in enumerate(cells):
                    _write_cell(sheet, row, column, cell, fixture)
    book.close()


def _sheet_name(name: str) -> str:
    """The producer's sheet names are longer than a spreadsheet program allows."""
    return name[:31]


def _write_cell(sheet: object, row: int, column: int, cell: str, fixture: str) -> None:
    is_count = fixture == "bpe.csv" and row > 0 and column > 0
    if cell and is_count:
        sheet.write_number(row, column, float(cell))
    elif cell:
        sheet.write_string(row, column, cell)


def _write_card(folder: Path) -> None:
    """The source.yml of a folder, with the checksums of the files that are there."""
    card = project().raw / "fr" / folder.name / "source.yml"
    content = yaml.safe_load(card.read_text(encoding="utf-8"))
    content.pop("starter", None)
    content["files"] = {name: sha256_of(folder / name) for name in content["files"]}
    (folder / "source.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
