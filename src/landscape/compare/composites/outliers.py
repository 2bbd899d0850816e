"""Outliers of an indicator: pulled in, or the scale bent, where skew and tails ask for it."""

from __future__ import annotations

import numpy as np

#: Limits beyond both of which an indicator is treated (Groeneveld and Meeden 1984; JRC practice).
MOST_SKEW = 2.0
MOST_KURTOSIS = 3.5
#: At most so many values are pulled in.
MOST_PULLED = 5
#: Distance of the lowest value from 0 before the logarithm, as a share of the range.
OFFSET = 0.01


def skewness(values: np.ndarray) -> float:
    """Sample skewness with the correction for small samples (G1 of Joanes and Gill 1998)."""
    n, m2, m3, _ = _moments(values)
    return float(m3 / m2**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def excess_kurtosis(values: np.ndarray) -> float:
    """Excess kurtosis with the correction for small samples (G2 of Joanes and Gill 1998)."""
    n, m2, _, m4 = _moments(values)
    return float(((n + 1) * (m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def has_outliers(values: np.ndarray) -> bool:
    """Whether both skew and kurtosis are beyond their limits; never of under four known values."""
    known = values[np.isfinite(values)]
    if len(known) < 4 or known.min() == known.max():
        return False
    return abs(skewness(known)) > MOST_SKEW and excess_kurtosis(known) > MOST_KURTOSIS


def treat_outliers(values: np.ndarray) -> np.ndarray:
    """The values as they are, pulled in (winsorised), or on a logarithmic scale.

    One value after the other at the longer tail is set to the next one, at
    most five, until skew or kurtosis is within its limit; where that is not
    enough, the untouched values go through a logarithm from the other end of
    their range. NaN stays NaN; the order of the values is kept.
    """
    if not has_outliers(values):
        return values
    pulled = values.copy()
    for count in range(1, MOST_PULLED + 1):
        _pull_in(pulled, values, count)
        if not has_outliers(pulled):
            return pulled
    return _bend(values)


def _pull_in(pulled: np.ndarray, values: np.ndarray, count: int) -> None:
    """Set the ``count`` values farthest out to the one after them."""
    order = np.argsort(values)[: np.isfinite(values).sum()]
    high = skewness(values[np.isfinite(values)]) > 0
    order = order[::-1] if high else order
    pulled[order[:count]] = values[order[count]]


def _bend(values: np.ndarray) -> np.ndarray:
    known = values[np.isfinite(values)]
    step = OFFSET * (known.max() - known.min())
    if skewness(known) > 0:
        return np.asarray(np.log(values - known.min() + step))
    return np.asarray(-np.log(known.max() - values + step))


def _moments(values: np.ndarray) -> tuple[int, float, float, float]:
    known = values[np.isfinite(values)]
    away = known - known.mean()
    return len(known), (away**2).mean(), (away**3).mean(), (away**4).mean()
