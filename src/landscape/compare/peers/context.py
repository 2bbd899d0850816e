"""The context of areas of several countries, on scales that make them comparable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from landscape.compare.peers.measures import MEASURES, Country
from landscape.compare.peers.variables import Variable, load_variables_of_context
from landscape.compare.spread import values_at_level
from landscape.errors import LandscapeError

#: The distance between the quartiles of a normal value, in standard deviations.
QUARTILES_APART = 1.349
#: Rates are pulled in to so many resistant deviations from the median.
FARTHEST = 4.0
#: A country knows a variable where at least so many areas do.
FEWEST = 4


@dataclass(frozen=True)
class Context:
    """The areas of one level of several countries and the context of each.

    ``areas``: indexed by area_id, with ``country``, ``name``, ``parent_id``.
    ``raw``: the values in the units of ``context.yml``, a column a variable,
    NaN where not known. ``scaled``: the same after the logarithm where one is
    asked and odd rates pulled in. ``spread``: countries x variables, the standard
    deviation of ``scaled``, so that two areas of a country taken at random
    differ by 1.4 on the average (root of the mean square).
    ``shared``: countries x variables, whether values compare across borders.
    ``weights``: by variable.
    """

    level: str
    areas: pd.DataFrame
    raw: pd.DataFrame
    scaled: pd.DataFrame
    spread: pd.DataFrame
    shared: pd.DataFrame
    weights: pd.Series

    @property
    def countries(self) -> list[str]:
        """The codes of the countries."""
        return list(self.spread.index)

    def reweight(self, weights: Mapping[str, float]) -> Context:
        """The context with other weights for some variables; 0 leaves one out.

        Raises LandscapeError for a variable that this level does not have, a
        weight below 0, or where nothing is left.
        """
        unknown = sorted(set(weights) - set(self.weights.index))
        if unknown:
            raise LandscapeError(
                f"peers: no variable {', '.join(unknown)} at this level; "
                f"choose among {', '.join(self.weights.index)}"
            )
        changed = self.weights.copy()
        for name, weight in weights.items():
            if not weight >= 0:
                raise LandscapeError(f"peers: the weight of {name} must be 0 or more")
            changed[name] = weight
        if not changed.sum() > 0:
            raise LandscapeError("peers: all weights are 0; keep one variable at least")
        return replace(self, weights=changed)

    @cached_property
    def searches(self) -> dict[tuple[str, str], Any]:
        """The searches made so far, by the codes of home and away (see ``search_in``)."""
        return {}

    def prepare(self) -> None:
        """Gather now what descriptions of peers need, for processes that are forked afterwards."""
        _ = self.cards, self.parents, self._values, self._places, self._columns

    @cached_property
    def cards(self) -> list[dict[str, str]]:
        """``peer_id``, ``country`` and ``name`` of each area, in the order of ``areas``."""
        columns = (self.areas.index, self.areas["country"], self.areas["name"])
        names = ("peer_id", "country", "name")
        return [dict(zip(names, map(str, row), strict=True)) for row in zip(*columns, strict=True)]

    @cached_property
    def parents(self) -> np.ndarray:
        """The area that each one lies in."""
        return np.asarray(self.areas["parent_id"].to_numpy(dtype=object, na_value=""))

    def variables(self, asked: np.ndarray) -> tuple[str, ...]:
        """The names of some of the variables, chosen by truth values."""
        return tuple(
            str(name)
            for name, chosen in zip(self.weights.index, asked.tolist(), strict=True)
            if chosen
        )

    def value(self, area_id: str, name: str) -> float:
        """One value of ``raw``."""
        return float(self._values[self._places[area_id], self._columns[name]])

    @cached_property
    def _values(self) -> np.ndarray:
        return self.raw.to_numpy(dtype="float64")

    @cached_property
    def _places(self) -> dict[str, int]:
        return {str(area_id): place for place, area_id in enumerate(self.raw.index)}

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {str(name): place for place, name in enumerate(self.raw.columns)}

    def points(self, home: str, away: str) -> tuple[np.ndarray, np.ndarray]:
        """Values of all areas in standard deviations, and which variables compare.

        Within a country its own deviations are the scale; between two, the
        root of the mean of their squares. A variable that the two do not share
        is False in the second array.
        """
        compares = (self.shared.loc[home] & self.shared.loc[away]).to_numpy()
        if home == away:
            compares = np.ones(len(self.weights), dtype=bool)
        spread = np.sqrt((self.spread.loc[[home, away]] ** 2).mean(axis=0, skipna=False))
        usable = compares & (spread > 0).to_numpy()
        values = self.scaled.to_numpy() / np.where(usable, spread, 1.0)
        return np.where(usable, values, np.nan), usable


def gather_context(countries: Sequence[Country], level: str) -> Context:
    """The context of the areas of a level, from the inventories of some countries.

    ``countries`` are inventories (``landscape.load``) or anything with their
    ``country.code``, ``areas``, ``places`` and ``indicators``.
    """
    variables = {n: v for n, v in load_variables_of_context().items() if level in v.levels}
    areas, raw, shared = [], [], {}
    for inventory in countries:
        chosen = pd.DataFrame(inventory.areas)
        chosen = chosen[chosen["level"] == level].set_index("area_id")
        areas.append(chosen[["country", "name", "parent_id"]])
        values = {name: _values(inventory, level, each) for name, each in variables.items()}
        raw.append(pd.DataFrame(values, index=chosen.index))
        code = inventory.country.code
        shared[code] = {name: each.compares_across(code) for name, each in variables.items()}
    owner, values_in_units = pd.concat(areas), pd.concat(raw)
    plain = [name for name, each in variables.items() if each.scale == "plain"]
    scaled = _pull_in(_scale(values_in_units, variables), owner["country"], plain)
    return Context(
        level, owner, values_in_units, scaled, _spread(scaled, owner["country"], list(shared)),
        pd.DataFrame(shared).T.astype(bool),
        pd.Series({name: each.weight for name, each in variables.items()}),
    )  # fmt: skip


def _values(country: Country, level: str, variable: Variable) -> pd.Series:
    if variable.origin.measure is not None:
        return MEASURES[variable.origin.measure](country, level)
    rows = values_at_level(country.indicators, str(variable.origin.indicator), level)
    return rows["value"].astype("Float64").astype("float64")


def _scale(raw: pd.DataFrame, variables: Mapping[str, Variable]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: _SCALES[each.scale](raw[name]) for name, each in variables.items()}, index=raw.index
    )


_SCALES: dict[str, Callable[[pd.Series], pd.Series]] = {
    "log": lambda values: np.log(values.where(values > 0)),
    "log_of_one_more": np.log1p,
    "plain": lambda values: values,
}


def _pull_in(scaled: pd.DataFrame, owner: pd.Series, plain: list[str]) -> pd.DataFrame:
    """Rates beyond four resistant deviations set to four: one odd figure makes no stranger.

    Sizes stay: Paris is as large as it is.
    """
    rates = scaled[plain].groupby(owner)
    reach = FARTHEST * (rates.transform("quantile", 0.75) - rates.transform("quantile", 0.25))
    reach = (reach / QUARTILES_APART).where(reach > 0, np.inf)
    middle = rates.transform("median")
    pulled = scaled.copy()
    pulled[plain] = scaled[plain].clip(middle - reach, middle + reach)
    return pulled


def _spread(scaled: pd.DataFrame, owner: pd.Series, codes: list[str]) -> pd.DataFrame:
    """The standard deviation of each variable by country; NaN where fewer than four are known."""
    groups = scaled.groupby(owner)
    return groups.std().where(groups.count() >= FEWEST).reindex(codes)
