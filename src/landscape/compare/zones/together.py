"""What neighbours have in common, from the country's own windows beside its most extreme one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model, draw_areas

#: Windows above their expectation count up to so many standard deviations when the likeness
#: of neighbours is judged: a few zones must not widen what is called chance.
CAP = 2.0
#: Areas drawn in all, and countries at least.
AREAS = 7_500
FEWEST = 6
TOGETHER = np.concatenate([[0.0], np.geomspace(0.001, 10, 40)])


def estimate_together(
    model: Model, windows: Sequence[csr_array], sample: np.ndarray, seed: int, extreme: np.ndarray
) -> Model:
    """The model with what neighbours have in common, window size by window size.

    For each size the windows' squared standardised sums (cut at 2 above) are
    compared with those of simulated countries in which areas are independent;
    what they are wider by is put down to neighbours being alike. Few windows tell
    little of their variance: ``freedom`` are the degrees of freedom that the spread
    of the simulated countries gives (Satterthwaite 1946). ``sample`` are the rows
    that count as windows; those that touch an ``extreme`` area are left out, as in
    each simulated country those that touch its most extreme window.
    """
    rng = np.random.default_rng(seed)
    times = max(FEWEST, round(AREAS / max(len(model.seen), 1)))
    drawn = np.stack(
        [draw_areas(model.expected, model.trials, model.spread, rng) for _ in range(times)], axis=1
    )
    chosen = [csr_array(window[sample]) for window in windows]
    drawn = model.weight[:, None] * (drawn - model.expected[:, None])
    far = mark_farthest(model, chosen, drawn)
    found = [_in_common(model, each, drawn, far, extreme) for each in chosen[1:]]
    # Nearer neighbours have at least as much in common as those further away.
    common = np.maximum.accumulate([value for value, _ in found][::-1])[::-1]
    return replace(
        model,
        together=(0.0, *(float(value) for value in common)),
        freedom=(np.inf, *(freedom for _, freedom in found)),
    )


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


def _in_common(
    model: Model, windows: csr_array, drawn: np.ndarray, far: np.ndarray, extreme: np.ndarray
) -> tuple[float, float]:
    weight = model.weight
    own, left = windows @ (weight**2 * model.variance), model.after_fit(windows)
    pairs = model.pairs(windows)
    some = own > 1e-12
    null = (windows @ drawn) / np.sqrt(np.maximum(own, 1e-12))[:, None]
    counted = some[:, None] & (windows @ far == 0)
    squares = np.clip(null, -3.0, CAP) ** 2 * counted
    by_chance = squares.sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
    least = float(by_chance.mean())
    used = some & (windows @ extreme.astype("float64") == 0)
    real = (windows @ (weight * (model.seen - model.expected)))[used]

    def excess(value: float) -> float:
        return _cut(real, (left + value * pairs)[used], CAP) - least

    freedom = 2 * (least / max(float(by_chance.std()), 1e-9)) ** 2
    return _crossing(TOGETHER, excess), freedom


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
