"""Composites, their sensitivity and gaps, on countries small enough to check by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kurtosis, skew

from landscape.compare.composites import (
    Theme,
    compute_composite,
    compute_gap,
    compute_sensitivity,
    load_themes,
    word_gap,
)
from landscape.compare.composites.normalise import reference
from landscape.compare.composites.outliers import excess_kurtosis, skewness, treat_outliers
from landscape.compare.composites.themes import SIDES, check_side, load_sides
from landscape.compare.composites.tree import Node, aggregate_tree
from landscape.compare.side_by_side import compare_sides
from landscape.errors import LandscapeError
from landscape.indicators.catalogue import load_catalogue
from landscape.language import LANGUAGES
from landscape.schemas import FUNCTIONS

NAMES = [f"XX_{number}" for number in range(1, 12)]
AREAS = pd.DataFrame({"area_id": NAMES, "level": "county", "name": NAMES})
NODES = [Node("top", None), Node("a", "top", 1), Node("b", "top", 3)]


def rows(indicator: str, values: list[float | None], half: float | None = 1.0) -> pd.DataFrame:
    value = pd.array(values, dtype="Float64")
    low = value - half if half is not None else pd.array([None] * len(values), dtype="Float64")
    high = value + half if half is not None else low
    return pd.DataFrame(
        {
            "area_id": NAMES, "level": "county", "indicator": indicator, "year": 2020,
            "value": value, "low": low, "high": high,
        }
    )  # fmt: skip


RISING = [float(number) for number in range(1, 12)]
FALLING = RISING[::-1]


def test_a_tree_by_hand() -> None:
    values = pd.DataFrame({"a": [40.0, 40.0, np.nan], "b": [80.0, np.nan, np.nan]})
    found = aggregate_tree(values, NODES)["top"]
    assert found[0] == pytest.approx(70)
    assert found[1] == pytest.approx(40)
    assert np.isnan(found[2])
    geometric = aggregate_tree(values, NODES, "geometric")["top"]
    assert geometric[0] == pytest.approx((40 * 80**3) ** 0.25)
    assert np.isnan(aggregate_tree(values, NODES, least_known=0.5)["top"][1])


@given(st.lists(st.floats(1, 100), min_size=2, max_size=2), st.floats(0.1, 10))
def test_a_mean_lies_between_its_parts_and_the_geometric_one_below(
    parts: list[float], weight: float
) -> None:
    values = pd.DataFrame({"a": parts[:1], "b": parts[1:]})
    nodes = [Node("top", None), Node("a", "top", weight), Node("b", "top", 1)]
    arithmetic = aggregate_tree(values, nodes)["top"][0]
    geometric = aggregate_tree(values, nodes, "geometric")["top"][0]
    assert min(parts) - 1e-6 <= geometric <= arithmetic + 1e-6 <= max(parts) + 1e-5


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        ([*NODES, Node("a", "top")], "twice"),
        ([Node("top", None), Node("c", "top")], "no values for c"),
        ([Node("top", None), Node("a", "top", -1)], "0 or more"),
        ([Node("x", "y"), Node("y", "x"), Node("a", "x")], "no tree"),
    ],
)
def test_what_is_no_tree_is_refused(nodes: list[Node], told: str) -> None:
    with pytest.raises(LandscapeError, match=told):
        aggregate_tree(pd.DataFrame({"a": [1.0], "b": [2.0]}), nodes)


def test_places_by_hand() -> None:
    among = reference(np.array([1.0, 2.0, 3.0, 4.0, np.nan, 5.0]))
    assert among.place(np.array([3.0]), "robust_z")[0] == pytest.approx(50)
    # Median 3, median deviation 1: one resistant deviation up is the 84th place of 100.
    assert among.place(np.array([4.4826]), "robust_z")[0] == pytest.approx(84.13, abs=0.01)
    assert among.place(np.array([1.0, 5.0]), "percentile").tolist() == [10, 90]
    assert among.place(np.array([2.0, np.nan]), "min_max")[0] == pytest.approx(25)
    assert np.isnan(among.place(np.array([np.nan]), "percentile")[0])
    down = reference(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), -1)
    assert down.place(np.array([1.0]), "percentile")[0] == 90


def test_skew_kurtosis_and_winsorising_by_hand() -> None:
    values = np.array([*range(1, 11), 100.0])
    assert skewness(values) == pytest.approx(skew(values, bias=False))
    assert excess_kurtosis(values) == pytest.approx(kurtosis(values, bias=False))
    assert treat_outliers(values)[-1] == 10
    assert treat_outliers(-values)[-1] == -10
    assert (treat_outliers(values[:-1]) == values[:-1]).all()


def test_too_many_outliers_bend_the_scale_and_keep_the_order() -> None:
    values = np.array([*np.linspace(1, 2, 100), *(10.0 ** np.arange(2, 10))])
    treated = treat_outliers(values)
    assert (np.diff(treated) > 0).all()
    # log(value - lowest + a hundredth of the range)
    assert treated[0] == pytest.approx(np.log(0.01 * (values[-1] - 1)))


def test_every_function_is_declared_and_its_words_stand_in_four_languages() -> None:
    assert tuple(load_themes()) == FUNCTIONS
    for side in SIDES:
        assert set(load_sides()[side]) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("theme", "side", "weights", "told"),
    [
        ("old_age", "need", {"poverty_rate": 1.0}, "no index is made across themes"),
        ("old_age", "service", {"services_per_10000_housing": 1.0}, "across themes"),
        ("old_age", "service", {"services_per_10000": 1.0}, "across themes"),
        ("old_age", "need", {"services_per_10000_old_age": 1.0}, "more or less need"),
        ("family_children", "need", {"residents_abroad_per_1000": 1.0}, "more or less need"),
        ("old_age", "need", {"nothing": 1.0}, "no indicator nothing"),
        ("old_age", "need", {"aged_65_over": -1.0}, "0 or more"),
    ],
)
def test_no_index_across_themes_nor_of_what_says_neither_more_nor_less(
    theme: str, side: str, weights: dict[str, float], told: str
) -> None:
    with pytest.raises(LandscapeError, match=told):
        check_side(theme, side, weights)
    with pytest.raises(LandscapeError, match=told):
        load_themes()[theme].reweight(side, weights)


def test_what_judges_downwards_is_turned() -> None:
    poor = rows("median_income", FALLING)
    found = compute_composite(poor, AREAS, load_themes()["social_exclusion"], "need")
    assert found["arithmetic"].is_monotonic_increasing
    assert load_catalogue()["median_income"].direction == "less_need"


def test_a_composite_tells_what_it_rests_on() -> None:
    both = pd.concat([rows("aged_under_15", [None, *RISING[1:]]), rows("exam7_language", RISING)])
    found = compute_composite(both, AREAS, load_themes()["family_children"], "need")
    assert found["known_weight"].tolist() == [0.5] + [1.0] * 10
    assert set(found["indicators"]) == {"aged_under_15,exam7_language"}
    assert set(found["status"]) == {"known"}
    housing = compute_composite(both, AREAS, load_themes()["housing"], "need")
    assert set(housing["status"]) == {"not_inventoried"}
    assert housing["arithmetic"].isna().all()


def test_half_of_the_areas_alike_tell_nobody_apart() -> None:
    rare = rows("services_per_10000_old_age", [0.0] * 6 + [1.0, 2.0, 3.0, 4.0, 5.0])
    found = compute_composite(rare, AREAS, load_themes()["old_age"], "service")
    assert set(found["status"]) == {"alike"}
    assert found["arithmetic"].isna().all()
    need = rows("aged_65_over", RISING)
    gap = compute_gap(pd.concat([need, rare]), AREAS, load_themes()["old_age"])
    assert set(gap["gap_service_status"]) == {"service_alike"}


def two_measures() -> pd.DataFrame:
    return pd.concat(
        [
            rows("services_per_10000_old_age", RISING, 0.01),
            rows("places_per_10000_old_age", [*RISING[:5], *FALLING[:5], 30.0], 0.01),
        ]
    )


def test_what_leads_in_all_keeps_its_place_and_what_depends_on_weights_does_not() -> None:
    theme = load_themes()["old_age"]
    found = compute_sensitivity(two_measures(), AREAS, theme, "service").set_index("area_id")
    assert found.loc["XX_11", ["rank_low", "rank_high", "areas"]].tolist() == [1, 1, 11]
    assert found.loc["XX_6", "rank_high"] - found.loc["XX_6", "rank_low"] >= 3
    assert found.loc["XX_11", "top_fifth"] == 1
    again = compute_sensitivity(two_measures(), AREAS, theme, "service").set_index("area_id")
    pd.testing.assert_frame_equal(found, again)
    assert (found["rank_low"] <= found["rank_high"]).all()


def test_wider_intervals_make_wider_ranks_even_of_one_indicator() -> None:
    theme = load_themes()["old_age"]
    narrow = compute_sensitivity(rows("aged_65_over", RISING, 0.1), AREAS, theme, "need")
    wide = compute_sensitivity(rows("aged_65_over", RISING, 5.0), AREAS, theme, "need")
    spread = [(each["rank_high"] - each["rank_low"]).mean() for each in (narrow, wide)]
    assert spread[0] < 0.2
    assert spread[1] > 3
    bare = compute_sensitivity(rows("aged_65_over", RISING, None), AREAS, theme, "need")
    assert set(bare["without_interval"]) == {"aged_65_over"}


def gap_of(
    need: list[float | None], service: list[float | None], half: float | None = 0.5
) -> pd.DataFrame:
    table = pd.concat(
        [rows("aged_65_over", need, half), rows("services_per_10000_old_age", service, half)]
    )
    return compute_gap(table, AREAS, load_themes()["old_age"]).set_index("area_id")


def test_a_gap_is_need_less_service_with_an_interval_around_it() -> None:
    gap = gap_of(RISING, FALLING)
    assert gap.loc["XX_11", "gap_service_status"] == "higher"
    assert gap.loc["XX_1", "gap_service_status"] == "lower"
    assert gap.loc["XX_6", "gap_service_status"] == "no_clear_difference"
    assert gap.loc["XX_6", "gap_service"] == pytest.approx(0)
    assert (gap["gap_service_low"] <= gap["gap_service"]).all()
    assert (gap["gap_service"] <= gap["gap_service_high"]).all()


def test_what_one_side_does_not_know_is_not_known_and_never_zero() -> None:
    gap = gap_of([None, *RISING[1:]], [FALLING[0], None, *FALLING[2:]])
    assert gap.loc["XX_1", "gap_service_status"] == "need_not_known"
    assert gap.loc["XX_2", "gap_service_status"] == "service_not_known"
    missing = gap.loc[["XX_1", "XX_2"], ["gap_service", "gap_service_low", "gap_service_high"]]
    assert missing.isna().all().all()
    assert set(gap["gap_resource_status"]) == {"resource_not_known", "neither_known"}
    assert gap["gap_resource"].isna().all()


def test_sides_stand_side_by_side_with_names_and_words_for_every_state() -> None:
    table = rows("aged_65_over", RISING)
    sides = compare_sides(table, AREAS, "old_age")
    assert sides["name"].tolist() == NAMES
    assert set(sides["theme"]) == {"old_age"}
    assert sides["service"].isna().all()
    states = [
        "higher", "lower", "no_clear_difference", "no_interval", "need_not_known",
        "neither_known",
    ]  # fmt: skip
    for side in ("service", "resource"):
        for state in [*states, f"{side}_not_known", f"{side}_alike"]:
            assert len({word_gap(state, side, code) for code in LANGUAGES}) == 4


def test_no_interval_is_made_up() -> None:
    gap = gap_of(RISING, FALLING, None)
    assert set(gap["gap_service_status"]) == {"no_interval"}
    assert gap["gap_service_low"].isna().all()
    assert gap["gap_service"].notna().all()


def test_themes_take_weights_of_the_user() -> None:
    theme = load_themes()["old_age"].reweight("service", {"places_per_10000_old_age": 1.0})
    assert isinstance(theme, Theme)
    found = compute_composite(two_measures(), AREAS, theme, "service")
    assert set(found["indicators"]) == {"places_per_10000_old_age"}
