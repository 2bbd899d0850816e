"""Boundaries of two levels in two files."""

import pytest
import shapely


def test_sizes_are_as_the_golden_table_says(small_bulgaria, golden):
    golden("boundaries", small_bulgaria.tables["areas"].query("level == 'county'"))


def test_a_spike_is_cut_off_and_the_area_stays_a_polygon(small_bulgaria):
    areas = small_bulgaria.tables["areas"].set_index("area_id")
    assert areas.loc["BG_SOF46", "geometry"].geom_type == "Polygon"
    assert areas.loc["BG_SOF46", "area_km2"] == areas.loc["BG_SOF", "area_km2"]


def test_a_shape_without_an_area_is_rejected(findings_of):
    assert findings_of("boundaries") == [("municipality feature 14", "unknown_area", "rejected")]


@pytest.mark.data
def test_every_official_area_has_a_valid_shape_and_both_levels_cover_the_country(
    official_bulgaria,
):
    areas = official_bulgaria.tables["areas"].query("level != 'country'")
    shapes = areas["geometry"].to_numpy()
    assert set(shapely.get_type_id(shapes)) <= {3, 6}
    assert shapely.is_valid(shapes).all()
    sizes = areas.groupby("level")["area_km2"].sum()
    assert sizes["county"] == pytest.approx(110_994, rel=0.001)
    assert sizes["municipality"] == pytest.approx(sizes["county"], rel=1e-6)
