"""What neighbours have in common, from the country's own windows beside its most extreme one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from landscape.compare.zones.chance import CHUNK, Model, draw_areas

#: Windows above their expectation count up to so many standard deviations when the likeness
#: of neighbours is judged: a few zones must not widen what is called chance.
CAP = 2.5
#: Of so many windows at most their own spread is judged, evenly chosen.
WINDOWS = 4_000
#: Areas drawn in all, and countries at least.
AREAS = 7_500
FEWEST = 6
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
    with a smooth factor as strong as was found. How much
    the squares differ between them is the standard error (``unsure``). ``sample`` are the
    rows that count as windows; those that touch an ``extreme`` area are left out, as in
    each simulated country those that touch its most extreme window.
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
        far = mark_farthest(model, chosen, shown)
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
    times = max(FEWEST, round(AREAS / max(len(model.seen), 1)))
    drawn = np.stack(
        [draw_areas(model.expected, model.trials, model.spread, rng) for _ in range(times)], axis=1
    )
    noise = smooth @ rng.normal(size=drawn.shape)
    noise /= np.sqrt(np.maximum(smooth.sum(axis=1), 1))[:, None]
    factor = (model.weight * model.size)[:, None] * noise
    return model.weight[:, None] * (drawn - model.expected[:, None]), factor


def mark_farthest(model: Model, windows: Sequence[csr_array], above: np.ndarray) -> np.ndarray:
    """1 for the areas of the cluster that lies farthest out, a column a draw of ``above``.

    ``above`` are weighted deviations, a row an area; farthest in standard
    deviations of areas that are independent.
    """
    draws = above.shape[1]
    best, marks = np.full(draws, -np.inf), np.zeros(above.shape)
    for each in windows[1:]:
        variance = each @ (model.weight**2 * model.variance)
        away = (each @ above) / np.sqrt(np.maximum(variance, 1e-12))[:, None]
        row = away.argmax(axis=0)
        value = away[row, np.arange(draws)]
        better = value > best
        best = np.maximum(best, value)
        marks[:, better] = each[row[better]].toarray().T
    return marks


@dataclass(frozen=True)
class Judged:
    """Windows of one size whose spread is judged.

    ``windows`` are those that simulated countries are judged by, with the variance of
    independent areas (``own``) and ``Model.pairs``; ``above``, ``variance`` and ``reals`` the
    same of the country itself, as the areas outside of each window let expect it.
    ``alike`` is the correlation that a smooth factor gives two areas of a window.
    """

    windows: csr_array
    own: np.ndarray
    pairs: np.ndarray
    above: np.ndarray
    variance: np.ndarray
    reals: np.ndarray
    alike: float

    def in_common(self, drawn: np.ndarray, far: np.ndarray, common: float) -> tuple[float, float]:
        """What neighbours have in common, and its standard error, by countries with ``common``."""
        known = np.sqrt(self.own + common * self.pairs)
        counted = self.windows @ far == 0
        squares = np.clip(self.windows @ drawn / known[:, None], -3.0, CAP) ** 2 * counted
        by_chance = squares.sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
        least = float(by_chance.mean())

        def excess(value: float) -> float:
            return _cut(self.above, self.variance + value * self.reals, CAP) - least

        value = _crossing(TOGETHER, excess)
        falls = (excess(value) - excess(value + NEAR)) / NEAR
        return value, min(float(by_chance.std()) / max(falls, 1e-9), MOST_UNSURE)


def _judge_windows(
    model: Model, windows: csr_array, factor: np.ndarray, extreme: np.ndarray
) -> Judged:
    own = windows @ (model.weight**2 * model.variance)
    some = np.flatnonzero(own > 1e-12)
    calm = some[windows[some] @ extreme.astype("float64") == 0]
    some, calm = (rows[:: 1 + len(rows) // WINDOWS] for rows in (some, calm))
    shown, pairs = windows[some], model.pairs(windows[some])
    extra = (shown @ factor) ** 2 - shown @ factor**2
    alike = float(extra.mean(axis=1).sum() / max(pairs.sum(), 1e-12))
    real = _set_apart(model, windows[calm])
    return Judged(shown, own[some], pairs, *real, max(alike, LEAST_ALIKE))


def _set_apart(model: Model, windows: csr_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each window: above what the others let expect, its variance, and ``Model.pairs``."""
    parts = []
    for start in range(0, windows.shape[0], CHUNK):
        found = model.set_apart(windows[start : start + CHUNK], model.weight)
        parts.append((found.above, found.own + found.foretold, found.pairs))
    if not parts:
        return np.empty(0), np.empty(0), np.empty(0)
    above, variance, pairs = (np.concatenate(each) for each in zip(*parts, strict=True))
    return above, variance, pairs


def _cut(above: np.ndarray, variance: np.ndarray, cap: float = 3.0) -> float:
    """The mean of squared standardised deviations, cut at -3 and at the cap."""
    away = np.clip(above / np.sqrt(np.maximum(variance, 1e-12)), -3.0, cap)
    return float((away**2).mean()) if len(away) else 0.0


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
