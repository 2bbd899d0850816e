"""Raw and shrunk values side by side, in the indicator's own unit."""

import pandas as pd
import pytest

from landscape.compare.small_areas import compare_shrunk
from landscape.indicators import estimates
from landscape.indicators.shrinkage import shrink_rates, shrink_shares

IDS = [f"XX_{n}" for n in range(6)]
AREAS = pd.DataFrame({"area_id": IDS, "parent_id": ["N"] * 4 + ["S"] * 2})
CASES = pd.Series([0, 3, 12, 40, 1, 2], index=IDS, dtype="Float64")
TOTAL = pd.Series([200, 900, 4000, 9000, 100, 100], index=IDS, dtype="Float64")


def indicators(name: str, estimate: pd.DataFrame) -> pd.DataFrame:
    rows = estimate.assign(indicator=name, level="municipality", year=2020, status="A")
    rows["coverage"] = pd.array([1, 0.6, 1, 1, 1, None], dtype="Float64")
    return rows.rename_axis("area_id").reset_index()


def test_a_rate_beside_its_shrunk_self() -> None:
    table = indicators("services_per_10000", estimates.rate(CASES, TOTAL, per=10_000))
    found = compare_shrunk(table, AREAS, "services_per_10000")
    assert found.loc["XX_0", "value"] == 0 and found.loc["XX_0", "shrunk"] > 0
    groups = AREAS.set_index("area_id")["parent_id"]
    expected = shrink_rates(CASES, TOTAL, groups)
    assert found["shrunk"].dropna().tolist() == pytest.approx(
        (expected["shrunk"].dropna() * 10_000).tolist()
    )
    assert found["own_weight"].dropna().le(1).all()
    assert found["shrunk"].isna().tolist() == [False] * 4 + [True] * 2
    assert found["partial"].tolist() == [False, True, False, False, False, True]


def test_a_share_among_peers() -> None:
    table = indicators("unemployment", estimates.share(CASES, TOTAL))
    peers = pd.DataFrame({"area_id": ["XX_4"] * 3, "peer_id": IDS[:3]})
    found = compare_shrunk(table, AREAS, "unemployment", peers=peers)
    chosen = ["XX_4", *IDS[:3]]
    group = pd.Series("peers", index=chosen)
    expected = shrink_shares(CASES[chosen], TOTAL[chosen], group)
    for column in ("shrunk", "shrunk_low", "shrunk_high", "group_mean"):
        assert found.loc["XX_4", column] == pytest.approx(expected.loc["XX_4", column] * 100)
    assert found["shrunk"].notna().sum() == 1


def test_no_case_anywhere_has_a_unit_too() -> None:
    none = pd.Series(0.0, index=IDS, dtype="Float64")
    table = indicators("services_per_10000", estimates.rate(none, TOTAL, per=10_000))
    found = compare_shrunk(table, AREAS, "services_per_10000")
    assert found["shrunk_high"].iloc[0] == pytest.approx(
        shrink_rates(none, TOTAL, AREAS.set_index("area_id")["parent_id"])["shrunk_high"].iloc[0]
        * 10_000
    )


def test_what_does_not_come_case_by_case_is_refused() -> None:
    table = indicators("places_per_10000", estimates.rate(CASES, TOTAL, per=10_000))
    for name in ("places_per_10000", "net_wage"):
        with pytest.raises(ValueError, match="no rate or share of cases"):
            compare_shrunk(table, AREAS, name)
