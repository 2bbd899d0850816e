"""Support for citizen participation: codes of every tier, without their zeros."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import citizen_engagement
from landscape.tables import CountryTables
from row_orders import row_orders

Frame = Callable[[str], pd.DataFrame]
Contexts = Callable[[str], Context]
SOURCE = "fr/citizen_engagement"


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    resources = france.tables["resources"]
    rows = resources[resources["source_id"] == SOURCE]
    compare_with_golden(rows, "citizen_engagement.resources")


@pytest.mark.parametrize(("column", "value"), [("tier", "canton"), ("programme", "XYZ")])
def test_an_unknown_value_stops(column: str, value: str, frame: Frame, context: Contexts) -> None:
    with pytest.raises(SourceError, match=value):
        citizen_engagement.clean(
            frame("citizen_engagement").assign(**{column: value}), context("citizen_engagement")
        )


def test_themes_and_links_are_not_read(frame: Frame) -> None:
    rows = frame("citizen_engagement")
    assert set(rows.columns) == {"code", "name", "tier", "programme", "record"}


@row_orders
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed: int, frame: Frame, context: Contexts) -> None:
    rows = frame("citizen_engagement")
    keys = ["area_id", "variable"]
    results = [
        citizen_engagement.clean(each, context("citizen_engagement")).tables["resources"]
        for each in (rows, rows.sample(frac=1, random_state=seed).reset_index(drop=True))
    ]
    first, second = (
        result[[*keys, "value"]].sort_values(keys, ignore_index=True) for result in results
    )
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.data
def test_official_counts(official_france: CountryTables) -> None:
    resources = official_france.tables["resources"].query("source_id == @SOURCE")
    groups = resources.groupby("variable")["value"]
    communes, councils = "participation_programmes", "participation_programmes_county_council"
    assert groups.size().to_dict() == {communes: 34_875, councils: 101}
    assert groups.sum().to_dict() == {communes: 130, councils: 16}
    book = official_france.accounting.set_index("source_id").loc[SOURCE]
    assert book.tolist() == [230, 146, 84]
    findings = official_france.tables["findings"].query("source_id == @SOURCE")
    assert findings["rule"].value_counts().to_dict() == {
        "outside_scope": 77,
        "duplicate_record": 7,
    }
    joined = resources.set_index("area_id")["value"]
    assert joined[["FR_73065", "FR_09306", "FR_06", "FR_01"]].tolist() == [1, 1, 1, 1]
