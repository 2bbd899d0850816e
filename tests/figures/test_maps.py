"""Choropleths: every area counted, unknown told from zero, hostile names shown as text."""

from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from territory import HOSTILE, make_grid

from landscape.figures import plot_choropleth, plot_map_pair

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "Places", "unit": "per 1,000", "source": "Ministry, 2016"}


def values_for(areas, values):
    return pd.Series(values, index=areas["area_id"].tolist(), dtype=float)


def titled_paths(figure):
    root = ElementTree.fromstring(figure.svg)
    return {
        path.find(f"{SVG}title").text: path
        for path in root.iter(f"{SVG}path")
        if path.find(f"{SVG}title") is not None
    }


def test_each_area_has_a_path_with_its_name_and_value(grid, english):
    figure = plot_choropleth(grid, values_for(grid, range(12)), language=english, **WORDS)
    paths = titled_paths(figure)
    assert len(paths) == 12
    assert "Area XX_0003: 3.0 per 1,000" in paths
    reached = paths["Area XX_0003: 3.0 per 1,000"]
    assert reached.get("tabindex") == "0"
    assert reached.get("aria-label") == "Area XX_0003: 3.0 per 1,000"


def test_missing_is_hatched_and_zero_is_not(grid, english):
    values = values_for(grid, [0, np.nan, 0, *range(1, 10)])
    paths = titled_paths(plot_choropleth(grid, values, language=english, **WORDS))
    assert paths["Area XX_0001: not inventoried"].get("fill").startswith("url(#")
    assert paths["Area XX_0000: 0.0 per 1,000"].get("fill").startswith("#")


def test_an_area_without_a_value_is_not_inventoried(grid, english):
    values = values_for(grid, range(12)).iloc[2:]
    figure = plot_choropleth(grid, values, language=english, **WORDS)
    assert [(r.label, r.count) for r in figure.legend][-1] == ("not inventoried", 2)
    assert figure.table["per 1,000"].isna().sum() == 2


def test_counts_in_the_legend_add_up_to_the_areas(grid, english):
    values = values_for(grid, [np.nan, np.nan, 5, 5, 5, 0, 0, 1, 2, 3, 4, 9])
    status = pd.Series({"XX_0000": "C", "XX_0001": "M"})
    figure = plot_choropleth(grid, values, language=english, status=status, **WORDS)
    assert sum(row.count for row in figure.legend) == 12
    assert [row.label for row in figure.legend][-2:] == ["not inventoried", "confidential"]
    assert figure.table["Remark"].tolist()[:2] == ["confidential", ""]


def test_an_area_without_boundary_is_counted_and_said(grid, english):
    grid.loc[0, "geometry"] = None
    figure = plot_choropleth(grid, values_for(grid, range(12)), language=english, **WORDS)
    assert sum(row.count for row in figure.legend) == 12
    assert len(titled_paths(figure)) == 11
    assert figure.note == "1 area has no known boundary and is not drawn."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            range(12),
            "Highest: 11.0 per 1,000 (Area XX_0203). Lowest: 0.0 per 1,000 (Area XX_0000).",
        ),
        ([1] * 6 + [2] * 6, "Highest: 2.0 per 1,000 (6 areas). Lowest: 1.0 per 1,000 (6 areas)."),
        ([4] * 12, "12 areas, all with the value 4.0 per 1,000."),
        ([np.nan] * 12, "No area is inventoried."),
        ([np.nan] * 2 + [3] * 10, "2 of 12 areas are not inventoried."),
    ],
)
def test_text_alternative_says_extremes_and_unknowns(grid, english, values, said):
    figure = plot_choropleth(grid, values_for(grid, values), language=english, **WORDS)
    assert said in figure.alt
    root = ElementTree.fromstring(figure.svg)
    assert root.find(f"{SVG}desc").text == figure.alt


@pytest.mark.parametrize("columns", [4, 21])
def test_hostile_names_are_text(english, columns):
    grid = make_grid(columns, 20, cell=0.1)
    grid["name"] = [HOSTILE[i % len(HOSTILE)] for i in range(len(grid))]
    figure = plot_choropleth(
        grid,
        values_for(grid, range(len(grid))),
        title=HOSTILE[0],
        unit=HOSTILE[2],
        source=HOSTILE[5],
        language=english,
        highlight=["XX_0000"],
    )
    root = ElementTree.fromstring(figure.svg)
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "style",
        "pattern",
        "rect",
        "path",
        "circle",
        "g",
        "text",
    }
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
    assert root.find(f"{SVG}title").text == HOSTILE[0]
    assert "\u202e" not in figure.svg + figure.alt


def test_no_script_and_nothing_from_outside(grid, english):
    figure = plot_choropleth(grid, values_for(grid, range(12)), language=english, **WORDS)
    rest = figure.svg.replace("http://www.w3.org/2000/svg", "")
    assert "http" not in rest
    assert "script" not in rest
    assert "href" not in rest


def test_ids_carry_the_figures_prefix_and_output_is_the_same_twice(grid, english):
    first, second = (
        plot_choropleth(grid, values_for(grid, range(12)), language=english, **WORDS)
        for _ in range(2)
    )
    other = plot_choropleth(grid, values_for(grid, range(1, 13)), language=english, **WORDS)
    assert first.svg == second.svg
    ids = {node.get("id") for node in ElementTree.fromstring(first.svg).iter()} - {None}
    others = {node.get("id") for node in ElementTree.fromstring(other.svg).iter()} - {None}
    assert len(ids) == 4
    assert not ids & others


def test_many_areas_become_one_path_per_class(english):
    grid = make_grid(30, 20, cell=0.1)
    figure = plot_choropleth(grid, values_for(grid, range(600)), language=english, **WORDS)
    assert len(titled_paths(figure)) == len(figure.legend) == 5
    assert ElementTree.fromstring(figure.svg).get("role") == "img"


def far_places():
    mainland = make_grid(3, 3, west=0, south=45)
    islands = make_grid(1, 1, west=-61.5, south=16, cell=0.3)
    other = make_grid(2, 1, west=55, south=-21.2, cell=0.3)
    islands["area_id"], other["area_id"] = ["XX_971"], ["XX_974a", "XX_974b"]
    islands["name"], other["name"] = ["Antilles"], ["Reunion N", "Reunion S"]
    return gpd.GeoDataFrame(pd.concat([mainland, islands, other], ignore_index=True), crs=4326)


def test_far_parts_become_insets_with_their_name_and_scale(english):
    areas = far_places()
    figure = plot_choropleth(areas, values_for(areas, range(12)), language=english, **WORDS)
    texts = [node.text for node in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]
    assert "Antilles" in texts
    assert sum(text.endswith(" km") for text in texts) == 3


def test_an_inset_of_several_areas_has_the_name_of_the_outline(english):
    areas = far_places()
    county = gpd.GeoDataFrame(
        {"area_id": ["XX_974"], "name": ["La Réunion"]},
        geometry=[shapely.box(55, -21.2, 55.6, -20.9)],
        crs=4326,
    )
    figure = plot_choropleth(
        areas, values_for(areas, range(12)), language=english, outline=county, **WORDS
    )
    assert "La Réunion" in figure.svg


def test_a_pair_has_two_panels_and_one_table(grid, english):
    left, right = values_for(grid, range(12)), values_for(grid, [np.nan] * 12)
    figure = plot_map_pair(
        grid,
        left,
        right,
        title="Need beside means",
        titles=("Need", "Means"),
        units=("%", "EUR"),
        sources=("A, 2011", "B, 2019"),
        language=english,
    )
    assert [panel.title for panel in figure.panels] == ["Need", "Means"]
    assert figure.source == "A, 2011; B, 2019"
    assert list(figure.table.columns) == ["Area", "Code", "Need, %", "Means, EUR"]
    assert "No area is inventoried." in figure.alt


@pytest.mark.parametrize("blank", ["title", "unit", "source"])
def test_title_unit_and_source_are_required(grid, english, blank):
    words = WORDS | {blank: " "}
    with pytest.raises(ValueError, match=f"needs its {blank}"):
        plot_choropleth(grid, values_for(grid, range(12)), language=english, **words)


def test_what_does_not_fit_is_refused(grid, english):
    values = values_for(grid, range(12))
    with pytest.raises(ValueError, match="no area drawn, such as XX_9"):
        plot_choropleth(
            grid, pd.concat([values, pd.Series({"XX_9": 1.0})]), language=english, **WORDS
        )
    with pytest.raises(ValueError, match="occurs twice: XX_0000"):
        twice = gpd.GeoDataFrame(pd.concat([grid, grid.iloc[:1]]), crs=4326)
        plot_choropleth(twice, values, language=english, **WORDS)
    with pytest.raises(ValueError, match="lack the column name"):
        plot_choropleth(grid.drop(columns="name"), values, language=english, **WORDS)
    with pytest.raises(ValueError, match="geometry and a CRS"):
        bare = grid.set_crs(None, allow_override=True)
        plot_choropleth(bare, values, language=english, **WORDS)
    with pytest.raises(ValueError, match="no area has a boundary"):
        grid["geometry"] = gpd.GeoSeries([None] * 12, crs=4326)
        plot_choropleth(grid, values, language=english, **WORDS)
