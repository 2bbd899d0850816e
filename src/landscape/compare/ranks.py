"""Ranks as intervals and as groups of ties, never as a number alone.

The rank of an area is simulated from the intervals of the values (Goldstein
and Spiegelhalter 1996). Raw values spread more than the truth does, and drawing
round them spreads them twice: ranks come out too sure of themselves. So the
values are shrunk first towards their common mean, in normal form (Laird and
Louis 1989), unless they are shrunk already.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm, rankdata

from landscape.indicators.intervals import LEVEL
from landscape.indicators.resolve import FULL

SEED = 2012
SIMULATIONS = 500
Z = float(norm.ppf((1 + LEVEL) / 2))
#: Areas that differ by chance alone still differ by this part of chance.
LEAST_SPREAD = 0.01


def rank_intervals(
    values: pd.DataFrame,
    *,
    highest_first: bool = True,
    shrunk: bool = False,
    simulations: int = SIMULATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """95 % intervals of ranks, and groups of areas that may hold the same rank.

    ``values`` is indexed by area_id, with ``value``, ``low`` and ``high``
    (95 %; ``shrunk=True`` where they come from ``indicators.shrinkage``), and
    may have ``coverage``. Returns ``rank_low``, ``rank_high`` (1 is the first),
    ``ranked`` (among how many), ``ties`` (the number of the group, 1 is the
    first) and ``partial`` (the value rests on a part of the population, or that
    is not known; False without a column ``coverage``). NA where the value or
    its interval is missing: such areas are not ranked, and not last. Areas of
    one group of ties all have at least one rank in common. Exact values have
    exact ranks, from the first to the last that equal values share. The same
    seed gives the same table. Raises ValueError where a value lies outside its
    interval.
    """
    columns = values[["value", "low", "high"]].astype("Float64")
    known = columns.notna().all(axis=1)
    value, low, high = columns[known].to_numpy(dtype=float).T
    if ((value < low) | (value > high)).any():
        outside = columns.index[known][(value < low) | (value > high)][0]
        raise ValueError(f"the value of {outside} lies outside its interval")
    table = pd.DataFrame(index=values.index, columns=["rank_low", "rank_high", "ranked", "ties"])
    if known.any():
        below, above = (value - low) / Z, (high - value) / Z
        if not shrunk:
            value, below, above = _shrink(value, below, above)
        if highest_first:
            value, below, above = -value, above, below
        first, middle, last = _bounds(value, below, above, simulations, seed)
        ties = _ties(first, last, middle)
        table[known] = np.column_stack([first, last, np.full(len(first), len(first)), ties])
    return table.astype("Int64").assign(partial=_partial(values))


def _shrink(
    value: np.ndarray, below: np.ndarray, above: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values and their errors after shrinkage to the common mean.

    The variance of the true values is that of Paule and Mandel (1982), at
    which the weighted squares round the mean are what is expected.
    """
    error = (below + above) / 2
    if len(value) < 3 or not error.any():
        return value, below, above
    noise = np.maximum(error, error[error > 0].min() * 1e-3) ** 2
    least, most = LEAST_SPREAD * float(np.median(noise)), float(np.ptp(value)) ** 2

    def excess(spread: float) -> float:
        weights = 1 / (spread + noise)
        squares = (value - np.average(value, weights=weights)) ** 2
        return float(np.sum(weights * squares)) - (len(value) - 1)

    spread = least
    if most > least and excess(least) > 0:
        spread = float(brentq(excess, least, most)) if excess(most) < 0 else most
    own = spread / (spread + noise)
    mean = np.average(value, weights=own)
    return mean + own * (value - mean), below * np.sqrt(own), above * np.sqrt(own)


def _bounds(
    value: np.ndarray, below: np.ndarray, above: np.ndarray, simulations: int, seed: int
) -> np.ndarray:
    """Lower bound, middle and upper bound of each rank, least value first."""
    if not (below.any() or above.any()):
        first, last = rankdata(value, method="min"), rankdata(value, method="max")
        return np.array([first, (first + last) / 2, last])
    ranks = _simulate(value, below, above, simulations, seed)
    bounds: np.ndarray = np.quantile(ranks, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2], axis=0)
    return np.array([np.floor(bounds[0]), bounds[1], np.ceil(bounds[2])])


def _simulate(
    value: np.ndarray, below: np.ndarray, above: np.ndarray, simulations: int, seed: int
) -> np.ndarray:
    """Ranks, simulations x areas; the two sides of an interval may be unequal."""
    random = np.random.default_rng(seed)
    hair = 1e-9 * float(np.ptp(value))  # equal exact values take turns
    below, above = np.maximum(below, hair), np.maximum(above, hair)
    ranks = np.empty((simulations, len(value)), dtype=np.float32)
    for row in ranks:
        chance = random.standard_normal(len(value))
        drawn = value + chance * np.where(chance < 0, below, above)
        row[np.argsort(drawn)] = np.arange(1, len(value) + 1)
    return ranks


def _ties(first: np.ndarray, last: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Groups of rank intervals that share a rank: the fewest there can be.

    The shared ranks are found from the top: each is the least upper bound of
    the intervals that the one before leaves out. An area that may hold several
    of them goes with the one nearest to the middle of its ranks.
    """
    by_first = np.argsort(first, kind="stable")
    starts = first[by_first]
    least_last = np.minimum.accumulate(last[by_first][::-1])[::-1]
    shared: list[float] = []
    at = 0
    while at < len(starts):
        shared.append(float(least_last[at]))
        at = int(np.searchsorted(starts, shared[-1], side="right"))
    ranks = np.array(shared)
    lowest = np.searchsorted(ranks, first, side="left")
    highest = np.searchsorted(ranks, last, side="right") - 1
    halfway = (ranks[1:] + ranks[:-1]) / 2
    groups: np.ndarray = np.clip(np.searchsorted(halfway, middle), lowest, highest) + 1
    return groups


def _partial(values: pd.DataFrame) -> pd.Series:
    if "coverage" not in values:
        return pd.Series(False, index=values.index)
    return ~values["coverage"].astype("Float64").ge(FULL).fillna(False).astype(bool)
