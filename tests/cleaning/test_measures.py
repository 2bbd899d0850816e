"""Sizes in an equal-area projection, and points in the areas that contain them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.geometry import locate_points, measure_shapes, size_columns, with_measures


def box_of(lon: float, lat: float, size: float = 0.1) -> shapely.Polygon:
    return shapely.box(lon, lat, lon + size, lat + size)


def area_on_the_sphere(lat: float, size: float = 0.1) -> float:
    """km2 between two parallels and two meridians, on a sphere of equal area."""
    north, south = np.sin(np.radians(lat + size)), np.sin(np.radians(lat))
    return 6371.0072**2 * np.radians(size) * (north - south)


@pytest.mark.parametrize(
    ("lon", "lat"), [(25, 45), (2, 48), (-61.5, 16.2), (55.5, -21.1), (-53, 4), (45.1, -12.8)]
)
def test_sizes_hold_in_europe_and_overseas(lon: float, lat: float) -> None:
    measures = measure_shapes(gpd.GeoSeries([box_of(lon, lat)], crs="EPSG:4326"))
    assert measures["area_km2"].iloc[0] == pytest.approx(area_on_the_sphere(lat), rel=0.006)
    assert lon < measures["lon"].iloc[0] < lon + 0.1


def test_a_missing_shape_has_no_size() -> None:
    shapes = gpd.GeoSeries([box_of(25, 45), None], index=["a", "b"], crs="EPSG:4326")
    measures = measure_shapes(shapes)
    assert measures.loc["b"].isna().all()
    frame = with_measures(gpd.GeoDataFrame({"record": ["1", "2"]}, geometry=list(shapes), crs=4326))
    assert frame["area_km2"].tolist()[1] == ""
    sizes = size_columns(frame)
    assert sizes["lon"].isna().tolist() == [False, True]
    assert sizes["area_km2"].iloc[0] == pytest.approx(measures["area_km2"].iloc[0], abs=1e-5)


AREAS = pd.DataFrame(
    {
        "area_id": ["XX_1", "XX_2", "XX_3", "XX_4"],
        "geometry": [box_of(25, 45), box_of(25.1, 45), None, box_of(25.05, 45)],
    }
)


def test_points_find_the_area_that_contains_them() -> None:
    lon = pd.Series([25.01, 25.18, 26.0, None], index=list("abcd"), dtype="Float64")
    lat = pd.Series([45.05, 45.05, 45.05, 45.05], index=list("abcd"), dtype="Float64")
    found = locate_points(lon, lat, AREAS)
    assert found["a"] == "XX_1"
    assert found["b"] == "XX_2"
    assert found[["c", "d"]].isna().all()


@given(order=st.permutations(range(4)), seed=st.integers(0, 99))
def test_neither_the_order_of_areas_nor_of_points_matters(order: list[int], seed: int) -> None:
    random = np.random.default_rng(1)
    lon = pd.Series(random.uniform(24.95, 25.25, 40))
    lat = pd.Series(random.uniform(44.95, 45.15, 40))
    shuffled = lon.sample(frac=1, random_state=seed).index
    one = locate_points(lon, lat, AREAS)
    other = locate_points(lon[shuffled], lat[shuffled], AREAS.iloc[order])
    pd.testing.assert_series_equal(one, other.reindex(one.index))
