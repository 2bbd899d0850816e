"""Where a country provides clearly more than its own average: worth a closer look."""

from __future__ import annotations

import pandas as pd

from landscape.compare.spread import values_at_level
from landscape.indicators.catalogue import load_catalogue

MOST_PER_INDICATOR = 4


def compare_to_country(
    indicators: pd.DataFrame, indicator: str, level: str = "county"
) -> pd.DataFrame:
    """Areas whose whole 95 % interval lies above the value of their country.

    ``indicators`` is the table of one country. Returns
    ``area_id``, ``indicator``, ``year``, ``value``, ``low``, ``high``,
    ``country_value``, ``status``, the one whose lower bound stands highest
    over the country first. With intervals of 95 % about one area in forty
    would come out by chance alone; the more areas, the more of them. Empty where the
    country's value or the intervals are not known.
    """
    rows = values_at_level(indicators, indicator, level).dropna(subset=["value", "low"])
    country = values_at_level(indicators, indicator, "country")["value"].dropna()
    if country.empty:
        return rows.reset_index().assign(country_value=float("nan")).iloc[0:0]
    whole = float(country.iloc[0])
    above = rows[(rows["low"] > whole) & (rows["status"] == "A")].assign(country_value=whole)
    above = above.assign(margin=above["low"] - whole)
    above = above.sort_values(["margin", "area_id"], ascending=[False, True])
    return above.drop(columns="margin").reset_index()


def find_strong_points(indicators: pd.DataFrame) -> pd.DataFrame:
    """The clearest strong points of a country's counties, theme by theme.

    Looks at indicators that a higher value of means more provision, by
    ESSPROS function; at most four counties an indicator, in the order of
    ``compare_to_country``. Not a ranking: the counties left out may be as good.
    """
    parts = []
    for indicator in load_catalogue().values():
        if indicator.direction != "more_provision" or indicator.theme == "general":
            continue
        above = compare_to_country(indicators, indicator.name)
        parts.append(above.head(MOST_PER_INDICATOR).assign(theme=indicator.theme))
    columns = ["theme", "area_id", "indicator", "year", "value", "low", "high", "country_value"]
    if not any(len(part) for part in parts):
        return pd.DataFrame(columns=columns)
    return pd.concat([p for p in parts if len(p)], ignore_index=True)[columns]
