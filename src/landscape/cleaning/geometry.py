"""Shapes of areas: measured in an equal-area projection, joined by point."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

EQUAL_AREA = "EPSG:3035"
GEOGRAPHIC = "EPSG:4326"


def mend_shapes(shapes: np.ndarray) -> np.ndarray:
    """The shapes made valid; the lines that an area's spikes collapse to are dropped.

    So an area stays a polygon, or several, as simplification needs it. (The
    method ``structure`` of GEOS drops them too, but leaves some shapes invalid.)
    """
    mended: np.ndarray = shapely.make_valid(shapes)
    mixed = shapely.get_type_id(mended) == shapely.GeometryType.GEOMETRYCOLLECTION
    mended[mixed] = [
        shapely.union_all([part for part in shape.geoms if shapely.get_dimensions(part) == 2])
        for shape in mended[mixed]
    ]
    return mended


def measure_shapes(shapes: gpd.GeoSeries) -> pd.DataFrame:
    """Area and an inner point of each shape.

    ``shapes`` in EPSG:4326. Returns ``area_km2`` (computed in EPSG:3035, for
    shapes far from Europe in the equal-area projection of the globe), ``lon``
    and ``lat`` of a point inside the shape; NA where the shape is missing.
    """
    known = shapes.dropna()
    square_metres = known.to_crs(EQUAL_AREA).area
    overseas = known.bounds.pipe(lambda b: (b["minx"] < -30) | (b["minx"] > 45) | (b["miny"] < 25))
    if overseas.any():
        square_metres[overseas] = known[overseas].to_crs("EPSG:6933").area
    points = known.representative_point()
    return pd.DataFrame(
        {"area_km2": square_metres / 1e6, "lon": points.x, "lat": points.y}, index=shapes.index
    ).astype("Float64")


def locate_points(lon: pd.Series, lat: pd.Series, areas: pd.DataFrame) -> pd.Series:
    """The area that contains each point, NA where there is none or no point.

    ``areas`` has ``area_id`` and ``geometry`` (shapes that do not overlap but
    for slivers; the first one counts).
    """
    known = areas.dropna(subset=["geometry"])
    points = shapely.points(lon.astype("float64"), lat.astype("float64"))
    tree = shapely.STRtree(known["geometry"].to_numpy())
    with_point = (lon.notna() & lat.notna()).to_numpy()
    at, where = tree.query(points[with_point], predicate="within")
    found = pd.Series(known["area_id"].to_numpy()[where], index=lon.index[with_point][at])
    return found[~found.index.duplicated()].reindex(lon.index).astype("str")


def with_measures(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame with ``area_km2``, ``lon`` and ``lat`` of its shapes as text, blank if missing.

    Measured when the official shapes are read, so that a simplified extract
    carries the same figures.
    """
    measures = measure_shapes(frame.geometry)
    text = measures.astype("float64").map(lambda v: "" if pd.isna(v) else f"{v:.5f}")
    return frame.assign(**{str(column): text[column] for column in text})


def size_columns(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """The measures that ``with_measures`` wrote as text, as numbers again."""
    return {name: pd.to_numeric(frame[name].replace("", None)).astype("Float64")
            for name in ("area_km2", "lon", "lat")}  # fmt: skip
