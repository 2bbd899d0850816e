"""What is not known stays not known in every measure of access."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.compare.access import (
    Reach,
    compare_access,
    count_within,
    exponential,
    gaussian,
    inverse,
    reach_by_table,
    spatial_availability,
    steps,
    three_step_access,
    two_step_access,
)

AREAS = pd.Index(["a", "b", "c", "unnamed"])
SERVICES = pd.Index(["s", "t", "u"])
ROWS = [("a", "s", 1), ("a", "t", 2), ("b", "t", 1), ("b", "u", 3), ("c", "u", 50)]
PAIRS = pd.DataFrame(ROWS, columns=["origin", "destination", "cost"])
MEASURES = [two_step_access, three_step_access, spatial_availability]


@pytest.fixture
def reach() -> Reach:
    return reach_by_table(PAIRS, AREAS, SERVICES, limit=10)


def demand(*values: float | None) -> pd.Series:
    return pd.Series(values, index=AREAS, dtype="Float64")


def supply(*values: float | None) -> pd.Series:
    return pd.Series(values, index=SERVICES, dtype="Float64")


def test_a_missing_capacity_is_left_out_and_told(reach: Reach) -> None:
    table = two_step_access(reach, demand(10, 30, 5, 5), supply(20, None, None))
    assert table.loc["a", "value"] == 2
    assert table.loc["a", ["services", "untold"]].tolist() == [2, 1]
    assert pd.isna(table.loc["b", "value"]), "nothing that b reaches is known"
    assert table["partial"].tolist() == [True, True, False, False]


def test_out_of_reach_is_0_and_an_area_without_a_place_is_not(reach: Reach) -> None:
    for measure in MEASURES:
        table = measure(reach, demand(10, 30, 5, 5), supply(20, 4, 6))
        assert table.loc["c", "value"] == 0
        assert table.loc["unnamed"].isna().tolist() == [True, True, True, False]
    counted = count_within(reach)
    assert counted["value"].tolist()[:3] == [2, 2, 0]
    assert pd.isna(counted.loc["unnamed", "value"])


def test_an_unknown_population_makes_its_neighbours_partial(reach: Reach) -> None:
    table = two_step_access(reach, demand(10, None, 5, 5), supply(20, 4, 6))
    assert table["partial"].tolist() == [True, True, False, False]
    assert table.loc["a", "value"] == pytest.approx(20 / 10 + 4 / 10)
    assert pd.isna(spatial_availability(reach, demand(10, None, 5, 5), supply(1, 1, 1)).value["b"])


def test_nobody_to_divide_by_is_not_known(reach: Reach) -> None:
    table = two_step_access(reach, demand(10, 0, 5, 5), supply(20, 4, 6))
    assert table.loc["b", "value"] == pytest.approx(4 / 10), "u serves nobody that is counted"
    assert table.loc["b", "untold"] == 1
    alone = two_step_access(reach, demand(0, 0, 5, 5), supply(20, 4, 6))
    assert alone["value"].isna().tolist() == [True, True, False, True]


def test_pairs_that_weigh_nothing_are_not_within_reach(reach: Reach) -> None:
    table = two_step_access(reach, demand(10, 30, 5, 5), supply(20, 4, 6), steps({1: 1}))
    assert table["services"].tolist()[:3] == [1, 1, 0]
    assert table["value"].tolist()[:3] == pytest.approx([20 / 10, 4 / 30, 0])
    assert not table["partial"].any()


def test_wrong_demand_and_supply_are_refused(reach: Reach) -> None:
    with pytest.raises(ValueError, match="the demand must have the index of the reach"):
        two_step_access(reach, demand(1, 1, 1, 1).iloc[::-1], supply(1, 1, 1))
    with pytest.raises(ValueError, match="the supply of t is below 0"):
        two_step_access(reach, demand(1, 1, 1, 1), supply(1, -1, 1))
    for wrong in (lambda: steps({}), lambda: steps({3: -1}), lambda: gaussian(0),
                  lambda: exponential(-1), lambda: inverse(0), lambda: inverse(1, 0)):  # fmt: skip
        with pytest.raises(ValueError, match=r"decay|steps"):
            wrong()


AMOUNTS = st.lists(st.integers(1, 900), min_size=4, max_size=4)


@given(AMOUNTS, AMOUNTS, st.floats(0.01, 2))
def test_what_is_shared_out_is_what_there_is(
    people: list[int], places: list[int], rate: float
) -> None:
    """The areas' availability adds up to the supply, and so does access times demand."""
    reach = reach_by_table(PAIRS, AREAS, SERVICES)
    wanted, offered = demand(*people), supply(*places[:3])
    for measure in (two_step_access, three_step_access):
        table = measure(reach, wanted, offered, exponential(rate))
        assert (table["value"] * wanted).sum() == pytest.approx(offered.sum())
    shared = spatial_availability(reach, wanted, offered, exponential(rate))
    assert shared["value"].sum() == pytest.approx(offered.sum())


def inventory() -> tuple[pd.DataFrame, pd.DataFrame]:
    areas = pd.DataFrame(
        [("near", 1000, 25.0, 45.0), ("far", 500, 27.0, 47.0), ("no_point", 100, None, None)],
        columns=["area_id", "population", "lon", "lat"],
    ).astype({"population": "Float64", "lon": "Float64", "lat": "Float64"})
    services = pd.DataFrame(
        [
            ("s1", "near", 2, 10.0, None, None, "municipality", None),
            ("s2", "near", 1, None, 25.01, 45.01, "exact", None),
            ("s3", "county", 1, 99.0, None, None, "none", None),
            ("s4", "far", 1, 50.0, 27.0, 47.0, "exact", "2015-01-01"),
        ],
        columns=["service_id", "area_id", "count", "capacity", "lon", "lat", "position", "closed"],
    ).astype({"count": "Int64", "capacity": "Float64", "lon": "Float64", "lat": "Float64"})
    return areas, services


def test_access_of_an_inventory() -> None:
    areas, services = inventory()
    table = compare_access(areas, services, 15, exhaustive=True)
    assert table.loc["near", "services"] == 3, "a row may stand for two services"
    assert table.loc["near", "access"] == pytest.approx(3 / 1000 * 10_000)
    assert table.loc["far", ["services", "access"]].tolist() == [0, 0], "the closed one is gone"
    assert table.loc["far", "nearest"] > 200
    assert table.loc["no_point", ["nearest", "services", "access"]].isna().all()
    assert table["unplaced"].eq(1).all() and table["partial"].all()


def test_places_that_are_not_told_are_neither_0_nor_1() -> None:
    areas, services = inventory()
    table = compare_access(areas, services, 15, supply="places", exhaustive=True)
    assert table.loc["near", "access"] == pytest.approx(10 / 1000 * 10_000)
    assert table.loc["near", "untold"] == 1
    unknown = services.assign(capacity=pd.Series(pd.NA, index=services.index, dtype="Float64"))
    nothing = compare_access(areas, unknown, 15, supply="places", exhaustive=True)
    assert pd.isna(nothing.loc["near", "access"]) and nothing.loc["near", "services"] == 3


def test_a_list_that_is_not_complete_knows_no_zero() -> None:
    areas, services = inventory()
    table = compare_access(areas, services.iloc[:2], 15)
    assert table.loc["near", "services"] == 3
    assert table.loc["far", ["services", "access"]].isna().all()
    assert table["partial"].all()
    full = compare_access(areas, services.iloc[:2], 15, exhaustive=True)
    assert full.loc["far", "services"] == 0 and not full["partial"].any()


def test_access_by_travel_time() -> None:
    areas, services = inventory()
    travel = pd.DataFrame(
        [("near", "s1", 5.0), ("near", "s2", 20.0), ("far", "s1", 25.0)],
        columns=["origin", "destination", "cost"],
    )
    table = compare_access(areas, services, 20, travel=travel, exhaustive=True)
    assert table.loc["near", "nearest"] == 5 and table.loc["near", "services"] == 3
    assert pd.isna(table.loc["far", "nearest"]) and table.loc["far", "access"] == 0
    assert pd.isna(table.loc["no_point", "access"])
