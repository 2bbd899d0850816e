"""Associations by locality as typed: many spellings of one place, addresses, no place at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.sources.ro import associations
from row_orders import row_orders

SOURCE = "ro/associations"


def test_associations_are_as_the_golden_table_says(small_romania, golden):
    resources = small_romania.tables["resources"]
    golden("associations", resources[resources["source_id"] == SOURCE])


def test_what_was_noticed(findings_of, small_romania):
    assert findings_of("associations") == [
        ("row 9", "unknown_area", "rejected"),
        ("row 15", "unknown_area", "rejected"),
        ("row 20", "unknown_area", "rejected"),
    ]
    messages = small_romania.tables["findings"].query("source_id == @SOURCE")["message"]
    assert messages.iloc[0] == "30 associations: NEPRECIZAT (ALBA): not given"


def test_addresses_are_not_read(folder_of):
    frame = associations.read(folder_of("associations"))
    assert set(frame.columns) == {"county", "place", "associations", "record"}
    assert frame["place"].iloc[2] == "Alba Iulia"


def test_bucharest_is_counted_whole(small_romania):
    resources = small_romania.tables["resources"].query("source_id == @SOURCE")
    city = resources[resources["area_id"] == "RO_403"]["value"]
    assert city.tolist() == [7000 + 6000 + 40 + 15]
    assert not resources["area_id"].str.startswith("RO_1791").any()


@row_orders
@given(order=st.permutations(range(20)))
def test_the_order_of_rows_does_not_matter(order, folder_of, context_of, small_romania):
    frame = associations.read(folder_of("associations")).iloc[order]
    cleaned = associations.clean(frame, context_of("associations"))
    found = cleaned.tables["resources"].set_index("area_id")["value"]
    whole = small_romania.tables["resources"].query("source_id == @SOURCE")
    assert found.to_dict() == whole.set_index("area_id")["value"].to_dict()
    assert cleaned.rows_rejected == 3


@pytest.mark.data
def test_at_least_92_percent_of_the_official_associations_are_placed(official_romania):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert rows["rows_read"] == 26_738 == rows["rows_kept"] + rows["rows_rejected"]
    resources = official_romania.tables["resources"].query("source_id == @SOURCE")
    placed = resources["value"].sum()
    findings = official_romania.tables["findings"].query("source_id == @SOURCE")
    left_out = findings["message"].str.extract(r"^(\d+) associations")[0].astype(int).sum()
    assert placed + left_out == 140_663
    assert placed / 140_663 >= 0.92


@pytest.mark.data
def test_no_official_street_is_kept(official_romania, official):
    folder = next(s for s in official_romania.sources if s.card.source_id == SOURCE)
    places = associations.read(folder)["place"]
    assert not places.str.contains(r"(?i)\bstr\.|\bstrada\b|\bnr\.|\bbl\.\s*\w|\bap\.\s*\d").any()
