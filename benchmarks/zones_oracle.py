"""What could be found at best: a test that knows the true chance, and the zone's size and form.

It knows what each area is expected to provide, how chance, the areas' own
effect and the field spread it (from simulated countries with no zone), and that
the zone is of one kind and of so many areas; only where it lies it does not know. Its
statistic is the log likelihood ratio of independent areas; it calls a zone
where the tail probability of one window is smaller than the smallest of all
windows in 95 of 100 countries with none, other ones than those that the
moments of chance were taken from.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import coo_array, csr_array
from simulated_country import (
    COEFFICIENT,
    RINGS,
    Truth,
    deviation,
    draw_field,
    expect_services,
    spread_of,
)

from landscape.compare.zones.context import Context
from landscape.compare.zones.expected import CERTAIN, penalty
from landscape.compare.zones.neighbours import widen
from landscape.compare.zones.tails import sum_tail

COUNTRIES = 400
#: Countries with none, from which the moments of every window are known.
MOMENTS = 2_000
LEVEL = 0.05


def measure_oracle(
    context: Context, truth: Truth, areas: int, effect: float, *, learns: bool = False
) -> float:
    """The share of zones of more services that the oracle finds; one random zone a country.

    ``learns``: as everybody, it has to learn from the same counts what is expected.
    """
    rng = np.random.default_rng(1)
    expected = expect_services(context, truth)
    extra = effect * deviation(expected, truth)
    weight = _weigh(expected, extra, truth)
    windows = list_windows(context, areas)
    fit = _learn(context, expected, truth, rng) if learns else np.asarray

    def sums(counts: np.ndarray) -> np.ndarray:
        return np.asarray(windows @ (weight * fit(counts - expected)))

    mean, variance, third = _moments(lambda: sums(_draw(context, truth, rng)))

    def tail(seen: np.ndarray) -> np.ndarray:
        return sum_tail(seen - mean, variance, third)

    smallest = [tail(sums(_draw(context, truth, rng))).min() for _ in range(COUNTRIES)]
    limit = np.quantile(smallest, LEVEL)
    found = 0
    for _ in range(COUNTRIES):
        row = int(rng.integers(windows.shape[0]))
        members = windows[[row]].indices
        counts = _draw(context, truth, rng)
        counts[members] += rng.poisson(extra[members])
        found += int(tail(sums(counts))[row] <= limit)
    return found / COUNTRIES


def _moments(draw: Callable[[], np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean, variance and third central moment of what is drawn."""
    powers = np.zeros((3, len(draw())))
    for _ in range(MOMENTS):
        drawn = draw()
        powers += np.stack([drawn, drawn**2, drawn**3])
    mean, square, cube = powers / MOMENTS
    variance = square - mean**2
    third = cube - 3 * mean * square + 2 * mean**3
    return mean, variance, np.maximum(third, 0.01 * variance**1.5)


def _learn(
    context: Context, expected: np.ndarray, truth: Truth, rng: np.random.Generator
) -> Callable[[np.ndarray], np.ndarray]:
    """What is left of deviations when the expectation is fitted to them, one linear step.

    The coefficients are weighed with their true variance (all but intercept and size); which
    ones it has, and so how far the fit pulls them to zero, is drawn for each country.
    """
    wider = 1 + spread_of(truth) * expected
    design = context.design * context.known[:, None]
    information = (design * (expected / wider)[:, None]).T @ design
    weight = penalty(design, 1 / COEFFICIENT**2)
    inverse = np.linalg.inv(information + np.diag(weight))

    def residual(above: np.ndarray) -> np.ndarray:
        drawn = rng.normal(0, COEFFICIENT, len(weight))
        drawn[:CERTAIN] = 0
        moved = inverse @ (design.T @ (above / wider) - weight * drawn)
        return np.asarray(above - expected * (design @ moved))

    return residual


def list_windows(context: Context, areas: int) -> csr_array:
    """All zones of so many areas that ``simulated_country.plant`` may choose, a row each."""
    zones = []
    rings = [widen(context.neighbours, steps) for steps in range(1, RINGS + 1)]
    for core in np.flatnonzero(context.known):
        members = [int(core)]
        for window in rings:
            inside = set(members)
            start, end = window.indptr[core], window.indptr[core + 1]
            ring = [int(i) for i in window.indices[start:end] if int(i) not in inside]
            members += ring[: areas - len(members)]
        if len(members) == areas:
            zones.append(members)
    rows = np.repeat(np.arange(len(zones)), areas)
    columns = np.concatenate([np.array(zone) for zone in zones])
    shape = (len(zones), len(context.areas))
    return csr_array(coo_array((np.ones(len(rows)), (rows, columns)), shape=shape))


def _weigh(expected: np.ndarray, extra: np.ndarray, truth: Truth) -> np.ndarray:
    varying = spread_of(truth)
    usual = np.maximum(expected, 1e-12)
    raised = usual + extra
    ratio = raised / usual * (1 + varying * usual) / (1 + varying * raised)
    return np.where(expected > 0, np.log(ratio), 0.0)


def _draw(context: Context, truth: Truth, rng: np.random.Generator) -> np.ndarray:
    rate = expect_services(context, truth) * draw_field(context, truth, rng)
    return rng.poisson(rate * rng.gamma(1 / truth.own, truth.own, len(rate))).astype("float64")
