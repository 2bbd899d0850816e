"""Deviance of a measure that is no count: how near the nearest service is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import t as student

#: The median absolute deviation of a normal value, to its standard deviation.
TO_SIGMA = 1.4826
#: Windows that overlap by half are so many times as many as those side by side.
BESIDE = 4.0


@dataclass(frozen=True)
class ValueModel:
    """Residuals (more is better) of areas, and how widely windows of each size spread.

    ``residual`` one an area, NaN where not known; ``sigma`` by steps the
    resistant standard deviation of a window's mean, so that what neighbours
    have in common is in it; ``members`` by steps the median number of areas.
    """

    residual: np.ndarray
    sigma: tuple[float, ...]
    members: tuple[float, ...]

    def test(self, windows: csr_array, steps: int) -> np.ndarray:
        """One-sided p of each window: a mean residual as high or higher by chance.

        The empirical null (Efron 2004): centre 0 and the spread that the
        country's own windows show. A window of fewer areas than usual is given
        a wider one.
        """
        mean, size = window_means(self.residual, windows)
        wider = np.sqrt(np.maximum(self.members[steps] / np.maximum(size, 1), 1))
        p = student.sf(mean / (self.sigma[steps] * wider), self._freedom(steps))
        return np.where(size > 0, p, 1.0)

    def _freedom(self, steps: int) -> float:
        """Degrees of freedom of ``sigma``: as many as windows lie side by side, or half beside."""
        known = float(np.isfinite(self.residual).sum())
        return max(1.0, BESIDE * known / max(self.members[steps], 1.0))

    def test_all(self, windows: csr_array, steps: int) -> np.ndarray:
        """``test`` of all windows of a country."""
        return self.test(windows, steps)

    def score(self) -> np.ndarray:
        """Each area's residual in standard deviations."""
        return self.residual / self.sigma[0]


def model_values(residual: np.ndarray, windows: list[csr_array], sample: np.ndarray) -> ValueModel:
    """The spread of the means of windows, size by size, from their median absolute deviation."""
    sigma, members = [], []
    for window in windows:
        mean, size = window_means(residual, window[sample])
        known = mean[size > 0]
        away = np.median(np.abs(known - np.median(known)))
        sigma.append(float(max(away * TO_SIGMA, known.std() / 2, 1e-9)))
        members.append(float(np.median(size[size > 0])))
    return ValueModel(residual, tuple(sigma), tuple(members))


def window_means(values: np.ndarray, windows: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """The mean of each window's known values, 0 where it has none, and how many it has."""
    known = np.isfinite(values)
    size = windows @ known.astype("float64")
    total = windows @ np.where(known, values, 0.0)
    return np.divide(total, size, out=np.zeros(len(total)), where=size > 0), size
