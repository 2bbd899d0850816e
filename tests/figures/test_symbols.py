"""Proportional symbols: surface follows the value; zero and unknown look different."""

from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from territory import HOSTILE

from landscape.figures import plot_symbols
from landscape.figures.circles import round_sizes

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "Residents", "unit": "residents", "source": "Bureau, 2014"}


@pytest.fixture
def places():
    return pd.DataFrame(
        {
            "area_id": [f"XX_{n}" for n in range(6)],
            "name": [f"Place {n}" for n in range(6)],
            "lon": [24.2, 24.7, 25.2, 25.7, 24.2, None],
            "lat": [44.2, 44.2, 44.2, 44.2, 44.7, None],
        }
    )


SIZES = pd.Series({"XX_0": 400.0, "XX_1": 100.0, "XX_2": 0.0, "XX_3": np.nan, "XX_5": 25.0})


def marks(figure):
    root = ElementTree.fromstring(figure.svg)
    return {
        node.find(f"{SVG}title").text: node
        for node in root.iter()
        if node.tag in (f"{SVG}circle", f"{SVG}path") and node.find(f"{SVG}title") is not None
    }


def test_surface_of_the_circle_follows_the_value(places, grid, english):
    drawn = marks(plot_symbols(places, SIZES, background=grid, language=english, **WORDS))
    large = int(drawn["Place 0: 400 residents"].get("r"))
    small = int(drawn["Place 1: 100 residents"].get("r"))
    assert large / small == pytest.approx(2, abs=0.05)


def test_zero_is_a_ring_and_missing_a_cross(places, grid, english):
    drawn = marks(plot_symbols(places, SIZES, background=grid, language=english, **WORDS))
    assert drawn["Place 2: 0 residents"].get("fill") == "#ffffff"
    assert drawn["Place 3: not inventoried"].tag == f"{SVG}path"
    assert drawn["Place 4: not inventoried"].tag == f"{SVG}path"


def test_counts_add_up_and_a_place_without_position_is_said(places, grid, english):
    figure = plot_symbols(places, SIZES, background=grid, language=english, **WORDS)
    assert [row.count for row in figure.legend] == [3, 1, 2]
    assert figure.note == "1 place has no known position and is not drawn."
    assert figure.table["residents"].isna().sum() == 2


def test_point_geometry_works_as_lon_and_lat_do(places, grid, english):
    known = places.dropna()
    points = gpd.GeoDataFrame(
        known[["area_id", "name"]],
        geometry=gpd.points_from_xy(known["lon"], known["lat"]),
        crs=4326,
    )
    sizes = SIZES.drop("XX_5")
    with_geometry = plot_symbols(points, sizes, background=grid, language=english, **WORDS)
    with_degrees = plot_symbols(known, sizes, background=grid, language=english, **WORDS)
    assert with_geometry.svg == with_degrees.svg


def test_all_missing_or_all_zero(places, grid, english):
    none = plot_symbols(places, pd.Series(dtype=float), background=grid, language=english, **WORDS)
    assert "No area is inventoried." in none.alt
    zero = plot_symbols(places, SIZES * 0, background=grid, language=english, **WORDS)
    assert [row.label for row in zero.legend] == ["0", "not inventoried"]


def test_hostile_names_are_text(places, grid, english):
    places["name"] = HOSTILE[: len(places)]
    figure = plot_symbols(places, SIZES, background=grid, language=english, **WORDS)
    assert any("<script>" in words for words in marks(figure))


def test_what_does_not_fit_is_refused(places, grid, english):
    with pytest.raises(ValueError, match="negative"):
        plot_symbols(places, SIZES - 50, background=grid, language=english, **WORDS)
    with pytest.raises(ValueError, match="lon and lat"):
        plot_symbols(places.drop(columns="lon"), SIZES, background=grid, language=english, **WORDS)
    with pytest.raises(ValueError, match="points, not areas"):
        plot_symbols(grid, pd.Series(dtype=float), background=grid, language=english, **WORDS)


def test_sizes_in_the_legend_are_round_and_not_above_the_largest():
    assert round_sizes(339_406) == [200_000, 50_000, 10_000]
    assert round_sizes(1.0) == [1.0, 0.2, 0.02]


def test_no_circle_of_the_legend_is_called_zero(places, grid, english):
    ones = pd.Series(1.0, index=["XX_0", "XX_1"])
    figure = plot_symbols(places, ones, background=grid, language=english, decimals=0, **WORDS)
    sizes = [node.text for node in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]
    assert "1" in sizes and "0" not in sizes
