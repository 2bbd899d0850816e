"""Every figure of the starter edition leads back to records that give it again."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import landscape
from landscape.errors import LandscapeError, UsageError
from landscape.inventory import Inventory, load
from landscape.paths import Project
from landscape.tracing import Trace, find_area, trace
from landscape.tracing.records import list_records
from starter_project import run_landscape

README = Path(__file__).parents[2] / "README.md"
COUNTRIES = ("RO", "BG", "MD", "FR")
#: Figures traced a country; every indicator and level is traced where `slow` tests run.
SOME, ALL = 30, 1000


@pytest.fixture(scope="session")
def inventories(starter_tables: Project) -> Callable[[str], Inventory]:
    loaded = {code: load(code, starter_tables.processed) for code in COUNTRIES}
    return loaded.__getitem__


@pytest.fixture(autouse=True)
def at_home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))


def sample(inventory: Inventory, most: int) -> pd.DataFrame:
    """Figures of every indicator and level, with and without a value: one of each kind at most.

    Kinds come in an order of their own, in which each level soon has its turn.
    """
    rows = inventory.indicators.sample(frac=1, random_state=11)
    kinds = ["indicator", "level", "no_value"]
    one_each = rows.assign(no_value=rows["value"].isna()).drop_duplicates(kinds)
    return one_each.sample(frac=1, random_state=3).head(most)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("most", [SOME, pytest.param(ALL, marks=pytest.mark.slow)])
def test_the_records_give_the_figure_again(
    country: str, most: int, inventories: Callable[[str], Inventory]
) -> None:
    inventory = inventories(country)
    figures = sample(inventory, most)
    assert set(figures["level"]) == {"municipality", "county", "country"}
    for row in figures.to_dict("records"):
        found = trace(row["area_id"], row["indicator"], inventory)
        where = f"{row['indicator']} of {row['area_id']}"
        if pd.isna(row["value"]):
            assert found.recomputed is None, where
        else:
            assert found.recomputed == pytest.approx(row["value"], rel=1e-6), where
            assert set(found.sources["source_id"]) <= set(row["source_ids"].split()), where
        inputs = found.inputs["value"].astype("Float64")
        if pd.notna(row["numerator"]):
            assert pd.isna(row["denominator"]) == pd.isna(inputs.iloc[-1]), where


def test_a_wrong_figure_is_noticed(inventories: Callable[[str], Inventory]) -> None:
    found = trace("RO_1017", "staff_per_1000", inventories("RO"))
    wrong = found.figure.copy()
    wrong["value"] += 0.01
    other = Trace(found.inventory, found.indicator, found.area, wrong, found.evidence)
    with pytest.raises(LandscapeError, match="from the records"):
        _ = other.recomputed


def test_a_county_lists_its_records_by_municipality(
    inventories: Callable[[str], Inventory],
) -> None:
    found = trace("RO_10", "associations_per_1000", inventories("RO"))
    counted = found.observations[found.observations["input"] == "associations"]
    assert counted["area_id"].nunique() == len(counted) == 78
    records = found.records[found.records["source_id"] == "ro/associations"]
    raw = found.read_rows("ro/associations", most=len(records))
    assert set(raw["county"]) == {"ALBA", "NEPRECIZAT"}
    assert pd.to_numeric(raw["associations"]).sum() == found.figure["numerator"]


def test_a_service_leads_to_its_line_of_the_register(
    inventories: Callable[[str], Inventory],
) -> None:
    found = trace("RO_1017", "services_per_10000", inventories("RO"))
    raw = found.read_rows("ro/social_services", most=100)
    assert len(raw) == found.figure["numerator"]
    assert set(raw["place"].str.casefold()) == {"alba iulia"}
    assert (found.corrections["action"] == "corrected").all()
    assert len(found.corrections)


def test_a_distance_leads_to_the_nearest_service(
    inventories: Callable[[str], Inventory],
) -> None:
    found = trace("RO_10", "distance_to_service_km", inventories("RO"))
    assert found.observations["weight"].sum() == pytest.approx(1)
    assert len(found.observations) == 78
    assert trace("RO_1017", "distance_to_service_km", inventories("RO")).records.shape[0] == 1


def test_a_zero_of_a_complete_register_has_no_record(
    inventories: Callable[[str], Inventory],
) -> None:
    inventory = inventories("RO")
    rows = inventory.indicators
    zero = rows[(rows["indicator"] == "services_per_10000") & (rows["value"] == 0)].iloc[0]
    found = trace(zero["area_id"], "services_per_10000", inventory)
    assert found.inputs.set_index("input")["observations"].to_dict() == {
        "services": 0,
        "population": 1,
    }
    assert found.recomputed == 0


def test_a_confidential_figure_stays_so(inventories: Callable[[str], Inventory]) -> None:
    inventory = inventories("FR")
    rows = inventory.indicators
    few = rows[(rows["indicator"] == "unemployment_15_64") & (rows["status"] == "C")].iloc[0]
    found = trace(few["area_id"], "unemployment_15_64", inventory)
    assert found.inputs["value"].isna().all()
    assert found.observations["value"].isna().all()
    assert "confidential" in repr(found)
    with pytest.raises(LandscapeError, match="confidential"):
        found.read_rows("fr/unemployment")


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_shortened_list_of_records_is_made_whole(
    country: str, inventories: Callable[[str], Inventory]
) -> None:
    inventory = inventories(country)
    tables = (inventory.needs, inventory.resources, inventory.services)
    columns = ["source_id", "record", "area_id"]
    rows = pd.concat([table[columns] for table in tables]).drop_duplicates()
    short = rows[rows["record"].str.contains(" more$|^records: ")]
    found = list_records(short, inventory.used)
    # Two figures of a département come from one file, which does not tell their records apart.
    open_ones = found["record"].str.contains(" more$|^records: ")
    levels = found["area_id"].map(inventory.areas.set_index("area_id")["level"])
    assert set(found.loc[open_ones, "source_id"]) <= {"fr/dotations"}
    assert set(levels[open_ones]) <= {"county"}
    found = found[~open_ones]
    known = pd.MultiIndex.from_frame(inventory.used[columns])
    assert pd.MultiIndex.from_frame(found[columns]).isin(known).all()


def test_it_tells_what_a_person_should_type() -> None:
    with pytest.raises(UsageError, match="did you mean 'staff_per_1000'"):
        trace("RO_1017", "staff_per_100")
    with pytest.raises(UsageError, match="unknown area 'RO_1017x'; did you mean 'RO_1017'"):
        trace("RO_1017x", "staff_per_1000")
    with pytest.raises(LandscapeError, match="known at: county, country"):
        landscape.trace("RO_1017", "net_wage")


def test_an_area_is_found_by_its_name(inventories: Callable[[str], Inventory]) -> None:
    inventory = inventories("RO")
    assert find_area("Alba Iulia", inventory) == "RO_1017"
    assert find_area("RO_10", inventory) == "RO_10"
    with pytest.raises(UsageError, match=r"3 areas.*choose one of RO_\d+, RO_\d+, RO_\d+"):
        find_area("Victoria", inventory)
    with pytest.raises(UsageError, match="no such name"):
        find_area("Nowhere at all", inventory)


def test_its_words_carry_no_control_character(inventories: Callable[[str], Inventory]) -> None:
    found = trace("RO_1017", "services_per_10000", inventories("RO"))
    poisoned = found.findings.assign(message="\x1b[31m<script>\u202e")
    found.__dict__["findings"] = poisoned
    assert "\x1b" not in repr(found)
    assert "\u202e" not in repr(found)
    assert "<script>" not in found._repr_html_()


def test_the_example_of_the_readme_is_what_the_command_prints(starter_tables: Project) -> None:
    text = README.read_text(encoding="utf-8")
    example = text.partition("$ landscape ")[2].partition("```")[0].splitlines()
    told = run_landscape(starter_tables, *example[0].split()).splitlines()
    shown = [line for line in example[1:] if line != "..."]
    assert len(shown) >= 5
    assert [line for line in shown if line not in told] == []


def test_the_command(starter_tables: Project) -> None:
    words = ("trace", "Aiud", "staff_per_1000", "--country", "RO")
    told = run_landscape(starter_tables, *words)
    assert "ro/uat_staff" in told
    assert "licence" in told
    content = json.loads(run_landscape(starter_tables, *words, "--json"))
    assert content["figure"]["area_id"] == "RO_1213"
    assert content["recomputed"] == pytest.approx(content["figure"]["value"])
    assert {row["source_id"] for row in content["records"]} == {
        "ro/uat_staff",
        "ro/population_2021",
    }
