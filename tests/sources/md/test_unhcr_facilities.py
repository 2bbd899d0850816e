"""Renovated facilities: which of them are services, and where they stand."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixture_cards import write_card
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Context
from landscape.sources.md import unhcr_facilities
from landscape.tables import CountryTables, clean_country
from row_orders import row_orders

Golden = Callable[[str], pd.DataFrame]
SOURCE = "md/unhcr_facilities"
FILE = "facilities_2026-07.csv"


@pytest.fixture(scope="module")
def context(moldova: CountryTables, folder_of: Callable[[str], RawFolder]) -> Context:
    return Context(folder_of(SOURCE).card, moldova.tables["areas"], moldova.tables["places"])


@pytest.fixture(scope="module")
def frame(folder_of: Callable[[str], RawFolder]) -> pd.DataFrame:
    return unhcr_facilities.read(folder_of(SOURCE))


def findings_of(tables: CountryTables, rule: str) -> dict[str, str]:
    findings = tables.tables["findings"]
    rows = findings[(findings["source_id"] == SOURCE) & (findings["rule"] == rule)]
    return dict(zip(rows["record"], rows["message"], strict=True))


def test_golden_services(moldova: CountryTables, golden: Golden) -> None:
    expected = golden("unhcr_facilities.services")
    services = moldova.tables["services"][expected.columns].astype("object")
    text = services.where(services.notna(), "").map(str)
    assert text.to_dict("records") == expected.to_dict("records")


def test_what_is_no_social_service_is_outside(moldova: CountryTables) -> None:
    outside = findings_of(moldova, "outside_scope")
    assert sorted(outside.values()) == [
        "Cultural facility",
        "Dormitory building",
        "Health facility",
        "Public administration building",
        "Public urban space",
        "School",
        "Sports facility",
    ]


def test_a_facility_far_from_the_town_named_goes_to_the_nearest_commune(
    moldova: CountryTables,
) -> None:
    moved = findings_of(moldova, "placed_by_point")
    assert moved["row 8"] == "named Donduseni (7 km away), nearest Boroseni"


def test_a_point_outside_the_raion_is_not_used(moldova: CountryTables) -> None:
    astray = findings_of(moldova, "name_and_point_disagree")
    assert astray["row 10"].endswith("point in no raion")
    assert astray["row 11"].endswith("point in Chișinău")
    services = moldova.tables["services"].set_index("record")
    assert services.loc[["row 10", "row 11"], ["lon", "lat"]].isna().all(axis=None)


def test_a_place_not_known_and_no_point_is_rejected(moldova: CountryTables) -> None:
    assert list(findings_of(moldova, "unknown_area")) == ["row 13"]


def test_the_silence_of_the_list_is_not_zero(
    moldova: CountryTables, folder_of: Callable[[str], RawFolder]
) -> None:
    assert not folder_of(SOURCE).card.is_exhaustive
    services = moldova.tables["services"]
    assert set(services["provider_type"]) == {"unknown"}
    assert services["capacity"].isna().all()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Sports facility", "Swimming pool", "not in the mapping: 'Swimming pool'"),
        ("UTA Gagauzia,Comrat", "Zzz,Comrat", "raion not known: Zzz"),
        (",2022,2022,", ",2022,soon,", "no year in 'soon'"),
        ("facility_type", "kind", "'facility_type'"),
    ],
)
def test_what_is_not_known_stops(raw: Path, old: str, new: str, message: str) -> None:
    path = raw / SOURCE / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    write_card(path.parent)
    with pytest.raises(SourceError, match=message):
        clean_country("MD", raw)


@row_orders
@given(order=st.permutations(range(17)), kept=st.integers(0, 17))
def test_rows_may_come_in_any_order_and_number(
    order: list[int], kept: int, frame: pd.DataFrame, context: Context, moldova: CountryTables
) -> None:
    cleaned = unhcr_facilities.clean(frame.iloc[order[:kept]], context)
    assert cleaned.rows_kept + cleaned.rows_rejected == kept
    area = moldova.tables["services"].set_index("record")["area_id"]
    for row in cleaned.tables["services"].itertuples():
        assert area[row.record] == row.area_id


@pytest.mark.data
def test_official_facilities(official_moldova: CountryTables) -> None:
    accounting = official_moldova.accounting.set_index("source_id").loc[SOURCE]
    assert accounting.to_list() == [98, 82, 16]
    services = official_moldova.tables["services"]
    assert services["local_type"].value_counts().to_dict() == {
        "Refugee Accommodation Centre": 64,
        "Kindergarten": 11,
        "Community Service Centre": 6,
        "Specialised accommodation centre": 1,
    }
    assert set(services["position"]) == {"exact"}
    assert not findings_of(official_moldova, "name_and_point_disagree")
    assert len(findings_of(official_moldova, "placed_by_point")) == 13
    assert services["year"].between(2022, 2026).all()


@pytest.mark.data
def test_official_villages_that_own_a_centre_have_it(official_moldova: CountryTables) -> None:
    """Owners named in the list (Ivancea, Greblești, Cărpineni) agree with where points led."""
    services = official_moldova.tables["services"].set_index("service_id")["area_id"]
    names = official_moldova.tables["areas"].set_index("area_id")["name"]
    for project, village in (
        ("RAC_154", "Ivancea"),
        ("RAC_153", "Greblești"),
        ("RAC_42", "Cărpineni"),
        ("RAC_59", "Mihăileni"),
    ):
        assert names[services[f"{SOURCE}/{project}"]] == village
