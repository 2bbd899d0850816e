"""Residents, net wage and registered unemployment by county and year (INS, ANOFM)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.matching import match_counties
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations

COLUMNS = {
    "megye_ro": "name",
    "ev": "year",
    "lakossag": "population",
    "atlagber": "net_wage",
    "munkanelkuliseg": "unemployment",
}
VARIABLES = {
    "population": "population",
    "net_wage": "net_wage",
    "unemployment": "registered_unemployment_rate",
}


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a county and year; the country's own row is called TOTAL."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: three figures a county and year. Years not yet published stay missing."""
    ledger = Ledger(context, frame)
    found = match_counties(frame["name"], context.gazetteer)
    area_id = found["area_id"].mask(frame["name"] == "TOTAL", "RO")
    if area_id.isna().any():
        names = sorted(set(frame.loc[area_id.isna(), "name"]))
        raise SourceError(f"{context.source_id}: county not known: {', '.join(names)}")
    figures = {column: parse_numbers(frame[column])["value"] for column in VARIABLES}
    frame = frame.assign(area_id=area_id, year=pd.to_numeric(frame["year"]), **figures)
    return ledger.close(needs=observations(frame, VARIABLES, year="year", context=context))
