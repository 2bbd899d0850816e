"""How an indicator spreads over the areas of one level."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Spread:
    """An indicator over the areas of one level; missing values are left out and counted."""

    indicator: str
    level: str
    year: int
    areas: int
    known: int
    zeros: int
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float


def compare_spread(
    indicators: pd.DataFrame, areas: pd.DataFrame, indicator: str, level: str
) -> Spread | None:
    """The spread of an indicator over the areas of one level; None where none is known."""
    rows = values_at_level(indicators, indicator, level)
    known = rows["value"].dropna().astype("float64")
    if known.empty:
        return None
    total = int((areas["level"] == level).sum())
    cuts = known.quantile([0, 0.25, 0.5, 0.75, 1]).to_list()
    return Spread(
        indicator, level, int(rows["year"].max()), total, len(known), int((known == 0).sum()), *cuts
    )


def values_at_level(indicators: pd.DataFrame, indicator: str, level: str) -> pd.DataFrame:
    """The rows of one indicator at one level, indexed by area_id."""
    chosen: pd.DataFrame = indicators.iloc[_places(indicators).get((indicator, level), [])]
    return chosen.set_index("area_id")


def _places(indicators: pd.DataFrame) -> dict[Any, Any]:
    """Where the rows of each indicator and level stand, found once for a table."""
    key = id(indicators)
    table, rows, places = _FOUND.get(key, (lambda: None, 0, {}))
    if table() is not indicators or rows != len(indicators):
        places = indicators.groupby(["indicator", "level"], sort=False, observed=True).indices
        gone = weakref.ref(indicators, lambda _: _FOUND.pop(key, None))
        _FOUND[key] = (gone, len(indicators), places)
    return places


_FOUND: dict[int, tuple[Callable[[], pd.DataFrame | None], int, dict[Any, Any]]] = {}
