"""The 37 raion-level units: ids that collide with no commune, and no zeros without a census."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from fixture_cards import write_card
from landscape.errors import SourceError
from landscape.provenance import open_raw_folder
from landscape.sources.md import raion_boundaries
from landscape.tables import CountryTables, clean_country

Golden = Callable[[str], pd.DataFrame]
SOURCE = "md/raion_boundaries"


def test_golden_areas(moldova: CountryTables, golden: Golden) -> None:
    areas = moldova.tables["areas"]
    raions = areas[areas["level"] == "county"]
    raions = raions.assign(area_km2=raions["area_km2"].round(0).astype("Int64").astype("str"))
    expected = golden("raion_boundaries.areas")
    assert raions[expected.columns].to_dict("records") == expected.to_dict("records")


def test_golden_needs(moldova: CountryTables, golden: Golden) -> None:
    needs = moldova.tables["needs"]
    needs = needs[needs["source_id"] == SOURCE].set_index(["area_id", "variable"])["value"]
    expected = golden("raion_boundaries.needs").set_index("area_id")
    found = needs.unstack("variable").loc[expected.index, expected.columns]
    pd.testing.assert_frame_equal(
        found.astype("Float64"), expected.astype("Float64"), check_names=False
    )


def test_where_no_census_was_taken_zero_is_missing(moldova: CountryTables) -> None:
    needs = moldova.tables["needs"]
    uncounted = needs[needs["area_id"].isin(["MD_05", "MD_98"])]
    assert len(uncounted) > 20
    assert uncounted["value"].isna().all()
    assert set(uncounted["status"]) == {"M"}


def test_ids_of_raions_and_cities_differ(moldova: CountryTables) -> None:
    areas = moldova.tables["areas"].set_index("area_id")
    assert areas.loc["MD_05", "code"] == areas.loc["MD_0500", "code"] == "0500"
    assert areas.loc["MD_0500", "parent_id"] == "MD_05"


def test_the_total_of_the_age_bands_is_used_and_the_other_told(moldova: CountryTables) -> None:
    findings = moldova.tables["findings"]
    told = findings[findings["rule"] == "figures_differ"]
    assert told["message"].tolist() == ["2014: sum of localities 1010, census table 1000 (used)"]
    assert told["area_id"].tolist() == ["MD_01"]


def test_a_changed_layout_stops(raw: Path) -> None:
    path = raw / SOURCE / "raions_2014.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    for feature in content["features"]:
        del feature["properties"]["person"]
    path.write_text(json.dumps(content), encoding="utf-8")
    write_card(path.parent)
    with pytest.raises(SourceError, match="'person'"):
        raion_boundaries.read(open_raw_folder(raw, SOURCE))


def test_row_order_does_not_matter(raw: Path, moldova: CountryTables) -> None:
    path = raw / SOURCE / "raions_2014.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"].reverse()
    path.write_text(json.dumps(content), encoding="utf-8")
    write_card(path.parent)
    columns = ["area_id", "variable", "value", "status"]
    needs = [
        tables.tables["needs"][columns].sort_values(columns[:2], ignore_index=True)
        for tables in (moldova, clean_country("MD", raw))
    ]
    pd.testing.assert_frame_equal(*needs)


@pytest.mark.data
def test_official_units_and_sums(official_moldova: CountryTables) -> None:
    areas = official_moldova.tables["areas"]
    raions = areas[areas["level"] == "county"]
    assert raions["kind"].value_counts().to_dict() == {
        "raion": 32,
        "municipiu": 3,
        "unitate teritorial-autonomă": 2,
    }
    assert raions["area_km2"].sum() == pytest.approx(33_847, rel=0.001)
    assert raions["geometry"].notna().all()
    needs = official_moldova.tables["needs"]
    needs = needs[needs["source_id"] == SOURCE]
    sums = needs.groupby("variable")["value"].sum()
    assert sums["population"] == sums["population_with_known_age"] == 2_804_801
    assert sums["population_aged_65_over"] == 305_464
    known = needs[needs["variable"] == "population"].dropna(subset=["value"])
    assert len(known) == 35
    assert set(raions["area_id"]) - set(known["area_id"]) == {"MD_05", "MD_98"}
