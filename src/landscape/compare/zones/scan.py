"""How many chances the windows of a country are, so that the best of them is judged as the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import norm

from landscape.compare.zones.chance import Model
from landscape.compare.zones.distances import ValueModel
from landscape.compare.zones.draws import draw_areas
from landscape.compare.zones.measures import Measure
from landscape.compare.zones.tails import count_tail, share_tail, sum_tail

#: Countries drawn: so many at most, and so many areas in all where a country is large.
DRAWS = (20, 200)
AREAS = 100_000
#: Windows below this many standard deviations are never the most extreme of a country.
WORTH = 1.5
#: Of so many windows of a country, the most extreme by three moments, the tail is followed.
BEST = 400


def share_out(measure: Measure, sizes: Sequence[int]) -> dict[int, float]:
    """The part of each size (steps) in what its family may err, that of the largest being 1.

    As many as the areas that a window of the size has (median): what is sought, so
    many standard deviations in each area, can be found in many areas and not in few
    (weights of tests by what they could find, Genovese, Roeder and Wasserman 2006).
    """
    used = measure.used
    areas = {steps: float(np.median(measure.windows[steps][used].sum(axis=1))) for steps in sizes}
    return {steps: (areas[steps] / max(areas.values())) ** 2 for steps in sizes}


def count_chances(measure: Measure, share: Mapping[int, float], seed: int) -> float:
    """How many independent tests the windows of these sizes (steps) are worth together.

    Windows overlap, and areas with few services cannot lie far out: the smallest
    p of a country by chance is larger than that of as many independent tests.
    Countries are drawn from the fitted chance alone, the smallest p of each is
    noted (Monte Carlo of the scan statistic's maximum; Kulldorff 1997), and the
    number is that of the exponential law that its smaller half follows. Areas
    are drawn independent: neighbours in common make windows more alike, the
    number smaller. Each p counts by the part of its size (``share``, of ``share_out``).
    """
    cores = np.flatnonzero(measure.used)
    times = int(np.clip(AREAS // max(len(cores), 1), *DRAWS))
    rng = np.random.default_rng(seed)
    smallest = np.full(times, np.inf)
    model = measure.model
    if isinstance(model, ValueModel):
        drawn = rng.normal(size=(len(measure.used), times)) * measure.used[:, None]
        for steps in share:
            found = _least_of_values(measure.windows[steps][cores], drawn)
            smallest = np.minimum(smallest, found / share[steps])
        return _law_of(smallest)
    drawn = np.stack(
        [draw_areas(model.expected, model.trials, model.spread, rng) for _ in range(times)], axis=1
    )
    for steps in share:
        found = (
            _least_of_sums(model, measure.windows[steps][cores], drawn)
            if steps
            else _least_of_areas(model, cores, drawn)
        )
        smallest = np.minimum(smallest, found / share[steps])
    return _law_of(smallest)


def judge_as_best(p: np.ndarray, chances: np.ndarray | float) -> np.ndarray:
    """The probability that the most extreme of so many chances has a p as small or smaller.

    >>> judge_as_best(np.array([0.001, 1.0]), 10).round(3).tolist()
    [0.01, 1.0]
    """
    return np.asarray(-np.expm1(chances * np.log1p(-np.minimum(p, 1 - 1e-12))))


def _law_of(smallest: np.ndarray) -> float:
    """The rate of the exponential law of the least p, from its smaller half (type II censoring)."""
    ordered = np.sort(smallest)
    half = max(1, len(ordered) // 2)
    exposed = ordered[:half].sum() + (len(ordered) - half) * ordered[half - 1]
    return float(max(1.0, half / max(exposed, 1e-12)))


def _least_of_sums(model: Model, windows: csr_array, drawn: np.ndarray) -> np.ndarray:
    weight = model.weight
    variance = np.asarray(windows @ (weight**2 * model.variance))
    third = windows @ (weight**3 * model.third)
    above = windows @ (weight[:, None] * (drawn - model.expected[:, None]))
    far = above > WORTH * np.sqrt(np.maximum(variance, 1e-12))[:, None]
    row, draw = np.nonzero(far)
    above = above[row, draw]
    p = sum_tail(above, variance[row], third[row])
    if model.trials is None:
        best = _mark_best(p, draw)
        row, draw = row[best], draw[best]
        p = model.count_tail(windows[row], above[best])
    return _least_of(p, draw, drawn.shape[1])


def _mark_best(p: np.ndarray, draw: np.ndarray) -> np.ndarray:
    """The places of the smallest p of each draw, ``BEST`` of them at most."""
    order = np.lexsort((p, draw))
    first = np.searchsorted(draw[order], draw[order])
    return np.asarray(order[np.arange(len(order)) - first < BEST])


def _least_of_areas(model: Model, cores: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    deviation = np.sqrt(np.maximum(model.variance, 1e-12))[cores, None]
    far = drawn[cores] - model.expected[cores, None] > WORTH * deviation
    row, draw = np.nonzero(far)
    area = cores[row]
    seen, expected = drawn[area, draw], model.expected[area]
    if model.trials is None:
        p = count_tail(seen, expected, np.full(len(seen), model.spread))
    else:
        trials = model.trials[area]
        p = share_tail(seen, trials, expected, 1 + np.maximum(trials - 1, 0) * model.spread)
    return _least_of(p, draw, drawn.shape[1])


def _least_of_values(windows: csr_array, drawn: np.ndarray) -> np.ndarray:
    size = windows.sum(axis=1)
    mean = (windows @ drawn) / np.sqrt(np.maximum(size, 1))[:, None]
    return np.asarray(norm.sf(mean.max(axis=0)))


def _least_of(p: np.ndarray, draw: np.ndarray, times: int) -> np.ndarray:
    smallest = np.ones(times)
    np.minimum.at(smallest, draw, p)
    return smallest
