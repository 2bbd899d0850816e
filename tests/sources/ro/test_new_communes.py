"""Communes set up anew take their part of the figures of the commune they left."""

import json
from pathlib import Path

import pandas as pd
import pytest

from landscape.cleaning.carried import carry_to
from landscape.tables import CountryTables

pytestmark = pytest.mark.data
CENSUS_2002 = "2002-03-18"


def test_a_figure_of_2002_is_shared_between_old_and_new_commune(
    official_romania: CountryTables,
) -> None:
    """Câlnic in Alba, of which Cut was a part: 1,810 and 1,054 residents in 2021."""
    crosswalk = official_romania.tables["crosswalk"]
    values = pd.DataFrame({"area_id": ["RO_4106"], "people": [2_864]})
    carried = carry_to(values, crosswalk, on=CENSUS_2002, counts=["people"])
    assert carried.set_index("area_id")["people"].round().to_dict() == {
        "RO_4106": 1_810,
        "RO_9019": 1_054,
    }
    assert set(carried["people_status"]) == {"E"}


def test_a_list_that_has_both_stays_as_it_is(official_romania: CountryTables) -> None:
    crosswalk = official_romania.tables["crosswalk"]
    values = pd.DataFrame({"area_id": ["RO_4106", "RO_9019"], "people": [1_900, 1_000]})
    carried = carry_to(values, crosswalk, on="2008-01-01", counts=["people"])
    assert carried["people"].tolist() == [1_900, 1_000]
    assert set(carried["people_status"]) == {"A"}


def test_every_new_commune_is_counted_on_its_own_in_2011(
    official: Path, official_romania: CountryTables
) -> None:
    """The date given for all of them says no more than that."""
    path = official / "ro/uat_boundaries/uat.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    counted = {f"RO_{f['properties']['natcode']}" for f in features if f["properties"]["pop2011"]}
    crosswalk = official_romania.tables["crosswalk"]
    new = crosswalk[crosswalk["area_id_from"] != crosswalk["area_id_to"]]
    assert len(new) == 235
    assert set(new["area_id_to"]) <= counted
    assert set(new["date"]) == {"2011-07-01"}
    sums = crosswalk.groupby("area_id_from")["share"].sum()
    assert sums.sub(1).abs().max() < 1e-9
