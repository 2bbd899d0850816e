"""Population by year: overseas codes, arrondissements, mergers, splits."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.sources.contract import Context
from landscape.sources.fr import population
from landscape.tables import CountryTables
from row_orders import row_orders

Frame = Callable[[str], pd.DataFrame]


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    needs = france.tables["needs"]
    compare_with_golden(needs[needs["source_id"] == "fr/population"], "population.needs")


@row_orders
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(
    seed: int, frame: Frame, context: Callable[[str], Context]
) -> None:
    rows = frame("population")
    keys = ["area_id", "year"]
    columns = [*keys, "value", "status"]
    results = [
        population.clean(each, context("population")).tables["needs"][columns]
        for each in (rows, rows.sample(frac=1, random_state=seed).reset_index(drop=True))
    ]
    first, second = (result.sort_values(keys, ignore_index=True) for result in results)
    pd.testing.assert_frame_equal(first, second)


def test_a_part_of_the_rows_can_be_cleaned(frame: Frame, context: Callable[[str], Context]) -> None:
    few = frame("population").query("departement == '12'")
    assert population.clean(few, context("population")).rows_kept == 2


@pytest.mark.parametrize(
    ("code", "year", "area_id"),
    [("75101", 2020, "FR_75056"), ("93059", 2019, "FR_93066"), ("12202", 2021, "FR_12202")],
)
def test_a_part_that_lacks_its_figure_makes_the_sum_missing(
    code: str, year: int, area_id: str, frame: Frame, context: Callable[[str], Context]
) -> None:
    rows = frame("population")
    rows.loc[rows["code"] == code, f"p{year}"] = ""
    cleaned = population.clean(rows, context("population"))
    needs = cleaned.tables["needs"].query("area_id == @area_id and year == @year")
    assert needs["value"].isna().all() and needs["status"].eq("M").all()
    told = f"population of {year}, code {code}"
    assert told in set(cleaned.findings.query("rule == 'value_missing'")["message"])


@pytest.mark.data
def test_official_sums_are_those_of_the_file(official_france: CountryTables) -> None:
    """66,524,339 is INSEE's total of 2017 without Mayotte; the sums survive all mergers."""
    needs = official_france.tables["needs"].query("source_id == 'fr/population'")
    sums = needs.groupby("year")["value"].sum()
    assert sums.round().astype(int).to_dict() == {
        2017: 66_524_339,
        2018: 66_730_626,
        2019: 66_984_728,
        2020: 67_158_503,
        2021: 67_406_164,
    }
    areas = official_france.tables["areas"].query("level == 'municipality'")
    absent = set(areas["area_id"]) - set(needs.loc[needs["year"] == 2021, "area_id"])
    assert absent == {"FR_14666"} | {f"FR_976{number:02d}" for number in range(1, 18)}


@pytest.mark.data
def test_no_commune_jumps_between_two_years(official_france: CountryTables) -> None:
    """A merger not carried would show as growth; the quickest real ones stay below twofold."""
    needs = official_france.tables["needs"].query("source_id == 'fr/population'")
    wide = needs.pivot_table(index="area_id", columns="year", values="value").astype("float64")
    large = wide[2017] > 1000
    assert (wide[2021] / wide[2017])[large].dropna().between(0.65, 1.95).all()
    latest = official_france.tables["areas"].set_index("area_id")["population"]
    later = latest.reindex(wide.index).astype("float64") / wide[2021]
    assert later[large].dropna().between(0.8, 1.3).all()
