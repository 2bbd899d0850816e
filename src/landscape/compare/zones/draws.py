"""Countries as chance alone draws them."""

from __future__ import annotations

import numpy as np

from landscape.compare.zones.chance import Model

#: Areas drawn in all, and countries at least.
AREAS = 7_500
FEWEST = 6


def draw_deviations(model: Model, rng: np.random.Generator) -> np.ndarray:
    """What areas lie above their expectation by chance alone, a column a simulated country."""
    times = max(FEWEST, round(AREAS / max(len(model.seen), 1)))
    drawn = [draw_areas(model.expected, model.trials, model.spread, rng) for _ in range(times)]
    return np.asarray(np.stack(drawn, axis=1) - model.expected[:, None])


def draw_areas(
    expected: np.ndarray, trials: np.ndarray | None, spread: float, rng: np.random.Generator
) -> np.ndarray:
    """Counts (or cases among the trials) that areas would show by chance alone."""
    if trials is None:
        rate = expected
        if spread > 0:
            rate = rng.gamma(1 / spread, 1.0, len(expected)) * spread * expected
        return rng.poisson(rate).astype("float64")
    share = np.divide(expected, trials, out=np.zeros(len(expected)), where=trials > 0)
    if spread > 0:
        size = (1 - spread) / spread
        share = rng.beta(np.maximum(share * size, 1e-6), np.maximum((1 - share) * size, 1e-6))
    return rng.binomial(trials.astype("int64"), share).astype("float64")
