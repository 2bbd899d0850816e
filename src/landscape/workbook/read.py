"""From the cells of a returned workbook to answers, each read right or told as a problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from landscape.workbook.authorities import SERVICE_COLUMNS
from landscape.workbook.cells import Contents, Found, Place, read_contents
from landscape.workbook.marker import KEY, Marker
from landscape.workbook.questionnaire import (
    Sheet,
    choice_word,
    load_choices,
    load_questionnaire,
    load_words,
)
from landscape.workbook.rows import fingerprint
from landscape.workbook.values import Answer, Fault, parse_answer, parse_choice, parse_text

#: Answers after which a question that hangs on this one makes no sense.
_DENIALS = ("no",)


@dataclass(frozen=True)
class Problem:
    """What has to be put right, where, in the workbook's language and in English.

    ``refused`` says that the cell could not be read at all.
    """

    place: Place
    rule: str
    text: str
    english: str
    refused: bool = False


@dataclass
class Row:
    """The answers of one row: of a list's row, a grid's item, or a form's question.

    ``answers`` holds what could be read, by question (in a form by field), and
    ``refused`` the questions whose answer could not.
    """

    sheet: str
    item: str
    number: int  # the row's number in the sheet, from 1
    answers: dict[str, Answer] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


@dataclass
class Returned:
    """A workbook that came back: whose it is, its rows, and its problems.

    ``known`` says for which questions the registers had something to confirm.
    """

    path: Path
    marker: Marker
    rows: list[Row]
    problems: list[Problem]
    known: dict[str, object]

    def of_sheet(self, sheet: str) -> list[Row]:
        """The rows of one sheet, in their order."""
        return [row for row in self.rows if row.sheet == sheet]

    def answer(self, sheet: str, question: str) -> Answer | None:
        """The answer to a form's question, None where there is none."""
        for row in self.of_sheet(sheet):
            if row.item == question:
                return row.answers.get("answer")
        return None


def read_workbook(path: Path) -> Returned:
    """The answers of a returned workbook and what has to be put right in it.

    An answer that cannot be read is not there, and a problem says so. Raises
    SourceError and WorkbookError as ``read_contents`` does.
    """
    contents = read_contents(path)
    reader = contents.marker.language
    faults = list(contents.faults)
    rows: dict[tuple[str, int], Row] = {}
    for found in contents.answers:
        key = (found.sheet, found.row)
        row = rows.setdefault(key, Row(found.sheet, found.item, found.row + 1))
        row.places[found.field] = found.place
        answer, fault = _parse(found, reader)
        if fault is not None:
            faults.append((found.place, fault))
            row.refused[found.field] = fault.rule
        elif answer is not None:
            row.answers[found.field] = answer
    ordered = [rows[key] for key in sorted(rows, key=_in_order)]
    for row in ordered:
        _read_state(row, contents)
    faults += _compare(ordered, contents)
    unread = {row.places[name] for row in ordered for name in row.refused}
    told = [
        Problem(place, fault.rule, _say(fault, reader), _say(fault, "en"), place in unread)
        for place, fault in faults
    ]
    return Returned(path, contents.marker, ordered, _in_sheets(told), contents.known)


def _in_order(key: tuple[str, int]) -> tuple[int, int]:
    return list(load_questionnaire()).index(key[0]), key[1]


def _in_sheets(problems: list[Problem]) -> list[Problem]:
    """Problems in the order of the sheets as they were met, each line once."""
    sheets = list(dict.fromkeys(problem.place.sheet for problem in problems))
    return sorted(dict.fromkeys(problems), key=lambda p: (sheets.index(p.place.sheet), _spot(p)))


def _spot(problem: Problem) -> tuple[int, int, str]:
    letters = problem.place.cell.rstrip("0123456789")
    number = problem.place.cell[len(letters) :]
    return int(number or 0), len(letters), letters


def _parse(found: Found, reader: str) -> tuple[Answer | None, Fault | None]:
    if found.cell is None:
        return None, Fault("formula")
    if found.field == "remark":
        return parse_text(found.cell)
    if found.field == "confirmed":
        return parse_choice("yes_no", found.cell, reader)
    sheet = load_questionnaire()[found.sheet]
    question = sheet.questions[found.item if sheet.shape == "form" else found.field]
    return parse_answer(question, found.cell, reader)


def _read_state(row: Row, contents: Contents) -> None:
    """A row from a register that was changed without saying so counts as corrected."""
    was = contents.was.get((row.sheet, row.number - 1))
    if not row.item.startswith(KEY) or was is None:
        return
    now = fingerprint(row.answers.get(name) for name in SERVICE_COLUMNS)
    if now != was and row.answers.get("state") in (None, "confirmed"):
        row.answers["state"] = "corrected"


def _compare(rows: list[Row], contents: Contents) -> list[tuple[Place, Fault]]:
    """What is wrong between cells that are right by themselves."""
    faults: list[tuple[Place, Fault]] = []
    forms = {(row.sheet, row.item): row for row in rows if row.item}
    for row in rows:
        sheet = load_questionnaire()[row.sheet]
        if sheet.shape == "form":
            faults += _faults_of_form(row, sheet, forms, contents)
        elif sheet.shape == "list":
            faults += _faults_of_list(row, sheet, contents)
        faults += _wrong_order(row, sheet, forms, contents.marker.language)
    return faults


def _faults_of_form(
    row: Row, sheet: Sheet, forms: dict[tuple[str, str], Row], contents: Contents
) -> list[tuple[Place, Fault]]:
    question, reader = sheet.questions[row.item], contents.marker.language
    faults = []
    if row.answers.get("confirmed") == "yes":
        at = row.places["confirmed"]
        if row.item not in contents.known:
            faults.append((at, Fault("confirmed_nothing")))
        elif "answer" in row.answers:
            word = choice_word("yes_no", "yes", reader)
            faults.append((at, Fault("confirmed_and_answered", {"confirmed": word})))
    if "answer" not in row.answers:
        return faults
    place = row.places["answer"]
    if question.needs is not None:
        other = forms.get((sheet.name, question.needs))
        code = other.answers.get("answer") if other else None
        if code in _DENIALS:
            asked = sheet.questions[question.needs]
            word = choice_word(str(asked.choices), str(code), reader)
            values = {"question": asked.label[reader], "answer": word}
            faults.append((place, Fault("needs", values)))
    if question.needs_unit is not None:
        unit = forms.get((sheet.name, question.needs_unit))
        if unit is None or "answer" not in unit.answers:
            label = sheet.questions[question.needs_unit].label[reader]
            faults.append((place, Fault("needs_unit", {"question": label})))
    return faults


def _faults_of_list(row: Row, sheet: Sheet, contents: Contents) -> list[tuple[Place, Fault]]:
    """Questions that a row of a list cannot do without."""
    if row.answers.get("state") in ("closed", "not_ours"):
        return []
    if row.item.startswith(KEY) and "state" not in row.answers:
        return []  # a row of the register that nobody touched is not answered
    faults = []
    for question in sheet.questions.values():
        if question.required and question.name not in {**row.answers, **row.refused}:
            place = contents.places[(sheet.name, f"{row.item or row.number - 1}.{question.name}")]
            label = question.label[contents.marker.language]
            faults.append((place, Fault("required", {"question": label})))
    return faults


def _wrong_order(
    row: Row, sheet: Sheet, forms: dict[tuple[str, str], Row], reader: str
) -> list[tuple[Place, Fault]]:
    """Years that lie before the year they may not precede."""
    faults = []
    asked = [sheet.questions[row.item]] if sheet.shape == "form" else sheet.questions.values()
    for question in asked:
        if question.not_before is None:
            continue
        if sheet.shape == "form":
            first_row, name = forms.get((sheet.name, question.not_before)), "answer"
            first = first_row.answers.get("answer") if first_row else None
        else:
            first, name = row.answers.get(question.not_before), question.name
        last = row.answers.get(name)
        if isinstance(first, int) and isinstance(last, int) and last < first:
            label = sheet.questions[question.not_before].label[reader]
            values = {"value": last, "first": first, "question": label}
            faults.append((row.places[name], Fault("year_before", values)))
    return faults


def _say(fault: Fault, reader: str) -> str:
    return load_words()[fault.rule][reader].format(**fault.values)


def count_answered(returned: Returned) -> tuple[int, int]:
    """How many questions are answered, and how many are asked.

    A question of a form or a cell of a grid counts once. A list counts as one
    question, answered where it has a row; remarks do not count, nor do rows
    of a register that nobody touched.
    """
    asked = answered = 0
    for sheet in load_questionnaire().values():
        rows = returned.of_sheet(sheet.name)
        asked += asked_of(sheet)
        if sheet.shape == "form":
            answered += sum(is_answered(row) for row in rows)
        elif sheet.shape == "grid":
            answered += sum(len(set(row.answers) & set(sheet.questions)) for row in rows)
        else:
            answered += any(is_told(row) for row in rows)
    return answered, asked


def asked_of(sheet: Sheet) -> int:
    """How many questions a sheet asks, as ``count_answered`` counts them."""
    if sheet.shape == "list":
        return 1
    items = 1 if sheet.items is None else len(load_choices()[sheet.items])
    return items * len(sheet.questions)


def is_answered(row: Row) -> bool:
    """Whether a form's question has an answer, or the register's figure was confirmed."""
    return "answer" in row.answers or row.answers.get("confirmed") == "yes"


def is_told(row: Row) -> bool:
    """Whether a list's row says something: a row of the register only with its state."""
    return "state" in row.answers if row.item.startswith(KEY) else bool(row.answers)
