"""The commands ``workbook``, ``check`` and ``tables --example``, as a person meets them."""

import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from landscape import cli
from landscape.cleaning.open_workbook import open_workbook
from landscape.declared_tables import example_tables
from landscape.errors import LandscapeError
from landscape.inventory import save
from landscape.schemas import check_table
from landscape.sending import write_round
from landscape.workbook.example import load_example
from landscape.workbook.questionnaire import SHEETS, load_questionnaire
from landscape.workbook.read import read_workbook
from returned_workbook import Hand


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object
) -> tuple[int, str, str]:
    """Calls the command in this process: exit code, stdout, stderr."""
    monkeypatch.setattr(sys, "argv", ["landscape", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_the_twelve_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(monkeypatch, capsys, "workbook", "--example", "--out", tmp_path / "r")
    assert (code, err) == (0, "")
    paths = sorted((tmp_path / "r").iterdir())
    assert {path.name[:2] for path in paths} == {"BG", "FR", "MD", "RO"}
    assert len(paths) == 12
    assert out == f"12 workbook(s) in {tmp_path / 'r'}\n"


def test_check_says_all_is_well_or_a_line_a_problem(
    filled: Path,
    hand: Hand,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(monkeypatch, capsys, "check", filled)
    assert (code, len(out.splitlines())) == (0, 1)
    assert "aucun problème" in out
    hand.put("framework", "monitoring", "?")
    hand.put("needs", "old_age", "?", "persons")
    code, out, err = run(monkeypatch, capsys, "check", hand.save())
    assert (code, err) == (1, "")
    assert [line.partition(" ")[0] for line in out.splitlines()] == ["Cadre,", "Besoins,"]
    code, out, err = run(monkeypatch, capsys, "check", hand.path.with_name("none.xlsx"))
    assert (code, out) == (1, "")
    assert err.endswith("none.xlsx: no such file\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["workbook", "--example"], "Missing option '--out'"),
        (["workbook", "--out", "x"], "workbook needs --country and --areas"),
        (["workbook", "--country", "FR", "--out", "x"], "workbook needs --country and --areas"),
        (["workbook", "--example", "--country", "FR", "--out", "x"], "leave out --country"),
        (["workbook", "--example", "--lang", "de", "--out", "x"], "unknown language 'de'"),
        (["tables", "--example"], "tables --example needs --workbooks DIR"),
    ],
)
def test_wrong_words_are_one_line(
    words: list[str],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(monkeypatch, capsys, *words)
    assert (code, out) == (2, "")
    assert says in err and len(err.splitlines()) == 1


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose France has two areas, and one service that a register lists."""
    tables = example_tables("FR", [], tmp_path)
    shared = {"source_id": "fr/register", "record": "row 1", "evidence": "register"}
    service = {
        "service_id": "fr/register/1", "count": 1, "name": "Foyer du Lac", "setting": "residential",
        "local_type": "x", "provider_type": "association", "delivery": "unknown", "capacity": 25,
        "position": "exact", "area_id": "FR_EX1", "year": 2016, **shared,
    }  # fmt: skip
    staff = {
        "area_id": "FR_EX1", "variable": "posts_filled", "year": 2025, "value": 100.0,
        "unit": "posts", "status": "A", **shared,
    }  # fmt: skip
    tables.tables["services"] = check_table("services", pd.DataFrame([service]))
    tables.tables["resources"] = check_table("resources", pd.DataFrame([staff]))
    save(tables, tmp_path / "data" / "processed")
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))
    return tmp_path


def test_workbooks_are_prefilled_from_the_registers(home: Path) -> None:
    (home / "ids.csv").write_text("name;area_id\nExemple;FR_EX1\nModèle;FR_EX2\n;\n", "utf-8")
    paths = write_round("FR", home / "ids.csv", "ro", 2026, home / "sent")
    assert [path.name for path in paths] == ["FR_EX1_ro.xlsx", "FR_EX2_ro.xlsx"]
    hand = Hand(paths[0])
    assert hand.cell("services", 1, "name").value == "Foyer du Lac"
    assert hand.cell("services", 1, "places").value == 25
    assert (
        hand.cell("resources", "posts_filled", "registers_say").value == "100 (2025). fr/register"
    )
    assert hand.cell("resources", "posts_filled").value is None
    assert read_workbook(paths[0]).problems == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("code\n1\n", "has no column area_id; 'landscape match' adds it"),
        ("area_id\nFR_99999\n", "not areas of FR: FR_99999"),
        ("area_id\n", "not areas of FR: it lists none"),
        ("", "has no column area_id"),
    ],
)
def test_a_list_of_areas_that_does_not_fit(content: str, says: str, home: Path) -> None:
    (home / "ids.csv").write_text(content, "utf-8")
    with pytest.raises(LandscapeError, match=says):
        write_round("FR", home / "ids.csv", None, 2026, home / "sent")


def test_a_workbook_is_locked_but_for_its_answers_and_has_its_lists(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    assert len(book.worksheets) == len(SHEETS) + 1
    assert book.worksheets[-1].sheet_state == "hidden"
    for page in book.worksheets:
        assert page.protection.sheet
    hand = Hand(filled)
    assert not hand.cell("framework", "strategy").protection.locked
    assert hand.cell("framework", "strategy", "question").protection.locked
    rules = hand.sheet("framework").data_validations.dataValidation
    of_strategy = [r for r in rules if hand.cell("framework", "strategy").coordinate in r.sqref]
    assert [rule.type for rule in of_strategy] == ["list"]
    assert of_strategy[0].prompt
    assert hand.sheet("framework").column_dimensions["A"].hidden
    assert hand.sheet("framework").row_dimensions[1].hidden


def test_every_sheet_holds_every_question_in_its_language(filled: Path) -> None:
    sheets = {sheet.name: sheet for sheet in open_workbook(filled)}
    for asked in load_questionnaire().values():
        texts = {str(cell) for row in sheets[asked.title["fr"]].rows for cell in row}
        assert {question.label["fr"] for question in asked.questions.values()} <= texts


def test_the_fictive_authorities_say_that_they_are_fictive(filled: Path) -> None:
    texts = [str(cell) for s in open_workbook(filled) for row in s.rows for cell in row]
    assert sum("cette collectivité est fictive" in text for text in texts) == len(SHEETS)
    ids = set(load_example())
    assert len(ids) == 12
    assert all("_EX" in area_id for area_id in ids)
