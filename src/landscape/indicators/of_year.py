"""An indicator of a year before the latest, from what had been observed by then."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from landscape.indicators.catalogue import Indicator
from landscape.indicators.compute import rows_of_level
from landscape.indicators.inputs import LEVELS, CountryData
from landscape.schemas import empty_table


def compute_of_year(indicator: Indicator, data: CountryData, level: str, year: int) -> pd.DataFrame:
    """The indicator's rows at one level if they are of that year, indexed by area_id; else none.

    Columns as in ``schemas.INDICATORS``. Observations of later years of the
    variables that set the year are left out, so that the latest is the one
    asked for; a denominator of the nearest year may be later, as it may be in
    the table of the latest figures. Services are known at one date only.
    Declared indicators have no rows: workbooks of one round say nothing of
    another year.
    """
    if indicator.is_declared or data.country not in indicator.countries:
        return _none()
    dated = {spec.variable for spec in indicator.inputs.values() if spec.year != "nearest"}
    seen = data.observations
    later = seen["variable"].isin(dated - {None}) & (seen["year"] > year)
    rows = rows_of_level(indicator, replace(data, observations=seen[~later]), level, {})
    if rows is None or set(rows["year"]) != {year}:
        return _none()
    return rows.set_index("area_id")


def list_years(indicator: Indicator, data: CountryData, level: str) -> list[int]:
    """The years that the observations of the first input bear, the latest first.

    Of the level itself or of those below; whether enough is known of a year
    for the indicator, ``compute_of_year`` tells. A change has no figure of the
    year it starts from. Empty for services.
    """
    if indicator.is_declared or data.country not in indicator.countries:
        return []
    first = next(iter(indicator.inputs.values()))
    seen = data.of_variable(first.variable)
    levels = LEVELS[: LEVELS.index(level) + 1]
    known = seen[seen["value"].notna() & seen["level"].isin(levels)]
    years = known.loc[known["year"] >= (first.since or 0), "year"].unique()
    start = {spec.variable for spec in indicator.inputs.values() if spec.year == "earliest"}
    listed = sorted((int(each) for each in years), reverse=True)
    return listed[:-1] if first.variable in start else listed


def _none() -> pd.DataFrame:
    return empty_table("indicators").set_index("area_id")
