"""Indicators of different units on one scale from 0 to 100, within one country and level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import norm

Normalisation = Literal["robust_z", "percentile", "min_max"]
NORMALISATIONS: tuple[Normalisation, ...] = ("robust_z", "percentile")

#: Median absolute deviation of a normal value, to its standard deviation.
FROM_MEDIAN_DEVIATION = 1.4826


@dataclass(frozen=True)
class Reference:
    """The known values of all areas that a value is set against: sorted, and which way is more.

    ``direction`` is 1 where a higher value is more of what the composite
    says, -1 where it is less.
    """

    values: np.ndarray
    direction: float = 1.0

    @property
    def tells_apart(self) -> bool:
        """Whether the median absolute deviation is above 0.

        It is not where half of the areas or more have one value, such as
        communes with no service: a place in the middle would say of them what
        they are not.
        """
        return len(self.values) > 1 and _spread(self.values) > 0

    def place(self, values: np.ndarray, how: Normalisation) -> np.ndarray:
        """Where values stand among those of the reference, from 0 to 100; NaN stays NaN.

        ``robust_z``: 100 times the normal distribution of (value - median) /
        (1.4826 x median absolute deviation) (Iglewicz and Hoaglin 1993), NaN
        where ``tells_apart`` is false. ``percentile``: the share of areas below,
        half of the ties with them. ``min_max``: from the lowest to the highest
        value, NaN where they are one.
        """
        if not len(self.values) or self.values[0] == self.values[-1]:
            return np.full(np.shape(values), np.nan)
        placed = _PLACES[how](values, self.values)
        return placed if self.direction > 0 else 100 - placed


def reference(values: np.ndarray, direction: float = 1.0) -> Reference:
    """The reference made of the known values among ``values``."""
    return Reference(np.sort(values[np.isfinite(values)]), direction)


def robust_z(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    """(value - median) / resistant standard deviation of ``among``; NaN where that is 0."""
    spread = _spread(among)
    if spread == 0:
        return np.full(np.shape(values), np.nan)
    return np.asarray((values - np.median(among)) / spread)


def _spread(among: np.ndarray) -> float:
    return float(np.median(np.abs(among - np.median(among))) * FROM_MEDIAN_DEVIATION)


def _by_robust_z(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    return np.asarray(100 * norm.cdf(robust_z(values, among)))


def _by_percentile(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Between two values of the reference in a straight line: a drawn value has no ties."""
    distinct, first = np.unique(among, return_index=True)
    after = np.append(first[1:], len(among))
    return np.asarray(np.interp(values, distinct, 50 * (first + after) / len(among)))


def _by_range(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    return np.asarray(100 * (values - among[0]) / (among[-1] - among[0]))


_PLACES: dict[Normalisation, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "robust_z": _by_robust_z,
    "percentile": _by_percentile,
    "min_max": _by_range,
}
