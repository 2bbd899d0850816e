"""Tables that break their schema are named, with the rows at fault."""

import pandas as pd
import pytest

from landscape.errors import TableError
from landscape.schemas import TABLES, check_table, empty_table

NEED = {
    "area_id": "XX_1",
    "variable": "population",
    "year": 2020,
    "value": 5,
    "unit": "persons",
    "status": "A",
    "source_id": "xx/census",
    "record": "row 1",
}
AREA = {"area_id": "XX_1", "country": "XX", "level": "county", "code": "1", "name": "One"}


@pytest.mark.parametrize("name", list(TABLES))
def test_every_column_is_described_by_its_schema(name: str) -> None:
    empty = empty_table(name)
    assert empty.empty
    assert list(empty) == [c for c, kind in TABLES[name].columns.items() if kind.required]
    pd.testing.assert_frame_equal(check_table(name, empty), empty)


def test_columns_that_may_be_missing_are_added_empty() -> None:
    area = check_table("areas", pd.DataFrame([AREA]))
    assert area["population"].isna().all()
    assert area["name_latin"].isna().all()
    assert str(area["population"].dtype) == "Float64"
    assert str(area["name_latin"].dtype) == "str"


@pytest.mark.parametrize(
    ("name", "row", "says"),
    [
        ("areas", {**AREA, "level": "village"}, "level"),
        ("areas", {**AREA, "population": -1}, "population"),
        ("areas", {**AREA, "name": None}, "name"),
        ("areas", {**AREA, "mayor": "A Person"}, "unknown column.s. mayor"),
        ("needs", {**NEED, "value": None}, "status is not M or C"),
        ("needs", {**NEED, "year": 20}, "year"),
        ("needs", {**NEED, "status": "X"}, "status"),
        ("needs", {k: v for k, v in NEED.items() if k != "unit"}, "unit"),
    ],
)
def test_what_breaks_a_schema_is_told_in_one_line(name: str, row: dict, says: str) -> None:
    with pytest.raises(TableError, match=f"xx/census: table {name}: .*{says}") as told:
        check_table(name, pd.DataFrame([row]), "xx/census")
    assert "\n" not in str(told.value)


def test_an_observation_stands_once() -> None:
    with pytest.raises(TableError, match="table needs"):
        check_table("needs", pd.DataFrame([NEED, {**NEED, "value": 6}]))
    other = {**NEED, "source_id": "xx/register"}
    assert len(check_table("needs", pd.DataFrame([NEED, other]))) == 2
