"""What can be set side by side across countries: the same or a near definition, and no more."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landscape.compare.spread import compare_spread, values_at_level
from landscape.indicators.catalogue import load_catalogue

#: Grades of the catalogue that a figure may cross a border with.
CROSSES_BORDERS = ("A", "B")
MOST_COMPARED = 3
FEWEST_COUNTRIES = 2

COLUMNS = (
    "country", "grade", "year", "value", "low", "high", "areas", "known", "lowest",
    "lower_quartile", "median", "upper_quartile", "highest",
)  # fmt: skip


def choose_compared(
    tables: Mapping[str, pd.DataFrame], theme: str, level: str = "county"
) -> list[str]:
    """The few indicators to set side by side: of the theme first, then general; at most three.

    ``tables`` are the tables of indicators by country. An indicator is chosen
    where two countries at least have the grade A or B and a value at the
    level. What authorities declare is left out: it stands in a report of its
    own. Empty where no definition is shared.
    """
    chosen = [
        name
        for name, indicator in load_catalogue().items()
        if indicator.theme in (theme, "general")
        and not indicator.is_declared
        and sum(_has_values(rows, code, name, level) for code, rows in tables.items())
        >= FEWEST_COUNTRIES
    ]
    chosen.sort(key=lambda name: load_catalogue()[name].theme != theme)
    return chosen[:MOST_COMPARED]


def crosses_borders(country: str, name: str) -> bool:
    """Whether the indicator's figures of a country may stand beside those of another."""
    return _grade(country, name) in CROSSES_BORDERS


def compare_across(
    tables: Mapping[str, pd.DataFrame],
    areas: Mapping[str, pd.DataFrame],
    name: str,
    level: str = "county",
) -> pd.DataFrame:
    """One indicator in each country: its value with interval, and the spread of its areas.

    A row a country, in the order of ``tables``, with the columns ``COLUMNS``:
    ``value``, ``low``, ``high`` (95 %) of the country as a whole, the quartiles
    of its areas of the level, ``known`` of ``areas`` of them. Everything but
    ``country``, ``grade`` and ``areas`` is missing where the country does not
    have the indicator, or has it by a definition of its own (grade C).
    """
    rows = [_row(code, indicators, areas[code], name, level) for code, indicators in tables.items()]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    whole = dict.fromkeys(("year", "areas", "known"), "Int64")
    figures = {column: "Float64" for column in COLUMNS[3:] if column not in whole}
    return found.astype({**whole, **figures})


def _row(
    code: str, indicators: pd.DataFrame, areas: pd.DataFrame, name: str, level: str
) -> dict[str, object]:
    row: dict[str, object] = {
        "country": code, "grade": _grade(code, name), "areas": int((areas["level"] == level).sum()),
    }  # fmt: skip
    spread = compare_spread(indicators, areas, name, level)
    if not crosses_borders(code, name) or spread is None:
        return row
    whole = values_at_level(indicators, name, "country").dropna(subset=["value"])
    if len(whole):
        row |= {column: whole.iloc[0][column] for column in ("value", "low", "high")}
    shown = ("year", "known", "lowest", "lower_quartile", "median", "upper_quartile", "highest")
    return row | {column: getattr(spread, column) for column in shown}


def _grade(country: str, name: str) -> str | None:
    entry = load_catalogue()[name].countries.get(country)
    return None if entry is None else entry.grade


def _has_values(indicators: pd.DataFrame, code: str, name: str, level: str) -> bool:
    if not crosses_borders(code, name):
        return False
    return bool(values_at_level(indicators, name, level)["value"].notna().any())
