"""What a window would provide by what all the other areas do: the fit without its areas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from landscape.compare.zones.saddlepoint import Members

#: A linear predictor moves by no more than this when a window is left out.
MOST_MOVED = 3.0
#: No area's weight falls below this part for what it has in common with its neighbours.
LEAST_WEIGHT = 0.1


@dataclass(frozen=True)
class Fit:
    """The regression that a model's expectations come from, at what it found.

    A row an area, rows of zeros for areas that are not in it: ``design``;
    ``slope`` the derivative of what is expected by the linear predictor,
    ``wider`` how many times chance spreads a count beyond it, ``away`` seen less
    expected. ``penalty`` one a column; ``county`` the number of each area's county.
    """

    design: np.ndarray
    slope: np.ndarray
    wider: np.ndarray
    away: np.ndarray
    penalty: np.ndarray
    county: np.ndarray

    @cached_property
    def scatter(self) -> np.ndarray:
        """How widely the pull of whole counties on the coefficients spreads, and the penalty's.

        Neighbours are alike, so that counties and not areas are independent (Liang and
        Zeger 1986): columns by columns.
        """
        pulls = np.zeros((self.county.max() + 1, self.design.shape[1]))
        np.add.at(pulls, self.county, self.design * (self.away / self.wider)[:, None])
        return np.asarray(pulls.T @ pulls + np.diag(self.penalty))

    def foretell(self, pull: np.ndarray, left: np.ndarray) -> np.ndarray:
        """The variance of sums that move by ``pull`` with the coefficients, a row a window.

        The larger of what independent areas and what whole counties let expect.
        """
        toward = np.linalg.solve(left, pull[:, :, None])[:, :, 0]
        by_areas = (pull * toward).sum(axis=1)
        by_counties = (toward @ self.scatter * toward).sum(axis=1)
        return np.asarray(np.maximum(by_areas, by_counties))

    @cached_property
    def information(self) -> np.ndarray:
        """What all areas and the penalty tell of the coefficients: columns by columns."""
        weighted = self.design * (self.slope / self.wider)[:, None]
        return np.asarray(weighted.T @ self.design + np.diag(self.penalty))

    @cached_property
    def taken(self) -> np.ndarray:
        """What the fit takes up of each area's count, in columns of unit variance."""
        root = np.linalg.inv(np.linalg.cholesky(self.information))
        return np.asarray(self.slope[:, None] * (self.design @ root.T))

    def leave_out(self, windows: csr_array) -> tuple[np.ndarray, np.ndarray]:
        """How the coefficients move without each window's areas, and the information left.

        One step of Newton's method from the fit to all (Pregibon 1981), a row a
        window; so that neither a zone nor chance is measured against itself.
        """
        pulled = windows @ (self.design * (self.away / self.wider)[:, None])
        root = self.design * np.sqrt(self.slope / self.wider)[:, None]
        size = np.diff(windows.indptr)
        row = np.repeat(np.arange(len(size)), size)
        order = np.arange(len(row)) - windows.indptr[row]
        inside = np.zeros((len(size), int(size.max(initial=0)), root.shape[1]))
        inside[row, order] = root[windows.indices]
        left = self.information - inside.transpose(0, 2, 1) @ inside
        return -np.linalg.solve(left, pulled[:, :, None])[:, :, 0], left


def expect_moved(expected: np.ndarray, trials: np.ndarray | None, moved: np.ndarray) -> np.ndarray:
    """What is expected where the linear predictor has moved by so much."""
    moved = np.clip(moved, -MOST_MOVED, MOST_MOVED)
    if trials is None:
        return np.asarray(expected * np.exp(moved))
    odds = expected / np.maximum(trials - expected, 1e-12) * np.exp(moved)
    return np.asarray(trials * odds / (1 + odds))


def slope_of(expected: np.ndarray, trials: np.ndarray | None) -> np.ndarray:
    """The derivative of what is expected by the linear predictor (log, or logit of a share)."""
    if trials is None:
        return expected
    return np.asarray(expected * (1 - expected / np.maximum(trials, 1e-12)))


@dataclass(frozen=True)
class Apart:
    """Weighted sums of some windows: ``above`` what the areas outside of them let expect.

    A value a window: ``own`` is the variance of independent areas, ``foretold`` that of
    the expectation, ``pairs`` what a unit of ``Model.together`` adds.
    """

    members: Members
    trials: np.ndarray | None
    above: np.ndarray
    own: np.ndarray
    foretold: np.ndarray | float
    pairs: np.ndarray


def weigh_anew(members: Members, variance: np.ndarray, size: np.ndarray, common: float) -> Members:
    """The members with less weight where what neighbours have in common tells most.

    Generalised least squares (Aitken 1936) for areas with a factor in common, of
    variance ``common``; no weight falls below a part of what it was.
    """
    weight = members.weight
    shared = (
        common * members.add_up(size * weight) / (1 + common * members.add_up(size**2 / variance))
    )
    less = shared[members.row] * size / variance
    return replace(members, weight=np.maximum(weight - less, LEAST_WEIGHT * weight))
