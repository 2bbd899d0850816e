"""Intervals against known answers, independent formulae and simulated counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from landscape.indicators.intervals import poisson_interval, wilson_interval

Z = 1.959963984540054


def wilson(cases: float, total: float) -> tuple[float, float]:
    low, high = wilson_interval(pd.Series([cases]), pd.Series([total])).astype(float).iloc[0]
    return low, high


def poisson(cases: float) -> tuple[float, float]:
    low, high = poisson_interval(pd.Series([cases])).astype(float).iloc[0]
    return low, high


@pytest.mark.parametrize(
    ("cases", "total", "low", "high"),
    [
        (5, 10, 0.2366, 0.7634),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 10, 0.0179, 0.4042),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_known_answers(cases: int, total: int, low: float, high: float) -> None:
    assert wilson(cases, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("cases", "low", "high"),
    [
        (0, 0.0, 3.6889),
        (1, 0.0253, 5.5716),
        (5, 1.6235, 11.6683),
        (10, 4.7954, 18.3904),
        (100, 81.3639, 121.6275),
    ],
)
def test_poisson_known_answers(cases: int, low: float, high: float) -> None:
    assert poisson(cases) == pytest.approx((low, high), abs=1e-3)


@given(total=st.integers(1, 100_000), share=st.floats(0, 1))
def test_wilson_solves_its_equation(total: int, share: float) -> None:
    """The bounds are the shares p for which the count lies z standard errors from its mean."""
    cases = round(share * total)
    low, high = wilson(cases, total)
    assert 0 <= low <= cases / total <= high <= 1
    for bound in (low, high):
        distance = abs(cases / total - bound)
        assert distance == pytest.approx(Z * np.sqrt(bound * (1 - bound) / total), abs=1e-6)


@given(total=st.integers(1, 5000), share=st.floats(0, 1))
def test_wilson_agrees_with_scipy(total: int, share: float) -> None:
    cases = round(share * total)
    other = stats.binomtest(cases, total).proportion_ci(method="wilson")
    assert wilson(cases, total) == pytest.approx((other.low, other.high), abs=1e-9)


@given(cases=st.integers(0, 20_000))
def test_poisson_leaves_a_fortieth_on_each_side(cases: int) -> None:
    low, high = poisson(cases)
    assert low <= cases <= high
    assert stats.poisson.cdf(cases, high) == pytest.approx(0.025, abs=1e-6)
    if cases:
        assert stats.poisson.sf(cases - 1, low) == pytest.approx(0.025, abs=1e-6)
    else:
        assert low == 0


def test_what_is_missing_has_no_interval() -> None:
    cases = pd.Series([None, 3, 3, 11, 0], dtype="Float64")
    total = pd.Series([10, None, 0, 10, 0], dtype="Float64")
    assert wilson_interval(cases, total).isna().all(axis=None)
    assert poisson_interval(cases.head(1)).isna().all(axis=None)


def test_intervals_keep_the_index() -> None:
    cases = pd.Series([1, 2], index=["XX_2", "XX_1"])
    assert list(wilson_interval(cases, cases).index) == ["XX_2", "XX_1"]
    assert list(poisson_interval(cases).index) == ["XX_2", "XX_1"]


@pytest.mark.parametrize(("truth", "total"), [(0.02, 400), (0.2, 60), (0.5, 30), (0.9, 200)])
def test_wilson_covers_the_truth_about_95_times_in_100(truth: float, total: int) -> None:
    drawn = pd.Series(np.random.default_rng(2012).binomial(total, truth, 20_000))
    bounds = wilson_interval(drawn, pd.Series(total, index=drawn.index)).astype(float)
    covered = ((bounds["low"] <= truth) & (truth <= bounds["high"])).mean()
    assert 0.93 <= covered <= 0.97


@pytest.mark.parametrize("truth", [0.5, 3, 12, 80])
def test_poisson_covers_the_truth_at_least_95_times_in_100(truth: float) -> None:
    drawn = pd.Series(np.random.default_rng(2012).poisson(truth, 20_000))
    bounds = poisson_interval(drawn).astype(float)
    covered = ((bounds["low"] <= truth) & (truth <= bounds["high"])).mean()
    assert 0.948 <= covered <= 0.99
