"""Workbooks whose layout was changed: read right, or told in one clear line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.styles import PatternFill

from landscape.errors import LandscapeError
from landscape.workbook.marker import parse_marker
from landscape.workbook.read import read_workbook
from returned_workbook import Hand, answers


def insert_rows_above(hand: Hand) -> None:
    for name in ("framework", "services", "competences"):
        hand.sheet(name).insert_rows(1, 3)


def insert_rows_between(hand: Hand) -> None:
    hand.sheet("framework").insert_rows(6, 2)
    hand.sheet("competences").insert_rows(8)
    hand.sheet("services").insert_rows(7, 4)


def insert_columns(hand: Hand) -> None:
    hand.sheet("framework").insert_cols(1)
    hand.sheet("resources").insert_cols(4, 2)
    hand.sheet("practices").insert_cols(3)


def rename_sheets(hand: Hand) -> None:
    for number, page in enumerate(hand.book.worksheets):
        page.title = f"Feuille {number}"


def turn_sheets_around(hand: Hand) -> None:
    hand.book._sheets.reverse()


def delete_lists(hand: Hand) -> None:
    hand.book.remove(hand.sheet("lists"))


def take_off_the_lock(hand: Hand) -> None:
    for page in hand.book.worksheets:
        page.protection.sheet = False
        page.column_dimensions["A"].hidden = False
        page.row_dimensions[1].hidden = False


def colour_cells_far_away(hand: Hand) -> None:
    hand.sheet("framework").cell(900, 40).fill = PatternFill("solid", "FFFF00")


def leave_gaps_in_a_list(hand: Hand) -> None:
    page = hand.sheet("services")
    page.insert_rows(8, 5)


@pytest.mark.parametrize(
    "damage",
    [
        insert_rows_above,
        insert_rows_between,
        insert_columns,
        rename_sheets,
        turn_sheets_around,
        delete_lists,
        take_off_the_lock,
        colour_cells_far_away,
        leave_gaps_in_a_list,
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_changed_layout_is_read_right(
    damage: Callable[[Hand], None], hand: Hand, right: dict[str, object]
) -> None:
    damage(hand)
    returned = read_workbook(hand.save())
    assert returned.problems == []
    assert answers(returned) == right


def delete_a_sheet(hand: Hand) -> str:
    hand.book.remove(hand.sheet("partnerships"))
    return r"^Partenariats : La feuille « Partenariats » manque ; reprenez-la d’un classeur neuf"


def delete_the_column_of_identifiers(hand: Hand) -> str:
    hand.sheet("participation").delete_cols(1)
    return r"^Participation : La colonne ou la ligne masquée des identifiants a disparu"


def delete_the_row_of_identifiers(hand: Hand) -> str:
    hand.sheet("framework").delete_rows(1)
    return r"^Cadre : La colonne ou la ligne masquée des identifiants a disparu"


def empty_the_identifiers_of_columns(hand: Hand) -> str:
    page = hand.sheet("needs")
    for column in range(2, page.max_column + 1):
        page.cell(1, column).value = None
    return r"^Besoins : La colonne ou la ligne masquée"


def delete_a_question(hand: Hand) -> str:
    hand.sheet("framework").delete_rows(hand.cell("framework", "monitoring").row)
    return r"^Cadre : La question « La politique fait-elle l’objet d’un suivi\s\? » manque"


def delete_a_row_of_the_grid(hand: Hand) -> str:
    hand.sheet("competences").delete_rows(hand.cell("competences", "survivors", "pays").row)
    return r"^Compétences : La question « survie \(conjoints et orphelins\) » manque"


def copy_a_question(hand: Hand) -> str:
    page, row = hand.sheet("framework"), hand.cell("framework", "monitoring").row
    for column in range(1, page.max_column + 1):
        page.cell(row + 3, column).value = page.cell(row, column).value
    return rf"^Cadre, B{row + 3} : Cette ligne figure deux fois ; supprimez la seconde"


def write_beside_the_questions(hand: Hand) -> str:
    page, row = hand.sheet("framework"), hand.cell("framework", "strategy").row
    page.cell(row, 12).value = "à voir avec le CCAS"
    return rf"^Cadre, L{row} : « à voir avec le CCAS » se trouve hors des questions"


def write_below_the_questions(hand: Hand) -> str:
    hand.sheet("participation")["C30"] = "nous y travaillons"
    return r"^Participation, C30 : « nous y travaillons » se trouve hors des questions"


def write_between_title_and_table(hand: Hand) -> str:
    page = hand.sheet("services")
    page.insert_rows(3)
    page["B3"] = "liste provisoire"
    return r"^Services, B3 : « liste provisoire » se trouve hors des questions"


def add_a_sheet(hand: Hand) -> str:
    hand.book.create_sheet("Brouillon")["A1"] = "notes"
    return r"^Brouillon : Cette feuille ne fait pas partie du classeur et n’est pas lue"


def paste_beyond_the_last_column(hand: Hand) -> str:
    hand.sheet("questions")["Z8"] = 12
    return r"^Questions, Z8 : « 12 » se trouve hors des questions"


@pytest.mark.parametrize(
    "damage",
    [
        delete_a_sheet,
        delete_the_column_of_identifiers,
        delete_the_row_of_identifiers,
        empty_the_identifiers_of_columns,
        delete_a_question,
        delete_a_row_of_the_grid,
        copy_a_question,
        write_beside_the_questions,
        write_below_the_questions,
        write_between_title_and_table,
        add_a_sheet,
        paste_beyond_the_last_column,
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_broken_layout_is_one_clear_line(
    damage: Callable[[Hand], str],
    hand: Hand,
    lines_of: Callable[[Path], list[str]],
) -> None:
    says = damage(hand)
    (line,) = lines_of(hand.save())
    assert re.search(says, line.replace("\u202f", " ").replace("\xa0", " ")), line


def of_version_2(hand: Hand) -> str:
    for page in hand.book.worksheets:
        page["A1"] = str(page["A1"].value).replace("landscape|1|", "landscape|2|")
    return "le classeur est de la version 2, ce programme lit la version 1"


def with_a_sheet_of_another_authority(hand: Hand) -> str:
    page = hand.sheet("resources")
    page["A1"] = str(page["A1"].value).replace("FR_EX1", "FR_EX2")
    return "la feuille « Ressources » vient du classeur de FR_EX2, les autres de celui de FR_EX1"


def with_a_sheet_twice(hand: Hand) -> str:
    hand.book.copy_worksheet(hand.sheet("needs"))
    return "la feuille « Besoins » figure deux fois"


def without_any_identifier(hand: Hand) -> str:
    for page in hand.book.worksheets:
        page["A1"] = None
    return "not an inventory workbook, or its hidden identifiers are gone"


@pytest.mark.parametrize(
    "damage",
    [of_version_2, with_a_sheet_of_another_authority, with_a_sheet_twice, without_any_identifier],
    ids=lambda damage: damage.__name__,
)
def test_what_cannot_be_told_apart_is_refused_in_one_line(
    damage: Callable[[Hand], str], hand: Hand
) -> None:
    says = damage(hand)
    with pytest.raises(LandscapeError) as told:
        read_workbook(hand.save())
    line = str(told.value).replace("\u202f", " ").replace("\xa0", " ")
    assert says in line and "\n" not in line
    assert line.startswith(str(hand.path))


def test_every_sheet_bears_its_marker(hand: Hand) -> None:
    markers = [parse_marker(page["A1"].value) for page in hand.book.worksheets]
    assert {(m.area_id, m.language, m.year, m.fictive) for m in markers if m} == {
        ("FR_EX1", "fr", 2026, True)
    }
    assert len([m for m in markers if m]) == 11
