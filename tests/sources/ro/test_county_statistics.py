"""Figures by county and year: totals, a series that breaks, rates printed three times."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.ro import county_statistics
from row_orders import row_orders

SOURCE = "ro/county_statistics"


def test_figures_are_as_the_golden_table_says(small_romania, golden):
    needs = small_romania.tables["needs"]
    golden("county_statistics", needs[needs["source_id"] == SOURCE])


def test_what_was_noticed(findings_of):
    assert findings_of("county_statistics") == [
        ("row 17", "value_not_readable", "set_missing"),
        ("row 18", "value_not_readable", "set_missing"),
        *((f"row {row}", "figure_repeated", "set_missing") for row in range(1, 7)),
    ]


def test_an_unknown_county_stops(folder_of, context_of):
    frame = county_statistics.read(folder_of("county_statistics")).replace("Alba", "Zzzz")
    with pytest.raises(SourceError, match="county not known: Zzzz"):
        county_statistics.clean(frame, context_of("county_statistics"))


@row_orders
@given(order=st.permutations(range(18)), kept=st.integers(1, 18))
def test_rows_may_come_in_any_order_and_number(order, kept, folder_of, context_of, small_romania):
    frame = county_statistics.read(folder_of("county_statistics")).iloc[order[:kept]]
    cleaned = county_statistics.clean(frame, context_of("county_statistics"))
    assert cleaned.rows_kept == kept
    keys = ["source_id", "area_id", "variable", "year"]
    whole = small_romania.tables["needs"].set_index(keys)[["value", "status"]]
    found = cleaned.tables["needs"].set_index(keys)[["value", "status"]]
    pd.testing.assert_frame_equal(
        found, whole.loc[found.index], check_dtype=False, check_index_type=False
    )


@pytest.mark.data
def test_official_counties_add_up_to_the_country_every_year(official_romania):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_kept"]) == (645, 645)
    needs = official_romania.tables["needs"]
    needs = needs[(needs["source_id"] == SOURCE) & (needs["variable"] == "population")]
    needs = needs.dropna(subset=["value"])
    country = needs[needs["area_id"] == "RO"].set_index("year")["value"]
    counties = needs[needs["area_id"] != "RO"].groupby("year")["value"].sum()
    assert list(country.index) == list(range(2012, 2026))
    assert counties.eq(country).all()
    assert country[2012] == 20_095_996


@pytest.mark.data
def test_official_rates_of_2012_to_2014_are_one_and_the_same_in_every_county(official):
    printed = pd.read_csv(official / SOURCE / "county_2012_2026.csv", dtype=str)
    rates = printed.pivot_table(
        index="megye_ro", columns="ev", values="munkanelkuliseg", aggfunc="first"
    )
    assert len(rates) == 43
    assert rates["2012"].equals(rates["2013"].rename("2012"))
    assert rates["2013"].equals(rates["2014"].rename("2013"))
    other = [str(year) for year in range(2015, 2026)]
    pairs = zip(other, [*other[1:], "2026"], strict=True)
    assert all((rates[year] != rates[later]).sum() > 10 for year, later in pairs)


@pytest.mark.data
def test_official_residents_break_where_the_census_of_2021_comes_in(official_romania):
    needs = official_romania.tables["needs"]
    needs = needs[(needs["source_id"] == SOURCE) & (needs["variable"] == "population")]
    by_year = needs.pivot_table(index="area_id", columns="year", values="value").astype("float64")
    steps = by_year.pct_change(axis="columns").abs().median()
    assert steps[2022] > 1.4 * steps.drop(2022).max()
    broken = needs[needs["status"] == "B"]
    assert set(broken["year"]) == {2022} and len(broken) == 43
