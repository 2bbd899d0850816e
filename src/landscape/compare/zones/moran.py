"""Moran's I, of a whole map and of each area, and the control of false discoveries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import norm


@dataclass(frozen=True)
class GlobalMoran:
    """Moran's I with its expectation and its variances under normality and randomisation."""

    value: float
    expected: float
    variance_normal: float
    variance_random: float


def compute_moran(values: np.ndarray, weights: csr_array) -> GlobalMoran:
    """Moran's I = n/S0 * z'Wz / z'z (Cliff and Ord 1981, ch. 2).

    ``values`` one an area, none missing; ``weights`` n x n, symmetric or not.
    """
    z = values - values.mean()
    n = len(z)
    s0 = float(weights.sum())
    both = weights + weights.T
    s1 = float((both.multiply(both)).sum()) / 2
    s2 = float(((weights.sum(axis=1) + weights.sum(axis=0)) ** 2).sum())
    expected = -1 / (n - 1)
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / (s0**2 * (n**2 - 1)) - expected**2
    kurtosis = (z**4).mean() / (z**2).mean() ** 2
    a = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    b = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    random = (a - b) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    value = n / s0 * float(z @ (weights @ z)) / float(z @ z)
    return GlobalMoran(value, expected, normal, random)


def local_moran(values: np.ndarray, weights: csr_array) -> pd.DataFrame:
    """Local Moran of each area: I_i = z_i * sum_j w_ij z_j / m2 (Anselin 1995).

    ``z`` are the values less their mean, ``m2`` their mean square (n - 1 below
    the line, as esda has it); ``weights`` has rows of sum 1 and an empty
    diagonal. Columns ``value``, ``lag`` (mean of the neighbours' z over the
    standard deviation), ``expected`` and ``variance`` given the area's own value
    (conditional randomisation, Sokal, Oden and Thomson 1998), ``p`` (one-sided,
    normal, that the neighbours lie that high by chance) and ``high`` (the area
    and its neighbours both lie above the mean). Areas without a neighbour have
    p = 1.
    """
    z = values - values.mean()
    n = len(z)
    lag = weights @ z
    moment = float(z @ z) / (n - 1)
    degree, squares = weights.sum(axis=1), weights.multiply(weights).sum(axis=1)
    # Given z_i, the others are a sample without replacement of the remaining n - 1 values.
    mean_rest = -z / (n - 1)
    variance_rest = (float(z @ z) - z**2) / (n - 1) - mean_rest**2
    spread = variance_rest * ((n - 1) * squares - degree**2) / (n - 2)
    centre = degree * mean_rest
    score = np.divide(lag - centre, np.sqrt(spread), out=np.zeros(n), where=spread > 0)
    return pd.DataFrame(
        {
            "value": z * lag / moment,
            "lag": lag / np.sqrt(moment),
            "expected": z * centre / moment,
            "variance": (z / moment) ** 2 * spread,
            "score": score,
            "p": np.where(spread > 0, norm.sf(score), 1.0),
            "high": (z > 0) & (lag > 0),
        }
    )


def control_false_discoveries(p: np.ndarray, rate: float) -> np.ndarray:
    """Which of the tests are discoveries at that false-discovery rate.

    Benjamini and Hochberg 1995; it holds under positive dependence (Benjamini
    and Yekutieli 2001), which overlapping windows have. Missing p are never
    discoveries and do not count as tests.

    >>> control_false_discoveries(np.array([0.01, 0.9, 0.02, np.nan]), 0.05).tolist()
    [True, False, True, False]
    """
    tested = np.flatnonzero(np.isfinite(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    limits = rate * np.arange(1, len(order) + 1) / max(len(order), 1)
    under = np.flatnonzero(p[order] <= limits)
    found = np.zeros(len(p), dtype=bool)
    if len(under):
        found[order[: under[-1] + 1]] = True
    return found


def adjust(p: np.ndarray) -> np.ndarray:
    """Benjamini and Hochberg's adjusted p: the smallest rate at which the test is a discovery.

    >>> adjust(np.array([0.01, 0.9, 0.02])).round(4).tolist()
    [0.03, 0.9, 0.03]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    found = np.empty(len(p))
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found
