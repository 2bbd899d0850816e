"""What a window would provide by what all the other areas do: the fit without its areas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.special import expit

from landscape.compare.zones.saddlepoint import Members

#: A linear predictor moves by no more than this when a window is left out.
MOST_MOVED = 3.0
#: No area's weight falls below this part for what it has in common with its neighbours.
LEAST_WEIGHT = 0.1
#: Where, and with what weight, a normal law is looked at (Gauss and Hermite).
POINTS, WEIGHTS = np.polynomial.hermite.hermgauss(5)
#: Log odds whose standard deviation is below this are taken as known.
CERTAIN = 1e-4


@dataclass(frozen=True)
class Fit:
    """The regression that a model's expectations come from, at what it found.

    A row an area, rows of zeros for areas that are not in it: ``design``;
    ``slope`` the derivative of what is expected by the linear predictor,
    ``wider`` how many times chance spreads a count beyond it, ``away`` seen less
    expected, ``size`` as in ``Model``. ``penalty`` one a column; ``county`` the number of
    each area's county.
    """

    design: np.ndarray
    slope: np.ndarray
    wider: np.ndarray
    away: np.ndarray
    size: np.ndarray
    penalty: np.ndarray
    county: np.ndarray

    @cached_property
    def alike(self) -> np.ndarray:
        """Per unit of what neighbours have in common, how it spreads the pull on the coefficients.

        Areas of one county count as neighbours, so that counties and not areas are
        independent (as in Liang and Zeger 1986): columns by columns.
        """
        felt = self.design * (self.size / self.wider)[:, None]
        pulls = np.zeros((self.county.max() + 1, felt.shape[1]))
        np.add.at(pulls, self.county, felt)
        return np.asarray(pulls.T @ pulls - felt.T @ felt)

    def foretell(self, pull: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The variance of sums that move by ``pull`` with the coefficients, a row a window.

        Of independent areas, and what a unit of ``Model.together`` adds.
        """
        toward = np.linalg.solve(left, pull[:, :, None])[:, :, 0]
        together = (toward @ self.alike * toward).sum(axis=1)
        return (pull * toward).sum(axis=1), np.maximum(together, 0.0)

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
        inside = lay_out(windows, root[windows.indices])
        left = self.information - inside.transpose(0, 2, 1) @ inside
        return -np.linalg.solve(left, pulled[:, :, None])[:, :, 0], left


def lay_out(windows: csr_array, values: np.ndarray) -> np.ndarray:
    """Rows of values, one a member, as windows by members by columns; zeros where one has fewer."""
    size = np.diff(windows.indptr)
    row = np.repeat(np.arange(len(size)), size)
    order = np.arange(len(row)) - windows.indptr[row]
    laid = np.zeros((len(size), int(size.max(initial=0)), values.shape[1]))
    laid[row, order] = values
    return laid


def expect_moved(expected: np.ndarray, trials: np.ndarray | None, moved: np.ndarray) -> np.ndarray:
    """What is expected where the linear predictor has moved by so much."""
    moved = np.clip(moved, -MOST_MOVED, MOST_MOVED)
    if trials is None:
        return np.asarray(expected * np.exp(moved))
    odds = expected / np.maximum(trials - expected, 1e-12) * np.exp(moved)
    return np.asarray(trials * odds / (1 + odds))


def average_share(
    expected: np.ndarray, trials: np.ndarray, unsure: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What is expected of shares whose log odds are known to ``unsure`` (standard deviation).

    The mean over a normal law, by Gauss and Hermite's points, and how far it
    moves for each unit of the log odds: far from the middle a share hardly moves with
    them, however little they are known.
    """
    odds = np.log(expected / np.maximum(trials - expected, 1e-12))
    share = expit(odds[:, None] + np.sqrt(2) * unsure[:, None] * POINTS)
    weight = WEIGHTS / WEIGHTS.sum()
    mean = share @ weight
    spread = np.sqrt((share - mean[:, None]) ** 2 @ weight)
    slope = np.where(unsure > CERTAIN, spread / np.maximum(unsure, CERTAIN), mean * (1 - mean))
    return trials * mean, trials * slope


def slope_of(expected: np.ndarray, trials: np.ndarray | None) -> np.ndarray:
    """The derivative of what is expected by the linear predictor (log, or logit of a share)."""
    if trials is None:
        return expected
    return np.asarray(expected * (1 - expected / np.maximum(trials, 1e-12)))


@dataclass(frozen=True)
class Apart:
    """Weighted sums of some windows: ``above`` what the areas outside of them let expect.

    A value a window: ``own`` is the variance of independent areas, ``foretold`` that of
    the expectation; ``pairs`` and ``foretold_pairs`` what a unit of ``Model.together`` adds
    to each.
    """

    members: Members
    trials: np.ndarray | None
    above: np.ndarray
    own: np.ndarray
    foretold: np.ndarray | float
    pairs: np.ndarray
    foretold_pairs: np.ndarray | float


def weigh_anew(
    members: Members, variance: np.ndarray, factors: np.ndarray, left: np.ndarray
) -> Members:
    """The members with less weight where what they have in common tells most.

    Generalised least squares (Aitken 1936). ``factors`` is how each member, a row each,
    follows what moves its window as a whole: what neighbours have in common, and
    the coefficients, as far as the areas outside leave them uncertain; ``left`` the
    inverse of the variance of those, a matrix a window. No weight falls below a part of
    what it was.
    """
    weight, told = members.weight, factors / variance[:, None]
    windows = members.windows
    known = left + lay_out(windows, factors).transpose(0, 2, 1) @ lay_out(windows, told)
    pulled = np.linalg.solve(known, members.add_up(factors * weight[:, None])[:, :, None])
    less = (told * pulled[members.row, :, 0]).sum(axis=1)
    return replace(members, weight=np.maximum(weight - less, LEAST_WEIGHT * weight))


def beside_one(left: np.ndarray | None, windows: int) -> np.ndarray:
    """What is known of a factor of variance 1 and, independent of it, of the coefficients."""
    columns = 0 if left is None else left.shape[1]
    both = np.zeros((windows, 1 + columns, 1 + columns))
    both[:, 0, 0] = 1.0
    if left is not None:
        both[:, 1:, 1:] = left
    return both
