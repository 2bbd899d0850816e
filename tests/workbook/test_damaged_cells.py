"""Answers typed in every way: read as they were meant, or told with what to write instead."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from landscape.workbook.read import read_workbook
from returned_workbook import Hand

FORM = "answer"


@pytest.mark.parametrize(
    ("sheet", "item", "field", "typed", "read"),
    [
        ("framework", "monitoring", FORM, "  OUI ", "yes"),
        ("framework", "monitoring", FORM, "да", "yes"),
        ("framework", "monitoring", FORM, "yes", "yes"),
        ("framework", "monitoring", FORM, True, "yes"),
        ("framework", "strategy", FORM, "oui, adoptee", "yes"),
        ("framework", "strategy", FORM, "в подготовка.", "preparing"),
        ("framework", "strategy", FORM, "în pregătire", "preparing"),
        ("needs", "old_age", "trend", "în creştere", "growing"),
        ("needs", "old_age", "trend", "нарaства", "growing"),  # with a Latin a
        ("resources", "social_budget", FORM, "4 150 000", 4150000),
        ("resources", "social_budget", FORM, "4\u202f150\u202f000,50", 4150000.5),
        ("resources", "social_budget", FORM, "4.150.000,50", 4150000.5),
        ("resources", "social_budget", FORM, "4,150,000.50", 4150000.5),
        ("resources", "social_posts_filled", FORM, "46,5", 46.5),
        ("needs", "old_age", "persons", "1.250", 1250),
        ("needs", "old_age", "persons", "1250.0", 1250),
        ("framework", "strategy_from", FORM, "2025", 2025),
        ("framework", "strategy_from", FORM, "2025 г.", 2025),
        ("framework", "strategy_from", FORM, datetime.date(2025, 3, 1), 2025),
        ("framework", "strategy_from", FORM, "01.03.2025", 2025),
        ("authority", "answered_on", FORM, "14.09.2026", "2026-09-14"),
        ("authority", "answered_on", FORM, "14/9/2026", "2026-09-14"),
        ("authority", "answered_on", FORM, "2026-09-14", "2026-09-14"),
        ("authority", "answered_on", FORM, 46279, "2026-09-14"),
        ("authority", "department", FORM, "Pôle\u200b  social\u00a0", "Pôle social"),
        ("authority", "department", FORM, 12, "12"),
        ("authority", "department", FORM, "=SUM(1;2)", None),
    ],
)
def test_an_answer_is_read_as_it_was_meant(
    sheet: str, item: str, field: str, typed: object, read: object, hand: Hand
) -> None:
    hand.put(sheet, item, typed, field)
    returned = read_workbook(hand.save())
    (row,) = [row for row in returned.of_sheet(sheet) if row.item == item]
    assert row.answers.get(field) == read
    assert [problem.rule for problem in returned.problems] == (["formula"] if read is None else [])


WRONG = [
    ("framework", "monitoring", FORM, "peut-être",
     "« peut-être » n’est pas dans la liste ; écrivez l’un de ces mots : oui, non, non connu."),
    ("competences", "old_age", "pays", "le maire", "« le maire » n’est pas dans la liste"),
    ("services", 1, "setting", "day centre", "« day centre » n’est pas dans la liste"),
    ("services", 2, "places", "25 /zi",
     "« 25 /zi » n’est pas un nombre ; écrivez des chiffres seulement, par exemple 25."),
    ("services", 2, "places", "beaucoup", "« beaucoup » n’est pas un nombre"),
    ("resources", "social_budget", FORM, "4.150",
     "« 4.150 » peut se lire de deux façons ; écrivez 4150 ou 4,150."),
    ("resources", "social_posts_filled", FORM, -3, "−3 est négatif ; écrivez 0 ou plus"),
    ("needs", "old_age", "persons", 12.5, "12,50 n’est pas un nombre entier ; écrivez 12 ou 13."),
    ("resources", "social_budget", FORM, 1e15, "est trop grand pour être exact"),
    ("resources", "training_days", FORM, datetime.date(2026, 4, 5), "n’est pas un nombre"),
    ("framework", "strategy_from", FORM, 24,
     "« 24 » n’est pas une année ; écrivez quatre chiffres entre 1950 et 2060."),
    ("framework", "strategy_from", FORM, "2025-2029", "« 2025-2029 » n’est pas une année"),
    ("authority", "answered_on", FORM, "31.02.2026",
     "« 31.02.2026 » n’est pas une date ; écrivez jour, mois et année, par exemple 31.12.2025."),
    ("authority", "answered_on", FORM, "mi-septembre", "« mi-septembre » n’est pas une date"),
    ("framework", "strategy_to", FORM, 2020,
     "2020 précède 2025 (« Première année de la stratégie ») ; écrivez une année à partir de 2025"),
    ("practices", 1, "until", 2001, "2001 précède 2018 (« Depuis »)"),
    ("authority", "department", FORM, "écrire à maria@example.org",
     "Le texte contient une adresse électronique ou un numéro de téléphone ; supprimez-le"),
    ("framework", "monitoring", "remark", "tél. 03 26 00 00 00", "un numéro de téléphone"),
    ("practices", 1, "description", "x" * 1200, "Le texte compte 1200 caractères"),
    ("practices", 1, "title", None, "« Titre » est vide ; remplissez cette cellule, ou videz"),
    ("services", 2, "name", "  ", "« Nom du service » est vide"),
    ("resources", "social_budget", FORM, "=1/0*A1", "une formule sans résultat ou en erreur"),
    ("resources", "social_budget", FORM, "#REF!", "une formule sans résultat ou en erreur"),
    ("authority", "department", "confirmed", "oui",
     "Les registres ne disent rien ici qui puisse être confirmé"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "item", "field", "typed", "says"),
    WRONG,
    ids=lambda value: re.sub(r"\W+", "-", str(value))[:24],
)
def test_a_wrong_answer_is_one_line_with_its_cell(
    sheet: str,
    item: str | int,
    field: str,
    typed: object,
    says: str,
    hand: Hand,
    lines_of: Callable[[Path], list[str]],
) -> None:
    cell = hand.put(sheet, item, typed, field)
    title = hand.sheet(sheet).title
    (line,) = lines_of(hand.save())
    plain = line.replace("\u202f", " ").replace("\xa0", " ")
    assert plain.startswith(f"{title}, {cell} : ")
    assert says in plain
    assert "maria" not in line and "03 26" not in line


def test_what_is_wrong_is_told_in_the_language_of_the_workbook(
    filled: Path, tmp_path: Path, lines_of: Callable[[Path], list[str]]
) -> None:
    from landscape.workbook.example import YEAR, load_example  # noqa: PLC0415
    from landscape.workbook.write import write_workbook  # noqa: PLC0415

    said = set()
    for reader in ("en", "fr", "ro", "bg"):
        each = load_example()["BG_EX2"]
        path = write_workbook(tmp_path / f"{reader}.xlsx", each.authority, reader, YEAR)
        hand = Hand(path)
        hand.put("framework", "monitoring", "???")
        (line,) = lines_of(hand.save())
        said.add(line.partition("???")[0])
    assert len(said) == 4


def test_an_amount_needs_its_currency(hand: Hand, lines_of: Callable[[Path], list[str]]) -> None:
    hand.put("resources", "currency", None)
    lines = lines_of(hand.save())
    assert len(lines) == 2  # the social budget and the part paid to associations
    assert all("n’a pas de monnaie" in line for line in lines)


def test_a_year_without_the_assessment(hand: Hand, lines_of: Callable[[Path], list[str]]) -> None:
    hand.put("framework", "needs_assessment", "non")
    (line,) = lines_of(hand.save())
    assert "porte «\xa0non\xa0»" in line


def test_a_blank_workbook_is_well(hand: Hand, lines_of: Callable[[Path], list[str]]) -> None:
    for page in hand.book.worksheets:
        for row in page.iter_rows(min_row=4):
            for cell in row:
                if not cell.protection.locked:
                    cell.value = None
    returned = read_workbook(hand.save())
    assert returned.problems == []
    assert [row.answers for row in returned.rows if row.answers] == []


def test_confirming_and_answering_at_once(
    hand: Hand, lines_of: Callable[[Path], list[str]]
) -> None:
    hand.put("authority", "population", "oui", "confirmed")
    assert lines_of(hand.save()) == []
    hand.put("authority", "population", 18000)
    (line,) = lines_of(hand.save())
    assert "confirme le registre, mais une autre réponse figure à côté" in line


def test_a_pasted_table_is_read_row_by_row(
    hand: Hand, lines_of: Callable[[Path], list[str]]
) -> None:
    page = hand.sheet("services")
    for number in range(12):
        for column, value in enumerate(
            ["", f"Service {number}", "vieillesse", "hébergement", "", "", "régie?"], start=2
        ):
            page.cell(30 + number, column).value = value
    lines = lines_of(hand.save())
    assert len(lines) == 12
    assert all("« régie? »" in line.replace("\xa0", " ") for line in lines)
    returned = read_workbook(hand.path)
    pasted = [r for r in returned.of_sheet("services") if "Service " in str(r.answers.get("name"))]
    assert [row.answers["function"] for row in pasted] == ["old_age"] * 12


def test_a_row_of_the_register_that_was_changed_is_corrected(hand: Hand) -> None:
    returned = read_workbook(hand.path)
    (known,) = [row for row in returned.of_sheet("services") if row.item]
    assert "state" not in known.answers
    hand.put("services", known.item, 30, "places")
    changed = read_workbook(hand.save())
    (known,) = [row for row in changed.of_sheet("services") if row.item]
    assert (known.answers["state"], known.answers["places"]) == ("corrected", 30)
