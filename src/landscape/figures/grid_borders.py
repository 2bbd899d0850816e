"""Borders of areas in whole steps of a fine grid: light to carry, drawn by the reader's screen."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from landscape.figures.inputs import geometry_of
from landscape.figures.insets import split_far_areas
from landscape.figures.paths import Ring, borders, rings_of
from landscape.figures.scene import Boundaries, local_crs
from landscape.figures.simplify import MAP_CRS, simplify_for_map

# Borders have the detail of a picture so many pixels wide: enough to look closer.
DETAIL_PX = 1400
LEAST_DETAIL_PX = 120
# Whole numbers of a grid so much finer than a pixel stand for the coordinates.
GRID_PER_PX = 4


def place_areas(areas: gpd.GeoDataFrame, outline: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """Borders: each ring a start and steps, in whole numbers of a grid of degrees.

    ``far`` are the areas far from the others, which the first view leaves out.
    What is drawn is remembered: the reports of a country show it in each language.
    """
    geoms = geometry_of(areas)
    groups = split_far_areas(geoms)
    if not groups:
        raise ValueError("no area has a boundary: there is nothing to draw a map of")
    left, bottom, right, top = geoms.iloc[groups[0]].total_bounds.tolist()
    step = max(right - left, top - bottom, 1e-4) / (DETAIL_PX * GRID_PER_PX)
    return {
        "origin": [left, bottom],
        "step": step,
        "bounds": [[bottom, left], [top, right]],
        "far": [int(place) for members in groups[1:] for place in members],
        "shapes": _shapes(Boundaries.of(geoms), step, (left, bottom)),
        "outline": []
        if outline is None
        else _lines(Boundaries.of(geometry_of(outline)), step, (left, bottom)),
    }


@lru_cache(maxsize=8)
def _shapes(
    boundaries: Boundaries, step: float, origin: tuple[float, float]
) -> list[list[list[int]]]:
    rings: list[list[Ring]] = [[] for _ in boundaries.geoms]
    for number, members in enumerate(split_far_areas(boundaries.geoms)):
        found = _grid_rings(boundaries.geoms.iloc[members], step, origin, far=number > 0)
        for place, own in zip(members.tolist(), found, strict=True):
            rings[place] = own
    return [[_steps(ring) for ring in own] for own in rings]


def _grid_rings(
    geoms: gpd.GeoSeries, step: float, origin: tuple[float, float], *, far: bool
) -> list[list[Ring]]:
    """The rings of each area, simplified together, so that shared borders stay shared."""
    left, bottom, right, top = geoms.total_bounds.tolist()
    across = max(right - left, top - bottom) / (step * GRID_PER_PX)
    crs = local_crs((left + right) / 2, (bottom + top) / 2) if far else MAP_CRS
    simple = simplify_for_map(geoms, max(across, LEAST_DETAIL_PX), crs).to_crs("EPSG:4326")
    return rings_of(shapely.transform(simple.to_numpy(), lambda xy: (xy - origin) / step))


@lru_cache(maxsize=8)
def _lines(boundaries: Boundaries, step: float, origin: tuple[float, float]) -> list[list[int]]:
    """Each border of the level above once, near the main part of the territory or far from it."""
    geoms = boundaries.geoms
    rings: list[Ring] = []
    for number, members in enumerate(split_far_areas(geoms)):
        found = _grid_rings(geoms.iloc[members], step, origin, far=number > 0)
        rings += [ring for own in found for ring in own]
    return [_steps(line) for line in borders(rings)] if rings else []


def _steps(ring: NDArray[np.int64]) -> list[int]:
    """Where it starts, then how far each point lies from the one before."""
    steps: list[int] = np.concatenate([ring[:1], np.diff(ring, axis=0)]).ravel().tolist()
    return steps
