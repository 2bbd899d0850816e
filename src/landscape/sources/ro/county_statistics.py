"""Residents, net wage and registered unemployment by county and year (INS, ANOFM)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.matching import match_counties
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures, require_shapes

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

#: The file repeats one rate for 2012, 2013 and 2014 in every county; which year it is of, it does
#: not say.
FIRST_YEAR_OF_RATES = 2015
#: Residents are counted on from the census of 2011 up to 2021, from that of 2021 since.
BREAK_IN_POPULATION = 2022


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a county and year; the country's own row is called TOTAL."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: three figures a county and year. Years not yet published stay missing."""
    ledger = Ledger(context, frame)
    require_shapes(frame, {"year": r"20\d\d"}, context)
    found = match_counties(frame["name"], context.gazetteer)
    area_id = found["area_id"].mask(frame["name"] == "TOTAL", "RO")
    if area_id.isna().any():
        names = sorted(set(frame.loc[area_id.isna(), "name"]))
        raise SourceError(f"{context.source_id}: county not known: {', '.join(names)}")
    frame = frame.assign(
        area_id=area_id,
        year=pd.to_numeric(frame["year"]),
        **{column: read_figures(frame, frame[column], column, ledger) for column in VARIABLES},
    )
    repeated = (frame["year"] < FIRST_YEAR_OF_RATES) & frame["unemployment"].notna()
    said = "registered unemployment of " + frame["year"].astype("str")
    rows = frame[repeated]
    ledger.note(rows, "figure_repeated", said, severity="warning", action="set_missing")
    is_break = (frame["year"] == BREAK_IN_POPULATION) & frame["population"].notna()
    frame = frame.assign(
        unemployment=frame["unemployment"].mask(repeated),
        population_status=is_break.map({True: "B", False: "A"}),
    )
    return ledger.close(needs=observations(frame, VARIABLES, year="year", context=context))
