"""Which areas are neighbours, and the windows of an area and those around it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array, csr_array, eye_array
from scipy.spatial import Delaunay, KDTree, QhullError

METRES = "EPSG:3035"
#: Boundaries drawn this close are common ones: simplified shapes need not share their points.
TOUCHING_M = 50.0
#: Shapes serve where at least this share of the areas has one; else points do for all.
ENOUGH_SHAPES = 0.95
#: No neighbour further than this: an island beyond the sea is nobody's neighbour.
FARTHEST_M = 50_000.0


def find_neighbours(areas: gpd.GeoDataFrame) -> csr_array:
    """Which areas of one level are neighbours: a symmetric 0/1 matrix in the areas' order.

    ``areas`` has ``geometry``, ``lon`` and ``lat`` (EPSG:4326). Areas whose
    boundaries lie within 50 m of one another (EPSG:3035) are neighbours; where
    fewer than 95 % of the areas have a shape, all are taken by their points
    and the neighbours are those of the Gabriel graph (Gabriel and Sokal 1969)
    up to 50 km apart. An area with neither has no neighbour.
    """
    shapes = gpd.GeoSeries(areas.geometry).to_crs(METRES)
    known = shapes.notna().to_numpy() & ~shapes.is_empty.to_numpy()
    if known.mean() >= ENOUGH_SHAPES:
        return _by_boundary(shapes, known)
    return _by_points(areas)


def _by_boundary(shapes: gpd.GeoSeries, known: np.ndarray) -> csr_array:
    places = np.flatnonzero(known)
    drawn = shapes.to_numpy()[places]
    tree = shapely.STRtree(drawn)
    left, right = tree.query(drawn, predicate="dwithin", distance=TOUCHING_M)
    return _matrix(places[left], places[right], len(shapes))


def _by_points(areas: pd.DataFrame) -> csr_array:
    lon = areas["lon"].astype("float64").to_numpy()
    lat = areas["lat"].astype("float64").to_numpy()
    places = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    points = gpd.GeoSeries(gpd.points_from_xy(lon[places], lat[places]), crs="EPSG:4326")
    points = points.to_crs(METRES)
    at = np.column_stack([points.x, points.y])
    left, right = gabriel_graph(at)
    near = np.hypot(*(at[left] - at[right]).T) <= FARTHEST_M
    return _matrix(places[left[near]], places[right[near]], len(areas))


def gabriel_graph(at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of points with no third point in the circle between them; each pair once.

    A subgraph of the Delaunay triangulation (Gabriel and Sokal 1969). Two
    points at one place are neighbours of nobody else through each other. With
    fewer than four points or all on a line, everyone is a neighbour of the next.
    """
    try:
        triangles = Delaunay(at).simplices
    except (QhullError, ValueError):
        order = np.lexsort(at.T[::-1])
        return order[:-1], order[1:]
    pairs = np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    middle = (at[pairs[:, 0]] + at[pairs[:, 1]]) / 2
    radius = np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T) / 2
    nearest, _ = KDTree(at).query(middle)
    kept = nearest >= radius * (1 - 1e-9)
    return pairs[kept, 0], pairs[kept, 1]


def _matrix(left: np.ndarray, right: np.ndarray, size: int) -> csr_array:
    apart = left != right
    left, right = left[apart], right[apart]
    both = (np.concatenate([left, right]), np.concatenate([right, left]))
    matrix = csr_array(coo_array((np.ones(len(both[0])), both), shape=(size, size)))
    matrix.data[:] = 1.0
    return matrix


def widen(neighbours: csr_array, steps: int) -> csr_array:
    """Each area's window: itself and the areas at most so many steps away (0/1, a row a window)."""
    own = csr_array(eye_array(neighbours.shape[0], format="csr"))
    window = own
    for _ in range(steps):
        window = csr_array(window @ (neighbours + own))
        window.data[:] = 1.0
    window.sort_indices()
    return window
