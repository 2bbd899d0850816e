"""Services in the schema of data.inclusion, v1: ``structures.json`` and ``services.json``.

Mapping: ``data_inclusion.csv``, from the codes of the services to the words of
the schema. A provider and area make one structure; a service whose provider
is not named is a structure of its own. What cannot be carried stands in
``standards.yml``.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from landscape.exchange.sharing import Edition
from landscape.exchange.single import single_services
from landscape.exchange.writing import Left, write_json

MAPPING = Path(__file__).with_suffix(".csv")
#: The code list that code_insee takes its codes from, and its length.
CODE_LIST, CODE_LEVEL = "INSEE COG", "municipality"
SHORTEST_NAME, LONGEST_NAME = 3, 150
ONE_WORD = ("type",)
STRUCTURE = ["source", "id", "nom", "description", "date_maj", "commune", "code_insee"]
SERVICE = [
    "source", "structure_id", "id", "nom", "description", "date_maj", "type", "thematiques",
    "publics", "modes_accueil", "commune", "code_insee", "longitude", "latitude",
]  # fmt: skip


def write_data_inclusion(edition: Edition, folder: Path) -> list[Left]:
    """Write structures and services as two lists of JSON objects; returns what is left out."""
    rows, left = single_services(edition, "fr")  # the schema is written in French
    closed = rows["closed"].notna()
    left.append(Left("services closed", int(closed.sum()), "the schema has no day of closing"))
    rows = _described(rows[~closed], edition)
    structures = rows.drop_duplicates("structure_id")
    structures = structures.assign(
        id=structures["structure_id"],
        nom=structures["structure"],
        description="Prestataire relevé dans : " + structures["citation"],
    )
    write_json(folder / "structures.json", _objects(structures[[*STRUCTURE, "reseaux_porteurs"]]))
    write_json(folder / "services.json", _objects(rows[SERVICE]))
    return left


def _described(rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """The rows with every field of the schema that can be told."""
    cards = edition.inventory.sources
    name = _proper_name(rows["name"], rows["label"])
    is_insee = edition.inventory.country.code_list == CODE_LIST
    is_commune = rows["level"] == CODE_LEVEL
    citation = rows["source_id"].map({key: card.citation for key, card in cards.items()})
    dates = {  # the schema refuses a day to come: a period may go on beyond its retrieval
        key: min(last_day(card.reference_period), card.retrieved_on.isoformat())
        for key, card in cards.items()
    }
    unnamed = rows["provider_name"].isna()
    provider = rows["source_id"] + "--" + rows["provider_name"].astype("str") + "--"
    structure = (provider + rows["area_id"]).mask(unnamed, rows["service_id"])
    described = rows.assign(
        source=rows["source_id"],
        id=rows["service_id"],
        structure_id=structure,
        structure=_proper_name(rows["provider_name"], name),
        nom=name,
        citation=citation,
        description=_description(rows, citation),
        date_maj=rows["source_id"].map(dates),
        commune=rows["area"].where(is_commune),
        code_insee=rows["code"].where(is_commune & is_insee),
        longitude=rows["lon"],
        latitude=rows["lat"],
    )
    mapping = pd.read_csv(MAPPING, dtype=str)
    words = {field: _words(rows, mapping, field) for field in mapping["field"].unique()}
    return described.assign(**words)


def _description(rows: pd.DataFrame, citation: pd.Series) -> pd.Series:
    """What the schema has no field for, in words: type, places, year and register."""
    places = rows["capacity"].astype("Int64").astype("str") + " places"
    told = (rows["label"] + ", " + places).where(rows["capacity"].notna(), rows["label"])
    return told + ". Relevé pour " + rows["year"].astype("str") + " dans : " + citation


def _proper_name(names: pd.Series, instead: pd.Series) -> pd.Series:
    """Names of 3 to 150 characters without a full stop at their end; else what stands instead."""
    tidy = names.str.strip().str.rstrip(". ")
    usable = tidy.str.len().ge(SHORTEST_NAME).fillna(False).astype(bool)
    kept = tidy.where(usable, instead)
    return kept.str.slice(0, LONGEST_NAME).str.rstrip(". ")


def _words(rows: pd.DataFrame, mapping: pd.DataFrame, field: str) -> pd.Series:
    """The schema's words for a row: a list, or one word; None where there are none."""
    asked = mapping[mapping["field"] == field]
    words = pd.Series(None, index=rows.index, dtype="object")
    for column, codes in asked.groupby("column", sort=False):
        found = rows[str(column)].map(dict(zip(codes["code"], codes["value"], strict=True)))
        words = words.where(words.notna(), found.astype("object"))
    if field in ONE_WORD:
        return words
    return words.map(lambda word: [word], na_action="ignore")


def last_day(period: str) -> str:
    """The last day of a reference period, ISO.

    >>> last_day("2016-12"), last_day("2021-2025"), last_day("2012/2026-05-03")
    ('2016-12-31', '2025-12-31', '2026-05-03')
    """
    last = re.findall(r"\d{4}(?:-\d{2}(?!\d)(?:-\d{2}(?!\d))?)?", period)[-1]
    year, month, day = (*map(int, last.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()


def _objects(table: pd.DataFrame) -> list[dict[str, Any]]:
    """One JSON object a row; fields that are not known are left out."""
    columns = {column: list(table[column]) for column in table.columns}
    return [
        {column: values[row] for column, values in columns.items() if _is_told(values[row])}
        for row in range(len(table))
    ]


def _is_told(value: Any) -> bool:
    return isinstance(value, list) or (value is not None and not pd.isna(value))
