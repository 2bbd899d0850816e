"""Measures of access on the pairs of a ``Reach``.

W is the matrix of the weights of the pairs (1 within reach where no decay is
given), P the demand of the areas, S the supply of the services.

Each table is indexed by area with ``value``, ``services`` (within reach),
``untold`` (those of them whose supply is not known) and ``partial`` (some of
what the value rests on is not known). What is not known is never counted as 0:
an untold service is left out and told, and a value is NA where the area is not
placed or where nothing that it reaches is known. It is 0 where no service is
within reach.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from landscape.compare.access.decay import Decay
from landscape.compare.access.reach import Reach


def find_nearest(reach: Reach) -> pd.Series:
    """The cost of the nearest service of each area, NA where none is within reach."""
    costs, starts = reach.cost.data, reach.cost.indptr[:-1]
    some = np.diff(reach.cost.indptr) > 0
    nearest = np.full(len(reach.areas), np.nan)
    if some.any():
        nearest[some] = np.minimum.reduceat(costs, starts[some])
    return _by_area(nearest, reach)


def count_within(
    reach: Reach, supply: pd.Series | None = None, decay: Decay | None = None
) -> pd.DataFrame:
    """What is within reach of each area: ``W S``, the number of services without a supply.

    The cumulative-opportunities measure (Hansen 1959 with a decay). Raises
    ValueError where the supply is negative or of other services.
    """
    if supply is None:
        supply = pd.Series(1.0, index=reach.services)
    offered = _amounts(supply, reach.services, "supply")
    nobody = np.zeros(len(reach.services), dtype=bool)
    reach, weights = _weigh(reach, decay)
    return _table(reach, weights @ offered.known, offered.missing, nobody)


def two_step_access(
    reach: Reach, demand: pd.Series, supply: pd.Series, decay: Decay | None = None
) -> pd.DataFrame:
    """Supply per unit of demand by floating catchments (2SFCA): ``W (S / W'P)``.

    Step one divides each service by those who reach it, step two adds up what
    each area reaches (Luo and Wang 2003). With a decay it is the enhanced
    form, the weights standing in both steps (Luo and Qi 2009). ``demand`` is
    by area, ``supply`` by service. An area of unknown demand is left out of
    step one, which makes its neighbours' values too high: they are
    ``partial``. Raises ValueError where a demand or supply is negative or the
    indexes differ from those of the reach.
    """
    return _share_out(*_weigh(reach, decay), demand, supply)


def three_step_access(
    reach: Reach,
    demand: pd.Series,
    supply: pd.Series,
    decay: Decay | None = None,
    limit: float | None = None,
) -> pd.DataFrame:
    """As ``two_step_access``, with services competing for each area's demand (3SFCA).

    An area turns to a service with the probability ``G = W / row sum of W``,
    and ``G W`` stands for W in both steps (Wan, Zou and Sternberg 2012). With
    a ``limit`` people choose among all pairs of the reach, and those beyond it
    then count for nothing: what goes there is lost to the nearer services.
    """
    reach, weights = _weigh(reach, decay)
    of_area = np.repeat(weights @ np.ones(len(reach.services)), np.diff(weights.indptr))
    drawn = weights.data**2 / of_area
    if limit is not None:
        near = reach.cost.data <= limit
        reach, drawn = reach.keep(near), drawn[near]
    return _share_out(reach, _matrix(reach, drawn), demand, supply)


def spatial_availability(
    reach: Reach, demand: pd.Series, supply: pd.Series, decay: Decay | None = None
) -> pd.DataFrame:
    """The part of all supply that falls to each area: ``P W (S / W'P)``.

    Each service is shared out in proportion to demand times weight, so that
    the areas together have just what the services within reach supply
    (Soukhov, Paez, Higgins and Mohamed 2023). NA where the demand is missing.
    """
    table = two_step_access(reach, demand, supply, decay)
    return table.assign(value=table["value"] * demand.astype("Float64"))


@dataclass(frozen=True)
class _Amounts:
    known: np.ndarray  # 0 where missing
    missing: np.ndarray


def _share_out(
    reach: Reach, weights: csr_array, demand: pd.Series, supply: pd.Series
) -> pd.DataFrame:
    wanted = _amounts(demand, reach.areas, "demand")
    offered = _amounts(supply, reach.services, "supply")
    pressed = weights.T @ wanted.known
    ratio = np.divide(offered.known, pressed, out=np.zeros_like(pressed), where=pressed > 0)
    # Nobody to divide by: what falls to each of nobody is not known, and not 0.
    untold = offered.missing | (pressed <= 0)
    crowded = np.zeros(len(reach.services), dtype=bool)
    if wanted.missing.any():
        crowded = weights.T @ wanted.missing.astype(float) > 0
    return _table(reach, weights @ ratio, untold, crowded)


def _table(
    reach: Reach, value: np.ndarray, untold: np.ndarray, crowded: np.ndarray
) -> pd.DataFrame:
    services = np.diff(reach.cost.indptr)
    unknown = _count_of(reach, untold)
    nothing = (services > 0) & (unknown == services)
    table = pd.DataFrame(
        {
            "value": _by_area(np.where(nothing, np.nan, value), reach),
            "services": services,
            "untold": unknown,
            "partial": (unknown > 0) | (_count_of(reach, crowded) > 0),
        },
        index=reach.areas,
    )
    for column in ("services", "untold"):
        table[column] = table[column].astype("Int64").where(reach.placed)
    return table


def _count_of(reach: Reach, chosen: np.ndarray) -> np.ndarray:
    """How many of the chosen services each area reaches."""
    if not chosen.any():
        return np.zeros(len(reach.areas), dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(chosen[reach.cost.indices])])
    found: np.ndarray = before[reach.cost.indptr[1:]] - before[reach.cost.indptr[:-1]]
    return found


def _weigh(reach: Reach, decay: Decay | None) -> tuple[Reach, csr_array]:
    """The pairs that weigh anything, and their weights."""
    weights = np.ones_like(reach.cost.data) if decay is None else decay(reach.cost.data)
    if not (weights > 0).all():
        reach, weights = reach.keep(weights > 0), weights[weights > 0]
    return reach, _matrix(reach, weights)


def _matrix(reach: Reach, weights: np.ndarray) -> csr_array:
    cost = reach.cost
    return csr_array((weights, cost.indices, cost.indptr), shape=cost.shape)


def _amounts(amounts: pd.Series, index: pd.Index, name: str) -> _Amounts:
    if not amounts.index.equals(index):
        raise ValueError(f"the {name} must have the index of the reach, in the same order")
    numbers = amounts.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    if (numbers < 0).any():
        first = index[numbers < 0][0]
        raise ValueError(f"the {name} of {first} is below 0")
    missing = np.isnan(numbers)
    return _Amounts(np.where(missing, 0.0, numbers), missing)


def _by_area(numbers: np.ndarray, reach: Reach) -> pd.Series:
    values = pd.Series(numbers, index=reach.areas).astype("Float64")
    return values.where(reach.placed & ~np.isnan(numbers))
