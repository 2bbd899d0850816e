"""How much a composite owes to its weights, its scale, its indicators and their uncertainty."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from landscape.compare.composites.composite import LEAST_KNOWN, Parts, gather_parts
from landscape.compare.composites.normalise import NORMALISATIONS
from landscape.compare.composites.themes import Side, Theme
from landscape.compare.composites.tree import Mean, weighted_mean

SEED = 20101
DRAWS = 500
#: Concentration of the Dirichlet distribution around the declared weights: with two
#: equal weights, nine draws in ten give each between 0.25 and 0.75.
CONCENTRATION = 10.0
#: Share of the draws in which one indicator, picked at random, is left out.
DROPPED = 0.5
BOUNDS = (0.025, 0.975)


def compute_sensitivity(
    indicators: pd.DataFrame,
    areas: pd.DataFrame,
    theme: Theme,
    side: Side,
    *,
    level: str = "county",
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Between which places an area comes out when the composite is made in other ways.

    Each draw takes weights from a Dirichlet distribution around the declared
    ones, robust z or percentile, arithmetic or geometric mean, leaves out one
    indicator in every second draw (where there are two or more), and draws each
    value within its 95 % interval; a value without one stays. One row an area
    with a composite: ``area_id``, ``low``, ``high`` (95 % of the draws, 0 to
    100), ``rank_low``, ``rank_high`` (1 is the most; 95 % of the draws),
    ``areas`` (how many are compared), ``top_fifth``, ``bottom_fifth`` (share
    of the draws in which the area is among them), ``without_interval`` (names
    of the indicators held fixed). Empty where nothing is inventoried. Method:
    Saisana, Saltelli and Tarantola 2005.
    """
    parts = gather_parts(indicators, areas, theme, side, level)
    placed = parts.place(parts.value, "robust_z")
    known = np.isfinite(weighted_mean(placed, parts.weights, "arithmetic", LEAST_KNOWN))
    chosen = parts.select(known)
    values = _draw_composites(chosen, draws, np.random.default_rng(seed))
    ranks = rankdata(-values, axis=0) if len(values) else values
    low, high = _between(values)
    rank_low, rank_high = _between(ranks)
    size = len(values)
    return pd.DataFrame(
        {
            "area_id": chosen.area_ids, "low": low, "high": high,
            "rank_low": np.floor(rank_low), "rank_high": np.ceil(rank_high), "areas": size,
            "top_fifth": (ranks <= size / 5).mean(axis=1),
            "bottom_fifth": (ranks > size - size / 5).mean(axis=1),
            "without_interval": ",".join(chosen.without_interval),
        }
    )  # fmt: skip


def draw_weights(declared: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Weights from a Dirichlet distribution around the declared ones; they add up to 1."""
    shares = CONCENTRATION * declared / declared.sum()
    return random.dirichlet(np.maximum(shares, 1e-3))


def _draw_composites(parts: Parts, draws: int, random: np.random.Generator) -> np.ndarray:
    """The composite of every area (row) in every draw (column)."""
    size = len(parts.area_ids)
    found = np.empty((size, draws), dtype="float32")
    if size == 0:
        return found
    middle = parts.place(parts.value, "robust_z")
    for draw in range(draws):
        weights = draw_weights(parts.weights, random)
        if len(weights) > 1 and random.random() < DROPPED:
            weights[random.integers(len(weights))] = 0.0
        how = NORMALISATIONS[random.integers(len(NORMALISATIONS))]
        mean = _MEANS[random.integers(len(_MEANS))]
        values = parts.draw(random.standard_normal(parts.value.shape))
        column = weighted_mean(parts.place(values, how), weights, mean)
        # An area known by the dropped indicator alone keeps its place by what is known of it.
        found[:, draw] = np.where(
            np.isfinite(column), column, weighted_mean(middle, parts.weights, mean)
        )
    return found


def _between(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if not len(values):
        return np.empty(0), np.empty(0)
    low, high = np.quantile(values, BOUNDS, axis=1)
    return low, high


_MEANS: tuple[Mean, ...] = ("arithmetic", "geometric")
