"""Far tails of weighted sums of overdispersed counts, by their cumulants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import norm

STEPS = 60
CLOSE = 1e-7
#: Exponents beyond this are as good as infinite.
MOST = 700.0


@dataclass(frozen=True)
class Members:
    """The areas of some windows, one after the other: their weights and expected counts.

    ``windows`` hold none but areas that can have a count; ``place`` is each member's
    position among all areas, ``row`` its window, ``starts`` where each window begins;
    ``spread`` the overdispersion of an area and ``common`` the variance of the
    factor that the areas of a window have in common, a value a window.
    """

    windows: csr_array
    weight: np.ndarray
    expected: np.ndarray
    row: np.ndarray
    spread: float
    common: np.ndarray

    @classmethod
    def of(
        cls, windows: csr_array, weight: np.ndarray, expected: np.ndarray, spread: float
    ) -> Members:
        """The members of windows (0/1, a row each) that can have a count; no window without any.

        With nothing in common.
        """
        able = (weight > 0) & (expected > 0)
        inside = csr_array(windows.multiply(able[None, :].astype("float64")))
        inside.eliminate_zeros()
        row = np.repeat(np.arange(inside.shape[0]), np.diff(inside.indptr))
        place, nothing = inside.indices, np.zeros(inside.shape[0])
        return cls(inside, weight[place], expected[place], row, max(spread, 1e-9), nothing)

    @property
    def place(self) -> np.ndarray:
        """Each member's position among all areas."""
        return np.asarray(self.windows.indices)

    @property
    def starts(self) -> np.ndarray:
        """Where each window's members begin."""
        return np.asarray(self.windows.indptr[:-1])

    def add_up(self, values: np.ndarray) -> np.ndarray:
        """The sum over the members of each window."""
        return np.asarray(np.add.reduceat(values, self.starts))

    def cumulants(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The cumulant generating function of each sum, with its first two derivatives.

        Of negative binomial counts; the common factor as a gamma time for which
        all of them run (infinite where the time's own function ends).
        """
        grown = np.exp(np.minimum(self.weight * at[self.row], MOST))
        more = 1 / (1 - self.spread * self.expected * (grown - 1))
        slope = self.weight * self.expected * grown * more
        bend = slope * self.weight * (1 + self.spread * self.expected) * more
        value, first, second = (
            self.add_up(each) for each in (np.log(more) / self.spread, slope, bend)
        )
        left = 1 - self.common * value
        ends = left <= 0
        left = np.where(ends, 1.0, left)
        shared = np.where(self.common > 0, self.common, 1.0)
        value = np.where(self.common > 0, -np.log(left) / shared, value)
        first = np.where(ends, np.inf, first / left)
        second = np.where(ends, np.inf, second / left + self.common * first**2)
        return value, first, second


def count_sum_tail(above: np.ndarray, members: Members) -> np.ndarray:
    """P(sum - mean >= above) of weighted counts, a value a window; ``above`` is positive.

    Saddlepoint approximation (Lugannani and Rice 1980) with the continuity
    correction of a lattice (Daniels 1987) whose span is the smallest weight in
    the window. A gamma of three moments is too large by several times where next
    to nothing is expected and one in a million is asked for.
    """
    total = above + members.add_up(members.weight * members.expected)
    at = _find_saddle(total, members)
    value, _, second = members.cumulants(at)
    away = np.sqrt(np.maximum(2 * (at * total - value), 1e-12))
    span = np.minimum.reduceat(members.weight, members.starts)
    step = -np.expm1(-span * at) / span * np.sqrt(second)
    p = norm.sf(away) + norm.pdf(away) * (1 / step - 1 / away)
    return np.asarray(np.clip(p, 1e-300, 1.0))


def _find_saddle(total: np.ndarray, members: Members) -> np.ndarray:
    """Where the first derivative reaches the totals: Newton's steps, halving where they leave."""
    ends = np.log1p(1 / (members.spread * members.expected)) / members.weight
    low, high = np.zeros(len(total)), np.minimum.reduceat(ends, members.starts) * (1 - 1e-9)
    at = high / 2
    for _ in range(STEPS):
        _, first, second = members.cumulants(at)
        beyond = first > total
        high, low = np.where(beyond, at, high), np.where(beyond, low, at)
        known = np.isfinite(first) & np.isfinite(second)
        move = np.divide(first - total, second, out=np.full(len(at), np.nan), where=known)
        newton = at - move
        inside = (newton > low) & (newton < high)
        before, at = at, np.where(inside, newton, (low + high) / 2)
        if (np.abs(at - before) <= CLOSE * at).all():
            break
    return at
