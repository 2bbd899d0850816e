"""The nearest areas by context, with what is not known of either counted openly."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from landscape.compare.peers.context import Context

#: The mean squared difference of two areas taken at random, in variances.
AT_RANDOM = 2.0
#: The squared difference that 95 of 100 random pairs stay below (2 x 1.96 squared).
SELDOM = 7.683
NORMAL_95 = 1.96
#: Two areas are alike where they are less than half as far apart as two at random.
ALIKE = 0.7


@dataclass(frozen=True)
class Search:
    """The candidates of one country, seen from areas of another or the same.

    ``points``: areas x variables in deviations, NaN where not known or not
    shared by the two countries. ``asked``: areas x variables, whether an area
    knows its value at all; what it knows is what peers should be alike in.
    ``weights`` by variable. ``candidates``: rows of the areas to choose from.
    ``likely`` and ``seldom``: areas x variables, the squared difference from a
    candidate whose value is not known: its mean, and what 95 of 100 stay below.
    """

    points: np.ndarray
    asked: np.ndarray
    weights: np.ndarray
    candidates: np.ndarray
    likely: np.ndarray
    seldom: np.ndarray
    _trees: dict[tuple[int, bytes], KDTree] = field(default_factory=dict, repr=False, compare=False)

    def nearest(self, origins: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the k nearest candidates of each origin, and the squared distances.

        Exact: areas that know the same variables share one k-d tree, and the
        penalty for what is not known is the same for each pair of such groups.
        Unfilled places are -1 with an infinite distance.
        """
        rows = np.full((len(origins), k), -1)
        squares = np.full((len(origins), k), np.inf)
        known = np.isfinite(self.points)
        for here in _groups(np.hstack([known, self.asked])[origins]):
            for number in range(len(self._alike)):
                found, square = self._within(origins[here], number, k + 1)
                all_rows = np.hstack([rows[here], found])
                all_squares = np.hstack([squares[here], square])
                order = np.argsort(all_squares, axis=1, kind="stable")[:, :k]
                rows[here] = np.take_along_axis(all_rows, order, axis=1)
                squares[here] = np.take_along_axis(all_squares, order, axis=1)
        return np.where(np.isfinite(squares), rows, -1), squares

    @cached_property
    def _alike(self) -> list[np.ndarray]:
        """The candidates in groups that know the same."""
        known = np.isfinite(self.points[self.candidates])
        return [self.candidates[group] for group in _groups(known)]

    def _tree(self, number: int, both: np.ndarray, root: np.ndarray) -> KDTree:
        """The tree of a group in some of the variables, built once."""
        key = (number, both.tobytes())
        if key not in self._trees:
            self._trees[key] = KDTree(self.points[self._alike[number]][:, both] * root)
        return self._trees[key]

    def _within(self, origins: np.ndarray, number: int, most: int) -> tuple[np.ndarray, np.ndarray]:
        """The nearest of candidates that all know the same, of origins that all know the same."""
        among = self._alike[number]
        both = np.isfinite(self.points[origins[0]]) & np.isfinite(self.points[among[0]])
        asked = self.asked[origins[0]]
        missing = asked & ~both
        lacking = self.likely[origins][:, missing] @ self.weights[missing]
        k, shape = min(most, len(among)), (len(origins), min(most, len(among)))
        if both.any():
            root = np.sqrt(self.weights[both])
            tree = self._tree(number, both, root)
            distance, index = tree.query(self.points[origins][:, both] * root, k=k)
            distance, index = distance.reshape(shape), index.reshape(shape)
        else:
            distance, index = np.zeros(shape), np.broadcast_to(np.arange(k), shape)
        total = self.weights[asked].sum()
        square = (distance**2 + lacking[:, None]) / total if total > 0 else distance + AT_RANDOM
        itself = among[index] == origins[:, None]
        return among[index], np.where(itself, np.inf, square)

    def differences(self, origin: int, others: np.ndarray) -> np.ndarray:
        """Differences of some areas from one origin, others x variables, in deviations.

        NaN where not known of both, or not shared by the countries.
        """
        return np.asarray(self.points[others] - self.points[origin])


def search_in(context: Context, home: str, away: str) -> Search:
    """The search for peers of areas of ``home`` among those of ``away``, both country codes."""
    if (home, away) not in context.searches:
        context.searches[home, away] = _search_in(context, home, away)
    search: Search = context.searches[home, away]
    return search


def _search_in(context: Context, home: str, away: str) -> Search:
    weighed = context.weights.to_numpy() > 0
    values, shared = context.points(home, away)
    points = np.where(weighed, values, np.nan)
    rows = np.flatnonzero(context.areas["country"].to_numpy() == away)
    among = pd.DataFrame(points[rows])
    apart = np.abs(points - among.mean().to_numpy())
    spread = among.std().to_numpy()
    told = shared & np.isfinite(apart + spread)
    return Search(
        points, context.scaled.notna().to_numpy() & weighed, context.weights.to_numpy(), rows,
        np.where(told, apart**2 + spread**2, AT_RANDOM),
        np.where(told, (apart + NORMAL_95 * spread) ** 2, SELDOM),
    )  # fmt: skip


def find_peers(context: Context, home: str, away: str, k: int = 8) -> pd.DataFrame:
    """The k nearest areas of ``away`` of every area of ``home``, both country codes.

    One row a pair, the nearest first: ``area_id``, ``peer_id``, ``distance``:
    the root of the weighted mean squared difference in standard deviations
    (two areas taken at random are about 1.4 apart), where a candidate's
    unknown value counts as far away as the candidates are on the average, and
    a variable that the countries do not share as between two areas at random.
    """
    search = search_in(context, home, away)
    origins = np.flatnonzero((context.areas["country"] == home).to_numpy())
    rows, squares = search.nearest(origins, k)
    ids = context.areas.index.to_numpy()
    pairs = pd.DataFrame(
        {
            "area_id": np.repeat(ids[origins], k),
            "peer_id": ids[rows.ravel()],
            "distance": np.sqrt(squares.ravel()),
        }
    )
    return pairs[rows.ravel() >= 0].reset_index(drop=True)


def _groups(known: np.ndarray) -> list[np.ndarray]:
    """Rows by what is known of them."""
    key = np.packbits(known, axis=1)
    _, group = np.unique(key, axis=0, return_inverse=True)
    group = group.ravel()
    return [np.flatnonzero(group == each) for each in range(group.max() + 1)] if len(key) else []
