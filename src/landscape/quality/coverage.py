"""Which figures are known where."""

from __future__ import annotations

import pandas as pd

from landscape.indicators.weights import assumed_population


def cover_municipalities(indicators: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Which indicators each municipality has a value for.

    One row a municipality (index ``area_id``), one column an indicator that
    is known for at least one of them; True where the value is known. A value
    withheld as confidential is not known.
    """
    rows = indicators[indicators["level"] == "municipality"]
    known = rows[rows["value"].notna()]
    table = known.assign(known=True).pivot_table(
        index="area_id", columns="indicator", values="known", aggfunc="any", sort=False
    )
    ids = areas.loc[areas["level"] == "municipality", "area_id"]
    return table.reindex(ids).eq(True).fillna(False).astype(bool)


def cover_counties(known: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The same by county: the share of its residents whose municipality has a value, 0 to 1.

    ``known`` is that of ``cover_municipalities``. A municipality that was
    never counted weighs like a median one.
    """
    table = areas.set_index("area_id")
    weight = assumed_population(table).astype("float64").reindex(known.index).fillna(0)
    county = table["parent_id"].reindex(known.index)
    covered = known.astype("float64").mul(weight, axis=0).groupby(county).sum()
    return covered.div(weight.groupby(county).sum(), axis=0)
