"""Residents by settlement: boundaries that moved must not look like people who moved."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.sources.bg import nsi_population
from landscape.sources.contract import Context
from landscape.tables import CountryTables
from row_orders import row_orders


def population(tables: CountryTables) -> pd.DataFrame:
    needs = tables.tables["needs"]
    rows = needs[needs["source_id"] == "bg/nsi_population"]
    return rows.pivot_table(index="area_id", columns="year", values="value")


def test_residents_are_as_the_golden_table_says(small_bulgaria, golden):
    needs = small_bulgaria.tables["needs"]
    rows = needs[needs["source_id"].eq("bg/nsi_population")]
    golden("nsi_population", rows[rows["year"].isin([2002, 2003, 2011, 2014, 2015])])


def test_a_municipality_founded_later_has_its_earlier_residents(small_bulgaria):
    residents = population(small_bulgaria)
    assert residents.loc["BG_PAZ39", 2002] == 50 + 300
    assert residents.loc["BG_PAZ08", 2014] == 880 + 100
    assert residents.loc["BG_PAZ", 2014] == 1306


def test_a_village_that_changed_county_is_counted_where_it_is_today(small_bulgaria):
    residents = population(small_bulgaria)
    assert residents.loc["BG_RAZ26", 2002] == residents.loc["BG_RAZ", 2002] == 3000 + 500
    assert residents.loc["BG_RSE05", 2002] == 1300 - 500


def test_what_was_noticed(findings_of):
    assert findings_of("nsi_population") == [
        ("row 25", "unknown_area", "rejected"),
        ("row 6", "parts_do_not_add_up", "kept"),
        ("row 5", "figure_restated", "corrected"),
        ("row 8", "figure_restated", "corrected"),
        ("row 11", "figure_restated", "corrected"),
        ("row 12", "figure_restated", "corrected"),
        ("row 16", "figure_restated", "corrected"),
        ("row 22", "figure_restated", "corrected"),
    ]


@row_orders
@given(shuffle=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    folder_of, context_of: Callable[[str], Context], shuffle
):
    frame = nsi_population.read(folder_of("nsi_population"))
    order = list(frame.index)
    shuffle.shuffle(order)
    context = context_of("nsi_population")
    keys = ["area_id", "year"]
    straight, shuffled = (
        nsi_population.clean(rows, context).tables["needs"].sort_values(keys, ignore_index=True)
        for rows in (frame, frame.loc[order])
    )
    pd.testing.assert_frame_equal(straight, shuffled)


@pytest.mark.data
def test_official_municipalities_add_up_to_counties_and_country_every_year(official_bulgaria):
    residents = population(official_bulgaria)
    assert residents.shape == (265 + 28 + 1, 16)
    assert residents.notna().all(axis=None)
    municipalities = residents[residents.index.str.len() == len("BG_VAR06")]
    counties = residents[residents.index.str.len() == len("BG_VAR")]
    sums = municipalities.groupby(municipalities.index.str[:6]).sum()
    pd.testing.assert_frame_equal(sums, counties, check_names=False)
    assert (counties.sum() == residents.loc["BG"]).all()
    assert residents.loc["BG", [2002, 2011, 2017]].tolist() == [7845841, 7327224, 7050034]


@pytest.mark.data
def test_official_boundary_changes_leave_no_jump(official_bulgaria):
    residents = population(official_bulgaria)
    changes = residents.loc[["BG_PAZ08", "BG_PAZ39", "BG_PDV43", "BG_PDV13", "BG_RSE05"]]
    yearly = changes.drop(columns=[2002]).to_numpy() / changes.drop(columns=[2017]).to_numpy()
    assert yearly[:2].min() > 0.97
    assert residents.loc["BG_PAZ39", [2014, 2015]].tolist() == [4870, 4820]
    assert residents.loc["BG_PDV43", 2002] == 9783 + 1049
