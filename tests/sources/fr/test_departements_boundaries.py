"""Boundaries of the départements."""

from collections.abc import Callable

import pandas as pd
import pytest

from landscape.sources.contract import Context
from landscape.sources.fr import departements_boundaries
from landscape.tables import CountryTables


def test_every_county_has_its_shape_and_size(france: CountryTables) -> None:
    counties = france.tables["areas"].query("level == 'county'")
    assert counties["geometry"].notna().all()
    assert (counties["area_km2"] > 0).all()


def test_an_unknown_code_is_rejected(
    frame: Callable[[str], pd.DataFrame], context: Callable[[str], Context]
) -> None:
    rows = frame("departements_boundaries")
    rows = rows.assign(code=rows["code"].replace("12", "20"))
    result = departements_boundaries.clean(rows, context("departements_boundaries"))
    assert result.rows_rejected == 1
    assert result.findings["rule"].tolist() == ["unknown_area"]


@pytest.mark.data
def test_official_boundaries(official_france: CountryTables) -> None:
    counties = official_france.tables["areas"].query("level == 'county'").set_index("area_id")
    assert len(counties) == 101
    assert counties["geometry"].notna().all()
    assert counties.loc["FR_974", "lat"] == pytest.approx(-21.1, abs=0.3)
    assert counties.loc["FR_973", "area_km2"] == pytest.approx(83_600, rel=0.01)
