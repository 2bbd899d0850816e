"""What neighbours have in common, from the country's own windows beside its most extreme one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from landscape.compare.zones.chance import CHUNK, Model
from landscape.compare.zones.draws import draw_deviations
from landscape.compare.zones.extreme import mark_farthest

#: Windows above their expectation count up to so many standard deviations when the likeness
#: of neighbours is judged: a few zones must not widen what is called chance.
CAP = 2.5
#: Of so many windows at most their own spread is judged, evenly chosen.
WINDOWS = 4_000
#: The slope of the squares is taken over so much; no standard error is told beyond the second.
NEAR, MOST_UNSURE = 0.01, 1.0
#: How often countries are drawn, first with areas independent.
ROUNDS = 3
LEAST_ALIKE = 0.05
TOGETHER = np.concatenate([[0.0], np.geomspace(0.001, 10, 40)])


def estimate_together(
    model: Model, windows: Sequence[csr_array], sample: np.ndarray, seed: int, extreme: np.ndarray
) -> Model:
    """The model with what neighbours have in common, window size by window size.

    For each size the windows' squared standardised sums (cut at ``CAP`` above) are
    compared with those of simulated countries: what they are wider by is put down to
    neighbours being alike. The countries are drawn with areas independent, then anew
    with a smooth factor as strong as was found. How much the squares differ between
    them is the standard error (``unsure``). ``sample`` are the rows that count as windows;
    ``extreme`` areas are left out of them, as in each simulated country its own
    (``mark_farthest``).
    """
    rng = np.random.default_rng(seed)
    chosen = [csr_array(window[sample]) for window in windows]
    drawn, factor = _draw_countries(model, windows[min(2, len(windows) - 1)], rng)
    judged = [_judge_windows(model, each, factor, extreme) for each in chosen[1:]]
    alike = [each.alike for each in judged]
    found: list[tuple[float, float]] = []
    common, reach = np.zeros(len(judged)), 0.0
    for _ in range(ROUNDS):
        shown = drawn + np.sqrt(reach) * factor
        far = mark_farthest(model, windows, sample, shown)
        found = [each.in_common(shown, far, reach * each.alike) for each in judged]
        # Nearer neighbours have at least as much in common as those further away.
        common = np.maximum.accumulate([value for value, _ in found][::-1])[::-1]
        reach = float(np.mean(common)) / max(float(np.mean(alike)), LEAST_ALIKE) if found else 0.0
    return replace(
        model,
        together=(0.0, *(float(value) for value in common)),
        unsure=(0.0, *(error for _, error in found)),
    )


def _draw_countries(
    model: Model, smooth: csr_array, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Weighted deviations of independent areas, and those of a smooth factor of variance 1."""
    drawn = draw_deviations(model, rng)
    noise = smooth @ rng.normal(size=drawn.shape)
    noise /= np.sqrt(np.maximum(smooth.sum(axis=1), 1))[:, None]
    factor = (model.weight * model.size)[:, None] * noise
    return model.weight[:, None] * drawn, factor


@dataclass(frozen=True)
class Judged:
    """Windows of one size whose spread is judged.

    ``windows`` are those that simulated countries are judged by, with the variance of each
    area where areas are independent (``own``) and its ``size`` (``Model.size``), both weighted.
    ``above``, ``variance``, ``reals`` (``Model.pairs``) and ``left``, the part of a window
    that is not extreme, are those of the country itself, as the areas outside of each
    window let expect it. ``alike`` is the correlation that a smooth factor gives
    two areas of a window.
    """

    windows: csr_array
    own: np.ndarray
    size: np.ndarray
    above: np.ndarray
    variance: np.ndarray
    reals: np.ndarray
    left: np.ndarray
    alike: float

    def in_common(self, drawn: np.ndarray, far: np.ndarray, common: float) -> tuple[float, float]:
        """What neighbours have in common, and its standard error, by countries with ``common``."""
        by_chance = self._squares(drawn, 1 - far, common)
        least = float(by_chance.mean())

        def excess(value: float) -> float:
            return float(_cut(self.above, self.variance + value * self.reals, self.left)) - least

        value = _crossing(TOGETHER, excess)
        falls = (excess(value) - excess(value + NEAR)) / NEAR
        return value, min(float(by_chance.std()) / max(falls, 1e-9), MOST_UNSURE)

    def _squares(self, drawn: np.ndarray, calm: np.ndarray, common: float) -> np.ndarray:
        """Of each simulated country, the mean of cut squares over its ``calm`` areas."""
        whole = self.windows @ self.own[:, None]
        own = self.windows @ (self.own[:, None] * calm)
        size = self.size[:, None] * calm
        pairs = np.maximum((self.windows @ size) ** 2 - self.windows @ size**2, 0)
        variance = own + common * pairs
        return _cut(self.windows @ (drawn * calm), variance, own / whole)


def _judge_windows(
    model: Model, windows: csr_array, factor: np.ndarray, extreme: np.ndarray
) -> Judged:
    own = model.weight**2 * model.variance
    some = np.flatnonzero(windows @ own > 1e-12)
    some = some[:: 1 + len(some) // WINDOWS]
    shown = windows[some]
    extra = (shown @ factor) ** 2 - shown @ factor**2
    alike = float(extra.mean(axis=1).sum() / max(model.pairs(shown).sum(), 1e-12))
    real = _set_apart(model, shown, ~extreme)
    return Judged(shown, own, model.weight * model.size, *real, max(alike, LEAST_ALIKE))


def _set_apart(
    model: Model, windows: csr_array, calm: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of each window's calm areas, as in ``Judged``: above, variance, reals, left."""
    own = model.weight**2 * model.variance
    left = (windows @ (own * calm)) / (windows @ own)
    inside = csr_array(windows.multiply(calm[None, :].astype("float64")))
    inside.eliminate_zeros()
    rows = np.flatnonzero(left > 1e-6)
    parts = [np.empty((3, 0))]
    for start in range(0, len(rows), CHUNK):
        found = model.set_apart(inside[rows[start : start + CHUNK]], model.weight, 0.0)
        variance = found.own + found.foretold
        parts.append(np.stack([found.above, variance, found.pairs + found.foretold_pairs]))
    above, variance, reals = np.concatenate(parts, axis=1)
    return above, variance, reals, left[rows]


def _cut(above: np.ndarray, variance: np.ndarray, left: np.ndarray) -> np.ndarray:
    """The mean of squared standardised deviations, cut at -3 and ``CAP``; a column a country.

    A window weighs as the part of it that is ``left``.
    """
    away = np.clip(above / np.sqrt(np.maximum(variance, 1e-12)), -3.0, CAP)
    return np.asarray((left * away**2).sum(axis=0) / np.maximum(left.sum(axis=0), 1e-12))


def _crossing(grid: np.ndarray, excess: Callable[[float], float]) -> float:
    """Where the falling excess comes down to zero, between two values of the grid."""
    low, high = 0, len(grid) - 1
    before = excess(float(grid[low]))
    if before <= 0:
        return float(grid[low])
    after = excess(float(grid[high]))
    if after > 0:
        return float(grid[high])
    while high - low > 1:
        middle = (low + high) // 2
        value = excess(float(grid[middle]))
        if value > 0:
            low, before = middle, value
        else:
            high, after = middle, value
    return float(grid[low] + before / (before - after) * (grid[high] - grid[low]))
