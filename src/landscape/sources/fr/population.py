"""Municipal population of each commune, 2017 to 2021 (INSEE)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.carried import carry_along
from landscape.cleaning.codes import among
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.changes import trace_codes
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.fr._codes import reject_unknown, tell_carried

#: The file has the communes of 2019, and for each year the figure published for
#: the communes of two years later. 2013 to 2016 therefore lack the communes
#: merged before 2019 (965,000 residents in 2013) and are left out.
YEARS = (2017, 2018, 2019, 2020, 2021)
PUBLISHED_AFTER = 2
COLUMNS = {"codgeo": "code", "dep": "departement"} | {f"p{y % 100}_pop": f"p{y}" for y in YEARS}


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes as printed and the figures of the years kept."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: population by year, carried to the communes of today.

    Overseas codes are printed with the département's three figures before the
    commune's three (971102 for 97102). A blank beside a former code only says
    that the commune was merged by then; where its commune still stood, and beside
    a code of today or of an arrondissement, the figure is missing, and with it
    the sum of which it is a part.
    """
    ledger = Ledger(context, frame)
    long_code = frame["code"].str.len() == 6
    code = frame["code"].where(~long_code, frame["code"].str[:2] + frame["code"].str[3:])
    figures = {f"p{y}": parse_numbers(frame[f"p{y}"])["value"] for y in YEARS}
    frame = frame.assign(code=code, **figures)
    frame = reject_unknown(frame, context, ledger, on=_published(YEARS[0]))
    parts, used = [], []
    for year in YEARS:
        column = f"p{year}"
        rows = frame[_stands(frame, year, context)]
        links = trace_codes(rows["code"], context, on=_published(year))
        carried, records = carry_along(rows, links, counts=[column])
        parts.append(observations(carried, {column: "population"}, year=year, context=context))
        used.append(records)
        lacking = rows[rows[column].isna()]
        ledger.note(lacking, "value_missing", f"population of {year}, code " + lacking["code"])
    every = pd.concat(used, ignore_index=True).drop_duplicates()
    tell_carried(frame, every, context, ledger)
    return ledger.close(needs=pd.concat(parts, ignore_index=True), used=every)


def _stands(frame: pd.DataFrame, year: int, context: Context) -> pd.Series:
    """Whether a row's commune stands in the figures of a year: later ones know it, or today."""
    known = frame[[f"p{later}" for later in YEARS if later >= year]].notna().any(axis=1)
    communes = context.areas.loc[context.areas["level"] == "municipality", "code"]
    inside = context.places.loc[context.places["kind"] == "settlement", "code"]
    return known | among(frame["code"], communes) | among(frame["code"], inside)


def _published(year: int) -> str:
    """The date of the communes for which the figure of a year is given."""
    return f"{year + PUBLISHED_AFTER}-01-01"
