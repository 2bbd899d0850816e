"""Local budgets: town halls, county councils and whole counties are three things."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.provenance import RawFolder, sha256_of
from landscape.sources.contract import Context
from landscape.sources.ro import local_budgets
from landscape.tables import CountryTables
from row_orders import row_orders

SOURCE = "ro/local_budgets"


@pytest.fixture(scope="module")
def frame(folder_of: Callable[[str], RawFolder]) -> pd.DataFrame:
    return local_budgets.read(folder_of("local_budgets"))


@pytest.fixture(scope="module")
def context(context_of: Callable[[str], Context]) -> Context:
    return context_of("local_budgets")


def test_budgets_are_as_the_golden_table_says(small_romania, golden):
    resources = small_romania.tables["resources"]
    golden("local_budgets", resources[resources["source_id"] == SOURCE])


def test_what_was_noticed(findings_of):
    assert findings_of("local_budgets") == [
        ("uat-alba-2023.json item 4", "unknown_area", "rejected"),
        ("county-2023-chapter65-education.json item 4", "value_missing", "kept"),
        ("uat-income-alba-2023.json item 2", "value_not_readable", "set_missing"),
    ]


def test_the_country_is_there_only_where_every_county_is_known(small_romania):
    resources = small_romania.tables["resources"]
    whole = resources[(resources["source_id"] == SOURCE) & (resources["area_id"] == "RO")]
    assert whole["variable"].tolist() == ["local_budget_spending"]
    used = small_romania.used
    behind = used[(used["source_id"] == SOURCE) & (used["area_id"] == "RO")]
    assert len(behind) == 5


def test_a_file_whose_name_says_nothing_stops(folder_of, tmp_path: Path):
    folder = folder_of("local_budgets")
    path = tmp_path / "budgets.json"
    path.write_text(json.dumps({"heatmapUATData": []}), encoding="utf-8")
    card = folder.card.model_copy(update={"files": {path.name: sha256_of(path)}})
    with pytest.raises(SourceError, match=r"budgets\.json: the name does not tell"):
        local_budgets.read(replace(folder, path=tmp_path, card=card))


@row_orders
@given(order=st.permutations(range(22)), kept=st.integers(1, 22))
def test_rows_may_come_in_any_order_and_number(order, kept, frame, context):
    straight = local_budgets.clean(frame.iloc[sorted(order[:kept])], context)
    mixed = local_budgets.clean(frame.iloc[order[:kept]], context)
    assert mixed.rows_kept + mixed.rows_rejected == kept
    keys = ["variable", "year", "area_id"]
    pd.testing.assert_frame_equal(
        straight.tables["resources"].sort_values(keys, ignore_index=True),
        mixed.tables["resources"].sort_values(keys, ignore_index=True),
    )


@pytest.fixture(scope="module")
def official_budgets(official_romania: CountryTables) -> pd.Series:
    """The official amounts by variable, year and area."""
    resources = official_romania.tables["resources"]
    rows = resources[resources["source_id"] == SOURCE]
    keys = ["variable", "year", "area_id"]
    return rows.set_index(keys)["value"].astype("float64").sort_index()


@pytest.mark.data
def test_every_official_amount_is_kept(official_romania, official_budgets):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_kept"], rows["rows_rejected"]) == (521, 521, 0)
    assert official_budgets.notna().all() and (official_budgets > 0).all()
    counts = official_budgets.groupby(["variable", "year"]).size().to_dict()
    assert counts == {
        ("county_council_budget_education_spending", 2023): 1,
        ("county_council_budget_income", 2023): 1,
        ("county_council_budget_spending", 2023): 3,
        ("local_budget_education_spending", 2023): 1 + 42 + 81,
        ("local_budget_income", 2023): 1 + 42 + 81,
        ("local_budget_spending", 2022): 1 + 42,
        ("local_budget_spending", 2023): 1 + 42 + 81 + 99 + 6,
    }
    assert official_budgets["local_budget_spending", 2023, "RO"] == 143_521_630_495.72


@pytest.mark.data
@pytest.mark.parametrize(
    ("figure", "county"),
    [
        ("spending", "RO_127"),
        ("income", "RO_127"),
        ("education_spending", "RO_127"),
        ("spending", "RO_350"),
        ("spending", "RO_403"),
    ],
)
def test_an_official_county_is_its_town_halls_and_its_council(
    figure, county, official_budgets, official_romania
):
    areas = official_romania.tables["areas"].set_index("area_id")
    own = official_budgets[f"local_budget_{figure}", 2023]
    parts = own[areas["parent_id"].reindex(own.index) == county]
    assert len(parts) == (areas["parent_id"] == county).sum()
    council = official_budgets[f"county_council_budget_{figure}", 2023, county]
    assert own[county] == pytest.approx(parts.sum() + council, abs=0.01)
