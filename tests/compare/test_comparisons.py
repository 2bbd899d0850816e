"""Comparisons on tables small enough to check by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.compare import coverage, side_by_side, strong_points
from landscape.compare.coverage import compare_coverage, compare_topics
from landscape.compare.providers import compare_providers
from landscape.compare.side_by_side import compare_need_and_service, list_pairs
from landscape.compare.spread import compare_spread, values_at_level
from landscape.compare.strong_points import compare_to_country, find_strong_points
from landscape.dictionaries import load_topics

AREAS = pd.DataFrame(
    [
        ("XX", "country", "Country", None),
        ("XX_N", "county", "North", 600),
        ("XX_S", "county", "South", 300),
        ("XX_W", "county", "West", 100),
        ("XX_N1", "municipality", "One", 600),
        ("XX_S1", "municipality", "Two", None),
    ],
    columns=["area_id", "level", "name", "population"],
).astype({"population": "Float64"})


def indicator(name: str, direction: str, theme: str, layer: str = "services") -> SimpleNamespace:
    topic = {"needs": "age", "services": "services"}[layer]
    grade = {"XX": SimpleNamespace(grade="B")}
    return SimpleNamespace(
        name=name, direction=direction, theme=theme, layer=layer, topic=topic, countries=grade
    )


CATALOGUE = {
    entry.name: entry
    for entry in [
        indicator("aged", "more_need", "old_age", "needs"),
        indicator("poor", "more_need", "general", "needs"),
        indicator("care", "more_provision", "old_age"),
        indicator("more_care", "more_provision", "old_age"),
        indicator("desks", "more_provision", "general"),
        indicator("elsewhere", "more_provision", "housing"),
    ]
}


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (coverage, side_by_side, strong_points):
        monkeypatch.setattr(module, "load_catalogue", lambda: CATALOGUE)


def rows_of(name: str, level: str = "county", **values: tuple | None) -> pd.DataFrame:
    """Rows of one indicator; a value is (value, low, high), with status A, or None."""
    rows = [
        (area, level, name, 2020, *(told or (None, None, None))[:3], "A" if told else "M")
        for area, told in values.items()
    ]
    columns = ["area_id", "level", "indicator", "year", "value", "low", "high", "status"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(("value", "low", "high"), "Float64") | {"year": "Int64"})


CARE = pd.concat(
    [
        rows_of("care", XX_N=(12.0, 11.0, 13.0), XX_S=(11.0, 9.0, 13.0), XX_W=None),
        rows_of("care", "country", XX=(10.0, 9.5, 10.5)),
        rows_of("aged", XX_N=(20.0, None, None), XX_S=None, XX_W=(25.0, None, None)),
        rows_of("desks", XX_N=(9.0, 8.0, 10.0)),
        rows_of("desks", "country", XX=(1.0, 0.5, 2.0)),
    ],
    ignore_index=True,
)


def test_spread_counts_what_is_not_known() -> None:
    rows = rows_of("care", XX_N=(0.0, 0, 1), XX_S=(10.0, 9, 11), XX_W=None)
    spread = compare_spread(rows, AREAS, "care", "county")
    assert (spread.areas, spread.known, spread.zeros, spread.year) == (3, 2, 1, 2020)
    assert (spread.lowest, spread.median, spread.highest) == (0, 5, 10)
    assert (spread.lower_quartile, spread.upper_quartile) == (2.5, 7.5)
    assert compare_spread(rows, AREAS, "care", "municipality") is None
    assert compare_spread(rows, AREAS, "aged", "county") is None
    assert list(values_at_level(CARE, "care", "country").index) == ["XX"]


def test_coverage_weighs_by_population_and_asks_for_everything() -> None:
    found = compare_coverage(CARE, AREAS, "XX").set_index(["indicator", "level"])
    assert len(found) == 2 * len(CATALOGUE)
    care = found.loc[("care", "county")]
    assert (care["areas"], care["known"], care["coverage"], care["grade"]) == (3, 2, 0.9, "B")
    nothing = found.loc[("elsewhere", "county")]
    assert (nothing["known"], nothing["coverage"]) == (0, 0)
    assert pd.isna(nothing["year"])


def test_topics_without_a_figure_are_listed_too() -> None:
    found = compare_topics(compare_coverage(CARE, AREAS, "XX")).set_index("topic")
    assert list(found.index) == list(load_topics())
    assert (found.loc["services", "known"], found.loc["services", "county"]) == (2, 0.9)
    assert (found.loc["unemployment", "known"], found.loc["unemployment", "county"]) == (0, 0)
    assert (found["municipality"] == 0).all()


def test_a_topic_says_from_when_to_when_its_figures_are() -> None:
    care = CARE[CARE["indicator"] == "care"]
    older = rows_of("desks", XX_N=(9.0, 8.0, 10.0)).assign(year=2016)
    found = compare_topics(compare_coverage(pd.concat([care, older]), AREAS, "XX"))
    assert found.set_index("topic").loc["services", ["since", "year"]].tolist() == [2016, 2020]
    alone = compare_topics(compare_coverage(care, AREAS, "XX")).set_index("topic")
    assert alone.loc["services", ["since", "year"]].tolist() == [2020, 2020]
    assert alone.loc["unemployment", ["since", "year"]].isna().all()


def test_needs_meet_services_of_their_theme() -> None:
    assert list_pairs(CARE) == [("aged", "care")]
    assert list_pairs(CARE[CARE["indicator"] != "care"]) == []
    unknown = CARE.assign(value=CARE["value"].where(CARE["indicator"] != "aged"))
    assert list_pairs(unknown) == []


def test_missing_stays_missing_side_by_side() -> None:
    found = compare_need_and_service(CARE, AREAS, "aged", "care").set_index("area_id")
    assert list(found.index) == ["XX_N", "XX_S", "XX_W"]
    assert found["need"].isna().tolist() == [False, True, False]
    assert found["service"].isna().tolist() == [False, False, True]
    assert found.loc["XX_N", ["name", "need", "service"]].tolist() == ["North", 20, 12]


def test_a_strong_point_has_its_whole_interval_above_the_country() -> None:
    found = compare_to_country(CARE, "care")
    assert found["area_id"].tolist() == ["XX_N"]
    assert found["country_value"].tolist() == [10]
    estimated = CARE.assign(status=CARE["status"].where(CARE["area_id"] != "XX_N", "E"))
    assert compare_to_country(estimated, "care").empty
    assert compare_to_country(CARE[CARE["level"] == "county"], "care").empty


def test_strong_points_are_by_theme_and_of_provision() -> None:
    found = find_strong_points(CARE)
    assert found[["theme", "indicator", "area_id"]].to_numpy().tolist() == [
        ["old_age", "care", "XX_N"]
    ]
    assert find_strong_points(CARE.iloc[:0]).empty
    assert list(find_strong_points(CARE.iloc[:0])) == list(found)


def test_equals_come_in_the_order_of_their_codes() -> None:
    tie = rows_of("care", XX_W=(12.0, 11.0, 13.0), XX_S=(13.0, 11.0, 15.0), XX_N=(12.0, 11.0, 13.0))
    tie = pd.concat([tie, CARE[CARE["level"] == "country"]], ignore_index=True)
    assert compare_to_country(tie, "care")["area_id"].tolist() == ["XX_N", "XX_S", "XX_W"]


@given(order=st.permutations(range(len(CARE))))
def test_the_order_of_rows_never_matters(order: list[int]) -> None:
    shuffled = CARE.iloc[order].reset_index(drop=True)
    for compare in (
        lambda rows: compare_coverage(rows, AREAS, "XX"),
        lambda rows: compare_need_and_service(rows, AREAS, "aged", "care"),
        lambda rows: compare_to_country(rows, "care").reset_index(drop=True),
    ):
        pd.testing.assert_frame_equal(compare(CARE), compare(shuffled))


def services_of(*rows: tuple[str, str, str | None, str | None, int]) -> pd.DataFrame:
    columns = ["source_id", "provider_type", "function", "closed", "count"]
    return pd.DataFrame(rows, columns=columns).astype({"count": "Int64"})


def test_who_runs_the_services() -> None:
    services = services_of(
        ("xx/a", "association", "old_age", None, 2),
        ("xx/a", "municipality", "old_age", None, 1),
        ("xx/a", "unknown", "housing", None, 4),
        ("xx/a", "company", "housing", "2019-01-01", 9),
        ("xx/silent", "unknown", "old_age", None, 100),
    )
    found = compare_providers(services)
    assert found.loc["old_age"].to_dict() == {"association": 2, "municipality": 1, "unknown": 0}
    assert found.loc["housing", "unknown"] == 4
    assert "company" not in found
    assert compare_providers(services.iloc[[4]]).empty
    assert compare_providers(services.iloc[:0]).empty
