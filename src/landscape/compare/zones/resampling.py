"""The interval of a zone's figure, by resampling counties and the zone itself."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landscape.compare.zones.chance import Model
from landscape.compare.zones.context import Context
from landscape.compare.zones.distances import ValueModel
from landscape.compare.zones.expected import penalty
from landscape.compare.zones.measures import Measure

DRAWS = 999
LEVEL = (0.025, 0.975)


def resample_estimate(
    measure: Measure, context: Context, members: list[int], coefficients: np.ndarray, seed: int
) -> dict[str, float]:
    """``observed``, ``expected``, ``estimate``, ``low``, ``high`` of a zone (95 %).

    ``coefficients`` are those of ``draw_coefficients``; what the zone itself
    shows is drawn anew as a count around what was seen. Of counts, the estimate
    is seen over expected (times as many); of shares, the difference in points
    of per cent; of distances, 1 + km over what is expected. A zone was found
    because it stands out: its figure tends to lie above the truth, and the
    interval with it.
    """
    rng = np.random.default_rng(seed)
    places = np.array(members)
    linear = context.design[places] @ coefficients.T
    if isinstance(measure.model, ValueModel):
        usual = context.design[places] @ measure.coefficients
        return _of_distances(measure.model.residual[places] + usual, usual, linear, rng)
    return _of_counts(measure.model, places, linear, rng)


def _of_counts(
    model: Model, places: np.ndarray, linear: np.ndarray, rng: np.random.Generator
) -> dict[str, float]:
    seen, expected = float(model.seen[places].sum()), float(model.expected[places].sum())
    if model.trials is None:
        drawn = rng.gamma(max(seen, 0.5), 1.0, linear.shape[1]) / np.exp(linear).sum(axis=0)
        return _figure(seen, expected, seen / expected, drawn)
    trials = model.trials[places]
    total = float(trials.sum())
    share = rng.beta(seen + 0.5, total - seen + 0.5, linear.shape[1])
    usual = trials @ (1 / (1 + np.exp(-linear))) / total
    return _figure(seen, expected, (seen - expected) / total * 100, (share - usual) * 100)


def _of_distances(
    near: np.ndarray, usual: np.ndarray, linear: np.ndarray, rng: np.random.Generator
) -> dict[str, float]:
    """Of -log(1 + km), seen and usual; the zone's areas are drawn with replacement."""
    chosen = rng.integers(0, len(near), (linear.shape[1], len(near)))
    drawn = np.exp(linear.mean(axis=0) - near[chosen].mean(axis=1))
    seen, expected = float(np.exp(-near.mean())), float(np.exp(-usual.mean()))
    return _figure(seen - 1, expected - 1, seen / expected, drawn)


def draw_coefficients(measure: Measure, context: Context, seed: int) -> np.ndarray:
    """Coefficients of the expectation, refitted on counties drawn with replacement: a row a draw.

    One-step cluster bootstrap (Kline and Santos 2012): neighbours are alike, so
    whole counties are drawn.
    """
    rng = np.random.default_rng(seed)
    design = context.design[measure.fitted]
    pull, weight = _pull_and_weight(measure)
    county = pd.factorize(context.areas["parent_id"].to_numpy()[measure.fitted])[0]
    count = county.max() + 1
    scores = np.zeros((count, design.shape[1]))
    np.add.at(scores, county, design * pull[:, None])
    information = (design * weight[:, None]).T @ design + np.diag(penalty(design, measure.ridge))
    times = rng.multinomial(count, np.full(count, 1 / count), DRAWS) - 1.0
    return np.asarray(measure.coefficients + times @ np.linalg.solve(information, scores.T).T)


def _pull_and_weight(measure: Measure) -> tuple[np.ndarray, np.ndarray]:
    """Each used area's derivative of the quasi-likelihood by its predictor, and its information."""
    model, used = measure.model, measure.fitted
    if isinstance(model, ValueModel):
        return model.residual[used], np.ones(int(used.sum()))
    seen, expected = model.seen[used], model.expected[used]
    if model.trials is None:
        wider = 1 + model.spread * expected
        return (seen - expected) / wider, expected / wider
    trials = model.trials[used]
    wider = 1 + np.maximum(trials - 1, 0) * model.spread
    return (seen - expected) / wider, expected * (1 - expected / trials) / wider


def _figure(
    observed: float, expected: float, estimate: float, drawn: np.ndarray
) -> dict[str, float]:
    low, high = np.quantile(drawn, LEVEL)
    return {
        "observed": observed,
        "expected": expected,
        "estimate": estimate,
        "low": float(low),
        "high": float(high),
    }
