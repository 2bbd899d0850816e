"""What is known and what is not: the first finding of every inventory."""

from __future__ import annotations

import pandas as pd

from landscape.dictionaries import load_topics
from landscape.indicators.catalogue import load_catalogue
from landscape.indicators.weights import assumed_population

LEVELS = ("municipality", "county")


def compare_coverage(indicators: pd.DataFrame, areas: pd.DataFrame, country: str) -> pd.DataFrame:
    """How much of the country each indicator is known for, level by level.

    ``indicators`` and ``areas`` are tables of one country. One row per
    indicator of the whole catalogue and level, with ``layer``, ``topic``, ``indicator``,
    ``level``, ``grade`` (NA where the catalogue has nothing for the country),
    ``year``, ``areas``, ``known`` (areas with a value) and ``coverage`` (share
    of the population that lives in them). An indicator without a source is
    known for no area: coverage 0. An area whose population is not known
    counts as a median area of its level.
    """
    population = assumed_population(areas.set_index("area_id"))
    totals = population.groupby(areas.set_index("area_id")["level"]).agg(["size", "sum"])
    values = indicators[indicators["value"].notna()]
    values = values.assign(population=values["area_id"].map(population))
    known = values.groupby(["indicator", "level"]).agg(
        year=("year", "max"), known=("value", "size"), population=("population", "sum")
    )
    asked = _asked(country).join(known, on=["indicator", "level"])
    asked = asked.assign(
        areas=asked["level"].map(totals["size"]).fillna(0).astype("int64"),
        known=asked["known"].fillna(0).astype("int64"),
        coverage=(asked["population"] / asked["level"].map(totals["sum"])).fillna(0.0),
        year=asked["year"].astype("Int64"),
    )
    return asked.drop(columns="population").astype({"coverage": "float64"})


def _asked(country: str) -> pd.DataFrame:
    """What the catalogue asks: a row per indicator and level, with the country's grade."""
    rows = [
        {
            "layer": indicator.layer,
            "topic": indicator.topic,
            "indicator": indicator.name,
            "level": level,
            "grade": indicator.countries[country].grade if country in indicator.countries else None,
        }
        for indicator in load_catalogue().values()
        for level in LEVELS
    ]
    return pd.DataFrame(rows)


def compare_topics(coverage: pd.DataFrame) -> pd.DataFrame:
    """Which topics the country has figures for: a row per topic, in the order of ``topics.yml``.

    ``coverage`` is that of ``compare_coverage``. Columns ``topic``, ``layer``,
    ``known`` (indicators with a figure), ``since`` and ``year`` (of the oldest of
    them and of the newest) and, by level, the coverage of the best-known indicator.
    """
    known = coverage[coverage["known"] > 0]
    best = known.pivot_table(index="topic", columns="level", values="coverage", aggfunc="max")
    topics = pd.DataFrame(
        [{"topic": name, "layer": entry["layer"]} for name, entry in load_topics().items()]
    ).set_index("topic")
    topics["known"] = known.groupby("topic")["indicator"].nunique()
    topics["since"] = known.groupby("topic")["year"].min()
    topics["year"] = known.groupby("topic")["year"].max()
    for level in LEVELS:
        topics[level] = best.get(level, 0.0)
    return topics.fillna({"known": 0, **dict.fromkeys(LEVELS, 0.0)}).reset_index()
