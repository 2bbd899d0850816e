"""Shrunk rates and shares: known answers, the formula in full, and planted truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from landscape.indicators.shrinkage import shrink_rates, shrink_shares, shrink_to_peers


def series(*values: float | None) -> pd.Series:
    return pd.Series(values, index=[f"XX_{n}" for n in range(len(values))], dtype="Float64")


def one_group(size: int) -> pd.Series:
    return pd.Series("county", index=[f"XX_{n}" for n in range(size)])


def marshall(cases: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    """Marshall (1991), equations written down area by area."""
    mean = cases.sum() / exposure.sum()
    spread = sum(n * (y / n - mean) ** 2 for y, n in zip(cases, exposure, strict=True))
    between = max(spread / exposure.sum() - mean / exposure.mean(), 0)
    return np.array([
        mean + between / (between + mean / n) * (y / n - mean)
        for y, n in zip(cases, exposure, strict=True)
    ])  # fmt: skip


def test_by_hand() -> None:
    """20 cases of 1,000: spread 0.00042 round the mean, between 0.00042 - 0.02 / 250."""
    table = shrink_rates(series(2, 18, 0, 0), series(400, 400, 100, 100), one_group(4), "moments")
    spread = (400 * (0.005 - 0.02) ** 2 + 400 * (0.045 - 0.02) ** 2 + 200 * 0.02**2) / 1000
    between = spread - 0.02 / 250
    assert between == pytest.approx(0.00034)
    assert table["group_mean"].eq(0.02).all()
    assert table["own_weight"].iloc[0] == pytest.approx(0.00034 / (0.00034 + 0.02 / 400))
    assert table["own_weight"].iloc[2] == pytest.approx(0.00034 / (0.00034 + 0.02 / 100))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(51, 9000)), min_size=3, max_size=30)
       .filter(lambda areas: any(y for y, _ in areas)))  # fmt: skip
def test_moments_are_those_of_marshall(areas: list[tuple[int, int]]) -> None:
    cases, exposure = (np.array(column, dtype=float) for column in zip(*areas, strict=True))
    table = shrink_rates(series(*cases), series(*exposure), one_group(len(areas)), "moments")
    np.testing.assert_allclose(table["shrunk"].astype(float), marshall(cases, exposure), rtol=1e-6)


def by_brute_force(y: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of every area's rate, summed over a dense sheet of means and strengths."""
    means = np.linspace(0, 8 * y.sum() / n.sum(), 800)[1:, None, None]
    odds = np.exp(np.linspace(-7, 7, 300))[:, None]
    strength = odds * np.sort(n)[(len(n) - 1) // 2]
    a = means * strength
    fit = stats.nbinom.logpmf(y, a, strength / (strength + n)).sum(axis=2, keepdims=True)
    weight = np.exp(fit - fit.max()) * odds / (1 + odds) ** 2
    weight = weight / weight.sum()
    rate = (a + y) / (strength + n)
    mean = (weight * rate).sum(axis=(0, 1))
    return mean, (weight * (rate**2 + rate / (strength + n))).sum(axis=(0, 1)) - mean**2


def test_the_grid_comes_near_the_integral() -> None:
    y = np.array([0, 3, 12, 4, 9, 1, 30, 5], dtype=float)
    n = np.array([300, 900, 1500, 800, 4000, 150, 2500, 1200], dtype=float)
    table = shrink_rates(series(*y), series(*n), one_group(8)).astype(float)
    mean, variance = by_brute_force(y, n)
    np.testing.assert_allclose(table["shrunk"], mean, rtol=0.07)
    width = table["shrunk_high"] - table["shrunk_low"]
    np.testing.assert_allclose(width, 2 * 1.96 * np.sqrt(variance), rtol=0.1)


def plant(kind: str, spread: float, per_group: int, seed: int) -> tuple[pd.Series, ...]:
    """Cases, totals, groups and true values: villages to towns, groups of unlike means."""
    random = np.random.default_rng(seed)
    size = 6000 // per_group * per_group
    code = np.arange(size) // per_group
    total = np.round(np.exp(random.normal(7.3, 1.1, size))) + 20
    typical = {"rate": 0.002, "share": 0.15}[kind]
    mean = typical * np.exp(random.normal(0, 0.4, code.max() + 1))[code]
    if kind == "rate":
        truth = mean * random.gamma(1 / spread**2, spread**2, size)
        cases = random.poisson(total * truth)
    else:
        truth = np.clip(mean * np.exp(random.normal(0, spread, size)), 0, 0.95)
        cases = random.binomial(total.astype(int), truth)
    return tuple(pd.Series(column) for column in (cases.astype(float), total, code, truth))


@pytest.mark.parametrize("per_group", [10, 75])
@pytest.mark.parametrize("spread", [0.05, 0.3, 0.6])
@pytest.mark.parametrize("kind", ["rate", "share"])
def test_shrunk_values_are_nearer_to_planted_truth(
    kind: str, spread: float, per_group: int
) -> None:
    cases, total, groups, truth = plant(kind, spread, per_group, 2012)
    shrink = shrink_rates if kind == "rate" else shrink_shares
    table = shrink(cases, total, groups).astype(float)
    raw_error = ((cases / total - truth) ** 2).mean()
    assert ((table["shrunk"] - truth) ** 2).mean() < raw_error
    covered = ((table["shrunk_low"] <= truth) & (truth <= table["shrunk_high"])).mean()
    assert covered >= 0.93


def test_the_fewer_people_the_nearer_to_the_group() -> None:
    cases, total = series(1, 10, 100, 20, 80), series(100, 1000, 10000, 4000, 4000)
    own = shrink_rates(cases, total, one_group(5))["own_weight"]
    assert own.iloc[0] < own.iloc[1] < own.iloc[2]


@pytest.mark.parametrize("shrink", [shrink_rates, shrink_shares])
@given(
    areas=st.lists(
        st.tuples(st.integers(0, 400), st.integers(1, 10**7)), min_size=3, max_size=12
    ).filter(lambda areas: all(y <= n for y, n in areas))
)
def test_a_shrunk_value_stands_in_its_interval(shrink, areas: list[tuple[int, int]]) -> None:
    cases, total = (series(*column) for column in zip(*areas, strict=True))
    table = shrink(cases, total, one_group(len(areas))).astype(float)
    assert table.notna().all(axis=None)
    assert (table["shrunk_low"] <= table["shrunk"]).all()
    assert (table["shrunk"] <= table["shrunk_high"]).all()
    assert table["shrunk_low"].ge(0).all() and table["own_weight"].between(0, 1).all()
    if shrink is shrink_shares:
        assert table["shrunk_high"].le(1).all()


def test_no_case_in_the_whole_group_is_not_certainty() -> None:
    table = shrink_rates(series(0, 0, 0), series(200, 300, 500), one_group(3)).astype(float)
    assert (table["shrunk"] > 0).all() and (table["shrunk_high"] > 0.5 / 1000).all()
    full = shrink_shares(series(5, 7, 9), series(5, 7, 9), one_group(3)).astype(float)
    assert (full["shrunk_low"] < 1).all() and (full["shrunk"] < 1).all()


def test_what_is_missing_stays_missing_and_two_areas_are_no_group() -> None:
    cases, total = series(1, None, 3, 4, 5, 6), series(10, 10, 0, 40, 50, 60)
    groups = pd.Series(["a", "a", "a", "a", "a", None], index=cases.index)
    table = shrink_rates(cases, total, groups)
    assert table["shrunk"].isna().tolist() == [False, True, True, False, False, True]
    small = pd.Series(["a", "a", "b", "b", "b", "b"], index=cases.index)
    few = shrink_rates(series(1, 2, 3, 4, 5, 6), series(10, 20, 30, 40, 50, 60), small)
    assert few["shrunk"].isna().tolist() == [True, True, False, False, False, False]
    more = shrink_shares(series(1, 2, 9, 3), series(10, 10, 5, 10), one_group(4))
    assert more["shrunk"].isna().tolist() == [False, False, True, False]


def test_other_areas_and_negative_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="the same areas"):
        shrink_rates(series(1, 2), series(1, 2).iloc[::-1], one_group(2))
    with pytest.raises(ValueError, match="XX_1 are below 0"):
        shrink_rates(series(1, -2, 3), series(10, 10, 10), one_group(3))


def test_peers_of_ones_own() -> None:
    cases, total = series(1, 10, 5, 7, 2), series(100, 500, 300, 900, 50)
    pairs = [("XX_0", peer) for peer in ("XX_1", "XX_2", "XX_3")]
    pairs += [("XX_4", peer) for peer in ("XX_0", "XX_2", "XX_4")]
    peers = pd.DataFrame(pairs, columns=["area_id", "peer_id"])
    table = shrink_to_peers(cases, total, peers, "rate")
    assert table.index.tolist() == ["XX_0", "XX_4"]
    alone = shrink_rates(cases.iloc[:4], total.iloc[:4], one_group(4))
    pd.testing.assert_series_equal(table.loc["XX_0"], alone.loc["XX_0"], rtol=1e-9)
    with pytest.raises(ValueError, match="peer XX_9 is not among"):
        shrink_to_peers(cases, total, peers.assign(peer_id="XX_9"), "rate")
