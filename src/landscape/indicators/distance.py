"""How far the nearest service is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

EARTH_RADIUS_KM = 6371.0088


def distance_to_nearest_km(areas: pd.DataFrame, services: pd.DataFrame) -> pd.Series:
    """Great-circle distance in km from a point inside each area to the nearest service.

    ``areas`` is indexed by area_id, with ``lon`` and ``lat``; ``services``
    has ``area_id``, ``lon``, ``lat`` and ``position``. A service without a
    point of its own stands at the point of its area, so an area with such a
    service is at 0 km. Services that are known by county only are left out.
    NA where the area has no point, or where there is no service at all.
    """
    placed = services[services["position"] != "none"]
    lon = placed["lon"].fillna(placed["area_id"].map(areas["lon"]))
    lat = placed["lat"].fillna(placed["area_id"].map(areas["lat"]))
    own = placed["position"] == "municipality"
    lon = lon.mask(own, placed["area_id"].map(areas["lon"]))
    lat = lat.mask(own, placed["area_id"].map(areas["lat"]))
    known = lon.notna() & lat.notna()
    located = areas["lon"].notna() & areas["lat"].notna()
    distances = pd.Series(pd.NA, index=areas.index, dtype="Float64")
    if known.any() and located.any():
        tree = KDTree(_on_unit_sphere(lon[known], lat[known]))
        chord, _ = tree.query(_on_unit_sphere(areas["lon"][located], areas["lat"][located]))
        distances[located] = 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return distances


def _on_unit_sphere(lon: pd.Series, lat: pd.Series) -> np.ndarray:
    east, north = np.radians(lon.to_numpy(dtype=float)), np.radians(lat.to_numpy(dtype=float))
    return np.column_stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
    )
