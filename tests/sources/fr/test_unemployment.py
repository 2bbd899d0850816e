"""Unemployment: one row a postcode, delegated communes, Mayotte's zeros, communes set up again."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import unemployment
from landscape.tables import CountryTables
from row_orders import row_orders

Frame = Callable[[str], pd.DataFrame]
Contexts = Callable[[str], Context]
SOURCE = "fr/unemployment"


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    needs = france.tables["needs"]
    compare_with_golden(needs[needs["source_id"] == SOURCE], "unemployment.needs")


def test_zeros_of_an_uncounted_commune_are_missing_and_those_of_an_empty_one_are_not(
    france: CountryTables,
) -> None:
    needs = france.tables["needs"].query("source_id == @SOURCE and variable == 'households'")
    households = needs.set_index("area_id")["value"]
    assert pd.isna(households["FR_97601"])
    assert households["FR_55245"] == 0


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [("type", "COMX", "COMX"), ("births", "beaucoup", "beaucoup"), ("births", "", "births")],
)
def test_an_unknown_value_stops(
    column: str, value: str, message: str, frame: Frame, context: Contexts
) -> None:
    with pytest.raises(SourceError, match=message):
        unemployment.clean(frame("unemployment").assign(**{column: value}), context("unemployment"))


def test_different_figures_for_one_code_stop(frame: Frame, context: Contexts) -> None:
    rows = frame("unemployment")
    rows.loc[1, "unemployed"] = "1401"
    with pytest.raises(SourceError, match="different figures for one code: 12202"):
        unemployment.clean(rows, context("unemployment"))


@row_orders
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed: int, frame: Frame, context: Contexts) -> None:
    rows = frame("unemployment")
    keys = ["area_id", "variable", "year"]
    results = [
        unemployment.clean(each, context("unemployment")).tables["needs"]
        for each in (rows, rows.sample(frac=1, random_state=seed).reset_index(drop=True))
    ]
    first, second = (
        result[[*keys, "value", "status"]].sort_values(keys, ignore_index=True)
        for result in results
    )
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.data
def test_official_sums_are_those_of_the_file(official_france: CountryTables) -> None:
    """Each code once: delegated communes and second postcodes add nothing, mergers lose nothing."""
    needs = official_france.tables["needs"].query("source_id == @SOURCE")
    sums = needs.groupby(["variable", "year"])["value"].sum().round().astype(int)
    assert sums.to_dict() == {
        ("population", 2015): 66_188_501,
        ("households", 2021): 30_510_551,
        ("population_aged_15_64", 2021): 41_717_308,
        ("unemployed_15_64", 2021): 3_764_824,
        ("labour_force_15_64", 2021): 31_162_282,
        ("births", 2022): 724_553,
        ("deaths", 2022): 672_845,
    }
    book = official_france.accounting.set_index("source_id").loc[SOURCE]
    assert book.tolist() == [36_208, 34_976, 1_232]
    communes = official_france.tables["areas"].query("level == 'municipality'")["area_id"]
    assert set(communes) - set(needs["area_id"]) == {"FR_27676"}
    missing = needs.loc[needs["value"].isna(), "area_id"]
    assert missing.nunique() == 17
    assert missing.str.startswith("FR_976").all()


@pytest.mark.data
def test_official_figures_fit_together(official_france: CountryTables) -> None:
    """No more unemployed than active, no more active than inhabitants, also after splits."""
    needs = official_france.tables["needs"]
    rows = needs[needs["source_id"].isin([SOURCE, "fr/population"])]
    rows = rows[(rows["year"] == 2021) & rows["value"].notna()]
    wide = rows.pivot_table(index="area_id", columns="variable", values="value").astype("float64")
    wide = wide.dropna()
    assert (wide["unemployed_15_64"] <= wide["labour_force_15_64"]).all()
    assert (wide["labour_force_15_64"] <= wide["population_aged_15_64"] + 1e-6).all()
    assert (wide["population_aged_15_64"] <= wide["population"] + 1e-6).all()
    assert (wide["households"] <= wide["population"] + 1e-6).all()


@pytest.mark.data
def test_2015_continues_the_other_series(official_france: CountryTables) -> None:
    """Population of 2015 stands beside that of 2017: nobody jumps who should not.

    The population of 2021 of this file, which is not taken, is that of the other.
    """
    needs = official_france.tables["needs"]
    counts = needs[needs["variable"] == "population"]
    wide = counts.pivot_table(index="area_id", columns="year", values="value").astype("float64")
    large = wide[wide[2017] > 1000]
    assert (large[2017] / large[2015]).dropna().between(0.85, 1.4).all()
    folder = next(s for s in official_france.sources if s.card.source_id == SOURCE)
    frame = unemployment.read(folder).query("type == 'COM'").drop_duplicates("code")
    printed = frame.set_index("FR_" + frame["code"])["population_2021"].astype(float)
    both = pd.concat([printed, wide[2021]], axis=1, keys=["here", "there"]).dropna()
    same = (both["here"] - both["there"]).abs() < 1
    assert len(both) > 34_800
    assert (~same).sum() <= 60, "only the communes merged or split since 2023 may differ"
