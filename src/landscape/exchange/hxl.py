"""Indicators as CSV with HXL hashtags in the second row: one file a level of areas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.exchange.sharing import Edition
from landscape.exchange.writing import Left, write_csv
from landscape.indicators.catalogue import load_catalogue
from landscape.yaml_files import read_mapping

LEVELS = ("country", "county", "municipality")
#: Columns that say in which area; each level has those of the levels above it.
PLACES = {
    "country": ["country"],
    "county": ["country", "county_code", "county"],
    "municipality": ["country", "county_code", "county", "municipality_code", "municipality"],
}


def write_hxl(edition: Edition, folder: Path) -> list[Left]:
    """Write ``indicators_<level>.csv`` for each level; nothing is left out."""
    tags: dict[str, str] = read_mapping(Path(__file__).with_suffix(".yml"))
    rows = _worded(edition)
    others = [name for name in tags if name not in PLACES["municipality"]]
    for level in LEVELS:
        columns = [*PLACES[level], *others]
        table = rows.loc[rows["level"] == level, columns]
        write_csv(
            folder / f"indicators_{level}.csv", table, second_row=[tags[each] for each in columns]
        )
    return []


def _worded(edition: Edition) -> pd.DataFrame:
    rows, catalogue = edition.indicators, load_catalogue()
    areas = edition.areas.set_index("area_id")
    own, level = rows["area_id"], rows["level"]
    county = own.where(level == "county", own.map(areas["parent_id"]))
    is_municipality = level == "municipality"
    told = {name: entry.countries.get(edition.code) for name, entry in catalogue.items()}
    return rows.assign(
        country=edition.code,
        county_code=county.map(areas["code"]),
        county=county.map(areas["name"]),
        municipality_code=own.map(areas["code"]).where(is_municipality),
        municipality=own.map(areas["name"]).where(is_municipality),
        title=rows["indicator"].map({name: entry.title["en"] for name, entry in catalogue.items()}),
        unit=rows["indicator"].map({name: entry.unit["en"] for name, entry in catalogue.items()}),
        grade=rows["indicator"].map({name: c.grade for name, c in told.items() if c is not None}),
    )
