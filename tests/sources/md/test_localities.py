"""Communes and towns: which points are units of their own, and whose villages the others are."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixture_cards import write_card
from landscape.cleaning.geometry import locate_points
from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.md import localities
from landscape.tables import CountryTables, clean_country
from row_orders import row_orders

Golden = Callable[[str], pd.DataFrame]
SOURCE = "md/localities"
FILE = "localities_2014.geojson"


@pytest.fixture(scope="module")
def frame(moldova: CountryTables) -> pd.DataFrame:
    return localities.read(moldova.sources[1])


@pytest.fixture(scope="module")
def context(moldova: CountryTables) -> Context:
    return Context(moldova.sources[1].card, moldova.tables["areas"])


@pytest.fixture
def change(raw: Path) -> Callable[..., Path]:
    """Gives one locality other properties; returns the raw folder."""

    def with_properties(code: str, **properties: str | None) -> Path:
        return _change(raw, code, properties)

    return with_properties


def _change(raw: Path, code: str, properties: dict[str, str | None]) -> Path:
    path = raw / SOURCE / FILE
    content = json.loads(path.read_text(encoding="utf-8"))
    for feature in content["features"]:
        if feature["properties"]["CODUNIC"] == code:
            feature["properties"].update(properties)
    path.write_text(json.dumps(content), encoding="utf-8")
    write_card(path.parent)
    return raw


def test_golden_areas(moldova: CountryTables, golden: Golden) -> None:
    areas = moldova.tables["areas"]
    found = areas[areas["level"] == "municipality"]
    expected = golden("localities.areas")
    assert found[expected.columns].astype("str").to_dict("records") == expected.to_dict("records")


def test_golden_places(moldova: CountryTables, golden: Golden) -> None:
    expected = golden("localities.places")
    places = moldova.tables["places"][expected.columns]
    assert places.to_dict("records") == expected.to_dict("records")


def test_chisinau_is_counted_once_and_its_sectors_are_places(moldova: CountryTables) -> None:
    needs = moldova.tables["needs"].set_index(["area_id", "variable"])["value"]
    assert needs["MD_0100", "households"] == 127_467
    places = moldova.tables["places"]
    sectors = ["Botanica", "Buiucani", "Centru", "Ciocana", "Rîșcani"]
    assert places.loc[places["area_id"] == "MD_0100", "name"].tolist() == sectors


def test_the_figures_that_count_chisinau_twice_are_corrected_and_told(
    change: Callable[..., Path], moldova: CountryTables
) -> None:
    findings = moldova.tables["findings"]
    corrected = findings[(findings["rule"] == "figure_corrected")]
    sectors = corrected[corrected["message"].str.contains("sector of the city")]
    assert sectors["record"].value_counts().tolist() == [2] * 5
    with pytest.raises(SourceError, match=r"households '30548' of '0110' stands in 0 rows"):
        clean_country("MD", change("0110", GOSPODARII_2014=None))


def test_a_unit_with_a_village_that_was_not_counted_has_no_sum(moldova: CountryTables) -> None:
    needs = moldova.tables["needs"].set_index(["area_id", "variable"])
    assert needs.loc[("MD_3839", "households"), "status"] == "M"
    assert needs.loc[("MD_3418", "households"), "value"] == 40


def test_a_village_of_no_residents_is_zero(moldova: CountryTables) -> None:
    needs = moldova.tables["needs"].set_index(["area_id", "variable"])
    assert needs.loc[("MD_7135", "dwellings"), "value"] == 190
    assert needs.loc[("MD_7135", "dwellings"), "status"] == "A"


def test_corrections_are_told_and_fail_when_the_file_is_mended(
    change: Callable[..., Path], moldova: CountryTables
) -> None:
    findings = moldova.tables["findings"]
    corrected = findings[findings["rule"] == "figure_corrected"]
    names = corrected[corrected["message"].str.startswith("name: ")]
    assert names["record"].tolist() == ["feature 12", "feature 13", "feature 17"]
    with pytest.raises(SourceError, match="if the file was mended, remove the line"):
        clean_country("MD", change("7135", NAME="Pelinia"))


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"STATN": "cătun"}, "type of locality"),
        ({"GFANAME": "reg. Nord, r-nul Donduşeni, cot. X, sat. X"}, "type of unit"),
        ({"CODST": "MD1117717101"}, "raion"),
        ({"CODST": "MD1113417200"}, "code of seat or village"),
    ],
)
def test_what_is_not_known_stops(
    change: Callable[..., Path], properties: dict[str, str], message: str
) -> None:
    with pytest.raises(SourceError, match=f"{message} not known"):
        clean_country("MD", change("3419", **properties))


def test_a_village_without_its_seat_is_rejected(frame: pd.DataFrame, context: Context) -> None:
    cleaned = localities.clean(frame[frame["code"] != "3418"], context)
    rejected = cleaned.findings[cleaned.findings["action"] == "rejected"]
    assert rejected["message"].tolist() == ["unit MD11134171 has no seat"]
    assert cleaned.rows_read == cleaned.rows_kept + 1


@row_orders
@given(order=st.permutations(range(23)))
def test_row_order_does_not_matter(order: list[int], frame: pd.DataFrame, context: Context) -> None:
    straight = localities.clean(frame, context)
    mixed = localities.clean(frame.iloc[order], context)
    for name, table in straight.tables.items():
        keys = ["record", "variable"] if name == "needs" else ["record"]
        pd.testing.assert_frame_equal(
            table.sort_values(keys, ignore_index=True),
            mixed.tables[name].sort_values(keys, ignore_index=True),
        )


@pytest.mark.data
def test_official_number_of_units(official_moldova: CountryTables) -> None:
    """982: 13 municipalities, 53 towns and 916 communes and villages, as the law counts them."""
    areas = official_moldova.tables["areas"]
    units = areas[areas["level"] == "municipality"]
    assert len(units) == official_moldova.card.levels["municipality"].expected == 982
    assert units["kind"].value_counts().to_dict() == {
        "sat": 502,
        "comună": 414,
        "oraș": 53,
        "municipiu": 13,
    }
    assert (units["name"] == "Chișinău").sum() == 1
    assert units["population"].notna().sum() == 897
    uncounted = units[units["population"].isna()]
    assert uncounted["parent_id"].value_counts().to_dict() == {
        "MD_98": 79,
        "MD_27": 3,
        "MD_05": 2,
        "MD_38": 1,
    }
    assert not areas["name"].str.contains("[şţŞŢЀ-ӿ]").any()


@pytest.mark.data
def test_official_points_lie_in_their_raion(official_moldova: CountryTables) -> None:
    areas, places = official_moldova.tables["areas"], official_moldova.tables["places"]
    parents = areas.set_index("area_id")["parent_id"]
    points = pd.concat([areas[areas["level"] == "municipality"], places], ignore_index=True)
    raions = areas[areas["level"] == "county"]
    found = locate_points(points["lon"], points["lat"], raions)
    assert (found == points["area_id"].map(parents)).all()


@pytest.mark.data
def test_official_path_in_words_agrees_with_the_code(official: Path) -> None:
    """The path names one raion for each code; one path alone has its last two parts exchanged."""
    frame = gpd.read_file(official / SOURCE / FILE)
    raions = gpd.read_file(official / "md/raion_boundaries/raions_2014.geojson")
    names = dict(zip(raions["CODUNIC"].str[:2], raions["GFNAME"], strict=True))
    path = frame["GFANAME"].str.split(", ")
    assert (frame["CODST"].str[5:7].map(names) == path.str[1]).all()
    unit = path.str[2].str.replace("ş", "ș").groupby(frame["CODST"].str[:10]).nunique()
    assert unit[unit > 1].index.tolist() == ["MD12198400"]
    assert frame["POPULATIE_2014"].isna().sum() == 157
    sector = frame["STATN"] == "sectorul municipiului"
    city = frame["CODUNIC"] == "0100"
    figures = ["POPULATIE_2014", "GOSPODARII_2014", "LOCUINTE_2014"]
    assert (frame.loc[sector, figures].sum() == frame.loc[city, figures].iloc[0]).all()


@pytest.mark.data
def test_official_households_add_up_to_the_raions(official_moldova: CountryTables) -> None:
    """But in Dubăsari, where one village of Molovata Nouă was not counted."""
    needs = official_moldova.tables["needs"]
    areas = official_moldova.tables["areas"].set_index("area_id")
    for variable in ("households", "dwellings"):
        rows = needs[needs["variable"] == variable].set_index("area_id")["value"]
        parts = rows.groupby(areas["parent_id"].reindex(rows.index)).sum()
        gap = (rows.reindex(parts.index) - parts).dropna()
        assert gap[gap != 0].index.tolist() == ["MD_38"], variable
