"""How the weight of a service falls with its distance or travel time.

Each returns a function from costs (an array, in the unit of the pairs: km or
minutes) to weights of 0 or more. The cost 0 is a service on the spot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

Decay = Callable[[np.ndarray], np.ndarray]


def steps(weights: Mapping[float, float]) -> Decay:
    """A weight for each zone, by its outer limit; 0 beyond the last (Luo and Qi 2009).

    Raises ValueError for a negative weight or where there is no zone.

    >>> steps({10: 1, 20: 0.68, 30: 0.22})(np.array([0, 10, 10.1, 30, 31])).tolist()
    [1.0, 1.0, 0.68, 0.22, 0.0]
    """
    limits = np.array(sorted(weights), dtype=float)
    heights = np.array([*(weights[limit] for limit in sorted(weights)), 0.0], dtype=float)
    if not len(limits) or (heights < 0).any():
        raise ValueError("steps need at least one zone, and no weight below 0")
    return lambda cost: heights[np.searchsorted(limits, cost, side="left")]


def gaussian(bandwidth: float) -> Decay:
    """``exp(-cost^2 / (2 bandwidth^2))``: 1 on the spot, 0.61 at the bandwidth (Dai 2010).

    Not cut: the limit of the pairs cuts it. Raises ValueError for a bandwidth of 0 or less.
    """
    _above_zero("bandwidth", bandwidth)
    return lambda cost: np.exp(-np.square(cost) / (2 * bandwidth**2))


def exponential(rate: float) -> Decay:
    """``exp(-rate * cost)``; the rate is above 0, per km or minute, else ValueError."""
    _above_zero("rate", rate)
    return lambda cost: np.exp(-rate * cost)


def inverse(exponent: float = 1.0, least: float = 1.0) -> Decay:
    """``max(cost, least) ^ -exponent``, the gravity model.

    ``least`` keeps what stands on the spot from weighing without limit. Both
    are above 0, else ValueError.
    """
    _above_zero("exponent", exponent)
    _above_zero("least", least)
    return lambda cost: np.maximum(cost, least) ** -exponent


def _above_zero(name: str, number: float) -> None:
    if not number > 0:
        raise ValueError(f"the {name} of a decay must be above 0, not {number}")
