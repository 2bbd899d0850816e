"""The census of 2014: levels told by order alone, and three ways of having no figure."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.sheets import read_sheet
from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.md import _census_layout as layout
from landscape.sources.md import census_2014
from landscape.tables import CountryTables
from row_orders import row_orders

Golden = Callable[[str], pd.DataFrame]
SOURCE = "md/census_2014"
HERE = Path(__file__).parent
POPULATION = HERE / "fixtures" / "census_2014" / "population_by_commune_age.xls"
ABROAD = HERE / "fixtures" / "census_2014" / "abroad_by_raion.xls"


@pytest.fixture(scope="module")
def context(moldova: CountryTables) -> Context:
    card = moldova.sources[2].card
    return Context(card, moldova.tables["areas"], moldova.tables["places"])


@pytest.fixture(scope="module")
def frame(moldova: CountryTables) -> pd.DataFrame:
    return census_2014.read(moldova.sources[2])


def test_golden_needs(moldova: CountryTables, golden: Golden) -> None:
    needs = moldova.tables["needs"]
    needs = needs[needs["source_id"] == SOURCE]
    found = needs.set_index(["area_id", "variable"])["value"].unstack("variable")
    expected = golden("census_2014.needs").set_index("area_id").replace("", None)
    assert set(found.index) == set(expected.index)
    pd.testing.assert_frame_equal(
        found.loc[expected.index, expected.columns].astype("Float64"),
        expected.astype("Float64"),
        check_names=False,
    )


def test_levels_are_told_by_order() -> None:
    rows = layout.read_residents(POPULATION)
    assert rows["level"].value_counts().to_dict() == {"municipality": 12, "county": 7, "country": 1}
    found = list(zip(rows["level"], rows["name"], rows["raion"], strict=True))
    assert ("county", "Dondușeni", "Dondușeni") in found
    assert ("municipality", "Dondușeni", "Dondușeni") in found
    assert ("municipality", "Cremenciug", "Căușeni") in found


def test_town_and_village_of_one_name_are_told_apart(moldova: CountryTables) -> None:
    areas = moldova.tables["areas"].set_index("area_id")
    assert areas.loc["MD_3401", "kind"] == "oraș"
    assert areas.loc["MD_3401", "population"] == 600
    assert areas.loc["MD_3417", "kind"] == "sat"
    assert areas.loc["MD_3417", "population"] == 200


def test_no_census_is_missing_and_a_dash_abroad_is_zero(moldova: CountryTables) -> None:
    needs = moldova.tables["needs"].set_index(["source_id", "area_id", "variable"])
    for area_id in ("MD_0703", "MD_3816"):
        assert needs.loc[(SOURCE, area_id, "population"), "status"] == "M"
    men = needs.loc[(SOURCE, "MD_96", "population_abroad_men")]
    assert (men["value"], men["status"]) == (24, "A")
    assert needs.loc[(SOURCE, "MD_96", "population_abroad_aged_0_14"), "value"] == 2


def test_what_was_counted_in_part_is_told(moldova: CountryTables) -> None:
    findings = moldova.tables["findings"]
    told = findings[findings["rule"] == "partly_enumerated"]
    assert told["area_id"].tolist() == ["MD_0100", "MD_3839"]


def test_communes_that_do_not_add_up_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = read_sheet(POPULATION, "1")
    cells.loc[9, 1] = "2000"
    monkeypatch.setattr(layout, "read_sheet", lambda path, sheet: cells)
    with pytest.raises(SourceError, match=r"row 9: the communes do not add up .*'Mun. Chișinău'"):
        layout.read_residents(POPULATION)


def test_a_raion_cut_short_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = read_sheet(POPULATION, "1").drop(index=26)
    monkeypatch.setattr(layout, "read_sheet", lambda path, sheet: cells)
    with pytest.raises(SourceError, match=r"'UTA Găgăuzia' are not all there"):
        layout.read_residents(POPULATION)


def test_other_headers_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = read_sheet(POPULATION, "1")
    cells.loc[6, 4] = "0-15"
    monkeypatch.setattr(layout, "read_sheet", lambda path, sheet: cells)
    with pytest.raises(SourceError, match=r"'0-15'.*the layout changed"):
        layout.read_residents(POPULATION)


def test_an_unknown_age_group_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = read_sheet(ABROAD, "2 Teritorial")
    cells.loc[7, 0] = "0-3"
    monkeypatch.setattr(layout, "read_sheet", lambda path, sheet: cells)
    with pytest.raises(SourceError, match=r"row 7: '0-3' is neither a raion nor an age group"):
        layout.read_abroad(ABROAD)


def test_an_unknown_raion_stops(frame: pd.DataFrame, context: Context) -> None:
    with pytest.raises(SourceError, match="raion not known: Raionul Zzz"):
        census_2014.clean(frame.assign(raion="Raionul Zzz"), context)


def test_an_age_group_lacking_a_row_is_missing(frame: pd.DataFrame, context: Context) -> None:
    part = frame[frame["name"] != "5-9"]
    needs = census_2014.clean(part, context).tables["needs"]
    needs = needs[needs["area_id"] == "MD_96"].set_index("variable")["value"]
    assert pd.isna(needs["population_abroad_aged_0_14"])
    assert needs["population_abroad_aged_65_over"] == 1


@row_orders
@given(order=st.permutations(range(52)), kept=st.integers(1, 52))
def test_rows_may_come_in_any_order_and_number(
    order: list[int], kept: int, frame: pd.DataFrame, context: Context, moldova: CountryTables
) -> None:
    cleaned = census_2014.clean(frame.iloc[order[:kept]], context)
    assert cleaned.rows_kept == kept
    whole = moldova.tables["needs"].set_index(["source_id", "area_id", "variable"])["value"]
    for row in cleaned.tables["needs"].dropna(subset=["value"]).itertuples():
        assert whole[SOURCE, row.area_id, row.variable] == row.value


@pytest.mark.data
def test_official_rows_and_published_totals(official_moldova: CountryTables) -> None:
    accounting = official_moldova.accounting.set_index("source_id").loc[SOURCE]
    assert accounting["rows_read"] == 937 + 560
    assert accounting["rows_rejected"] == 0
    needs = official_moldova.tables["needs"]
    needs = needs[needs["source_id"] == SOURCE]
    levels = official_moldova.tables["areas"].set_index("area_id")["level"]
    needs = needs.assign(level=needs["area_id"].map(levels))
    communes = needs[needs["level"] == "municipality"]
    assert communes["area_id"].nunique() == 901
    assert communes.loc[communes["value"].isna(), "area_id"].nunique() == 4
    country = needs[needs["level"] == "country"].set_index("variable")["value"]
    assert country["population"] == 2_804_801
    sums = communes.groupby("variable")["value"].sum()
    assert (sums == country.reindex(sums.index)).all()
    raions = needs[needs["level"] == "county"].groupby("variable")["value"].sum()
    shared = raions.index.intersection(country.index)
    assert len(shared) == 4
    assert (raions[shared] == country[shared]).all()


@pytest.mark.data
def test_official_communes_are_of_the_type_that_the_table_says(
    official_moldova: CountryTables, official: Path
) -> None:
    frame = layout.read_residents(official / SOURCE / "population_by_commune_age.xls")
    used = official_moldova.used
    area = used[used["source_id"] == SOURCE].set_index("record")["area_id"]
    communes = frame[frame["level"] == "municipality"]
    kinds = (
        communes["record"]
        .map(area)
        .map(official_moldova.tables["areas"].set_index("area_id")["kind"])
    )
    is_town = communes["name"].str.match(r"(?:Or|Mun)\.")
    assert (kinds.isin(["oraș", "municipiu"]) == is_town).all()


@pytest.mark.data
def test_official_residents_against_the_sum_of_localities(
    official_moldova: CountryTables, official: Path
) -> None:
    """Two counts of one census, the same in all communes but five; the city differs most."""
    features = pd.json_normalize(
        pd.read_json(official / "md/localities/localities_2014.geojson")["features"].tolist()
    )
    counts = features.assign(
        record="feature " + pd.Series(range(1, len(features) + 1)).astype("str")
    ).set_index("record")
    counts = counts[counts["properties.STATN"] != "sectorul municipiului"]
    used = official_moldova.used
    area = used[used["source_id"] == "md/localities"].set_index("record")["area_id"]
    sums = counts["properties.POPULATIE_2014"].groupby(area.reindex(counts.index)).sum()
    residents = official_moldova.tables["areas"].set_index("area_id")["population"].dropna()
    communes = residents[residents.index.str.len() == len("MD_0000")]
    gap = communes - sums[communes.index]
    assert gap.sum() == 144
    assert (gap != 0).sum() == 5
    assert gap.abs().max() == 327


@pytest.mark.data
def test_official_persons_abroad_exceed_the_total_of_the_other_sheet(
    official_moldova: CountryTables,
) -> None:
    """The raions make 8,460 more than the 282,909 printed for the country; both are published."""
    needs = official_moldova.tables["needs"]
    sums = needs.groupby("variable")["value"].sum()
    assert sums["population_abroad"] == 291_369 == 282_909 + 8_460
    assert sums["population_abroad_men"] + sums["population_abroad_women"] == 291_369
    ages = [f"population_abroad_aged_{group}" for group in ("0_14", "15_64", "65_over")]
    assert sums[ages].sum() == 291_369
