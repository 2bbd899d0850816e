"""The census of 2011: shares printed, counts recovered."""

import pandas as pd
import pytest


def wide(tables, year: int) -> pd.DataFrame:
    needs = tables.tables["needs"]
    rows = needs[(needs["source_id"] == "bg/census_2011") & (needs["year"] == year)]
    return rows.pivot(index="area_id", columns="variable", values="value")


def test_counts_are_as_the_golden_table_says(small_bulgaria, golden):
    needs = small_bulgaria.tables["needs"]
    chosen = needs["area_id"].isin(["BG_VAR05", "BG_PAZ08", "BG_PAZ39"])
    golden("census_2011", needs[needs["source_id"].eq("bg/census_2011") & chosen])


def test_unemployment_divides_by_the_labour_force_and_not_by_everybody(small_bulgaria):
    counts = wide(small_bulgaria, 2011).loc["BG_VAR05"]
    assert counts["unemployed"] / counts["labour_force"] == 201 / 1201
    assert counts["population_aged_15_over"] == 2803


def test_the_largest_municipality_is_recovered_too(small_bulgaria):
    counts = wide(small_bulgaria, 2011).loc["BG_SOF46"]
    assert counts["population_aged_7_over"] == 1213903
    assert counts["population_with_secondary_education"] == 600001
    assert counts["unemployed"] == 55003


def test_a_municipality_founded_later_has_no_census_and_its_elder_is_marked(small_bulgaria):
    needs = small_bulgaria.tables["needs"]
    rows = needs[(needs["source_id"] == "bg/census_2011") & (needs["year"] == 2011)]
    assert "BG_PAZ39" not in set(rows["area_id"])
    assert set(rows.loc[rows["area_id"] == "BG_PAZ08", "status"]) == {"B"}


def test_what_was_noticed(findings_of):
    assert findings_of("census_2011") == [
        ("row 8", "unknown_area", "rejected"),
        ("row 5", "value_missing", "set_missing"),
        ("row 4", "other_territory", "kept"),
        ("row 3", "value_missing", "set_missing"),
    ]


@pytest.mark.data
def test_official_counts_add_up_to_what_the_office_published(official_bulgaria):
    """Totals of the census as NSI published them: 19.6 % higher education, 376 thousand
    more in the labour force than the 2,953,937 of 2021."""
    counts = wide(official_bulgaria, 2011)
    sums = counts.sum()
    assert counts.notna().all(axis=None)
    assert len(counts) == 264
    assert sums["population_with_known_age"] == 7_364_570
    assert sums["population_with_higher_education"] == 1_348_650
    assert sums["population_with_secondary_education"] == 2_990_424
    assert sums["labour_force"] == 3_329_683 == sums["employed"] + sums["unemployed"]
    assert sums["population_with_higher_education"] / sums["population_aged_7_over"] == (
        pytest.approx(0.196, abs=0.0005)
    )
    assert round(sums["labour_force"] - 2_953_937, -3) == 376_000


@pytest.mark.data
def test_official_ages_add_up_in_every_municipality(official_bulgaria):
    counts = wide(official_bulgaria, 2011)
    bands = [
        c
        for c in counts
        if c.startswith("population_aged") and c[-2:] in {"19", "29", "39", "49", "59", "69"}
    ]
    total = counts[[*bands, "population_aged_70_over"]].sum(axis=1)
    assert (total == counts["population_with_known_age"]).all()
    assert (counts["population_aged_0_14"] < counts["population_aged_0_19"]).all()
    later = wide(official_bulgaria, 2019)
    parts = later[
        [
            "population_below_working_age",
            "population_of_working_age",
            "population_above_working_age",
        ]
    ]
    assert (parts.sum(axis=1) == later["population_with_known_age"]).all()
