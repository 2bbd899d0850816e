"""Maps to look into: borders that decode to where they were, values in words, too many refused."""

import json

import numpy as np
import pandas as pd
import pytest
import shapely
from territory import HOSTILE, make_grid

from landscape.errors import LandscapeError
from landscape.figures import MapLayer, plot_drill_down
from landscape.reports.drill_down import data_element


def layer(areas, values, **changes):
    told = {"title": "Places, 2016", "unit": "per 1,000", "source": "Ministry, 2016"}
    known = pd.Series(values, index=areas["area_id"].tolist(), dtype=float)
    return MapLayer(**{**told, "values": known, **changes})


def drawn_shapes(data):
    """The areas as the browser draws them: rings in degrees, filled by the even-odd rule."""
    for rings in data["shapes"]:
        steps = [np.array(ring).reshape(-1, 2).cumsum(axis=0) for ring in rings]
        polygons = [shapely.Polygon(np.array(data["origin"]) + at * data["step"]) for at in steps]
        whole = shapely.Polygon()
        for polygon in polygons:
            whole = whole.symmetric_difference(shapely.make_valid(polygon))
        yield whole


def test_borders_decode_to_the_areas_and_stay_shared(grid, english):
    grid.loc[5, "geometry"] = grid.geometry[5].difference(grid.geometry[5].centroid.buffer(0.1))
    figure = plot_drill_down(grid, [layer(grid, range(12))], title="Map", language=english)
    drawn = list(drawn_shapes(figure.drill_down))
    for shape, true in zip(drawn, grid.geometry, strict=True):
        assert shape.symmetric_difference(true).area < 0.01 * true.area
    assert len(figure.drill_down["shapes"][5]) == 2
    # What is shared is neither drawn twice nor left open.
    together = shapely.union_all(drawn)
    assert together.area == pytest.approx(sum(shape.area for shape in drawn), rel=1e-6)


def test_each_layer_says_every_area_and_counts_what_is_not_known(grid, english):
    first = layer(grid, [np.nan, 0, *range(2, 12)], low=None)
    ids = grid["area_id"].tolist()
    second = layer(
        grid,
        [np.nan] * 2 + [5.0] * 10,
        title="Posts, 2025",
        low=pd.Series(4.0, index=ids),
        high=pd.Series(6.5, index=ids),
        status=pd.Series({ids[0]: "C"}),
    )
    figure = plot_drill_down(grid, [first, second], title="Map", language=english)
    said = [each["said"] for each in figure.drill_down["layers"]]
    assert said[0][:2] == ["not inventoried", "0.0 per 1,000"]
    assert said[1][:3] == ["confidential", "not inventoried", "5.0 per 1,000 (between 4.0 and 6.5)"]
    for each in figure.drill_down["layers"]:
        counts = [int(row["count"] or 0) for row in each["legend"]]
        assert sum(counts) == 12
        assert np.bincount(each["lines"], minlength=len(counts)).tolist() == counts
    assert [r["count"] for r in figure.drill_down["layers"][1]["legend"][-2:]] == ["1", "1"]
    assert list(figure.table.columns[2:]) == ["Places, 2016 (per 1,000)", "Posts, 2025 (per 1,000)"]
    assert figure.table.isna().sum().sum() == 3
    assert figure.svg.startswith("<svg") and "Places, 2016" in figure.alt


def test_more_than_3000_areas_are_refused_with_the_remedy(english):
    grid = make_grid(61, 50, cell=0.05)
    with pytest.raises(LandscapeError, match=r"3,050 areas .*3,000 at most.* one county"):
        plot_drill_down(grid, [layer(grid, range(3050))], title="Map", language=english)


def test_3000_areas_are_light(english):
    grid = make_grid(60, 50, cell=0.05)
    layers = [layer(grid, np.arange(3000) * n % 997, title=f"Map {n}") for n in (1, 3, 7)]
    figure = plot_drill_down(grid, layers, title="Map", language=english)
    assert len(json.dumps(figure.drill_down)) < 1_200_000


def test_no_text_of_the_data_is_markup_or_turns_what_follows(grid, english):
    grid["name"] = (HOSTILE * 2)[:12]
    hostile = layer(grid, range(12), title=HOSTILE[0], unit=HOSTILE[2], source=HOSTILE[4])
    figure = plot_drill_down(grid, [hostile], title=HOSTILE[8], language=english)
    element = data_element(figure.drill_down)
    inside = element.partition(">")[2].rpartition("</script>")[0]
    assert not set("<>&") & set(inside)
    kept = json.loads(inside)
    assert kept["names"][0] == HOSTILE[0] and kept["layers"][0]["title"] == HOSTILE[0]
    assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set("".join(kept["names"]))
