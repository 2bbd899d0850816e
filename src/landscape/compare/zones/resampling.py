"""The interval of a zone's figure, by resampling counties and the zone itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model
from landscape.compare.zones.context import Context
from landscape.compare.zones.distances import ValueModel
from landscape.compare.zones.expected import penalty
from landscape.compare.zones.measures import Measure
from landscape.compare.zones.outside import expect_moved, slope_of

DRAWS = 999
LEVEL = (0.025, 0.975)


def resample_estimate(
    measure: Measure, context: Context, members: list[int], seed: int
) -> dict[str, float]:
    """``observed``, ``expected``, ``estimate``, ``low``, ``high`` of a zone (95 %).

    What is expected of it is foretold from the areas outside of it, fitted anew to
    counties drawn with replacement; what the zone itself
    shows is drawn anew as a count around what was seen. Of counts, the estimate
    is how many times as many its areas have in the mean, each weighing as much as it
    tells (quasi-likelihood; McCullagh and Nelder 1989, ch. 9): the total of a zone with a
    city is the city's; of shares, the difference in points
    of per cent; of distances, 1 + km over what is expected. A zone was found
    because it stands out: its figure tends to lie above the truth, and the
    interval with it.
    """
    rng = np.random.default_rng(seed)
    places = np.array(members)
    coefficients, drawn = draw_coefficients(measure, context, places, rng)
    usual, linear = context.design[places] @ coefficients, context.design[places] @ drawn.T
    if isinstance(measure.model, ValueModel):
        near = measure.model.residual[places] + usual
        return _of_distances(near, usual, linear, rng)
    return _of_counts(measure.model, places, usual, linear, rng)


def _of_counts(
    model: Model, places: np.ndarray, usual: np.ndarray, linear: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, float]:  # fmt: skip
    seen = float(model.seen[places].sum())
    if model.trials is None:
        expected = np.exp(usual)
        weight = 1 / (1 + model.spread * expected)
        told, variance = weight @ model.seen[places], weight**2 @ model.seen[places]
        shape, scale = (told**2 / variance, variance / told) if told else (0.5, weight.max())
        drawn = rng.gamma(shape, scale, linear.shape[1]) / (weight @ np.exp(linear))
        return _figure(seen, float(expected.sum()), told / (weight @ expected), drawn)
    trials = model.trials[places]
    total, expected = float(trials.sum()), float(trials @ (1 / (1 + np.exp(-usual))))
    share = rng.beta(seen + 0.5, total - seen + 0.5, linear.shape[1])
    others = trials @ (1 / (1 + np.exp(-linear))) / total
    return _figure(seen, expected, (seen - expected) / total * 100, (share - others) * 100)


def _of_distances(
    near: np.ndarray, usual: np.ndarray, linear: np.ndarray, rng: np.random.Generator
) -> dict[str, float]:
    """Of -log(1 + km), seen and usual; the zone's areas are drawn with replacement."""
    chosen = rng.integers(0, len(near), (linear.shape[1], len(near)))
    drawn = np.exp(linear.mean(axis=0) - near[chosen].mean(axis=1))
    seen, expected = float(np.exp(-near.mean())), float(np.exp(-usual.mean()))
    return _figure(seen - 1, expected - 1, seen / expected, drawn)


def draw_coefficients(
    measure: Measure, context: Context, places: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of the expectation by the areas outside of a zone, and drawn ones: a row a draw.

    One-step cluster bootstrap (Kline and Santos 2012): neighbours are alike, so
    whole counties are drawn.
    """
    coefficients, pull, weight = _fit_outside(measure, context, places)
    design = context.design
    county = pd.factorize(context.areas["parent_id"].to_numpy())[0]
    count = county.max() + 1
    scores = np.zeros((count, design.shape[1]))
    np.add.at(scores, county, design * pull[:, None])
    information = (design * weight[:, None]).T @ design + np.diag(penalty(design, measure.ridge))
    times = rng.multinomial(count, np.full(count, 1 / count), DRAWS) - 1.0
    return coefficients, coefficients + times @ np.linalg.solve(information, scores.T).T


def _fit_outside(
    measure: Measure, context: Context, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The coefficients, each area's derivative of the quasi-likelihood and its information.

    Without the areas at these places; of distances with all of them.
    """
    model = measure.model
    if isinstance(model, ValueModel):
        pull = np.where(measure.used, np.nan_to_num(model.residual), 0.0)
        return measure.coefficients, pull, measure.used.astype("float64")
    if model.fit is None:
        raise ValueError("expectations that are known have no fit to leave areas out of")
    outside = measure.used.copy()
    outside[places] = False
    moved, _ = model.fit.leave_out(csr_array((~outside & measure.used).astype("float64")[None]))
    expected = expect_moved(model.expected, model.trials, context.design @ moved[0])
    wider = 1 + model.spread * expected if model.trials is None else model.fit.wider
    pull = np.where(outside, (model.seen - expected) / wider, 0.0)
    weight = np.where(outside, slope_of(expected, model.trials) / wider, 0.0)
    return measure.coefficients + moved[0], pull, weight


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
