"""Which areas are drawn in frames of their own because they lie far from the rest."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage

# Areas whose centres fall in touching cells of this size belong to one map:
# Corsica and the mainland do, Crete and Bulgaria do, the Antilles and Europe do not.
CELL_DEGREES = 15.0
# Far from the main map, islands closer together than this share a frame.
SPLIT_DEGREES = 0.6


def split_far_areas(geoms: gpd.GeoSeries) -> list[NDArray[np.intp]]:
    """Positions of the areas of the main map, then of each inset from west to east.

    geoms: polygons in EPSG:4326. The main map is the group with most areas.
    Areas without geometry are in no group; the list is empty if all are.
    """
    boxes = shapely.bounds(geoms.to_numpy())
    present = np.flatnonzero(~np.isnan(boxes).any(axis=1))
    if not len(present):
        return []
    group = _cell_groups(boxes[present])
    sizes = np.bincount(group)
    main = int(sizes.argmax())
    far = present[group != main]
    return [present[group == main], *_near_groups(far, boxes)]


def _cell_groups(boxes: NDArray[np.float64]) -> NDArray[np.intp]:
    centres = np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2], axis=1)
    cells = np.floor(centres / CELL_DEGREES).astype(int)
    cells -= cells.min(axis=0)
    occupied = np.zeros(cells.max(axis=0) + 1, dtype=bool)
    occupied[cells[:, 0], cells[:, 1]] = True
    marked, _ = ndimage.label(occupied, structure=np.ones((3, 3)))
    groups: NDArray[np.intp] = marked[cells[:, 0], cells[:, 1]] - 1
    return groups


def _near_groups(far: NDArray[np.intp], boxes: NDArray[np.float64]) -> list[NDArray[np.intp]]:
    """The far areas joined while their boxes are near each other."""
    groups: list[list[int]] = []
    for area in far.tolist():
        touching = [
            g for g in groups if any(_gap(boxes[area], boxes[b]) < SPLIT_DEGREES for b in g)
        ]
        merged = [area, *(member for g in touching for member in g)]
        groups = [g for g in groups if g not in touching] + [merged]
    groups.sort(key=lambda g: min(boxes[area][0] for area in g))
    return [np.array(sorted(g), dtype=np.intp) for g in groups]


def _gap(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Degrees between two boxes, in longitude or latitude; below 0 where they overlap."""
    return float(max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3]))
