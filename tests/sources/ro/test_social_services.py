"""The register of services: where they stand, whose they are, how many places they have."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.ro import social_services
from landscape.tables import CountryTables
from row_orders import row_orders

SOURCE = "ro/social_services"


def services_of(tables: CountryTables) -> pd.DataFrame:
    """The services of this register; other lists fill the same table."""
    services = tables.tables["services"]
    return services[services["source_id"] == SOURCE]


def test_services_are_as_the_golden_table_says(small_romania, golden):
    golden("social_services", services_of(small_romania))


def test_what_was_noticed(findings_of):
    assert findings_of("social_services") == [
        ("item 4", "placed_by_settlement", "kept"),
        ("item 11", "placed_by_point", "kept"),
        ("item 21", "placed_by_point", "kept"),
        ("item 5", "name_and_point_disagree", "kept"),
        ("item 13", "ambiguous_area", "kept"),
        ("item 14", "ambiguous_area", "kept"),
        ("item 15", "ambiguous_area", "kept"),
        ("item 16", "ambiguous_area", "kept"),
        ("item 20", "unknown_area", "rejected"),
        ("item 23", "type_and_users_disagree", "corrected"),
        ("item 24", "type_and_users_disagree", "corrected"),
        ("item 25", "type_and_users_disagree", "corrected"),
        ("item 6", "value_missing", "kept"),
        ("item 7", "value_missing", "kept"),
        ("item 3", "value_not_readable", "set_missing"),
        ("item 8", "value_not_readable", "set_missing"),
        ("item 18", "perhaps_listed_twice", "kept"),
    ]


def test_nothing_of_persons_or_addresses_is_read(folder_of):
    frame = social_services.read(folder_of("social_services"))
    text = frame.to_csv()
    assert "example.org" not in text and "0700" not in text and "Unirii" not in text
    assert set(frame.columns) == {
        *social_services.COLUMNS.values(),
        "point",
        "users",
        "record",
    }


def test_a_point_of_several_streets_is_the_middle_of_the_town(folder_of):
    frame = social_services.read(folder_of("social_services")).set_index("id")
    towns = frame[frame["point"] == "town"].index.tolist()
    assert towns == ["13", "14", "15", "22"]


def test_cedillas_are_gone(small_romania):
    text = services_of(small_romania)[["name", "provider_name"]].to_csv()
    assert not set("şţŞŢ") & set(text)


def test_a_service_without_a_type_is_a_desk_of_no_function(small_romania):
    services = services_of(small_romania).set_index("record")
    row = services.loc["item 6"]
    assert (row["local_type"], row["setting"]) == ("untyped", "desk")
    assert pd.isna(row["function"])


def test_an_unknown_type_stops(folder_of, context_of):
    frame = social_services.read(folder_of("social_services")).replace("8810ID-I", "9999-X")
    with pytest.raises(SourceError, match="not in the mapping: '9999-X'"):
        social_services.clean(frame, context_of("social_services"))


@row_orders
@given(order=st.permutations(range(26)), kept=st.integers(1, 26))
def test_rows_may_come_in_any_order_and_number(order, kept, folder_of, context_of, small_romania):
    frame = social_services.read(folder_of("social_services")).iloc[order[:kept]]
    cleaned = social_services.clean(frame, context_of("social_services"))
    assert cleaned.rows_kept + cleaned.rows_rejected == kept
    whole = services_of(small_romania).set_index("service_id")["area_id"]
    found = cleaned.tables["services"].set_index("service_id")["area_id"]
    assert found.eq(whole.reindex(found.index)).all()


def test_who_is_served_is_believed_before_the_type(small_romania):
    services = services_of(small_romania).set_index("record")
    functions = services["function"].loc[[f"item {n}" for n in range(23, 27)]]
    assert functions.fillna("general").tolist() == [
        "family_children",
        "general",
        "old_age",
        "old_age",
    ]
    assert services.loc["item 23", "local_type"] == "8730CR-V-I"


def test_a_service_listed_twice_is_one_row_with_both_records(folder_of, context_of):
    frame = social_services.read(folder_of("social_services"))
    row = frame[frame["record"] == "item 1"]
    again = row.assign(record="item 99", id="99", name=row["name"].str.upper(), capacity="")
    both = pd.concat([frame, again], ignore_index=True)
    cleaned = social_services.clean(both, context_of("social_services"))
    services = cleaned.tables["services"].set_index("record")
    alone = social_services.clean(frame, context_of("social_services")).tables["services"]
    assert len(services) == len(alone)
    assert services.loc["item 1, item 99", "capacity"] == alone["capacity"].iloc[0]
    assert cleaned.rows_kept == cleaned.rows_read - cleaned.rows_rejected
    assert {"item 1", "item 99"} <= set(cleaned.used["record"])
    twice = cleaned.findings.query("rule == 'listed_twice'")
    assert twice[["record", "action"]].to_numpy().tolist() == [["item 99", "corrected"]]


def test_a_service_of_other_capacity_is_kept_and_told(folder_of, context_of):
    frame = social_services.read(folder_of("social_services"))
    row = frame[frame["record"] == "item 1"]
    again = row.assign(record="item 99", id="99", capacity="200")
    both = pd.concat([frame, again], ignore_index=True)
    cleaned = social_services.clean(both, context_of("social_services"))
    assert {"item 1", "item 99"} <= set(cleaned.tables["services"]["record"])
    told = cleaned.findings.query("rule == 'perhaps_listed_twice'")
    told = told.set_index("record")["message"]
    assert set(told.index) == {"item 18", "item 99"}
    assert "see item 1, likeness" in told["item 99"]


@pytest.mark.data
def test_every_official_service_is_kept_and_placed(official_romania):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_kept"]) == (2186, 2186)
    services = services_of(official_romania)
    services = services[services["source_id"] == SOURCE]
    assert services["service_id"].is_unique and services["count"].sum() == 2186
    assert services["local_type"].nunique() == 57
    levels = services["area_id"].str.len()
    assert (services["area_id"] == "RO_403").sum() == 8
    assert (services["position"] == "none").sum() == 8
    assert levels.min() > len("RO_10") - 1


@pytest.mark.data
def test_official_points_that_disagree_with_the_name_are_dropped(official_romania):
    """Most are a street of the commune's main village, found in the next commune."""
    services = services_of(official_romania)
    dropped = services[services["position"] == "municipality"]
    assert len(dropped) == 119
    assert dropped[["lon", "lat"]].isna().all(axis=None)
    assert services["position"].value_counts()["settlement"] == pytest.approx(301, abs=5)


@pytest.mark.data
def test_official_places_of_services(official_romania):
    services = services_of(official_romania)
    findings = official_romania.tables["findings"].query("source_id == @SOURCE")
    unread = findings[findings["rule"] == "value_not_readable"]
    assert unread["message"].tolist() == [
        "capacity: 45 /l",
        "capacity: 120 /l",
        "capacity: 40 /l",
        "capacity: 14 - 20",
        "capacity: 30 /l",
    ]
    assert services["capacity"].isna().sum() == 121 + 1 + 5
    assert services["capacity"].max() == 1716


@pytest.mark.data
def test_a_quarter_of_the_official_services_for_older_people_serves_none(official_romania):
    services = services_of(official_romania).set_index("record")
    findings = official_romania.tables["findings"].query("source_id == @SOURCE")
    disagree = findings[findings["rule"] == "type_and_users_disagree"]
    now = services["function"].reindex(disagree["record"]).fillna("general")
    assert now.value_counts().to_dict() == {
        "family_children": 90,
        "general": 57,
        "old_age": 15,
    }
    assert services["function"].value_counts()["old_age"] == 477
    assert services.loc["item 797", "name"].startswith("Casa Gulliver")
    assert services.loc["item 797", "function"] == "family_children"
