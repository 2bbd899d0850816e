"""How far the nearest service is."""

from __future__ import annotations

import pandas as pd
from scipy.spatial import KDTree

from landscape.indicators.sphere import EARTH_RADIUS_KM, km_of_chord, on_unit_sphere

__all__ = ["EARTH_RADIUS_KM", "distance_to_nearest_km", "locate_services"]


def distance_to_nearest_km(areas: pd.DataFrame, services: pd.DataFrame) -> pd.Series:
    """Great-circle distance in km from a point inside each area to the nearest service.

    ``areas`` is indexed by area_id, with ``lon`` and ``lat``; ``services``
    has ``area_id``, ``lon``, ``lat`` and ``position``. An area with a service
    that has no point of its own is at 0 km (see ``locate_services``). NA where
    the area has no point, or where there is no service at all.
    """
    points = locate_services(areas, services).dropna()
    located = areas["lon"].notna() & areas["lat"].notna()
    distances = pd.Series(pd.NA, index=areas.index, dtype="Float64")
    if len(points) and located.any():
        tree = KDTree(on_unit_sphere(points["lon"], points["lat"]))
        chord, _ = tree.query(on_unit_sphere(areas["lon"][located], areas["lat"][located]))
        distances[located] = km_of_chord(chord)
    return distances


def locate_services(areas: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """``lon`` and ``lat`` of each service, indexed like ``services``.

    A service without a point of its own stands at the point of its area; NA
    where the service is known by county only (position ``none``) or its area
    has no point either.
    """
    placed = services["position"] != "none"
    own = services["position"] == "municipality"
    points = {}
    for axis in ("lon", "lat"):
        of_area = services["area_id"].map(areas[axis])
        points[axis] = services[axis].mask(own, of_area).fillna(of_area).where(placed)
    return pd.DataFrame(points, index=services.index)
