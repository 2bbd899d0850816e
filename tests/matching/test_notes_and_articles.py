"""Marks of notes are no part of a name; an article tells two communes apart."""

import pandas as pd
import pytest

from landscape.matching import Gazetteer, load_rules, match_names
from landscape.matching.normal_form import NormalForm

AREAS = pd.DataFrame(
    [
        ("FR_25", "FR", "county", "Doubs", None),
        ("FR_25346", "FR", "municipality", "Longeville", "FR_25"),
        ("FR_25390", "FR", "municipality", "Montflovin", "FR_25"),
        ("FR_25001", "FR", "municipality", "Abbans-Dessous", "FR_25"),
    ],
    columns=["area_id", "country", "level", "name", "parent_id"],
)
PLACES = pd.DataFrame({"area_id": ["FR_25390"], "name": ["La Longeville"], "kind": ["former_area"]})


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("POPLACA*10", "poplaca"),
        ("Or. Chișinău**", "or chisinau"),
        ("Sibiu²", "sibiu"),
        ("Alba * 2", "alba"),
        ("Sector 1", "bucuresti sectorul 1"),
        ("1 Decembrie", "1 decembrie"),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_the_name(printed: str, name: str) -> None:
    assert NormalForm(load_rules("RO")).words(printed) == name


@pytest.mark.parametrize(
    ("name", "area_id"),
    [
        ("La Longeville", "FR_25390"),
        ("Longeville (La)", "FR_25390"),
        ("Longeville", "FR_25346"),
        ("Le Longeville", "FR_25346"),
    ],
)
def test_a_name_with_its_article_is_that_of_the_former_commune(name: str, area_id: str) -> None:
    found = match_names(pd.Series([name]), Gazetteer.build(AREAS, PLACES))
    assert found["area_id"].tolist() == [area_id]
