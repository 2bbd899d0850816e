"""Enumeration sectors: whose they are, and which objects of the file are none."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.geometry import EQUAL_AREA
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Context
from landscape.sources.md import census_sectors
from landscape.tables import CountryTables
from row_orders import row_orders

SOURCE = "md/census_sectors"
MAPPING = Path(census_sectors.__file__).with_suffix(".csv")


@pytest.fixture(scope="module")
def frame(folder_of: Callable[[str], RawFolder]) -> pd.DataFrame:
    return census_sectors.read(folder_of(SOURCE))


@pytest.fixture(scope="module")
def context(moldova: CountryTables, folder_of: Callable[[str], RawFolder]) -> Context:
    return Context(folder_of(SOURCE).card, moldova.tables["areas"])


@pytest.fixture(scope="module")
def official_sectors(official: Path) -> gpd.GeoDataFrame:
    """The nine-digit objects of the official file: ``unit``, ``number`` and their point."""
    objects = gpd.read_file(official / SOURCE / "sector_centroids_2024.geojson")
    codes = objects["name_obj"].str.extract(census_sectors.SECTOR)
    return objects.join(codes).dropna(subset=["unit"])


def test_golden_needs(moldova: CountryTables, golden: Callable[[str], pd.DataFrame]) -> None:
    expected = golden("census_sectors")
    needs = moldova.tables["needs"]
    found = needs.loc[needs["source_id"] == SOURCE, expected.columns].astype("object")
    found = found.where(found.notna(), "").map(str)
    assert found.to_dict("records") == expected.to_dict("records")


def test_only_sectors_are_kept_and_what_is_not_divided_is_told(moldova: CountryTables) -> None:
    findings = moldova.tables["findings"]
    rows = findings[findings["source_id"] == SOURCE]
    rejected = rows[rows["action"] == "rejected"]
    assert (rejected["rule"] == "not_an_area").all()
    assert rejected["message"].tolist() == [
        "heading Republica Moldova",
        "heading r-nul Donduşeni",
        "heading com. Elizavetovca",
        "heading or. Donduşeni",
        "heading CRS Nord",
        "heading UTA Găgăuzia",
        "district of the field staff CH0101",
        "district of the field staff DN012",
    ]
    kept = rows[rows["action"] == "kept"]
    assert dict(zip(kept["area_id"], kept["rule"], strict=True)) == {
        "MD_0500": "not_enumerated",
        "MD_6923": "not_enumerated",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("999990001", "not in the mapping: '99999'"),
        ("34171000", "object not known: '34171000'"),
        ("Elizavetovca", "object not known: 'Elizavetovca'"),
        ("", "object not known: ''"),
    ],
)
def test_what_is_not_known_stops(
    text: str, message: str, frame: pd.DataFrame, context: Context
) -> None:
    with pytest.raises(SourceError, match=message):
        census_sectors.clean(frame.replace("341710004", text), context)


@row_orders
@given(order=st.permutations(range(23)), kept=st.integers(1, 23))
def test_rows_may_come_in_any_order_and_number(
    order: list[int], kept: int, frame: pd.DataFrame, context: Context
) -> None:
    straight = census_sectors.clean(frame.iloc[sorted(order[:kept])], context)
    mixed = census_sectors.clean(frame.iloc[order[:kept]], context)
    assert mixed.rows_kept + mixed.rows_rejected == kept
    pd.testing.assert_frame_equal(straight.tables["needs"], mixed.tables["needs"])


@pytest.mark.data
def test_official_counts(official_moldova: CountryTables) -> None:
    rows = official_moldova.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_kept"], rows["rows_rejected"]) == (13_151, 7668, 5483)
    needs = official_moldova.tables["needs"].query("source_id == @SOURCE")
    assert len(needs) == needs["area_id"].nunique() == 982
    assert needs["value"].sum() == 7668 - 84
    not_divided = needs.loc[needs["status"] == "M", "area_id"]
    areas = official_moldova.tables["areas"].set_index("area_id")
    assert areas.loc[not_divided, "population"].isna().all()
    uncounted = areas[(areas["level"] == "municipality") & areas["population"].isna()]
    assert uncounted.loc[~uncounted.index.isin(not_divided), "name"].tolist() == ["Corjova"]


@pytest.mark.data
def test_official_units_are_those_of_the_list_of_localities(official: Path) -> None:
    """Characters 6 to 10 of CODST; read as CUATM the same digits would lead elsewhere."""
    localities = gpd.read_file(official / "md/localities/localities_2014.geojson")
    seats = localities[localities["CODST"].str.endswith("00")]
    seats = seats[seats["CODUNIC"] != "0100"]
    is_sector = seats["STATN"] == "sectorul municipiului"
    area_id = ("MD_" + seats["CODUNIC"]).mask(is_sector, "MD_0100")
    expected = dict(zip(seats["CODST"].str[5:10], area_id, strict=True))
    mapping = pd.read_csv(MAPPING, dtype=str).set_index("unit")["area_id"]
    assert mapping.to_dict() == expected


@pytest.mark.data
def test_official_sectors_are_numbered_without_a_gap(official_sectors: gpd.GeoDataFrame) -> None:
    numbers = official_sectors["number"].astype(int).groupby(official_sectors["unit"])
    assert (numbers.max() == numbers.size()).all()
    assert (numbers.min() == 1).all()
    assert numbers.ngroups == len(pd.read_csv(MAPPING)) == 986


@pytest.mark.data
def test_official_sectors_lie_in_the_raion_of_their_code(
    official_sectors: gpd.GeoDataFrame, official: Path
) -> None:
    raions = gpd.read_file(official / "md/raion_boundaries/raions_2014.geojson")
    shapes = raions.set_index(raions["CODUNIC"].str[:2]).geometry.to_crs(EQUAL_AREA)
    points = official_sectors.geometry.to_crs(EQUAL_AREA)
    own = gpd.GeoSeries(
        shapes.reindex(official_sectors["unit"].str[:2]).to_numpy(), points.index, crs=EQUAL_AREA
    )
    metres = points.distance(own)
    assert (metres > 0).sum() == 17
    assert metres.max() < 300


@pytest.mark.data
def test_official_sectors_go_with_the_residents(official_moldova: CountryTables) -> None:
    """420 residents of 2014 a sector in the middle unit: a mark of size, ten years later."""
    needs = official_moldova.tables["needs"].query("source_id == @SOURCE").set_index("area_id")
    residents = official_moldova.tables["areas"].set_index("area_id")["population"]
    ratio = (residents.reindex(needs.index) / needs["value"]).astype("float64")
    assert 400 < ratio.median() < 440
    assert ratio.quantile([0.05, 0.95]).between(200, 700).all()
