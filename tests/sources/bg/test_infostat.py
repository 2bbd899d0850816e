"""InfoStat exports: headers of several rows, names only, notes below."""

import pytest


def test_figures_are_as_the_golden_table_says(small_bulgaria, golden):
    needs = small_bulgaria.tables["needs"]
    golden("infostat", needs[needs["source_id"].eq("bg/infostat") & needs["year"].ge(2019)])


def test_homonyms_are_told_apart_by_their_neighbours_or_not_at_all(small_bulgaria):
    needs = small_bulgaria.tables["needs"]
    rows = needs[needs["source_id"] == "bg/infostat"].set_index(["area_id", "variable", "year"])
    assert rows.loc[("BG_RSE04", "population", 2019), "value"] == 11750
    assert rows.loc[("BG_VAR05", "population", 2019), "value"] == 3292
    assert ("BG_RSE04", "deaths", 2019) not in rows.index


def test_a_dash_is_zero_and_a_blank_is_no_figure(small_bulgaria):
    needs = small_bulgaria.tables["needs"]
    rows = needs[needs["source_id"] == "bg/infostat"].set_index(["area_id", "variable", "year"])
    assert rows.loc[("BG_RSE05", "population_men", 2019), "value"] == 0
    assert ("BG_VAR06", "deaths", 2015) not in rows.index


def test_what_was_noticed(findings_of):
    rules = [(rule, action) for _, rule, action in findings_of("infostat")]
    assert rules == [
        *[("not_an_area", "rejected")] * 9,
        *[("placed_by_neighbours", "kept")] * 3,
        ("ambiguous_area", "rejected"),
        ("unknown_area", "rejected"),
    ]


@pytest.mark.data
def test_official_municipalities_add_up_to_the_country(official_bulgaria):
    needs = official_bulgaria.tables["needs"]
    rows = needs[needs["source_id"] == "bg/infostat"]
    figures = rows.pivot(index="area_id", columns=["variable", "year"], values="value")
    assert len(figures) == 265 + 1
    assert figures.notna().all(axis=None)
    assert (figures.drop("BG").sum() == figures.loc["BG"]).all()
    assert figures.loc["BG", ("population", 2019)] == 6_951_482
    assert figures.loc["BG", ("deaths", 2020)] == 124_735


@pytest.mark.data
def test_official_areas_carry_the_population_of_2019(official_bulgaria):
    areas = official_bulgaria.tables["areas"]
    assert (areas["population_year"] == 2019).all()
    assert (areas.groupby("level")["population"].sum() == 6_951_482).all()
