"""Small areas' rates and shares, shrunk towards those of their group by empirical Bayes.

A village of 300 with one case or none has a raw rate that says little. Its
shrunk rate lies between the raw one and the mean of its group (its county, or
its peers), the nearer to the group the fewer people stand behind it and the
more alike the areas of the group are. The raw rate stays beside it.

Rates: cases are Poisson, the true rates of a group follow a gamma
distribution (Clayton and Kaldor 1987; Marshall 1991). Shares: cases are
binomial, the true shares follow a beta distribution (Martuzzi and Elliott
1996). In both the prior is worth ``strength`` persons with the mean of the
group, so the shrunk value is ``(mean * strength + cases) / (strength + total)``.

What the strength is, a group of some tens of areas hardly tells. So it is not
put at one estimate but averaged over a grid, each weighing as its marginal
likelihood times the uniform-shrinkage prior (Christiansen and Morris 1997;
Daniels 1999), and the error of the group's mean is carried along (Kass and
Steffey 1989). Intervals that leave this out are too short.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import norm

from landscape.indicators.intervals import LEVEL
from landscape.indicators.priors import Binomial, Family, Poisson, by_moments, on_grid

Method = Literal["grid", "moments"]
#: Fewer areas tell nothing of how much the areas of a group differ.
FEWEST_AREAS = 3
#: A posterior whose standard deviation is this part of its mean is as good as normal.
NARROW = 1e-3

COLUMNS = ["shrunk", "shrunk_low", "shrunk_high", "group_mean", "own_weight"]


def shrink_rates(
    cases: pd.Series, exposure: pd.Series, groups: pd.Series, method: Method = "grid"
) -> pd.DataFrame:
    """Rates (cases per unit of exposure) shrunk towards the mean rate of their group.

    All three are indexed by area_id; ``groups`` names the group of each area.
    Returns ``shrunk`` with its 95 % interval (``shrunk_low``, ``shrunk_high``),
    ``group_mean`` and ``own_weight``, the part of the area's own rate in the
    shrunk one, from 0 to 1. NA where cases or exposure are missing or the
    exposure is 0, where the area has no group, and in a group with fewer than
    three known areas. ``method="moments"`` takes the strength by moments as
    Marshall (1991) does; its intervals are too short in small groups. Raises
    ValueError where the indexes differ or cases are negative.
    """
    return _shrink(Poisson(), cases, exposure, groups, method)


def shrink_shares(
    part: pd.Series, whole: pd.Series, groups: pd.Series, method: Method = "grid"
) -> pd.DataFrame:
    """Shares (``part`` of ``whole``, 0 to 1) shrunk towards the share of their group.

    As ``shrink_rates``; NA too where the part is more than the whole. With
    ``method="moments"`` the strength is that of Kleinman (1973), weighted by
    the wholes.
    """
    return _shrink(Binomial(), part, whole, groups, method)


def shrink_to_peers(
    cases: pd.Series, total: pd.Series, peers: pd.DataFrame, kind: Literal["rate", "share"]
) -> pd.DataFrame:
    """Rates or shares shrunk towards the peers that each area has of its own.

    ``peers`` has a row for each area (``area_id``) and peer (``peer_id``); the
    group of an area is itself and its peers, and the same area may be peer to
    many. Returns the columns of ``shrink_rates`` for the areas that ``peers``
    names. Raises ValueError for a peer that the cases do not have.
    """
    own = pd.unique(peers["area_id"])
    group = np.concatenate([own, peers["area_id"].to_numpy()])
    member = np.concatenate([own, peers["peer_id"].to_numpy()])
    twice = pd.MultiIndex.from_arrays([group, member]).duplicated()
    places = cases.index.get_indexer(pd.Index(member[~twice]))
    if (places < 0).any():
        raise ValueError(f"peer {member[~twice][places < 0][0]} is not among the areas")
    shrink = shrink_rates if kind == "rate" else shrink_shares
    of_members = [series.iloc[places].reset_index(drop=True) for series in (cases, total)]
    shrunk = shrink(of_members[0], of_members[1], pd.Series(group[~twice]))
    return shrunk.iloc[: len(own)].set_axis(own)


def _shrink(
    family: Family, cases: pd.Series, total: pd.Series, groups: pd.Series, method: Method
) -> pd.DataFrame:
    if not (cases.index.equals(total.index) and cases.index.equals(groups.index)):
        raise ValueError("cases, totals and groups must have the same areas in the same order")
    table = pd.DataFrame(np.nan, index=cases.index, columns=COLUMNS)
    y, n = _plain(cases), _plain(total)
    if (y < 0).any():
        raise ValueError(f"the cases of {cases.index[y < 0][0]} are below 0")
    known = (n > 0) & ~np.isnan(y) & groups.notna().to_numpy() & family.possible(y, n)
    known &= groups.where(known).map(groups[known].value_counts()).ge(FEWEST_AREAS).to_numpy()
    if known.any():
        codes = pd.factorize(groups[known])[0]
        fit = on_grid if method == "grid" else by_moments
        mean, variance, group_mean, own = fit(family, y[known], n[known], codes)
        low, high = _interval(family, mean, variance)
        table.loc[known] = np.column_stack([mean, low, high, group_mean, own])
    return table.astype("Float64").mask(table.isna())


def _interval(
    family: Family, mean: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles of the family's distribution with this mean and variance.

    The normal distribution stands for it where it is as narrow as to be one,
    which spares the beta distribution's slow and unsure tails.
    """
    narrow = variance <= NARROW**2 * (mean * (1 - mean)) ** 2
    sides = []
    for tail in ((1 - LEVEL) / 2, (1 + LEVEL) / 2):
        bound = mean + norm.ppf(tail) * np.sqrt(variance)
        bound[~narrow] = family.quantile(tail, mean[~narrow], variance[~narrow])
        sides.append(bound)
    return np.minimum(sides[0], mean), np.maximum(sides[1], mean)


def _plain(values: pd.Series) -> np.ndarray:
    return values.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
