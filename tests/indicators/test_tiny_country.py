"""Indicators of a country small enough to check by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_country import (
    ALL,
    BY_ASSOCIATIONS,
    CHANGE,
    DISTANCE,
    OLD,
    PLACES,
    SERVICES,
    STAFF,
    WAGE,
    Compute,
    Country,
)

from row_orders import row_orders


def values(table: pd.DataFrame, indicator: str) -> dict[str, float | None]:
    rows = table.loc[indicator, "value"]
    return {
        area: None if pd.isna(value) else round(float(value), 6) for area, value in rows.items()
    }


def states(table: pd.DataFrame, indicator: str) -> dict[str, str]:
    return table.loc[indicator, "status"].to_dict()


def coverages(table: pd.DataFrame, indicator: str) -> dict[str, float]:
    return table.loc[indicator, "coverage"].astype(float).round(6).to_dict()


POSTS = {"XX_N1": 2, "XX_N2": 9, "XX_N3": 6, "XX_S1": 4, "XX_S2": 8}


def test_levels_agree(country: Country, computed: Compute) -> None:
    """The county is the sum of its municipalities, the country that of its counties."""
    table = computed(country.knows("posts_filled", 2020, **POSTS), STAFF)
    assert values(table, "staff_per_1000") == {
        "XX": 1.45, "XX_N": 1.7, "XX_S": 1.2,
        "XX_N1": 2.0, "XX_N2": 3.0, "XX_N3": 1.0, "XX_S1": 2.0, "XX_S2": 1.0,
    }  # fmt: skip
    assert set(states(table, "staff_per_1000").values()) == {"A"}
    assert set(coverages(table, "staff_per_1000").values()) == {1.0}
    whole = table.loc[("staff_per_1000", "XX")]
    assert (whole["numerator"], whole["denominator"]) == (29, 20_000)
    assert (whole["year"], whole["denominator_year"]) == (2020, 2019)
    assert whole["level"] == "country"
    assert whole["source_ids"] == "xx/office"


def test_missing_is_never_zero(country: Country, computed: Compute) -> None:
    """A municipality that is not known is left out of both sides of the sum, and said so."""
    known = {**POSTS, "XX_N3": None}
    table = computed(country.knows("posts_filled", 2020, **known), STAFF)
    found = values(table, "staff_per_1000")
    assert found["XX_N3"] is None
    assert found["XX_N"] == 2.75  # 11 posts for the 4,000 residents of the two that are known
    assert found["XX"] == round(23 / 14, 6)
    told = states(table, "staff_per_1000")
    assert (told["XX_N3"], told["XX_N"], told["XX"], told["XX_S"]) == ("M", "E", "E", "A")
    assert coverages(table, "staff_per_1000") == {
        "XX": 0.7, "XX_N": 0.4, "XX_S": 1.0,
        "XX_N1": 1.0, "XX_N2": 1.0, "XX_N3": 0.0, "XX_S1": 1.0, "XX_S2": 1.0,
    }  # fmt: skip


def test_a_municipality_that_no_source_names_is_missing_too(
    country: Country, computed: Compute
) -> None:
    known = {area: posts for area, posts in POSTS.items() if area != "XX_N3"}
    silent = computed(country.knows("posts_filled", 2020, **known), STAFF)
    told = computed(country.knows("posts_filled", 2020, **known, XX_N3=None), STAFF)
    pd.testing.assert_frame_equal(silent, told)


def test_zero_stays_zero(country: Country, computed: Compute) -> None:
    table = computed(country.knows("posts_filled", 2020, **{**POSTS, "XX_N1": 0}), STAFF)
    row = table.loc[("staff_per_1000", "XX_N1")]
    assert (row["value"], row["low"], row["status"]) == (0, 0, "A")
    assert row["high"] == pytest.approx(3.6889, abs=1e-3)  # 3.7 posts for 1,000 residents


def test_nobody_lives_there(country: Country, computed: Compute) -> None:
    empty = country.with_area("XX_N4", "municipality", "XX_N", 0, 25.0, 46.3)
    empty = empty.knows("population", 2019, XX_N4=0).knows("posts_filled", 2020, **POSTS, XX_N4=1)
    row = computed(empty, STAFF).loc[("staff_per_1000", "XX_N4")]
    assert pd.isna(row["value"])
    assert row["status"] == "M"


def test_a_secret_figure_stays_secret(country: Country, computed: Compute) -> None:
    secret = country.knows("posts_filled", 2020, **{**POSTS, "XX_S1": (None, "C")})
    table = computed(secret, STAFF)
    assert states(table, "staff_per_1000")["XX_S1"] == "C"
    assert values(table, "staff_per_1000")["XX_S1"] is None
    assert values(table, "staff_per_1000")["XX_S"] == 1.0  # S2 alone
    assert states(table, "staff_per_1000")["XX_S"] == "E"


def test_an_estimated_part_makes_an_estimated_sum(country: Country, computed: Compute) -> None:
    estimated = country.knows("posts_filled", 2020, **{**POSTS, "XX_S1": (4, "E")})
    told = states(computed(estimated, STAFF), "staff_per_1000")
    assert told["XX_S1"] == "E"
    assert told["XX_S"] == "E"
    assert told["XX"] == "E"
    assert told["XX_N"] == "A"


def test_a_published_county_stands_above_the_sum_of_its_parts(
    country: Country, computed: Compute
) -> None:
    published = country.knows("posts_filled", 2020, **POSTS, XX_N=20, XX_S=12).knows(
        "population", 2019, XX_N=10_000, XX_S=10_000
    )
    table = computed(published, STAFF)
    assert values(table, "staff_per_1000")["XX_N"] == 2.0
    assert values(table, "staff_per_1000")["XX_S"] == 1.2


def test_parts_are_not_set_against_the_whole(country: Country, computed: Compute) -> None:
    """Posts of two municipalities of three do not meet the residents of the whole county."""
    whole = Country().knows("population", 2019, XX_N=10_000, XX_S=10_000)
    table = computed(whole.knows("posts_filled", 2020, XX_N1=2, XX_N2=9, XX_S1=4, XX_S2=8), STAFF)
    assert table["value"].isna().all()


def test_figures_of_counties_alone(country: Country, computed: Compute) -> None:
    """Known by county only: counties and country have values, municipalities have no rows."""
    counties = country.knows("posts_filled", 2020, XX_N=20, XX_S=10).knows(
        "population", 2019, XX_N=10_000, XX_S=10_000
    )
    table = computed(counties, STAFF)
    assert values(table, "staff_per_1000") == {"XX": 1.5, "XX_N": 2.0, "XX_S": 1.0}


def test_the_nearest_year_is_the_denominator(country: Country, computed: Compute) -> None:
    doubled = {a: 2 * n for a, n in zip(POSTS, (1000, 3000, 6000, 2000, 8000), strict=True)}
    years = country.knows("population", 2011, **doubled).knows("population", 2024, **doubled)
    row = computed(years.knows("posts_filled", 2018, **POSTS), STAFF).loc[("staff_per_1000", "XX")]
    assert (row["denominator"], row["denominator_year"]) == (20_000, 2019)
    row = computed(years.knows("posts_filled", 2012, **POSTS), STAFF).loc[("staff_per_1000", "XX")]
    assert (row["denominator"], row["denominator_year"]) == (40_000, 2011)


def test_a_year_known_for_few_areas_does_not_count(country: Country, computed: Compute) -> None:
    newer = country.knows("posts_filled", 2020, **POSTS).knows("posts_filled", 2023, XX_N1=99)
    table = computed(newer, STAFF)
    assert set(table["year"]) == {2020}
    assert values(table, "staff_per_1000")["XX_N1"] == 2.0


def test_shares_and_their_interval(country: Country, computed: Compute) -> None:
    old = country.knows("population_aged_65_over", 2011, XX_N1=5, XX_N2=0, XX_N3=10)
    old = old.knows("population_with_known_age", 2011, XX_N1=10, XX_N2=10, XX_N3=10)
    rows = computed(old, OLD).loc["aged_65_over"]
    bounds = rows.loc[["XX_N1", "XX_N2", "XX_N3"], ["value", "low", "high"]].astype(float)
    assert bounds.round(2).to_numpy().tolist() == [
        [50, 23.66, 76.34], [0, 0, 27.75], [100, 72.25, 100],
    ]  # fmt: skip
    assert rows.loc["XX_N", "value"] == 50
    assert rows.loc["XX", "coverage"] == 0.5


def test_yearly_change(country: Country, computed: Compute) -> None:
    before = country.knows("population", 2009, XX_N1=500, XX_N2=3000, XX_N3=6000, XX_S1=1000)
    table = computed(before, CHANGE)
    found = values(table, "population_change")
    assert found["XX_N1"] == round((2 ** (1 / 10) - 1) * 100, 6)
    assert found["XX_N2"] == 0
    assert found["XX_S2"] is None
    assert found["XX_S"] == round((2 ** (1 / 10) - 1) * 100, 6)  # S1 alone in both years
    assert found["XX"] == round(((12_000 / 10_500) ** (1 / 10) - 1) * 100, 6)
    assert table.loc["population_change", "low"].isna().all()
    assert computed(country, CHANGE).empty  # one year shows no change


def test_means_are_not_added_up(country: Country, computed: Compute) -> None:
    table = computed(country.knows("net_wage", 2020, XX_N=3000, XX_S=2000), WAGE)
    assert values(table, "net_wage") == {"XX_N": 3000, "XX_S": 2000}


def test_no_service_is_zero_only_in_an_exhaustive_register(
    country: Country, computed: Compute
) -> None:
    served = country.serves("XX_N1").serves("XX_N1", count=2).serves("XX_S2")
    table = computed(served, SERVICES)
    assert values(table, "services_per_10000") == {
        "XX": 2.0, "XX_N": 3.0, "XX_S": 1.0,
        "XX_N1": 30.0, "XX_N2": 0, "XX_N3": 0, "XX_S1": 0, "XX_S2": 1.25,
    }  # fmt: skip
    assert set(states(table, "services_per_10000").values()) == {"A"}
    silent = computed(served.silent_means_unknown(), SERVICES)
    found, told = values(silent, "services_per_10000"), states(silent, "services_per_10000")
    assert found["XX_N1"] == 30.0
    assert [found[area] for area in ("XX_N2", "XX_N3", "XX_S1")] == [None] * 3
    assert [told[area] for area in ("XX_N2", "XX_N3", "XX_S1")] == ["M"] * 3
    assert told["XX_N1"] == told["XX_N"] == told["XX"] == "E"  # there may be more of them


def test_closed_services_do_not_count(country: Country, computed: Compute) -> None:
    closed = country.serves("XX_N1").serves("XX_N2", closed="2019-05-01")
    assert values(computed(closed, SERVICES), "services_per_10000")["XX_N2"] == 0


def test_services_known_by_county_only(country: Country, computed: Compute) -> None:
    """They count for the county; its municipalities may have one more, so they are estimated."""
    table = computed(country.serves("XX_N", position="none").serves("XX_S1"), SERVICES)
    assert values(table, "services_per_10000")["XX_N"] == 1.0
    told = states(table, "services_per_10000")
    assert [told[area] for area in ("XX_N1", "XX_N2", "XX_N3")] == ["E"] * 3
    assert [told[area] for area in ("XX_S1", "XX_S2", "XX_N", "XX")] == ["A"] * 4


def test_places_that_are_not_told(country: Country, computed: Compute) -> None:
    served = country.serves("XX_N1", capacity=30).serves("XX_N1").serves("XX_N2")
    table = computed(served, PLACES)
    found, told = values(table, "places_per_10000"), states(table, "places_per_10000")
    assert (found["XX_N1"], told["XX_N1"]) == (300.0, "E")  # one of two tells
    assert (found["XX_N2"], told["XX_N2"]) == (None, "M")  # none tells
    assert (found["XX_N3"], told["XX_N3"]) == (0.0, "A")  # no service, so no place
    assert told["XX_N"] == told["XX"] == "E"


def test_share_of_associations(country: Country, computed: Compute) -> None:
    served = country.serves("XX_N1", provider_type="association").serves("XX_N1")
    served = served.serves("XX_N2", provider_type="unknown").serves("XX_S1")
    table = computed(served, BY_ASSOCIATIONS)
    found = values(table, "association_share")
    assert (found["XX_N1"], found["XX_S1"], found["XX_N2"]) == (50, 0, None)
    assert found["XX"] == round(100 / 3, 6)


def test_distance(country: Country, computed: Compute) -> None:
    table = computed(country.serves("XX_N1").serves("XX_S", position="none"), DISTANCE)
    found = values(table, "distance_to_service_km")
    assert found["XX_N1"] == 0
    assert found["XX_N2"] == pytest.approx(11.1195, abs=1e-3)
    assert found["XX_N"] == pytest.approx((3 * 11.1195 + 6 * 22.239) / 10, abs=1e-3)
    assert found["XX_S2"] == pytest.approx(19 * 11.1195, abs=2e-2)
    assert computed(country.serves("XX_N1").silent_means_unknown(), DISTANCE).empty


@pytest.fixture
def everything(country: Country) -> Country:
    rich = country.knows("posts_filled", 2020, **{**POSTS, "XX_N3": None})
    rich = rich.knows("population", 2011, XX_N1=900, XX_N2=3100, XX_S1=2000, XX_S2=9000)
    rich = rich.knows(
        "population_aged_65_over", 2011, XX_N1=150, XX_N2=(None, "C"), XX_S1=(90, "E")
    )
    rich = rich.knows("population_with_known_age", 2011, XX_N1=900, XX_N2=3100, XX_S1=2000)
    rich = rich.knows("net_wage", 2020, XX_N=3000, XX_S=2000)
    rich = rich.serves("XX_N1", capacity=30, provider_type="association").serves("XX_N2")
    return rich.serves("XX_S", position="none", capacity=12).serves("XX_S2", lon=25.01, lat=44.1)


@row_orders
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_never_matters(everything: Country, computed: Compute, seed: int) -> None:
    pd.testing.assert_frame_equal(computed(everything), computed(everything, seed=seed))


@row_orders
@given(
    parent=st.sampled_from(["XX_N", "XX_S", "XX_W"]),
    population=st.sampled_from([None, 0, 500, 10**6]),
)
def test_an_area_without_data_changes_nobody_elses_value(
    everything: Country, computed: Compute, parent: str, population: int | None
) -> None:
    wider = everything
    if parent == "XX_W":
        wider = wider.with_area("XX_W", "county", "XX", None, None, None)
    wider = wider.with_area("XX_X", "municipality", parent, population, None, None)
    before, after = computed(everything, *ALL), computed(wider, *ALL)
    columns = ["year", "value", "low", "high", "numerator", "denominator"]
    pd.testing.assert_frame_equal(before[columns], after.loc[before.index, columns])
    new = after.loc[after.index.get_level_values("area_id") == "XX_X"]
    for (indicator, _), row in new.iterrows():
        nothing_there = indicator == "places_per_10000" or pd.isna(row["value"])
        assert nothing_there, indicator


def test_what_is_computed_can_be_true(everything: Country, computed: Compute) -> None:
    table = computed(everything)
    assert set(table.index.get_level_values(0)) == {entry.name for entry in ALL}
    known = table["value"].notna()
    assert (table["status"].isin(["A", "E"]) == known).all()
    assert table.loc[~known, ["low", "high"]].isna().all(axis=None)
    assert table["coverage"].between(0, 1).all()
    assert (table.loc[table["status"] == "A", "coverage"] >= 0.999).all()


def test_a_country_of_which_nothing_is_known(computed: Compute) -> None:
    assert computed(Country()).empty
