"""Pages of declared answers: who does what with n of N, neutral where nobody answered."""

from pathlib import Path

import pytest

from landscape.declared_tables import example_tables
from landscape.inventory import load, save
from landscape.language import language
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story import governance
from landscape.reports.story.governance.figures import compare_question, steps_of
from landscape.reports.story.governance.matrix import list_competences, list_shares
from landscape.sources.workbook.folder import read_folder
from landscape.workbook.example import YEAR, load_example
from landscape.workbook.write import write_workbook


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example of France and Bulgaria; one of Bulgaria's workbooks came back blank."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "sent").mkdir()
    for area, each in load_example().items():
        if each.country in ("FR", "BG"):
            filling = None if area == "BG_EX3" else each.filling
            path = folder / "sent" / f"{area}.xlsx"
            write_workbook(path, each.authority, each.language, YEAR, filling)
    for code in ("FR", "BG"):
        tables = example_tables(code, read_folder(folder / "sent"), folder / "sent")
        save(tables, folder / "processed" / "example")
    save(example_tables("MD", [], folder), folder / "processed" / "example")
    return folder / "processed"


def reading(processed: Path, country: str, reader: str = "en") -> Reading:
    return Reading(load(country, processed, tables="example"), language(reader))


def plain(text: object) -> str:
    return str(text).replace("\u202f", " ").replace("\xa0", " ")


def test_the_matrix_names_the_actors_with_n_of_n(processed: Path) -> None:
    table = list_competences(reading(processed, "FR")).set_index("Field")
    assert table.loc["Old age", "Who decides"] == "county (3) · 3 of 3"
    assert table.loc["Housing", "Who pays"] == "State (1) · 1 of 3"
    assert table.loc["Survivors", "Who delivers"] == "not answered"
    assert len(table) == 8
    french = list_competences(reading(processed, "FR", "fr")).set_index("Domaine")
    assert plain(french.loc["Vieillesse", "Qui décide"]) == "département (3) · 3 sur 3"


def test_shares_say_how_many_answered(processed: Path) -> None:
    both = [reading(processed, "FR"), reading(processed, "BG"), reading(processed, "MD")]
    table = list_shares(both)
    rows = table.set_index(["Indicator", "Country"])
    theory = rows.loc["Participation in theory: a consultative body exists"]
    assert theory.loc["France", "Yes, of those that answered"] == "2 of 3"
    assert theory.loc["Bulgaria", "Yes, of those that answered"] == "2 of 2"
    assert theory.loc["Bulgaria", "Workbooks returned"] == 3
    assert theory.loc["Bulgaria", "Between (95 %)"] == "34 to 100"
    assert "Moldova" not in set(table["Country"])


def test_what_came_back_and_what_answered_are_two_numbers(processed: Path) -> None:
    both = [reading(processed, "FR"), reading(processed, "BG")]
    said = governance.describe_declared(both)
    assert said[0] == "France: 3 inventory workbooks of 2026 came back, 3 with answers."
    assert said[1] == "Bulgaria: 3 inventory workbooks of 2026 came back, 2 with answers."
    assert governance.describe_declared([reading(processed, "MD")]) == [
        "No inventory workbook has come back yet."
    ]


def test_a_question_that_nobody_answers_is_hatched_and_not_no(processed: Path) -> None:
    figure = compare_question(
        [reading(processed, "FR"), reading(processed, "BG")], "framework", "monitoring"
    )
    table = figure.table.set_index(figure.table.columns[0])
    assert [*table.columns] == ["yes", "no", "not known", "not answered"]
    assert table.loc["France (3)"].tolist() == [66.7, 0.0, 0.0, 33.3]
    assert table.loc["Bulgaria (3)"].tolist() == [33.3, 0.0, 33.3, 33.3]
    assert [row.label for row in figure.legend][-1] == "not answered"
    assert "Hatched: not answered. 6 workbooks came back." in figure.note


def test_the_six_steps_stand_in_their_order(processed: Path) -> None:
    table = steps_of(reading(processed, "BG")).table
    assert table.iloc[:, 0].tolist() == [
        "A body exists", "It met in the last 12 months", "Its minutes are published",
        "Associations take part", "Users take part", "It changed a decision",
    ]  # fmt: skip
    assert table["yes"].tolist() == [66.7, 33.3, 33.3, 33.3, 0.0, 0.0]


def test_cards_are_text_and_say_where_they_come_from(processed: Path) -> None:
    both = [reading(processed, "FR", "bg"), reading(processed, "BG", "bg")]
    page = Page(language("bg"), "x")
    html = "".join(str(b.html) for b in governance.show_practices(page, both))
    assert "Visites de convivialité" in html
    assert "Exemple-sur-Marne (Франция)" in html
    assert "Топъл обяд с посещение у дома" in html
    assert "Доказателства: разкази на потребители или служители." in html
    asked = "".join(str(b.html) for b in governance.show_questions(page, both))
    assert "Спешност: тази година." in asked


@pytest.mark.parametrize("reader", ["en", "fr", "ro", "bg"])
def test_the_chapter_of_a_country(reader: str, processed: Path) -> None:
    own = reading(processed, "FR", reader)
    page = Page(own.language, "x", country="FR")
    blocks = governance.show_declared(page, own)
    assert [b.facts["id"] for b in blocks if b.kind == "chapter"] == ["declared"]
    assert sum(b.kind == "table" for b in blocks) == 2
    nobody = reading(processed, "MD", reader)
    assert governance.show_declared(page, nobody) == []


def test_the_programme_is_told_with_its_source() -> None:
    for reader in ("en", "fr", "ro", "bg"):
        said = " ".join(governance.describe_programme(language(reader)))
        assert "34" in said and "RIAS" in said
        assert all(code in said for code in ("12", "51", "59", "73"))
