"""Twelve workbooks written, filled in, saved by LibreOffice, checked, read and reported."""

import os
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from landscape.paths import Project, project
from landscape.workbook.check import check_workbook
from landscape.workbook.example import load_example
from landscape.workbook.questionnaire import choice_word, load_questionnaire
from returned_workbook import Hand
from starter_project import make_once, run_landscape, shared_folder

REQUIRED = "LANDSCAPE_REQUIRE_LIBREOFFICE"


def fill_in(path: Path) -> None:
    """Type the fictive answers into a blank workbook, as an authority does."""
    hand = Hand(path)
    each = load_example()[path.name[:6]]
    for sheet, answers in each.filling.forms.items():
        for question, answer in answers.items():
            asked = load_questionnaire()[sheet].questions[question]
            hand.put(sheet, question, typed(asked.choices, answer, each.language))
    for sheet, items in each.filling.grids.items():
        for item, answers in items.items():
            for question, answer in answers.items():
                choices = load_questionnaire()[sheet].questions[question].choices
                hand.put(sheet, item, typed(choices, answer, each.language), question)
    for sheet, rows in each.filling.lists.items():
        first = len(each.authority.services) + 1 if sheet == "services" else 1
        for number, answers in enumerate(rows, start=first):
            for question, answer in answers.items():
                choices = load_questionnaire()[sheet].questions[question].choices
                hand.put(sheet, number, typed(choices, answer, each.language), question)
    hand.save()


def typed(choices: str | None, answer: object, reader: str) -> object:
    """What a person chooses from the list, or types."""
    return choice_word(choices, str(answer), reader) if choices else answer


def save_by_libreoffice(blank: Path, saved: Path, profile: Path) -> None:
    """Open every workbook in LibreOffice and save it anew."""
    done = subprocess.run(
        [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved),
            *map(str, sorted(blank.glob("*.xlsx"))),
        ],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the folder ``saved`` of twelve workbooks that came back, and their tables."""
    if shutil.which("soffice") is None:
        if os.environ.get(REQUIRED):
            pytest.fail(f"soffice is missing, and {REQUIRED} is set")
        pytest.skip("LibreOffice is not here: install the package libreoffice-calc-nogui")
    folder = shared_folder(tmp_path_factory)
    home = Project(folder / "round")

    def make() -> None:
        home.raw.mkdir(parents=True)
        shutil.copytree(project().notebooks, home.notebooks)
        run_landscape(home, "workbook", "--example", "--out", "blank")
        for path in sorted((home.root / "blank").glob("*.xlsx")):
            fill_in(path)
        save_by_libreoffice(home.root / "blank", home.root / "saved", folder / "profile")
        run_landscape(home, "tables", "--example", "--workbooks", "saved")

    make_once(folder, "round", make)
    return home


def test_all_twelve_came_back_and_are_well(returned: Project) -> None:
    saved = sorted((returned.root / "saved").glob("*.xlsx"))
    assert len(saved) == 12
    assert {path.name: check_workbook(path)[0] for path in saved} == {p.name: [] for p in saved}


@pytest.mark.parametrize("country", ["BG", "FR", "MD", "RO"])
def test_every_answer_is_in_the_tables(country: str, returned: Project) -> None:
    tables = {
        path.stem: pd.read_parquet(path)
        for path in (returned.processed / "example" / country).glob("*.parquet")
        if path.stem != "areas"
    }
    told = {
        (row.area_id, row.sheet, row.function if pd.notna(row.function) else "", row.question): (
            row.answer
        )
        for row in tables["governance"].itertuples()
    }
    for each in load_example().values():
        if each.country != country:
            continue
        area = each.authority.area_id
        framework = each.filling.forms["framework"]
        for question, answer in framework.items():
            assert told[area, "framework", "", question] == str(answer)
        for item, answers in each.filling.grids.get("competences", {}).items():
            assert {q: told[area, "competences", item, q] for q in answers} == answers
        steps = tables["participation"].query("area_id == @area").set_index("step")["answer"]
        given = {q: a for q, a in each.filling.forms["participation"].items() if q in steps}
        assert steps.dropna().to_dict() == given
        for name in ("practices", "questions", "partnerships", "services"):
            own = tables[name].query("area_id == @area")
            assert len(own) == len(each.filling.lists.get(name, [])), name
    assert set(tables["governance"]["evidence"]) == {"declared"}
    assert tables["findings"].empty


@pytest.mark.parametrize("reader", ["fr", "bg"])
def test_the_answers_are_in_the_report(reader: str, returned: Project) -> None:
    run_landscape(returned, "report", "governance", "-p", "tables", "example", "--lang", reader)
    page = (returned.reports / f"governance_example_{reader}.html").read_text(encoding="utf-8")
    for each in load_example().values():
        for practice in each.filling.lists.get("practices", []):
            assert str(practice["title"]) in page
        for question in each.filling.lists.get("questions", []):
            assert str(question["question"]) in page
    fictive = {"fr": "sont fictives", "bg": "са измислени"}
    assert fictive[reader] in page


def test_the_worked_example_never_stands_beside_real_areas(
    returned: Project, tmp_path: Path
) -> None:
    assert not [p for p in returned.processed.iterdir() if p.name != "example"]
    with pytest.raises(RuntimeError, match="whose authorities are fictive"):
        home = Project(tmp_path)
        shutil.copytree(
            project().raw / "md", home.raw / "md",
            ignore=lambda folder, names: [
                n for n in names
                if Path(folder).parent.name == "md" and n not in ("source.yml", "starter.csv.xz")
            ],
        )  # fmt: skip
        home.notebooks.mkdir()
        saved = str(returned.root / "saved")
        run_landscape(home, "tables", "--country", "MD", "--workbooks", saved)
