"""Shapes of municipalities, and population by domicile, whose definition changed in 2014."""

import pytest
import shapely

from landscape.sources.ro import uat_boundaries

SOURCE = "ro/uat_boundaries"


def test_residents_by_domicile_are_as_the_golden_table_says(small_romania, golden):
    needs = small_romania.tables["needs"]
    golden("uat_boundaries", needs[needs["source_id"] == SOURCE])


def test_figures_of_the_older_definition_are_left_out(folder_of):
    frame = uat_boundaries.read(folder_of("uat_boundaries"))
    assert {"pop2011", "pop2012", "pop2013"}.isdisjoint(frame.columns)


def test_sizes_come_from_the_shapes(small_romania):
    areas = small_romania.tables["areas"].set_index("area_id")
    # A tenth of a degree each way: 11.12 km from south to north, 7.73 from west to east.
    assert areas.loc["RO_1017", "area_km2"] == pytest.approx(11.12 * 7.73, rel=0.01)
    assert areas.loc["RO_1017", ["lon", "lat"]].tolist() == [23.05, 46.05]
    assert areas.loc["RO_179150", "boundary_year"] == 2021


def test_a_shape_without_an_area_is_rejected(findings_of):
    assert findings_of("uat_boundaries") == [("feature 14", "unknown_area", "rejected")]


@pytest.mark.data
def test_every_official_municipality_has_a_valid_shape(official_romania):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_rejected"]) == (3186, 0)
    areas = official_romania.tables["areas"].query("level == 'municipality'")
    shapes = areas["geometry"].to_numpy()
    assert set(shapely.get_type_id(shapes)) <= {3, 6}
    assert shapely.is_valid(shapes).all()
    assert areas["area_km2"].sum() == pytest.approx(238_397, rel=0.003)


@pytest.mark.data
def test_official_sums_show_why_the_first_years_are_left_out(official_romania, official):
    needs = official_romania.tables["needs"]
    sums = needs[needs["source_id"] == SOURCE].groupby("year")["value"].sum()
    assert sums.to_dict() == {2014: 22_346_178, 2015: 22_279_183, 2020: 22_174_693}
    text = (official / "ro/uat_boundaries/uat.geojson").read_text(encoding="utf-8")
    assert '"pop2013"' in text
