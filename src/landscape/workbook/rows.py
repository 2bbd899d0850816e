"""Writing grids (items by questions) and lists (a service, partnership or practice a row)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from landscape.workbook.authorities import SERVICE_COLUMNS
from landscape.workbook.filling import Cell
from landscape.workbook.marker import KEY, WAS
from landscape.workbook.pens import HEADINGS, Pen
from landscape.workbook.questionnaire import choice_word, load_choices
from landscape.workbook.values import fold, show


def write_grid(pen: Pen) -> None:
    """A row for every item, a column for every question, and remarks."""
    sheet, reader = pen.sheet, pen.reader
    item_label = sheet.item_label or sheet.title
    labels = {name: question.label[reader] for name, question in sheet.questions.items()}
    pen.headings({"item": item_label[reader], **labels, "remark": pen.word("remark")})
    _write_help(pen, first=2)
    filled = pen.filling.grids.get(sheet.name, {})
    items = str(sheet.items)
    for row, item in enumerate(load_choices()[items], start=pen.first_row):
        pen.page.write_string(row, 0, item)
        label = choice_word(items, item, reader)
        pen.page.write_string(row, 1, label[:1].upper() + label[1:], pen.styles["label"])
        for column, question in enumerate(sheet.questions.values(), start=2):
            pen.answer(row, column, question, filled.get(item, {}).get(question.name))
        pen.page.write_blank(row, pen.last_column, None, pen.styles["text"])
    _limit(pen, first=2, last_row=row)


def write_list(pen: Pen) -> None:
    """The rows that the register knows, the rows to fill in, and blank ones."""
    questions = pen.sheet.questions
    pen.headings({name: question.label[pen.reader] for name, question in questions.items()})
    _write_help(pen, first=1)
    row = pen.first_row
    was = pen.last_column + 1
    if pen.sheet.name == "services":
        pen.page.write_string(0, was, WAS)
        pen.page.set_column(was, was, 4, None, {"hidden": True})
        for service in pen.authority.services.to_dict("records"):
            values = {name: _value(service[column]) for name, column in SERVICE_COLUMNS.items()}
            pen.page.write_string(row, 0, f"{KEY}{service['service_id']}")
            pen.page.write_string(row, was, fingerprint(values.values()))
            _write_row(pen, row, values)
            names = enumerate(questions, start=1)
            pen.fit_row(row, {column: str(values.get(name) or "") for column, name in names})
            row += 1
    blank: list[Mapping[str, Cell]] = [{}] * pen.sheet.blank_rows
    for added in [*pen.filling.lists.get(pen.sheet.name, []), *blank]:
        _write_row(pen, row, added)
        row += 1
    _limit(pen, first=1, last_row=row - 1)


def _limit(pen: Pen, first: int, last_row: int) -> None:
    for column, question in enumerate(pen.sheet.questions.values(), start=first):
        pen.limit(pen.first_row, last_row, column, question)


def _write_row(pen: Pen, row: int, values: Mapping[str, Cell | None]) -> None:
    for column, question in enumerate(pen.sheet.questions.values(), start=1):
        pen.answer(row, column, question, values.get(question.name))


def _write_help(pen: Pen, first: int) -> None:
    row = HEADINGS + 1
    pen.page.write_string(row, 0, "#help")
    if first == 2:
        pen.page.write_string(row, 1, "", pen.styles["help"])
        pen.page.write_string(row, pen.last_column, "", pen.styles["help"])
    for column, question in enumerate(pen.sheet.questions.values(), start=first):
        pen.page.write_string(row, column, question.help[pen.reader], pen.styles["help"])
    columns = enumerate(pen.sheet.questions.values(), start=first)
    pen.fit_row(row, {column: question.help[pen.reader] for column, question in columns})


def fingerprint(values: Iterable[object]) -> str:
    """A short mark of a register's row, by which a later change of it is seen.

    Takes the answers as codes, texts and numbers; blanks, case and marks do not count.
    """
    text = "|".join("" if value is None else fold(show(value)) for value in values)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def _value(cell: Any) -> Cell | None:
    if pd.isna(cell):
        return None
    return float(cell) if isinstance(cell, (int, float)) else str(cell)
