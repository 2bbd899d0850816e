"""Simplified boundaries: borders stay shared, and no area is lost."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from territory import make_grid

from landscape.figures import simplify_for_map
from landscape.figures.scene import build_scene


@settings(max_examples=15, deadline=None)
@given(
    columns=st.integers(1, 6),
    rows=st.integers(1, 5),
    width=st.integers(20, 900),
    cell=st.floats(0.05, 1.0),
)
def test_shared_borders_stay_shared(columns, rows, width, cell):
    grid = make_grid(columns, rows, cell=cell)
    simplified = simplify_for_map(grid.geometry, width)
    assert simplified.is_valid_coverage()
    together = simplified.union_all()
    assert together.geom_type == "Polygon"
    assert not together.interiors
    assert simplified.area.sum() == pytest.approx(together.area)


def test_a_small_picture_needs_fewer_corners(grid):
    corners = [
        shapely.get_num_coordinates(simplify_for_map(grid.geometry, width).to_numpy()).sum()
        for width in (40, 200, 2000)
    ]
    assert corners[0] < corners[1] < corners[2]


def test_result_is_in_metres_in_the_same_order_and_index(grid):
    grid.index = [f"row {number}" for number in range(len(grid))]
    simplified = simplify_for_map(grid.geometry, 300)
    assert simplified.crs.to_epsg() == 3035
    assert list(simplified.index) == list(grid.index)
    exact = grid.to_crs(3035).area
    assert np.allclose(simplified.area / exact, 1, atol=0.05)


def test_a_tiny_area_keeps_a_shape_that_can_be_seen(grid):
    tiny = shapely.box(24.2, 44.2, 24.2001, 44.2001)
    geoms = gpd.GeoSeries([*grid.geometry, tiny], crs=4326)
    simplified = simplify_for_map(geoms, 300)
    metres_per_px = np.ptp(simplified.total_bounds[[0, 2]]) / 300
    assert simplified.iloc[-1].area == pytest.approx(metres_per_px**2, rel=0.3)
    assert (
        simplified.iloc[-1].centroid.distance(gpd.GeoSeries([tiny], crs=4326).to_crs(3035).iloc[0])
        < metres_per_px
    )


def test_broken_polygons_and_overlaps_lose_no_area():
    bow_tie = shapely.Polygon([(24, 44), (25, 45), (25, 44), (24, 45), (24, 44)])
    ringed = shapely.box(26, 44, 28, 46).difference(shapely.box(26.5, 44.5, 27.5, 45.5))
    town = shapely.box(26.45, 44.45, 27.5, 45.5)
    flat = shapely.Polygon([(29, 44), (30, 44), (29, 44)])
    simplified = simplify_for_map(gpd.GeoSeries([bow_tie, ringed, town, flat], crs=4326), 200)
    assert not simplified.isna().any()
    assert not simplified.is_empty.any()
    assert (simplified.area > 0).all()
    assert set(simplified.geom_type) <= {"Polygon", "MultiPolygon"}


def test_missing_geometry_stays_missing(grid):
    geoms = grid.geometry.copy()
    geoms.iloc[0], geoms.iloc[1] = None, shapely.Polygon()
    simplified = simplify_for_map(geoms, 300)
    assert simplified.isna().tolist() == [True, True] + [False] * 10


def test_same_input_gives_the_same_output(grid):
    first, second = (simplify_for_map(grid.geometry, 120).to_wkb() for _ in range(2))
    assert first.equals(second)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda g: g.to_crs(3857), "EPSG:4326"),
        (lambda g: g.set_crs(None, allow_override=True), "EPSG:4326"),
        (lambda g: g.representative_point(), "must be polygons"),
    ],
)
def test_what_does_not_fit_is_refused(grid, change, words):
    with pytest.raises(ValueError, match=words):
        simplify_for_map(change(grid.geometry), 300)
    with pytest.raises(ValueError, match="width"):
        simplify_for_map(grid.geometry, 0)


def test_a_drawing_for_half_a_page_has_less_detail_and_the_same_frame() -> None:
    turns = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    reach = 1 + np.random.default_rng(1).normal(0, 0.01, len(turns))
    coast = np.column_stack([25 + reach * np.cos(turns), 45 + reach * np.sin(turns)])
    area = gpd.GeoSeries([shapely.Polygon(coast)], crs="EPSG:4326")
    whole, half = build_scene(area), build_scene(area, small=True)
    corners = [shapely.get_num_coordinates(s.frames[0].shapes[0]) for s in (whole, half)]
    assert 20 < corners[1] < 0.8 * corners[0]
    assert half.width == whole.width
    assert half.height == pytest.approx(whole.height, rel=0.02)
