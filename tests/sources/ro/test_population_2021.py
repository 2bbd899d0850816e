"""The census of 2021: totals of counties and of București stand among the municipalities."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.sources.ro import population_2021
from row_orders import row_orders

SOURCE = "ro/population_2021"


def test_residents_are_as_the_golden_table_says(small_romania, golden):
    needs = small_romania.tables["needs"]
    golden("population_2021", needs[needs["source_id"] == SOURCE])


def test_totals_are_notes_and_an_unknown_code_is_an_error(small_romania):
    findings = small_romania.tables["findings"]
    findings = findings[findings["source_id"] == SOURCE].set_index("record")
    assert (findings["action"] == "rejected").all()
    assert findings["severity"].to_dict() == {
        "row 5": "note",
        "row 9": "note",
        "row 11": "note",
        "row 14": "note",
        "row 15": "note",
        "row 19": "error",
    }
    assert findings.loc["row 15", "message"] == "total of MUNICIPIUL BUCUREȘTI"
    assert findings.loc["row 19", "rule"] == "unknown_area"


@row_orders
@given(order=st.permutations(range(19)), kept=st.integers(1, 19))
def test_rows_may_come_in_any_order_and_number(order, kept, folder_of, context_of, small_romania):
    frame = population_2021.read(folder_of("population_2021"))
    cleaned = population_2021.clean(frame.iloc[order[:kept]], context_of("population_2021"))
    assert cleaned.rows_kept + cleaned.rows_rejected == kept
    whole = small_romania.tables["needs"].set_index(["source_id", "area_id"])["value"].loc[SOURCE]
    found = cleaned.tables["needs"].set_index("area_id")["value"]
    assert found.eq(whole.reindex(found.index)).all()


@pytest.mark.data
def test_official_residents_add_up_to_the_published_total(official_romania):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_kept"], rows["rows_rejected"]) == (3228, 3186, 42)
    needs = official_romania.tables["needs"]
    needs = needs[needs["source_id"] == SOURCE]
    assert needs["value"].sum() == 19_053_815
    findings = official_romania.tables["findings"]
    rules = findings.loc[findings["source_id"] == SOURCE, "rule"]
    assert rules.value_counts().to_dict() == {"not_an_area": 42}


@pytest.mark.data
def test_official_counties_are_the_sums_of_their_municipalities(official_romania, official):
    printed = pd.read_csv(official / SOURCE / "uat_cif_pop_2021.csv", dtype=str)
    totals = printed[printed["cod_siruta"].str.fullmatch("[A-Z]{1,2}")]
    sums = printed[printed["cod_siruta"].str.fullmatch(r"\d+")]
    sums = sums[sums["cod_siruta"] != "179132"]
    by_county = sums["pop"].astype(int).groupby(sums["judet_uat"]).sum()
    expected = totals.set_index("cod_siruta")["pop"].astype(int)
    assert len(expected) == 41
    assert by_county.reindex(expected.index).eq(expected).all()
