"""The starter edition of each country: whole where it must be, every row accounted for."""

from functools import lru_cache

import pandas as pd
import pytest

from landscape.answer_schemas import ANSWER_TABLES
from landscape.dictionaries import load_rules, load_variables
from landscape.inventory import Inventory, load
from landscape.paths import Project, project
from landscape.provenance import STARTER
from landscape.schemas import TABLES, check_table
from landscape.sources.registry import countries

#: Municipalities and counties, as each country's offices publish them (see SOURCES.md).
EXPECTED = {"RO": (3186, 42), "BG": (265, 28), "MD": (982, 37), "FR": (34_875, 101)}
WITH_EXTRACTS = [c for c in countries() if list(project().raw.glob(f"{c.lower()}/*/{STARTER}"))]

pytestmark = pytest.mark.parametrize("code", WITH_EXTRACTS)
load_once = lru_cache(load)


@pytest.fixture
def built(code: str, starter_tables: Project) -> Inventory:
    """The tables of a country as the command built and saved them."""
    return load_once(code, starter_tables.processed)


def test_all_areas_are_there(built: Inventory) -> None:
    areas = built.areas
    counts = areas["level"].value_counts()
    assert built.edition == "starter"
    found = (counts["municipality"], counts["county"])
    assert found == EXPECTED[built.country.code]
    levels = built.country.levels
    assert found == (levels["municipality"].expected, levels["county"].expected)
    assert counts["country"] == 1


def test_areas_hang_together(built: Inventory) -> None:
    areas = built.areas.set_index("area_id")
    above = {"municipality": "county", "county": "country"}
    for level, parents in above.items():
        rows = areas[areas["level"] == level]
        assert (rows["parent_id"].map(areas["level"]) == parents).all()
    assert (areas["country"] == built.country.code).all()
    assert areas.index.str.startswith(built.country.code).all()
    assert areas["name"].str.strip().ne("").all()
    assert not areas["name"].str.contains("[şţŞŢ]").any(), "cedillas instead of commas"
    assert areas["geometry"].dropna().is_valid.all()
    counties = areas[areas["level"] == "county"]
    assert counties["geometry"].notna().all()
    size = pd.to_numeric(counties["area_km2"])
    assert size.gt(0).all()
    assert areas.loc[built.country.code, "area_km2"] == pytest.approx(size.sum())


def test_rows_read_are_rows_kept_and_rejected(built: Inventory) -> None:
    accounting = built.accounting.set_index("source_id")
    used, findings = built.used, built.findings
    assert len(accounting) == len(list((project().raw / built.country.code.lower()).iterdir()))
    assert accounting["rows_read"].gt(0).all()
    assert (accounting["rows_read"] == accounting["rows_kept"] + accounting["rows_rejected"]).all()
    rejected = findings[findings["action"] == "rejected"].groupby("source_id")["record"].nunique()
    assert rejected.reindex(accounting.index, fill_value=0).equals(accounting["rows_rejected"])
    kept = used.groupby("source_id")["record"].nunique()
    assert kept.reindex(accounting.index, fill_value=0).equals(accounting["rows_kept"])
    assert set(used["area_id"].dropna()) <= set(built.areas["area_id"])


def test_tables_keep_their_schemas(built: Inventory) -> None:
    for name in TABLES:
        held = built.declared(name) if name in ANSWER_TABLES else getattr(built, name)
        table = pd.DataFrame(held).drop(columns="geometry", errors="ignore")
        pd.testing.assert_frame_equal(check_table(name, table)[list(table)], table)


def test_every_row_belongs_to_an_area_and_a_source(built: Inventory) -> None:
    areas = set(built.areas["area_id"])
    sources = set(built.sources)
    for name in ("needs", "resources", "services", "places"):
        table = getattr(built, name)
        assert set(table["area_id"]) <= areas, name
        assert set(table["source_id"]) <= sources, name
    findings = built.findings
    assert set(findings["area_id"].dropna()) <= areas
    assert set(findings["rule"]) <= set(load_rules())


def test_variables_are_those_of_the_dictionary(built: Inventory) -> None:
    units = {name: entry["unit"] for name, entry in load_variables().items()}
    for table in (built.needs, built.resources):
        assert (table["unit"] == table["variable"].map(units)).all()
        assert table["value"].notna().equals(~table["status"].isin(["M", "C"]))


def test_indicators_can_be_true(built: Inventory) -> None:
    rows = built.indicators
    known = rows["value"].notna()
    assert known.any()
    assert rows["status"].isin(["A", "E", "B"]).equals(known)
    assert rows.loc[~known, ["low", "high"]].isna().all(axis=None)
    with_bounds = rows[rows["low"].notna()].astype(
        dict.fromkeys(("value", "low", "high"), "float64")
    )
    assert (with_bounds["low"] <= with_bounds["value"] + 1e-9).all()
    assert (with_bounds["value"] <= with_bounds["high"] + 1e-9).all()
    assert (rows.loc[known, "coverage"] > 0).all()
    assert rows.loc[rows["status"] == "A", "coverage"].ge(0.999).all()
    level = built.areas.set_index("area_id")["level"]
    assert rows["level"].eq(rows["area_id"].map(level)).all()
    assert set(rows["source_ids"].str.split().explode()) <= set(built.sources)


def test_every_indicator_of_the_country_is_known_somewhere(built: Inventory) -> None:
    from landscape.indicators.catalogue import load_catalogue  # noqa: PLC0415

    promised = {n for n, i in load_catalogue().items() if built.country.code in i.countries}
    rows = built.indicators
    # An entry made for each function has no rows where a country has no such service.
    plain = {n for n in promised if load_catalogue()[n].function == n}
    known = set(rows.loc[rows["value"].notna(), "indicator"])
    # What authorities declare comes with the workbooks that they return: none did here.
    declared = {n for n in plain if load_catalogue()[n].layer == "governance"}
    assert plain - declared <= known
    assert not declared & known


def test_population_adds_up(built: Inventory) -> None:
    """Counties and their municipalities tell the same population where they are of one year."""
    areas = built.areas.set_index("area_id")
    rows = areas[(areas["level"] == "municipality")]
    groups = rows.groupby("parent_id")
    whole = groups["population"].agg(lambda s: s.notna().all())
    years = groups["population_year"].agg(["min", "max"])
    same = whole & (years["min"] == years["max"])
    same &= areas["population_year"].reindex(same.index) == years["max"]
    sums = groups["population"].sum()[same]
    told = areas["population"].reindex(sums.index)
    assert (sums.astype(float) / told.astype(float)).sub(1).abs().lt(0.02).all()
