"""Ranks as intervals: known answers, ties, and whether they hold the true rank."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.compare.ranks import rank_intervals

Z = 1.959963984540054


def values(*rows: tuple[float | None, float | None, float | None]) -> pd.DataFrame:
    index = [f"XX_{number}" for number in range(len(rows))]
    return pd.DataFrame(rows, index=index, columns=["value", "low", "high"], dtype="Float64")


def test_what_is_far_apart_has_one_rank() -> None:
    table = rank_intervals(values((10, 9, 11), (50, 49, 51), (30, 29, 31)))
    assert table["rank_low"].tolist() == table["rank_high"].tolist() == [3, 1, 2]
    assert table["ties"].tolist() == [3, 1, 2]
    other = rank_intervals(values((10, 9, 11), (50, 49, 51), (30, 29, 31)), highest_first=False)
    assert other["rank_low"].tolist() == [1, 3, 2]


def test_what_chance_explains_is_one_group() -> None:
    table = rank_intervals(values(*[(5 + n / 10, n / 10, 10 + n / 10) for n in range(8)]))
    assert table["ties"].eq(1).all()
    assert table["rank_low"].max() <= 2 and table["rank_high"].min() >= 7


def test_equal_counts_share_their_ranks() -> None:
    table = rank_intervals(values((7, 7, 7), (3, 3, 3), (7, 7, 7), (1, 1, 1), (7, 7, 7)))
    assert table["rank_low"].tolist() == [1, 4, 1, 5, 1]
    assert table["rank_high"].tolist() == [3, 4, 3, 5, 3]
    assert table["ties"].tolist() == [1, 2, 1, 3, 1]


def test_an_area_without_an_interval_is_not_ranked() -> None:
    table = rank_intervals(values((10, 9, 11), (None, None, None), (30, None, None), (40, 39, 41)))
    assert table["rank_low"].isna().tolist() == [False, True, True, False]
    assert table["ranked"].dropna().eq(2).all()
    assert rank_intervals(values((None, None, None)))["rank_low"].isna().all()


def test_a_value_that_rests_on_a_part_says_so() -> None:
    rows = values((10, 9, 11), (20, 19, 21), (30, 29, 31))
    rows["coverage"] = pd.array([1.0, 0.7, pd.NA], dtype="Float64")
    assert rank_intervals(rows)["partial"].tolist() == [False, True, True]
    assert not rank_intervals(rows.drop(columns="coverage"))["partial"].any()


def test_a_value_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="XX_1 lies outside"):
        rank_intervals(values((10, 9, 11), (12, 9, 11)))


@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.floats(0, 30), st.floats(0, 30)), min_size=1, max_size=20
    )
)
def test_groups_of_ties_share_a_rank_and_the_seed_decides(
    rows: list[tuple[float, float, float]],
) -> None:
    given = values(*[(value, value - below, value + above) for value, below, above in rows])
    table = rank_intervals(given, simulations=60)
    assert table["rank_low"].between(1, table["rank_high"]).all()
    assert table["rank_high"].le(len(rows)).all()
    for _, group in table.groupby("ties"):
        assert group["rank_low"].max() <= group["rank_high"].min()
    assert sorted(table["ties"].unique()) == list(range(1, table["ties"].max() + 1))
    pd.testing.assert_frame_equal(table, rank_intervals(given, simulations=60))


def coverage_of_ranks(truth: np.ndarray, error: np.ndarray, shrunk: bool, runs: int = 40) -> float:
    """The part of areas whose interval holds a rank that the area truly has."""
    random = np.random.default_rng(2012)
    first = np.searchsorted(np.sort(-truth), -truth, side="left") + 1
    last = np.searchsorted(np.sort(-truth), -truth, side="right")
    held = []
    for _ in range(runs):
        value = truth + error * random.standard_normal(len(truth))
        rows = pd.DataFrame({"value": value, "low": value - Z * error, "high": value + Z * error})
        table = rank_intervals(rows, shrunk=shrunk, simulations=300).astype(float)
        held.append(((table["rank_low"] <= last) & (table["rank_high"] >= first)).mean())
    return float(np.mean(held))


@pytest.mark.parametrize("areas", [12, 42, 265])
@pytest.mark.parametrize("spread", [0.1, 1, 3, 10])
@pytest.mark.parametrize("unequal", [0, 0.6])
def test_rank_intervals_hold_the_true_rank(areas: int, spread: float, unequal: float) -> None:
    random = np.random.default_rng(areas)
    truth = spread * random.standard_normal(areas)
    error = np.exp(random.normal(0, unequal, areas))
    assert coverage_of_ranks(truth, error, shrunk=False) >= 0.92


def test_ranks_of_raw_values_are_too_sure() -> None:
    """Why the values are shrunk: the coverage of the plain simulation."""
    random = np.random.default_rng(265)
    truth, error = random.standard_normal(265), np.exp(random.normal(0, 0.6, 265))
    assert coverage_of_ranks(truth, error, shrunk=True) < 0.88
