"""How alike the true rates of a group's areas are: priors fitted to counts.

A prior is a mean and a ``strength``, in units of the total (persons): the
larger, the more alike. Arrays are by area (``y`` cases, ``n`` totals, ``code``
group numbers from 0) or by group.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from scipy.special import betaln, gammaln
from scipy.stats import beta, gamma

#: Strengths tried, as multiples of the group's median total: from a prior that
#: hardly counts to one beside which an area of the median size hardly does.
LOG_STRENGTHS = np.linspace(-7, 7, 43)


class Posterior(NamedTuple):
    """By area: the shrunk value and its variance, the group's mean, the weight of its own value."""

    mean: np.ndarray
    variance: np.ndarray
    group_mean: np.ndarray
    own: np.ndarray


class Family(Protocol):
    """What differs between rates and shares."""

    def possible(self, y: np.ndarray, n: np.ndarray) -> np.ndarray:
        """Which areas have no more cases than there can be."""

    def spread(self, mean: np.ndarray, n: np.ndarray, s: np.ndarray) -> np.ndarray:
        """Variance of an area's raw value round the group's mean."""

    def variance(self, mean: np.ndarray, n: np.ndarray, s: np.ndarray) -> np.ndarray:
        """Variance of the true value given the area's cases."""

    def fit(self, y: np.ndarray, n: np.ndarray, m: np.ndarray, s: np.ndarray) -> np.ndarray:
        """Log marginal likelihood of an area's cases, but for what no prior changes."""

    def quantile(self, tail: float, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
        """Of the gamma or beta distribution with this mean and variance."""

    def strength(self, mean: np.ndarray, spread: np.ndarray, n: np.ndarray) -> np.ndarray:
        """The strength at which raw values spread so much round the mean, by moments."""


class Poisson:
    """Poisson cases, gamma rates."""

    def possible(self, y: np.ndarray, n: np.ndarray) -> np.ndarray:
        return np.ones(len(y), dtype=bool)

    def spread(self, mean: np.ndarray, n: np.ndarray, s: np.ndarray) -> np.ndarray:
        spread: np.ndarray = mean * (1 / n + 1 / s)
        return spread

    def variance(self, mean: np.ndarray, n: np.ndarray, s: np.ndarray) -> np.ndarray:
        variance: np.ndarray = mean / (n + s)
        return variance

    def fit(self, y: np.ndarray, n: np.ndarray, m: np.ndarray, s: np.ndarray) -> np.ndarray:
        a = m * s
        found: np.ndarray = gammaln(a + y) - gammaln(a) - a * np.log1p(n / s) - y * np.log(n + s)
        return found

    def quantile(self, tail: float, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
        found: np.ndarray = gamma.ppf(tail, mean**2 / variance, scale=variance / mean)
        return found

    def strength(self, mean: np.ndarray, spread: np.ndarray, n: np.ndarray) -> np.ndarray:
        return _over(mean, spread - mean / n)


class Binomial:
    """Binomial cases, beta shares."""

    def possible(self, y: np.ndarray, n: np.ndarray) -> np.ndarray:
        possible: np.ndarray = y <= n
        return possible

    def spread(self, mean: np.ndarray, n: np.ndarray, s: np.ndarray) -> np.ndarray:
        spread: np.ndarray = mean * (1 - mean) * (n + s) / (n * (s + 1))
        return spread

    def variance(self, mean: np.ndarray, n: np.ndarray, s: np.ndarray) -> np.ndarray:
        variance: np.ndarray = mean * (1 - mean) / (n + s + 1)
        return variance

    def fit(self, y: np.ndarray, n: np.ndarray, m: np.ndarray, s: np.ndarray) -> np.ndarray:
        a, b = m * s, (1 - m) * s
        found: np.ndarray = betaln(a + y, b + n - y) - betaln(a, b)
        return found

    def quantile(self, tail: float, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
        size = mean * (1 - mean) / variance - 1
        found: np.ndarray = beta.ppf(tail, mean * size, (1 - mean) * size)
        return found

    def strength(self, mean: np.ndarray, spread: np.ndarray, n: np.ndarray) -> np.ndarray:
        most = mean * (1 - mean)
        return _over(n * (most - spread), n * spread - most)


def on_grid(family: Family, y: np.ndarray, n: np.ndarray, code: np.ndarray) -> Posterior:
    """The posterior averaged over a grid of strengths.

    At each strength the group's mean is its best weighted mean, with the
    variance that goes with it. The weight of a strength is its marginal
    likelihood (the mean integrated out, Laplace) times the prior under which
    the shrinkage of a median area is anything from 0 to 1 alike.
    """
    typical = _medians(n, code)
    fits, moments = [], []
    for log in LOG_STRENGTHS:
        s = typical * np.exp(log)
        mean, error = _weighted_mean(family, y, n, code, s)
        fit = _sum(family.fit(y, n, mean[code], s[code]), code)
        fits.append(fit + np.log(error) / 2 - 2 * np.logaddexp(log / 2, -log / 2))
        moments.append(_posterior(family, y, n, _Prior(mean[code], error[code], s[code])))
    weights = np.exp(np.array(fits) - np.max(fits, axis=0))
    weights = (weights / weights.sum(axis=0))[:, code]
    mean, within, group_mean, own = (
        np.einsum("ka,ka->a", weights, np.array(column)) for column in zip(*moments, strict=True)
    )
    between = sum(w * (moment.mean - mean) ** 2 for w, moment in zip(weights, moments, strict=True))
    return Posterior(mean, within + between, group_mean, own)


def by_moments(family: Family, y: np.ndarray, n: np.ndarray, code: np.ndarray) -> Posterior:
    """The posterior at the strength by moments, taken as known; the mean is the pooled one."""
    whole, areas = _sum(n, code), np.bincount(code)
    mean = _sum(y, code) / whole
    spread = _sum(n * (y / n - mean[code]) ** 2, code) / whole
    s = np.maximum(family.strength(mean, spread, whole / areas), 1e-9)
    return _posterior(family, y, n, _Prior(mean[code], np.zeros(len(y)), s[code]))


class _Prior(NamedTuple):
    """By area: its group's mean, the variance of that mean, the strength."""

    mean: np.ndarray
    error: np.ndarray
    strength: np.ndarray


def _posterior(family: Family, y: np.ndarray, n: np.ndarray, prior: _Prior) -> Posterior:
    m, s = prior.mean, prior.strength
    own = np.where(np.isinf(s), 0.0, n / (n + np.where(np.isinf(s), 1.0, s)))
    mean = own * y / n + (1 - own) * m
    variance = family.variance(mean, n, s) + (1 - own) ** 2 * prior.error
    return Posterior(mean, variance, m, own)


def _weighted_mean(
    family: Family, y: np.ndarray, n: np.ndarray, code: np.ndarray, s: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The mean of each group at a strength, and its variance.

    Half a case is added where a group has none at all, or none but cases: its
    true mean is then near the end of the scale, not at it.
    """
    weight = 1 / family.spread(np.full(len(y), 0.5), n, s[code])
    cases, whole = _sum(y, code), _sum(n, code)
    mean = _sum(weight * y / n, code) / _sum(weight, code)
    mean = np.where(cases <= 0, 0.5 / whole, mean)
    if isinstance(family, Binomial):
        mean = np.where(cases >= whole, 1 - 0.5 / whole, mean)
    return mean, 1 / _sum(1 / family.spread(mean[code], n, s[code]), code)


def _medians(n: np.ndarray, code: np.ndarray) -> np.ndarray:
    order = np.lexsort((n, code))
    ends = np.cumsum(np.bincount(code))
    starts = ends - np.bincount(code)
    middle: np.ndarray = n[order][(starts + ends - 1) // 2]
    return middle


def _sum(values: np.ndarray, code: np.ndarray) -> np.ndarray:
    total: np.ndarray = np.bincount(code, weights=values)
    return total


def _over(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """The quotient; infinite where the areas differ no more than by chance."""
    safe = np.where(denominator > 0, denominator, 1.0)
    return np.where(denominator > 0, numerator / safe, np.inf)
