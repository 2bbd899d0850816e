"""Boundaries made as simple as the size at which they are shown."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from landscape.figures.inputs import is_in_degrees

MAP_CRS = "EPSG:3035"

# A corner is left out where the triangle it makes with its neighbours is smaller
# than a square of so many pixels a side.
TOLERANCE_PX = 1.6
# Nobody follows a single border among so many areas: what matters is that the page stays light.
MANY_AREAS, MANY_TOLERANCE_PX = 1000, 1.9
# Below this many square pixels a shape is lost to the eye; a diamond of about
# one square pixel stands in for it.
SMALLEST_PX2 = 0.25
DIAMOND_PX = 0.75


def simplify_for_map(geoms: gpd.GeoSeries, width_px: float, crs: str = MAP_CRS) -> gpd.GeoSeries:
    """Areas projected and simplified for a picture so many pixels wide.

    geoms: polygons in EPSG:4326, any index. Returned in the same order and
    index, in ``crs`` (metres). Borders that two areas share stay shared
    (Visvalingam-Whyatt over the coverage, GEOS). Polygons that are not valid
    are mended first; where areas overlap, each keeps its own border. No area
    is dropped: one too small to be seen becomes a diamond of one pixel.
    Missing or empty geometry comes back as None. Raises ValueError where the
    CRS is not EPSG:4326, a geometry is not a polygon, or width_px is not
    above 0.
    """
    _check(geoms, width_px)
    simplified = np.full(len(geoms), None, dtype=object)
    present = ~(geoms.isna() | geoms.is_empty).to_numpy()
    if present.any():
        projected = _mend(gpd.GeoSeries(geoms[present].to_numpy(), crs=geoms.crs)).to_crs(crs)
        left, _, right, _ = projected.total_bounds
        metres_per_px = max(right - left, 1.0) / width_px
        tolerance = MANY_TOLERANCE_PX if present.sum() > MANY_AREAS else TOLERANCE_PX
        shapes = projected.simplify_coverage(metres_per_px * tolerance).to_numpy()
        simplified[present] = _keep_visible(shapes, projected.to_numpy(), metres_per_px)
    return gpd.GeoSeries(simplified, index=geoms.index, crs=crs)


def _check(geoms: gpd.GeoSeries, width_px: float) -> None:
    if geoms.crs is None or not is_in_degrees(geoms.crs.srs):
        raise ValueError(f"boundaries must be in EPSG:4326, not {geoms.crs}")
    if not width_px > 0:
        raise ValueError(f"the width in pixels must be above 0, not {width_px}")
    kinds = set(geoms.dropna().geom_type) - {"Polygon", "MultiPolygon"}
    if kinds:
        raise ValueError(f"boundaries must be polygons, not {', '.join(sorted(kinds))}")


def _mend(geoms: gpd.GeoSeries) -> gpd.GeoSeries:
    shapes = geoms.to_numpy().copy()
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    # A polygon without any surface has nothing left when mended: its own line says where it is.
    lost = shapely.is_empty(shapes)
    shapes[lost] = shapely.envelope(shapely.buffer(shapely.centroid(geoms.to_numpy()[lost]), 1e-5))
    return gpd.GeoSeries(shapes, crs=geoms.crs)


def _keep_visible(shapes: np.ndarray, originals: np.ndarray, metres_per_px: float) -> np.ndarray:
    area = np.nan_to_num(shapely.area(shapes))
    small = area < SMALLEST_PX2 * metres_per_px**2
    centres = shapely.point_on_surface(originals[small])
    kept = shapes.copy()
    # quad_segs=1 turns the circle into a diamond
    kept[small] = shapely.buffer(centres, DIAMOND_PX * metres_per_px, quad_segs=1)
    return kept
