"""The rows of a returned workbook as frames: one row a question, a grid's item or a list's row."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from landscape.sources.workbook.folder import Sent
from landscape.workbook.marker import KEY
from landscape.workbook.questionnaire import Question, Sheet, load_choices, load_questionnaire
from landscape.workbook.read import Row, is_told

SHARED = ["area_id", "year", "record"]


def question_rows(sent: Iterable[Sent]) -> pd.DataFrame:
    """One row for every question of forms and grids, answered or not.

    Columns area_id, year (of the round), record, sheet, item (of a grid),
    question, answer, confirmed, remark and refused (the rule that an answer broke).
    """
    rows = [row for each in sent for row in _questions_of(each)]
    columns = [*SHARED, "sheet", "item", "question", "answer", "confirmed", "remark", "refused"]
    return pd.DataFrame(rows, columns=columns)


def _questions_of(sent: Sent) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for sheet in load_questionnaire().values():
        if sheet.shape == "list":
            continue
        told = {row.item: row for row in sent.returned.of_sheet(sheet.name)}
        for item in _items(sheet):
            row = told.get(item) or Row(sheet.name, item, 0)
            shared = {
                **_shared(sent, f"{sheet.name} {item}"),
                "sheet": sheet.name,
                "remark": row.answers.get("remark"),
            }
            if sheet.shape == "form":
                found.append({**shared, "question": item, **_of_form(row)})
            else:
                found += [{**shared, **_of_grid(row, name, item)} for name in sheet.questions]
    return found


def _items(sheet: Sheet) -> list[str]:
    return list(sheet.questions if sheet.items is None else load_choices()[sheet.items])


def _of_form(row: Row) -> dict[str, object]:
    return {
        "item": "",
        "answer": row.answers.get("answer"),
        "confirmed": row.answers.get("confirmed"),
        "refused": row.refused.get("answer"),
    }


def _of_grid(row: Row, name: str, item: str) -> dict[str, object]:
    return {
        "item": item,
        "question": name,
        "answer": row.answers.get(name),
        "refused": row.refused.get(name),
    }


def list_rows(sent: Iterable[Sent], sheet: str) -> pd.DataFrame:
    """The rows of one list that say something: a column a question, ``key`` and ``number``.

    ``key`` is the id of the service that a register's row is about, ``""``
    for a row that the authority added. Rows of a register that nobody touched
    are not answers and are left out.
    """
    rows = [
        {
            **_shared(each, f"{sheet} row {row.number}"),
            "number": row.number,
            "key": row.item.removeprefix(KEY),
            **row.answers,
        }
        for each in sent
        for row in each.returned.of_sheet(sheet)
        if is_told(row) or (row.refused and not row.item)
    ]
    asked = list(load_questionnaire()[sheet].questions)
    return pd.DataFrame(rows, columns=[*SHARED, "number", "key", *asked])


def _shared(sent: Sent, where: str) -> dict[str, object]:
    marker = sent.returned.marker
    return {"area_id": marker.area_id, "year": marker.year, "record": f"{marker.area_id} {where}"}


def known_values(sent: Iterable[Sent]) -> pd.DataFrame:
    """What the registers said when the workbook was written: area_id, question, known."""
    rows = [
        {"area_id": each.area_id, "question": question, "known": value}
        for each in sent
        for question, value in each.returned.known.items()
    ]
    return pd.DataFrame(rows, columns=["area_id", "question", "known"])


def question_of(sheet: str, name: str) -> Question:
    """The question of that name on a sheet."""
    return load_questionnaire()[sheet].questions[name]
