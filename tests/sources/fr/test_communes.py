"""Shapes of the communes: put together, measured, and told when they are of another time."""

from collections.abc import Callable

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import communes
from landscape.tables import CountryTables

Frame = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def areas(france: CountryTables) -> pd.DataFrame:
    return france.tables["areas"].set_index("area_id")


def test_a_commune_without_a_shape_gets_that_of_its_parts(areas: pd.DataFrame) -> None:
    shape = areas.loc["FR_12218", "geometry"]
    assert shape.bounds == pytest.approx((2.4, 44.5, 2.5, 44.7))


def test_the_point_is_the_town_hall_if_that_lies_inside(areas: pd.DataFrame) -> None:
    assert (areas.loc["FR_12202", "lon"], areas.loc["FR_12202", "lat"]) == (2.52, 44.32)
    assert areas.loc["FR_2A004", "lon"] == pytest.approx(8.75)


def test_the_size_of_an_outdated_shape_is_not_used(areas: pd.DataFrame) -> None:
    for area_id in ("FR_93066", "FR_15141"):
        assert areas.loc[area_id, "geometry"] is not None
        assert pd.isna(areas.loc[area_id, "area_km2"])


def test_shapes_left_out_of_an_extract_are_not_reported_as_lacking(
    frame: Frame, context: Callable[[str], Context]
) -> None:
    bare = pd.DataFrame(frame("communes")).assign(geometry=None)
    result = communes.clean(bare, context("communes"))
    lacking = result.findings.query("rule == 'value_missing'")
    assert lacking["record"].tolist() == ["row 4"]
    assert result.tables["areas"].set_index("area_id").loc["FR_12218", "area_km2"] > 100


def test_an_unknown_type_stops(frame: Frame, context: Callable[[str], Context]) -> None:
    with pytest.raises(SourceError, match="CANTON"):
        communes.clean(frame("communes").assign(type="CANTON"), context("communes"))


@pytest.mark.data
def test_official_shapes(official_france: CountryTables) -> None:
    areas = official_france.tables["areas"].set_index("area_id")
    municipalities = areas[areas["level"] == "municipality"]
    assert municipalities["geometry"].isna().sum() == 4
    # Four without a shape, 39 shapes older than the last merger, one older than a split.
    assert municipalities["area_km2"].isna().sum() == 4 + 39 + 1
    sums = municipalities.groupby("parent_id")["area_km2"].sum().astype("float64")
    ratio = sums / areas["area_km2"].reindex(sums.index).astype("float64")
    assert ratio.between(0.93, 1.01).all()
    assert areas.loc["FR_75", "area_km2"] == pytest.approx(105, abs=1)
    assert areas.loc["FR", "area_km2"] == pytest.approx(638_000, rel=0.01)
