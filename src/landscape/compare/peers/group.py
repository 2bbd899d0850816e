"""The peers of one area: who, why, how stably, and what could not be matched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landscape.compare.peers.context import Context
from landscape.compare.peers.search import ALIKE, search_in
from landscape.errors import LandscapeError

SEED = 20103
RESAMPLES = 200
#: Differences in deviations: hardly any (a fifth of random pairs are as near), and clear ones.
CLOSE = 0.35
APART = 1.0
#: Nobody is called alike who is compared on fewer variables (or all, where fewer count).
FEWEST_COMPARED = 3

COLUMNS = [
    "peer_id", "country", "name", "distance", "low", "high", "alike", "compared",
    "close", "apart", "not_compared", "stability", "origin",
]  # fmt: skip


@dataclass(frozen=True)
class PeerGroup:
    """An area among its peers.

    ``peers``, one row a peer, its own country first, the nearest first:
    ``peer_id``, ``country``, ``name``; ``distance`` as in ``find_peers``;
    ``low`` and ``high`` (if what is not known were the same, or as far apart as
    95 of 100 stay below), NaN where nothing is known of the area; ``alike``
    (less than half as far apart as two areas at random in what is compared, and
    that is half of what is asked and three variables at least); ``compared`` (how many variables);
    ``close``, ``apart``, ``not_compared`` (tuples of variables); ``stability``
    (share of the resamples in which it is among the k nearest of its country);
    ``origin`` (``found``, ``added``). ``k``: how many were asked for, by
    country. ``asked``: the variables known of the area. ``unmatched``: by
    country, variables in which all peers found are clearly apart on one side.
    """

    area_id: str
    name: str
    country: str
    k: dict[str, int]
    asked: tuple[str, ...]
    peers: pd.DataFrame
    unmatched: dict[str, tuple[str, ...]]
    context: Context


def describe_peers(
    context: Context,
    area_id: str,
    *,
    k_home: int = 6,
    k_abroad: int = 3,
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> PeerGroup:
    """The most alike areas of the same level, at home and in each other country.

    Never empty: where nothing is close the least unlike areas are listed and
    ``alike`` is False. ``add`` puts areas in whatever their distance, ``drop``
    keeps some out; ``Context.reweight`` changes what counts. Resampling gives
    each variable a random weight (Bayesian bootstrap over variables, Rubin
    1981) around its own. Raises LandscapeError for an area that the context
    does not have.
    """
    for name in (area_id, *add, *drop):
        if name not in context.areas.index:
            raise LandscapeError(
                f"peers: no area {name} at the level {context.level} of "
                f"{', '.join(context.countries)}; see the areas table"
            )
    itself = int(np.flatnonzero(context.areas.index == area_id)[0])
    home = str(context.areas["country"].iloc[itself])
    asked = context.scaled.notna().to_numpy()[itself] & (context.weights.to_numpy() > 0)
    sizes = {home: k_home} | {code: k_abroad for code in context.countries if code != home}
    random = np.random.default_rng(seed)
    trials = random.exponential(size=(resamples, len(asked))) * context.weights.to_numpy()
    wish = _Wish(itself, asked, {area_id, *drop}, frozenset(add), trials)
    found = {code: _peers_in(context, home, code, size, wish) for code, size in sizes.items()}
    return PeerGroup(
        area_id,
        str(context.areas["name"].iloc[itself]),
        home,
        sizes,
        tuple(context.weights.index[asked]),
        pd.concat([table for table, _ in found.values()], ignore_index=True),
        {code: unmatched for code, (_, unmatched) in found.items()},
        context,
    )


@dataclass(frozen=True)
class _Wish:
    """Whose peers, by what, without and with whom, and random weights for each trial."""

    itself: int
    asked: np.ndarray
    without: set[str]
    extra: frozenset[str]
    trials: np.ndarray


def _peers_in(
    context: Context, home: str, away: str, size: int, wish: _Wish
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The peers in one country, and the variables in which all found are far off on one side."""
    search, asked, itself = search_in(context, home, away), wish.asked, wish.itself
    ids = context.areas.index
    rows = search.candidates[~ids[search.candidates].isin(wish.without)]
    apart = search.differences(itself, rows)[:, asked]
    squares = np.where(np.isfinite(apart), apart**2, search.likely[itself, asked])
    # Of areas that are equally near (nothing known), those of the same county come first.
    parent = context.areas["parent_id"].to_numpy()
    tie = 1e-9 * (parent[rows] != parent[itself])
    weights = context.weights[asked]
    distance = _mean(squares, weights.to_numpy()[None]).ravel() + tie
    found = np.argsort(distance, kind="stable")[:size]
    wanted = np.flatnonzero(ids[rows].isin(wish.extra))
    chosen = np.concatenate([found, np.setdiff1d(wanted, found)])
    stability = _stability(squares, wish.trials[:, asked], tie, len(found))[chosen]
    table = _rows(context, rows[chosen], apart[chosen], weights, search.seldom[itself, asked])
    table = table.assign(
        distance=np.sqrt(distance[chosen]) if asked.any() else np.nan,
        stability=stability if asked.any() else np.nan,
        origin=["found"] * len(found) + ["added"] * (len(chosen) - len(found)),
    )
    return table[COLUMNS], tuple(weights.index[_all_beyond(apart[found])])


def _all_beyond(apart: np.ndarray) -> np.ndarray:
    """The variables in which all rows are clearly apart on the same side."""
    if not len(apart):
        return np.zeros(apart.shape[1], dtype=bool)
    return np.asarray((apart > APART).all(axis=0) | (apart < -APART).all(axis=0))


def _rows(
    context: Context, rows: np.ndarray, away: np.ndarray, weights: pd.Series, seldom: np.ndarray
) -> pd.DataFrame:
    """All columns but those that need the other candidates."""
    known, share = np.isfinite(away), weights.to_numpy() / max(weights.sum(), 1e-12)
    near = (np.where(known, away, 0.0) ** 2) @ share
    most = near + (~known * seldom) @ share
    compared = known @ share

    def named(mask: np.ndarray) -> list[tuple[str, ...]]:
        return [tuple(weights.index[row]) for row in mask]

    gap = np.abs(np.where(known, away, (CLOSE + APART) / 2))
    areas = context.areas.iloc[rows]
    nothing = weights.empty
    enough = known.sum(axis=1) >= min(FEWEST_COMPARED, (context.weights > 0).sum())
    return pd.DataFrame(
        {
            "peer_id": areas.index, "country": areas["country"].to_numpy(),
            "name": areas["name"].to_numpy(),
            "low": np.nan if nothing else np.sqrt(near),
            "high": np.nan if nothing else np.sqrt(most),
            "alike": (near <= ALIKE**2 * compared) & (compared >= 0.5) & enough,
            "compared": known.sum(axis=1), "close": named(known & (gap <= CLOSE)),
            "apart": named(gap > APART), "not_compared": named(~known),
        }
    )  # fmt: skip


def _stability(squares: np.ndarray, trials: np.ndarray, tie: np.ndarray, size: int) -> np.ndarray:
    """The share of trials in which each candidate is among the nearest."""
    if size == 0:
        return np.zeros(len(squares))
    distance = _mean(squares, trials) + tie[:, None]
    nearest = np.argpartition(distance, size - 1, axis=0)[:size]
    return np.bincount(nearest.ravel(), minlength=len(squares)) / len(trials)


def _mean(squares: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means of squared differences, candidates x weightings; 0 where nothing is asked."""
    total = weights.sum(axis=1)
    added = squares @ weights.T
    return np.asarray(np.divide(added, total, out=np.zeros(added.shape), where=total > 0))
