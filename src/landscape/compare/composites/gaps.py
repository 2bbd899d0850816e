"""The gap of an area: what it needs against what it has, both as places in its country."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from landscape.compare.composites.composite import LEAST_KNOWN, Parts, gather_parts
from landscape.compare.composites.normalise import NORMALISATIONS
from landscape.compare.composites.sensitivity import draw_weights
from landscape.compare.composites.themes import Side, Theme
from landscape.compare.composites.tree import weighted_mean

SEED = 20102
DRAWS = 500
#: Areas simulated at a time, so that a country of 35,000 fits into little memory.
BLOCK = 2000
BOUNDS = (0.025, 0.975)
AGAINST: tuple[Side, ...] = ("service", "resource")


def compute_gap(
    indicators: pd.DataFrame,
    areas: pd.DataFrame,
    theme: Theme,
    *,
    level: str = "county",
    draws: int = DRAWS,
    seed: int = SEED,
    only: Collection[str] | None = None,
) -> pd.DataFrame:
    """Need against services and against means, area by area, with 95 % intervals.

    A gap is the composite of need less that of the other side (arithmetic
    means of robust places, 0 to 100): above 0, the area stands higher in its
    country by need than by what it has. It says nothing of whether the country
    as a whole has enough. One row an area: ``area_id``, ``need``, ``service``,
    ``resource``, ``without_interval`` (names of the indicators held fixed), and
    for each of ``service`` and ``resource``:

    - ``gap_<side>``, ``gap_<side>_low``, ``gap_<side>_high``: 95 % of draws of
      values within their intervals, of weights and of the scale, as in
      ``compute_sensitivity``; NA where no indicator on either side has one;
    - ``gap_<side>_status``: ``higher`` (the interval is above 0), ``lower``,
      ``no_clear_difference``, ``no_interval``, ``need_not_known``,
      ``<side>_not_known``, ``neither_known``, ``<side>_alike`` (half of the
      areas or more have one value, mostly none: look at the distance instead).

    What is not known stays missing, never 0. ``only`` asks for these areas alone
    (placed among all of the country, as ever).
    """
    return compute_gap_of(gather_sides(indicators, areas, theme, level), only, draws, seed)


def gather_sides(
    indicators: pd.DataFrame, areas: pd.DataFrame, theme: Theme, level: str
) -> dict[Side, Parts]:
    """The parts of need, services and means of a theme; tables of one country."""
    return {
        side: gather_parts(indicators, areas, theme, side, level) for side in ("need", *AGAINST)
    }


def compute_gap_of(
    sides: dict[Side, Parts],
    only: Collection[str] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """``compute_gap`` of sides gathered before; an area's gap is the same whoever else is asked."""
    if only is not None:
        sides = {
            side: parts.select(parts.area_ids.isin(list(only))) for side, parts in sides.items()
        }
    columns: dict[str, object] = {"area_id": sides["need"].area_ids}
    for side, parts in sides.items():
        columns[side] = _composite(parts, parts.value)
    for side in AGAINST:
        columns |= _gap(sides["need"], sides[side], side, draws, seed)
    bare = [name for parts in sides.values() for name in parts.without_interval]
    return pd.DataFrame(columns).assign(without_interval=",".join(bare))


def _gap(need: Parts, other: Parts, side: str, draws: int, seed: int) -> dict[str, np.ndarray]:
    wanted, offered = _composite(need, need.value), _composite(other, other.value)
    gap = wanted - offered
    low, high = _simulate(need, other, gap, draws, seed)
    both = np.isfinite(gap)
    alike = np.full(len(gap), bool(other.alike) and not other.names)
    status = np.select(
        [
            ~np.isfinite(wanted) & ~np.isfinite(offered) & ~alike, ~np.isfinite(wanted),
            ~both & alike, ~both, ~np.isfinite(low), low > 0, high < 0,
        ],
        [
            "neither_known", "need_not_known", f"{side}_alike", f"{side}_not_known",
            "no_interval", "higher", "lower",
        ],
        "no_clear_difference",
    )  # fmt: skip
    name = f"gap_{side}"
    return {name: gap, f"{name}_low": low, f"{name}_high": high, f"{name}_status": status}


def _simulate(
    need: Parts, other: Parts, gap: np.ndarray, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """The bounds of the gaps. Areas are set against a fixed country, so each is on its own:

    all take the same draws, and what an area's bounds are does not depend on
    which others are asked for.
    """
    low, high = np.full(len(gap), np.nan), np.full(len(gap), np.nan)
    told = np.isfinite(gap) & (_has_interval(need) | _has_interval(other))
    for start in range(0, len(gap), BLOCK):
        rows = slice(start, start + BLOCK)
        if not told[rows].any():
            continue
        random = np.random.default_rng(seed)
        drawn = _draw(need, rows, draws, random) - _draw(other, rows, draws, random)
        bounds = np.quantile(drawn, BOUNDS, axis=0)
        low[rows] = np.where(told[rows], np.minimum(bounds[0], gap[rows]), np.nan)
        high[rows] = np.where(told[rows], np.maximum(bounds[1], gap[rows]), np.nan)
    return low, high


def _draw(parts: Parts, rows: slice, draws: int, random: np.random.Generator) -> np.ndarray:
    """Composites of the areas of a block, draws x areas: values, weights and scale drawn."""
    areas, indicators = parts.value[rows].shape
    found = np.empty((draws, areas))
    for draw in range(draws):
        weights = draw_weights(parts.weights, random)
        how = NORMALISATIONS[random.integers(len(NORMALISATIONS))]
        placed = parts.place(parts.draw(random.standard_normal((1, indicators)), rows), how)
        found[draw] = weighted_mean(placed, weights, "arithmetic")
    return found


def _composite(parts: Parts, values: np.ndarray) -> np.ndarray:
    return weighted_mean(parts.place(values, "robust_z"), parts.weights, "arithmetic", LEAST_KNOWN)


def _has_interval(parts: Parts) -> np.ndarray:
    return np.asarray((np.isfinite(parts.low) & np.isfinite(parts.high)).any(axis=1))
