"""EKATTE: three lists, whose last elements are no records."""

import pytest


def test_areas_are_as_the_golden_table_says(small_bulgaria, golden):
    areas = small_bulgaria.tables["areas"]
    golden("ekatte", areas[areas["level"] != "country"])


def test_settlements_stand_for_their_municipality(small_bulgaria):
    places = small_bulgaria.tables["places"].set_index("code")
    assert len(places) == 15
    assert places.loc["70648", ["area_id", "name"]].tolist() == ["BG_PAZ39", "Сърница"]


def test_the_date_at_the_end_of_each_list_is_no_area(findings_of):
    assert findings_of("ekatte") == [
        ("ek_obl item 8", "not_an_area", "rejected"),
        ("ek_obst item 14", "not_an_area", "rejected"),
    ]


@pytest.mark.data
def test_official_counts(official_bulgaria):
    levels = official_bulgaria.tables["areas"]["level"].value_counts()
    assert (levels["county"], levels["municipality"]) == (28, 265)
    assert len(official_bulgaria.tables["places"]) == 5255


@pytest.mark.data
def test_every_official_row_is_accounted_for(official_bulgaria):
    rows = official_bulgaria.accounting.set_index("source_id")
    kept = rows["rows_kept"].to_dict()
    assert kept == {
        "bg/ekatte": 5548,
        "bg/boundaries": 293,
        "bg/census_2011": 265,
        "bg/chitalishta": 3682,
        "bg/infostat": 532,
        "bg/nsi_population": 5649,
        "bg/nvo7": 3455,
    }
    assert (rows["rows_read"] == rows["rows_kept"] + rows["rows_rejected"]).all()
