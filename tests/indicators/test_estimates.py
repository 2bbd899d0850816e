"""The shapes that an indicator can take."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.indicators import estimates
from landscape.indicators.territory import population_change


def floats(*values: float | None) -> pd.Series:
    return pd.Series(values, index=[f"XX_{n}" for n in range(len(values))], dtype="Float64")


def test_a_share_in_per_cent() -> None:
    row = estimates.share(floats(5), floats(10)).astype(float).iloc[0]
    assert row.round(2).to_dict() == {
        "value": 50, "low": 23.66, "high": 76.34, "numerator": 5, "denominator": 10,
    }  # fmt: skip


def test_a_rate() -> None:
    row = estimates.rate(floats(10), floats(2000), per=1000).astype(float).iloc[0]
    assert row.round(3).to_dict() == {
        "value": 5, "low": 2.398, "high": 9.195, "numerator": 10, "denominator": 2000,
    }  # fmt: skip


def test_a_mean_and_a_published_value_have_no_interval() -> None:
    for table in (estimates.mean(floats(10), floats(4)), estimates.published(floats(2.5))):
        assert table["value"].iloc[0] == 2.5
        assert table[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(("part", "whole"), [(None, 10), (1, None), (1, 0), (None, None), (0, 0)])
def test_what_is_missing_stays_missing(part: float | None, whole: float | None) -> None:
    tables = [
        estimates.share(floats(part), floats(whole)),
        estimates.rate(floats(part), floats(whole), per=10),
        estimates.mean(floats(part), floats(whole)),
    ]
    for table in tables:
        assert table[["value", "low", "high"]].isna().all(axis=None)


def test_other_areas_raise() -> None:
    other = pd.Series([1.0], index=["XX_9"], dtype="Float64")
    for compute in (estimates.share, estimates.mean):
        with pytest.raises(ValueError, match="the same areas in the same order"):
            compute(floats(1), other)
    with pytest.raises(ValueError, match="the same areas"):
        estimates.rate(floats(1), other, per=10)


def test_few_persons_are_not_shown() -> None:
    table = estimates.withhold_small(
        estimates.published(floats(5, 6, None, 7)), floats(9, 10, 3, None)
    )
    assert table["value"].isna().tolist() == [True, False, True, False]
    assert table["status"].fillna("-").tolist() == ["C", "-", "-", "-"]


def test_yearly_change_compounds() -> None:
    table = population_change(floats(121, 50, 5, None), floats(100, 100, 0, 10), years=2)
    values = table["value"].astype(float).round(4).tolist()
    assert values[:2] == [10.0, round((np.sqrt(0.5) - 1) * 100, 4)]
    assert np.isnan(values[2:]).all()
    with pytest.raises(ValueError, match="two counts of different years"):
        population_change(floats(1), floats(1), years=0)


@given(
    cases=st.integers(0, 500),
    population=st.integers(1, 100_000),
    per=st.sampled_from([100, 10_000]),
)
def test_a_value_lies_in_its_interval_and_scales(cases: int, population: int, per: int) -> None:
    row = estimates.rate(floats(cases), floats(population), per=per).astype(float).iloc[0]
    assert row["low"] <= row["value"] <= row["high"]
    doubled = estimates.rate(floats(cases), floats(2 * population), per=per).astype(float).iloc[0]
    assert doubled["value"] == pytest.approx(row["value"] / 2)
    assert doubled["high"] == pytest.approx(row["high"] / 2)
