"""The peers of one area: who, why, how stably, and what could not be matched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from landscape.compare.peers.context import Context
from landscape.compare.peers.search import ALIKE, Search, search_in
from landscape.errors import LandscapeError

SEED = 20103
RESAMPLES = 200
#: With other weights, peers are looked for among so many areas nearest with the declared ones.
NEAREST = 300
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

    ``rows``, one a peer, its own country first, the nearest first:
    ``peer_id``, ``country``, ``name``; ``distance`` as in ``find_peers``;
    ``low`` and ``high`` (if what is not known were the same, or as far apart as
    95 of 100 stay below), NaN where nothing is known of the area; ``alike``
    (less than half as far apart as two areas at random in what is compared, and
    that is half of what is asked and three variables at least); ``compared`` (how many variables);
    ``close``, ``apart``, ``not_compared`` (tuples of variables); ``stability``
    (share of the resamples in which it is among the k nearest of its country);
    ``origin`` (``found``, ``added``). ``peers`` is the same as a table. ``k``: how
    many were asked for, by country. ``asked``: the variables known of the area.
    ``unmatched``: by country, variables in which all peers found are clearly
    apart on one side.
    """

    area_id: str
    name: str
    country: str
    k: dict[str, int]
    asked: tuple[str, ...]
    rows: list[dict[str, Any]]
    unmatched: dict[str, tuple[str, ...]]
    context: Context

    @cached_property
    def peers(self) -> pd.DataFrame:
        """A row a peer, with the columns named above."""
        return pd.DataFrame(self.rows, columns=COLUMNS)


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
    1981) around its own, and looks among the 300 areas that are nearest with
    the declared weights. Raises LandscapeError for an area that the context
    does not have.
    """
    for name in (area_id, *add, *drop):
        if name not in context.areas.index:
            raise LandscapeError(
                f"peers: no area {name} at the level {context.level} of "
                f"{', '.join(context.countries)}; see the areas table"
            )
    wish = _Wish(k_home, k_abroad, frozenset(add), frozenset(drop), resamples, seed)
    return next(_describe(context, [area_id], wish))


def describe_groups(
    context: Context,
    area_ids: Sequence[str],
    *,
    k_home: int = 6,
    k_abroad: int = 3,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Iterator[PeerGroup]:
    """``describe_peers`` of many areas of one country, in their order, with one search for all."""
    return _describe(
        context, area_ids, _Wish(k_home, k_abroad, frozenset(), frozenset(), resamples, seed)
    )


@dataclass(frozen=True)
class _Wish:
    """How many peers, with and without whom, and how often to weigh anew."""

    k_home: int
    k_abroad: int
    add: frozenset[str]
    drop: frozenset[str]
    resamples: int
    seed: int


def _describe(context: Context, area_ids: Sequence[str], wish: _Wish) -> Iterator[PeerGroup]:
    rows = context.areas.index.get_indexer(pd.Index(area_ids))
    home = str(context.areas["country"].iloc[rows[0]])
    weights = context.weights.to_numpy()
    known = context.scaled.notna().to_numpy() & (weights > 0)
    trials = np.random.default_rng(wish.seed).exponential(size=(wish.resamples, len(weights)))
    sizes = {home: wish.k_home}
    sizes |= {code: wish.k_abroad for code in context.countries if code != home}
    without = np.flatnonzero(context.areas.index.isin(wish.drop))
    extra = np.flatnonzero(context.areas.index.isin(wish.add))
    fields = {
        code: _Field(
            context,
            search_in(context, home, code),
            size,
            without,
            extra[(context.areas["country"].to_numpy() == code)[extra]],
            trials * weights,
        )
        for code, size in sizes.items()
    }
    near = {
        code: field.search.nearest(rows, NEAREST + len(without))[0]
        for code, field in fields.items()
    }
    for number, itself in enumerate(rows.tolist()):
        asked = known[itself]
        found = {
            code: field.peers_of(itself, asked, near[code][number])
            for code, field in fields.items()
        }
        yield PeerGroup(
            area_ids[number],
            str(context.cards[itself]["name"]),
            home,
            sizes,
            context.variables(asked),
            [row for rows_there, _ in found.values() for row in rows_there],
            {code: unmatched for code, (_, unmatched) in found.items()},
            context,
        )


@dataclass(frozen=True)
class _Field:
    """One country to choose peers from: how many, without and with whom, and the trials."""

    context: Context
    search: Search
    size: int
    without: np.ndarray
    extra: np.ndarray
    trials: np.ndarray

    def peers_of(
        self, itself: int, asked: np.ndarray, near: np.ndarray
    ) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
        """The peers in this country, and the variables in which all are far off on one side."""
        context, search = self.context, self.search
        rows = search.candidates if not asked.any() else np.union1d(near[near >= 0], self.extra)
        rows = rows[(rows != itself) & ~np.isin(rows, self.without)]
        apart = search.differences(itself, rows)[:, asked]
        squares = np.where(np.isfinite(apart), apart**2, search.likely[itself, asked])
        # Of areas that are equally near (nothing known), those of the same county come first.
        tie = 1e-9 * (context.parents[rows] != context.parents[itself])
        distance = _mean(squares, context.weights.to_numpy()[asked][None]).ravel() + tie
        found = np.argsort(distance, kind="stable")[: self.size]
        wanted = np.flatnonzero(np.isin(rows, self.extra))
        chosen = np.concatenate([found, np.setdiff1d(wanted, found)])
        nothing = np.full(len(chosen), np.nan)
        told = {
            "distance": np.sqrt(distance[chosen]) if asked.any() else nothing,
            "stability": self._stability(squares, asked, tie, chosen) if asked.any() else nothing,
        }
        origins = ["found"] * len(found) + ["added"] * (len(chosen) - len(found))
        names = context.variables(asked)
        described = _rows(context, rows[chosen], apart[chosen], asked, search.seldom[itself, asked])
        table = [
            {**row, "distance": float(told["distance"][i]),
             "stability": float(told["stability"][i]), "origin": origins[i]}
            for i, row in enumerate(described)
        ]  # fmt: skip
        return table, _named(names, _all_beyond(apart[found]))

    def _stability(
        self, squares: np.ndarray, asked: np.ndarray, tie: np.ndarray, chosen: np.ndarray
    ) -> np.ndarray:
        """The share of trials in which each of the chosen is among the nearest."""
        size = min(self.size, len(squares))
        if size == 0:
            return np.zeros(len(chosen))
        distance = _mean(squares, self.trials[:, asked]) + tie
        last = np.partition(distance, size - 1, axis=1)[:, size - 1]
        return np.asarray((distance[:, chosen] <= last[:, None]).mean(axis=0))


def _named(names: Sequence[str], mask: np.ndarray) -> tuple[str, ...]:
    return tuple(name for name, chosen in zip(names, mask.tolist(), strict=True) if chosen)


def _all_beyond(apart: np.ndarray) -> np.ndarray:
    """The variables in which all rows are clearly apart on the same side."""
    if not len(apart):
        return np.zeros(apart.shape[1], dtype=bool)
    return np.asarray((apart > APART).all(axis=0) | (apart < -APART).all(axis=0))


def _rows(
    context: Context, rows: np.ndarray, away: np.ndarray, asked: np.ndarray, seldom: np.ndarray
) -> list[Mapping[str, Any]]:
    """All that can be told without the other candidates, a mapping a row."""
    weights, names = context.weights.to_numpy(), context.variables(asked)
    known, share = np.isfinite(away), weights[asked] / max(weights[asked].sum(), 1e-12)
    near = (np.where(known, away, 0.0) ** 2) @ share
    most = near + (~known * seldom) @ share
    compared = known @ share
    gap = np.abs(np.where(known, away, (CLOSE + APART) / 2))
    enough = known.sum(axis=1) >= min(FEWEST_COMPARED, (weights > 0).sum())
    alike = (near <= ALIKE**2 * compared) & (compared >= 0.5) & enough
    low, high = (np.sqrt(each) if asked.any() else each * np.nan for each in (near, most))
    close, apart = known & (gap <= CLOSE), gap > APART
    return [
        {
            **context.cards[row],
            "low": float(low[i]), "high": float(high[i]),
            "alike": bool(alike[i]), "compared": int(known[i].sum()),
            "close": _named(names, close[i]),
            "apart": _named(names, apart[i]),
            "not_compared": _named(names, ~known[i]),
        }
        for i, row in enumerate(rows)
    ]  # fmt: skip


def _mean(squares: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means of squared differences, weightings x candidates; 0 where nothing is asked."""
    total = weights.sum(axis=1, keepdims=True)
    added = weights @ squares.T
    return np.asarray(np.divide(added, total, out=np.zeros(added.shape), where=total > 0))
