"""The composite of one theme and side: where an area stands in its country, from 0 to 100."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from landscape.compare.composites.normalise import Normalisation, Reference, reference
from landscape.compare.composites.themes import DIRECTIONS, Side, Theme
from landscape.compare.composites.tree import Mean, weighted_mean
from landscape.compare.spread import values_at_level
from landscape.indicators.catalogue import load_catalogue

#: An area has a composite where the known indicators have this share of the weight.
LEAST_KNOWN = 0.5
#: Half the width of a 95 % interval, in standard deviations.
HALF_WIDTH = 1.959964


@dataclass(frozen=True)
class Parts:
    """The indicators of one side that a country inventories, areas by indicators.

    ``value``, ``low``, ``high`` are areas x indicators, NaN where not known;
    ``weights`` as declared; ``references`` the country's values of each;
    ``years`` of each indicator; ``alike`` the indicators left out because half
    of the areas or more have one value.
    """

    area_ids: pd.Index
    names: tuple[str, ...]
    weights: np.ndarray
    references: tuple[Reference, ...]
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    years: tuple[int, ...]
    alike: tuple[str, ...] = ()

    @property
    def without_interval(self) -> tuple[str, ...]:
        """Indicators whose values come without an interval: their uncertainty is not known."""
        bare = ~np.isfinite(self.low).any(axis=0) if self.names else []
        return tuple(name for name, lacks in zip(self.names, bare, strict=True) if lacks)

    def select(self, rows: np.ndarray) -> Parts:
        """The same of some areas, placed among all of the country as before."""
        return replace(
            self, area_ids=self.area_ids[rows],
            value=self.value[rows], low=self.low[rows], high=self.high[rows],
        )  # fmt: skip

    def place(self, values: np.ndarray, how: Normalisation) -> np.ndarray:
        """Values of these indicators, areas x indicators, from 0 to 100."""
        placed = [each.place(values[:, i], how) for i, each in enumerate(self.references)]
        return np.column_stack(placed) if placed else np.empty((len(values), 0))

    def draw(self, normal: np.ndarray, rows: slice = slice(None)) -> np.ndarray:
        """Values drawn within their intervals: a normal half on each side of the value.

        ``normal`` are standard normal numbers, areas x indicators. A value
        without an interval stays what it is.
        """
        value, low, high = self.value[rows], self.low[rows], self.high[rows]
        reach = np.where(normal > 0, high - value, value - low) / HALF_WIDTH
        return np.asarray(value + normal * np.where(np.isfinite(reach), reach, 0.0))


def gather_parts(
    indicators: pd.DataFrame, areas: pd.DataFrame, theme: Theme, side: Side, level: str
) -> Parts:
    """The indicators of a side that tell the areas of a level apart; may be none.

    ``indicators`` and ``areas`` are tables of one country.
    """
    area_ids = pd.Index(areas.loc[areas["level"] == level, "area_id"])
    tables, names, references, years, alike = [], [], [], [], []
    for name, weight in theme.side(side).items():
        rows = values_at_level(indicators, name, level).reindex(area_ids)
        table = rows[["value", "low", "high"]].astype("Float64").astype("float64").to_numpy()
        among = reference(table[:, 0], DIRECTIONS[load_catalogue()[name].direction])
        if weight > 0 and len(among.values) and not among.tells_apart:
            alike.append(name)
        elif weight > 0 and len(among.values):
            tables.append(table)
            names.append(name)
            references.append(among)
            years.append(int(rows["year"].max()))
    stacked = np.stack(tables, axis=2) if tables else np.empty((len(area_ids), 3, 0))
    weights = np.array([theme.side(side)[name] for name in names], dtype="float64")
    return Parts(
        area_ids, tuple(names), weights, tuple(references),
        stacked[:, 0], stacked[:, 1], stacked[:, 2], tuple(years), tuple(alike),
    )  # fmt: skip


def compute_composite(
    indicators: pd.DataFrame,
    areas: pd.DataFrame,
    theme: Theme,
    side: Side,
    *,
    level: str = "county",
    how: Normalisation = "robust_z",
) -> pd.DataFrame:
    """Where each area stands on one side of one theme, among the areas of its level.

    ``indicators`` and ``areas`` are the tables of one country. One row an area:
    ``area_id``, ``arithmetic`` and ``geometric`` (0 to 100, 50 is the middle of
    the country), ``known_weight`` (share of the weight of the indicators that
    the country inventories), ``indicators`` (their names, by commas),
    ``first_year``, ``last_year``, ``status``: ``known``, ``not_known`` (under
    half of the weight is known of the area), ``alike`` (half of the areas or
    more have one value, mostly none: it tells nobody apart), ``not_inventoried``
    (no source in the country). A composite has no unit and does not compare across countries
    or themes. It never goes without ``compute_sensitivity``.
    """
    parts = gather_parts(indicators, areas, theme, side, level)
    placed = parts.place(parts.value, how)
    known = (np.isfinite(placed) * parts.weights).sum(axis=1) / (parts.weights.sum() or 1.0)
    means: dict[str, np.ndarray] = {
        kind: weighted_mean(placed, parts.weights, kind, LEAST_KNOWN) for kind in _MEANS
    }
    found = pd.DataFrame({"area_id": parts.area_ids, **means, "known_weight": known})
    status = np.where(np.isfinite(means["arithmetic"]), "known", "not_known")
    nothing = "alike" if parts.alike else "not_inventoried"
    return found.assign(
        indicators=",".join(parts.names),
        first_year=min(parts.years, default=None),
        last_year=max(parts.years, default=None),
        status=status if parts.names else nothing,
    ).astype({"first_year": "Int64", "last_year": "Int64"})


_MEANS: tuple[Mean, ...] = ("arithmetic", "geometric")
