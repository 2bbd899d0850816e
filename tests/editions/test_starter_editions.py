"""The starter edition of each country: whole where it must be, every row accounted for."""

from dataclasses import dataclass

import pandas as pd
import pytest

from landscape.answer_schemas import ANSWER_TABLES
from landscape.dictionaries import load_rules, load_variables
from landscape.inventory import Inventory, load, save
from landscape.paths import project
from landscape.provenance import STARTER
from landscape.schemas import TABLES, check_table
from landscape.sources.registry import countries
from landscape.tables import CountryTables, clean_country

#: Municipalities and counties, as each country's offices publish them (see SOURCES.md).
EXPECTED = {"RO": (3186, 42), "BG": (265, 28), "MD": (982, 37), "FR": (34_875, 101)}
WITH_EXTRACTS = [c for c in countries() if list(project().raw.glob(f"{c.lower()}/*/{STARTER}"))]


@dataclass
class Built:
    """What cleaning gave, and what was saved of it."""

    cleaned: CountryTables
    inventory: Inventory


pytestmark = pytest.mark.parametrize(
    "built",
    [pytest.param(c, marks=pytest.mark.xdist_group(f"starter_{c}")) for c in WITH_EXTRACTS],
    indirect=True,
    scope="module",
)


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp(request.param)
    raw = folder / "raw" / request.param.lower()
    for extract in project().raw.glob(f"{request.param.lower()}/*/{STARTER}"):
        (raw / extract.parent.name).mkdir(parents=True)
        for name in ("source.yml", STARTER):
            kept = extract.with_name(name).read_bytes()
            (raw / extract.parent.name / name).write_bytes(kept)
    cleaned = clean_country(request.param, folder / "raw")
    save(cleaned, folder / "processed")
    return Built(cleaned, load(request.param, folder / "processed"))


def test_all_areas_are_there(built: Built) -> None:
    areas = built.inventory.areas
    counts = areas["level"].value_counts()
    assert built.cleaned.edition == "starter"
    found = (counts["municipality"], counts["county"])
    assert found == EXPECTED[built.cleaned.card.code]
    levels = built.cleaned.card.levels
    assert found == (levels["municipality"].expected, levels["county"].expected)
    assert counts["country"] == 1


def test_areas_hang_together(built: Built) -> None:
    areas = built.inventory.areas.set_index("area_id")
    above = {"municipality": "county", "county": "country"}
    for level, parents in above.items():
        rows = areas[areas["level"] == level]
        assert (rows["parent_id"].map(areas["level"]) == parents).all()
    assert (areas["country"] == built.cleaned.card.code).all()
    assert areas.index.str.startswith(built.cleaned.card.code).all()
    assert areas["name"].str.strip().ne("").all()
    assert not areas["name"].str.contains("[şţŞŢ]").any(), "cedillas instead of commas"
    assert areas["geometry"].dropna().is_valid.all()
    counties = areas[areas["level"] == "county"]
    assert counties["geometry"].notna().all()
    size = pd.to_numeric(counties["area_km2"])
    assert size.gt(0).all()
    assert areas.loc[built.cleaned.card.code, "area_km2"] == pytest.approx(size.sum())


def test_rows_read_are_rows_kept_and_rejected(built: Built) -> None:
    accounting = built.cleaned.accounting.set_index("source_id")
    used, findings = built.cleaned.used, built.cleaned.tables["findings"]
    assert len(accounting) == len(list((project().raw / built.cleaned.card.code.lower()).iterdir()))
    assert accounting["rows_read"].gt(0).all()
    assert (accounting["rows_read"] == accounting["rows_kept"] + accounting["rows_rejected"]).all()
    rejected = findings[findings["action"] == "rejected"].groupby("source_id")["record"].nunique()
    assert rejected.reindex(accounting.index, fill_value=0).equals(accounting["rows_rejected"])
    kept = used.groupby("source_id")["record"].nunique()
    assert kept.reindex(accounting.index, fill_value=0).equals(accounting["rows_kept"])
    assert set(used["area_id"].dropna()) <= set(built.inventory.areas["area_id"])


def test_tables_keep_their_schemas(built: Built) -> None:
    inventory = built.inventory
    for name in TABLES:
        held = inventory.declared(name) if name in ANSWER_TABLES else getattr(inventory, name)
        table = pd.DataFrame(held).drop(columns="geometry", errors="ignore")
        pd.testing.assert_frame_equal(check_table(name, table)[list(table)], table)


def test_every_row_belongs_to_an_area_and_a_source(built: Built) -> None:
    areas = set(built.inventory.areas["area_id"])
    sources = set(built.inventory.sources)
    for name in ("needs", "resources", "services", "places"):
        table = getattr(built.inventory, name)
        assert set(table["area_id"]) <= areas, name
        assert set(table["source_id"]) <= sources, name
    findings = built.inventory.findings
    assert set(findings["area_id"].dropna()) <= areas
    assert set(findings["rule"]) <= set(load_rules())


def test_variables_are_those_of_the_dictionary(built: Built) -> None:
    units = {name: entry["unit"] for name, entry in load_variables().items()}
    for table in (built.inventory.needs, built.inventory.resources):
        assert (table["unit"] == table["variable"].map(units)).all()
        assert table["value"].notna().equals(~table["status"].isin(["M", "C"]))


def test_indicators_can_be_true(built: Built) -> None:
    rows = built.inventory.indicators
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
    level = built.inventory.areas.set_index("area_id")["level"]
    assert rows["level"].eq(rows["area_id"].map(level)).all()
    assert set(rows["source_ids"].str.split().explode()) <= set(built.inventory.sources)


def test_every_indicator_of_the_country_is_known_somewhere(built: Built) -> None:
    from landscape.indicators.catalogue import load_catalogue  # noqa: PLC0415

    promised = {n for n, i in load_catalogue().items() if built.cleaned.card.code in i.countries}
    rows = built.inventory.indicators
    # An entry made for each function has no rows where a country has no such service.
    plain = {n for n in promised if load_catalogue()[n].function == n}
    known = set(rows.loc[rows["value"].notna(), "indicator"])
    # What authorities declare comes with the workbooks that they return: none did here.
    declared = {n for n in plain if load_catalogue()[n].layer == "governance"}
    assert plain - declared <= known
    assert not declared & known


def test_population_adds_up(built: Built) -> None:
    """Counties and their municipalities tell the same population where they are of one year."""
    areas = built.inventory.areas.set_index("area_id")
    rows = areas[(areas["level"] == "municipality")]
    groups = rows.groupby("parent_id")
    whole = groups["population"].agg(lambda s: s.notna().all())
    years = groups["population_year"].agg(["min", "max"])
    same = whole & (years["min"] == years["max"])
    same &= areas["population_year"].reindex(same.index) == years["max"]
    sums = groups["population"].sum()[same]
    told = areas["population"].reindex(sums.index)
    assert (sums.astype(float) / told.astype(float)).sub(1).abs().lt(0.02).all()
