"""Tail probabilities of counts, shares and weighted sums, with their moments."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, gammainc, gammaincc
from scipy.stats import norm
from scipy.stats import t as student

#: No share is taken to lie above this.
HIGHEST = 0.98


def sum_tail(above: np.ndarray, variance: np.ndarray, third: np.ndarray) -> np.ndarray:
    """P(sum - mean >= above) of a skew sum: a gamma of the same three moments (Pearson 1895).

    1 where the sum lies at or below its mean, or has no variance.
    """
    deviation = np.sqrt(np.maximum(variance, 1e-12))
    skewness = np.clip(third / deviation**3, 1e-3, None)
    shape = 4 / skewness**2
    at = shape + np.sqrt(shape) * above / deviation
    return np.where((above > 0) & (variance > 1e-12), gammaincc(shape, np.maximum(at, 0)), 1.0)


def with_freedom(p: np.ndarray, freedom: float) -> np.ndarray:
    """p of a variance that is known, for one learned with so many degrees of freedom (Student)."""
    z = norm.isf(np.clip(p, 1e-300, 1.0))
    return np.where(p < 0.5, student.sf(z, freedom), p)


def third_moment(expected: np.ndarray, trials: np.ndarray | None, spread: float) -> np.ndarray:
    """The third central moment of each area's count.

    Of a negative binomial; of shares that of a binomial, stretched as its variance is.
    """
    if trials is None:
        return expected + 3 * spread * expected**2 + 2 * spread**2 * expected**3
    share = np.divide(expected, trials, out=np.zeros(len(expected)), where=trials > 0)
    wider = 1 + np.maximum(trials - 1, 0) * spread
    return np.asarray(expected * (1 - share) * (1 - 2 * share) * wider**2)


def count_tail(seen: np.ndarray, expected: np.ndarray, dispersion: np.ndarray) -> np.ndarray:
    """P(count >= seen) of a negative binomial with variance mu + dispersion mu^2; 1 for 0."""
    size = 1 / np.maximum(dispersion, 1e-8)
    share = expected / (expected + size)
    some = np.maximum(seen, 1e-9)
    tail = np.where(
        dispersion > 1e-6, betainc(some, size, share), gammainc(some, np.maximum(expected, 1e-12))
    )
    return np.where(seen > 0, tail, 1.0)


def share_tail(
    seen: np.ndarray, trials: np.ndarray, expected: np.ndarray, factor: np.ndarray
) -> np.ndarray:
    """P(cases >= seen) of ``trials`` that are worth trials / factor independent ones.

    The binomial tail at the effective sample size (Kish 1965), continued
    between whole numbers by the beta function; 1 where there is no trial.
    """
    worth = trials / factor
    cases = np.minimum(seen / factor, worth)
    share = np.divide(expected, trials, out=np.zeros(len(seen)), where=trials > 0)
    tail = betainc(np.maximum(cases, 1e-9), np.maximum(worth - cases + 1, 1e-9), share)
    return np.where((trials > 0) & (seen > 0), tail, 1.0)


def spread_out(expected: np.ndarray, trials: np.ndarray | None, spread: float) -> np.ndarray:
    """The variance of each area's count."""
    if trials is None:
        return expected + spread * expected**2
    share = np.divide(expected, trials, out=np.zeros(len(expected)), where=trials > 0)
    return np.asarray(expected * (1 - share) * (1 + np.maximum(trials - 1, 0) * spread))


def size_of(expected: np.ndarray, trials: np.ndarray | None, spread: float) -> np.ndarray:
    """What neighbours have in common is told against: expectations, of shares deviations."""
    return expected if trials is None else np.sqrt(spread_out(expected, trials, spread))
