"""Sarnitsa left Velingrad in 2015; settlements that changed municipality take their share along."""

import pandas as pd
import pytest

from landscape.cleaning.carried import carry_to
from landscape.tables import CountryTables


@pytest.mark.data
def test_velingrad_of_2011_is_shared_with_sarnitsa(official_bulgaria: CountryTables) -> None:
    """In 2014 the three settlements that left had 4,870 of 39,785 residents."""
    crosswalk = official_bulgaria.tables["crosswalk"]
    values = pd.DataFrame({"area_id": ["BG_PAZ08"], "people": [39_785]})
    carried = carry_to(values, crosswalk, on="2011-02-01", counts=["people"])
    people = carried.set_index("area_id")["people"].round()
    assert people.to_dict() == {"BG_PAZ08": 34_915, "BG_PAZ39": 4_870}
    assert set(carried["people_status"]) == {"E"}
    later = carry_to(values, crosswalk, on="2015-01-01", counts=["people"])
    assert later["people"].tolist() == [39_785]


@pytest.mark.data
def test_changes_end_in_municipalities_of_today(official_bulgaria: CountryTables) -> None:
    crosswalk = official_bulgaria.tables["crosswalk"]
    assert crosswalk["area_id_to"].isin(official_bulgaria.tables["areas"]["area_id"]).all()
    assert crosswalk["kind"].value_counts().to_dict() == {"transfer": 21, "creation": 4}
