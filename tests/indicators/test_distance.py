"""Distances to the nearest service on known places."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from landscape.indicators.distance import EARTH_RADIUS_KM, distance_to_nearest_km

DEGREE = EARTH_RADIUS_KM * np.pi / 180  # km along a meridian


def areas_at(**points: tuple[float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(points, index=["lon", "lat"], dtype="Float64").T


def services_at(*rows: tuple[str, float | None, float | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_id", "lon", "lat", "position"])
    return frame.astype({"lon": "Float64", "lat": "Float64"})


def test_known_distances() -> None:
    areas = areas_at(
        bucharest=(26.1025, 44.4268), sofia=(23.3219, 42.6977), north=(0, 60), south=(1, 20)
    )
    services = services_at(("bucharest", 26.1025, 44.4268, "exact"), ("x", 1, 60, "exact"))
    km = distance_to_nearest_km(areas, services).astype(float)
    assert km["bucharest"] == pytest.approx(0, abs=1e-6)
    _, _, metres = Geod(ellps="WGS84").inv(26.1025, 44.4268, 23.3219, 42.6977)
    assert km["sofia"] == pytest.approx(metres / 1000, rel=0.006)  # a sphere for the ellipsoid
    assert km["north"] == pytest.approx(DEGREE / 2, rel=1e-3)  # a degree of longitude at 60 north
    services = services.iloc[1:]
    south = distance_to_nearest_km(areas, services).astype(float)["south"]
    assert south == pytest.approx(40 * DEGREE, rel=1e-6)


def test_a_service_without_a_point_stands_at_its_area() -> None:
    areas = areas_at(a=(25, 45), b=(25, 46))
    for service in [("a", None, None, "municipality"), ("a", 25.4, 45.4, "municipality")]:
        km = distance_to_nearest_km(areas, services_at(service)).astype(float)
        assert km.to_list() == pytest.approx([0, DEGREE], rel=1e-6)


def test_services_known_by_county_only_are_left_out() -> None:
    areas = areas_at(a=(25, 45))
    km = distance_to_nearest_km(areas, services_at(("county", 25, 45, "none")))
    assert km.isna().all()


def test_an_area_without_a_point_has_no_distance() -> None:
    areas = areas_at(a=(25, 45), nowhere=(None, None))
    km = distance_to_nearest_km(areas, services_at(("a", 25, 45, "exact")))
    assert km.isna().to_dict() == {"a": False, "nowhere": True}


def test_no_service_at_all_is_not_distance_zero() -> None:
    km = distance_to_nearest_km(areas_at(a=(25, 45)), services_at().astype({"position": "str"}))
    assert km.isna().all()


@given(
    points=st.lists(
        st.tuples(st.floats(-10, 35), st.floats(40, 60)), min_size=1, max_size=8, unique=True
    ),
    seed=st.integers(0, 9),
)
def test_it_is_the_shortest_of_all_and_order_does_not_matter(
    points: list[tuple[float, float]], seed: int
) -> None:
    areas = areas_at(a=(25, 45), b=(2, 48))
    services = services_at(*[("x", lon, lat, "exact") for lon, lat in points])
    found = distance_to_nearest_km(areas, services).astype(float)
    for name, (lon, lat) in {"a": (25, 45), "b": (2, 48)}.items():
        assert found[name] == pytest.approx(
            min(haversine(lon, lat, *point) for point in points), rel=1e-6, abs=1e-4
        )
    other = distance_to_nearest_km(areas.iloc[::-1], services.sample(frac=1, random_state=seed))
    pd.testing.assert_series_equal(found, other.reindex(found.index).astype(float))


def haversine(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    east, north = np.radians(other_lon - lon), np.radians(other_lat - lat)
    cosines = np.cos(np.radians(lat)) * np.cos(np.radians(other_lat))
    chord = np.sin(north / 2) ** 2 + cosines * np.sin(east / 2) ** 2
    return float(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)))
