"""What authorities declare beside what registers say: both kept, differences told."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from landscape.declared_tables import example_tables, with_declared
from landscape.errors import LandscapeError, SourceError, TableError
from landscape.inventory import load, save
from landscape.schemas import check_table
from landscape.sources.workbook.folder import read_folder
from landscape.tables import CountryTables
from landscape.workbook.authorities import prefill
from landscape.workbook.example import load_example
from landscape.workbook.filling import Filling
from landscape.workbook.write import write_workbook
from returned_workbook import Hand

Rules = Callable[[CountryTables], dict[str, list[str]]]


@pytest.fixture
def registers() -> CountryTables:
    """A country of one fictive authority, with what registers would know of it."""
    tables = example_tables("FR", [], Path())
    rows = dict(tables.tables)
    shared = {"source_id": "fr/register", "record": "row 1", "evidence": "register"}
    service = {
        "service_id": "fr/register/1", "count": 1, "name": "Foyer du Lac", "function": "old_age",
        "setting": "residential", "local_type": "x", "provider_type": "association",
        "delivery": "unknown", "capacity": 25, "position": "exact", "area_id": "FR_EX1",
        "year": 2016, **shared,
    }  # fmt: skip
    staff = {
        "area_id": "FR_EX1", "variable": "posts_filled", "year": 2025, "value": 100.0,
        "unit": "posts", "status": "A", **shared,
    }  # fmt: skip
    rows["services"] = check_table("services", pd.DataFrame([service]))
    rows["resources"] = check_table("resources", pd.DataFrame([staff]))
    return replace(tables, tables=rows, edition="example")


@pytest.fixture
def sent(registers: CountryTables, tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook prefilled from the registers into the folder of returned ones."""
    folder = tmp_path / "returned"
    folder.mkdir()

    def write(name: str = "a.xlsx", **forms: dict[str, object]) -> Path:
        rows = registers.tables
        observations = pd.concat([rows["needs"], rows["resources"]])
        known = prefill("FR_EX1", rows["areas"], observations, rows["services"], {})
        authority = replace(known, fictive=True)
        return write_workbook(folder / name, authority, "fr", 2026, Filling(forms=forms))

    return write


def told(tables: CountryTables) -> dict[str, list[str]]:
    """The messages of the findings, by rule."""
    found = tables.tables["findings"]
    return {str(rule): list(rows["message"]) for rule, rows in found.groupby("rule")}


def declared(tables: CountryTables, name: str) -> pd.DataFrame:
    rows = tables.tables[name]
    return rows[rows["evidence"] == "declared"]


def test_what_nobody_touched_is_not_an_answer(
    registers: CountryTables, sent: Callable[..., Path]
) -> None:
    path = sent()
    tables = with_declared(registers, read_folder(path.parent), path.parent)
    assert declared(tables, "services").empty
    assert declared(tables, "resources")["status"].unique().tolist() == ["M"]
    assert declared(tables, "governance")["answer"].isna().all()
    assert declared(tables, "participation")["answer"].isna().all()
    assert told(tables) == {}
    assert len(tables.tables["services"]) == 1


def test_a_difference_is_a_finding_and_both_stand(
    registers: CountryTables, sent: Callable[..., Path]
) -> None:
    hand = Hand(sent(resources={"posts_filled": 120}))
    hand.put("services", 1, "corrigée par nous", "state")
    hand.put("services", 1, 30, "places")
    path = hand.save()
    tables = with_declared(registers, read_folder(path.parent), path.parent)
    assert told(tables) == {
        "declared_differs": [
            "posts_filled: register 100, declared 120",
            "fr/register/1: places: register 25, declared 30",
        ]
    }
    services = tables.tables["services"].set_index("evidence")["capacity"]
    assert services.to_dict() == {"register": 25, "declared": 30}
    posts = tables.tables["resources"].query("variable.str.endswith('posts_filled')")
    values = posts.dropna(subset="value").set_index("variable")["value"].to_dict()
    assert values == {"posts_filled": 100, "declared_posts_filled": 120}


def test_a_figure_that_is_confirmed_is_declared(
    registers: CountryTables, sent: Callable[..., Path]
) -> None:
    hand = Hand(sent())
    hand.put("resources", "posts_filled", "oui", "confirmed")
    path = hand.save()
    tables = with_declared(registers, read_folder(path.parent), path.parent)
    rows = declared(tables, "resources").set_index("variable")
    assert rows.loc["declared_posts_filled", "value"] == 100
    assert told(tables) == {}


@pytest.mark.parametrize(
    ("state", "rule", "kept"),
    [
        ("service fermé", "declared_closed", 1),
        ("hors de notre territoire", "declared_elsewhere", 0),
    ],
)
def test_a_service_that_is_closed_or_elsewhere(
    state: str, rule: str, kept: int, registers: CountryTables, sent: Callable[..., Path]
) -> None:
    hand = Hand(sent())
    hand.put("services", 1, state, "state")
    path = hand.save()
    tables = with_declared(registers, read_folder(path.parent), path.parent)
    assert told(tables) == {rule: ["fr/register/1"]}
    assert len(declared(tables, "services")) == kept
    assert (tables.tables["services"]["evidence"] == "register").sum() == 1


def test_of_two_workbooks_the_later_stands_and_the_difference_is_told(
    registers: CountryTables, sent: Callable[..., Path]
) -> None:
    sent("z.xlsx", authority={"answered_on": "2026-05-01"}, framework={"strategy": "preparing"})
    path = sent("a.xlsx", authority={"answered_on": "2026-09-01"}, framework={"strategy": "yes"})
    tables = with_declared(registers, read_folder(path.parent), path.parent)
    rows = declared(tables, "governance").set_index("question")
    assert rows.loc["strategy", "answer"] == "yes"
    found = told(tables)
    assert "strategy: preparing, then yes" in found["answer_changed"]
    assert found["workbook_superseded"] == ["2 answer(s) differ in the later workbook"]
    counts = tables.accounting.iloc[-1]
    assert counts["rows_read"] == counts["rows_kept"] + counts["rows_rejected"]
    assert counts["rows_rejected"] == 1


def test_what_cannot_be_read_is_set_missing_and_told(
    registers: CountryTables, sent: Callable[..., Path]
) -> None:
    hand = Hand(sent(framework={"monitoring": "yes", "strategy_from": 2020, "strategy_to": 2024}))
    hand.put("framework", "monitoring", "peut-être")
    hand.put("framework", "strategy_to", 2010)
    hand.put("practices", 1, "Une pratique sans thème", "title")
    path = hand.save()
    tables = with_declared(registers, read_folder(path.parent), path.parent)
    rows = declared(tables, "governance").set_index("question")
    assert pd.isna(rows.loc["monitoring", "answer"])
    assert rows.loc["strategy_to", "value"] == 2010
    found = told(tables)
    assert len(found["answer_not_readable"]) == 1
    assert "is not on the list; write one of: oui" in found["answer_not_readable"][0]
    assert any("lies before 2020" in text for text in found["answer_doubtful"])
    assert found["answer_incomplete"] == ["a cell of the row is needed"]
    assert declared(tables, "practices").empty


def test_files_that_cannot_be_read_stop_the_folder(sent: Callable[..., Path]) -> None:
    path = sent()
    (path.parent / "b.xlsx").write_bytes(b"")
    (path.parent / "c.xlsx").write_text("x")
    (path.parent / "~$a.xlsx").write_text("open elsewhere")
    (path.parent / "note.txt").write_text("a letter")
    with pytest.raises(SourceError, match=r"b\.xlsx: the file is empty.*\(and 1 more\); mend it"):
        read_folder(path.parent)


def test_real_and_fictive_authorities_are_never_mixed(
    registers: CountryTables, sent: Callable[..., Path]
) -> None:
    path = sent()
    real = replace(registers, edition="full")
    with pytest.raises(SourceError, match="whose authorities are fictive"):
        with_declared(real, read_folder(path.parent), path.parent)
    each = load_example()["FR_EX2"]
    write_workbook(path.parent / "r.xlsx", replace(each.authority, fictive=False), "fr", 2026)
    with pytest.raises(SourceError, match="keep them in two folders"):
        read_folder(path.parent)


def test_an_area_that_is_not_there_is_refused(registers: CountryTables, tmp_path: Path) -> None:
    lost = replace(load_example()["FR_EX1"].authority, area_id="FR_EX9")
    write_workbook(tmp_path / "a.xlsx", lost, "fr", 2026)
    with pytest.raises(TableError, match="FR_EX9, which is not an area of the country today"):
        with_declared(registers, read_folder(tmp_path), tmp_path)


def test_an_edition_keeps_registers_and_answers_apart(
    registers: CountryTables, sent: Callable[..., Path], tmp_path: Path
) -> None:
    hand = Hand(sent())
    hand.put("services", 1, "oui, telle quelle", "state")
    path = hand.save()
    save(with_declared(registers, read_folder(path.parent), path.parent), tmp_path / "example")
    inventory = load("FR", tmp_path, tables="example")
    assert inventory.services["service_id"].tolist() == ["fr/register/1"]
    assert inventory.declared("services")["service_id"].tolist() == ["FR_EX1/workbook/6"]
    assert inventory.declared("governance")["evidence"].unique().tolist() == ["declared"]
    with pytest.raises(LandscapeError, match="no tables yet"):
        load("RO", tmp_path, tables="example")


def test_no_name_of_a_file_gets_into_the_tables(
    registers: CountryTables, sent: Callable[..., Path]
) -> None:
    path = sent("Inventaire Jeanne Dupont.xlsx", framework={"strategy": "yes"})
    tables = with_declared(registers, read_folder(path.parent), path.parent)
    assert list(tables.sources[-1].card.files) == ["FR_EX1_1.xlsx"]
    for name, rows in tables.tables.items():
        texts = rows.drop(columns="geometry", errors="ignore").astype("str")
        assert not texts.apply(lambda c: c.str.contains("Dupont")).any(axis=None), name
    shutil.rmtree(path.parent)
