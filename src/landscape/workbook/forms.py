"""Writing a form: a question a row, beside it what the registers say."""

from __future__ import annotations

from landscape.language import language
from landscape.workbook.marker import KNOWN
from landscape.workbook.pens import Pen
from landscape.workbook.questionnaire import Question, choice_word


def write_form(pen: Pen) -> None:
    """The questions of the sheet, with room for an answer and a remark each."""
    names = [name for name, _ in pen.columns]
    pen.headings({name: pen.word(name) for name in names})
    hidden = pen.last_column + 1
    pen.page.write_string(0, hidden, KNOWN)
    pen.page.set_column(hidden, hidden, 4, None, {"hidden": True})
    for row, question in enumerate(pen.sheet.questions.values(), start=pen.first_row):
        pen.page.write_string(row, 0, question.name)
        if question.name in pen.authority.facts:
            pen.page.write(row, hidden, pen.authority.facts[question.name].value)
        for column, name in enumerate(names, start=1):
            _write_cell(pen, row, column, name, question)
        fixed = ("question", "registers_say", "help")
        columns = [(column, n) for column, n in enumerate(names, start=1) if n in fixed]
        pen.fit_row(row, {column: _text(pen, name, question) for column, name in columns})


def _write_cell(pen: Pen, row: int, column: int, name: str, question: Question) -> None:
    if name == "answer":
        filled = pen.filling.forms.get(pen.sheet.name, {})
        pen.answer(row, column, question, filled.get(question.name))
        pen.limit(row, row, column, question)
    elif name == "confirmed":
        _write_confirmation(pen, row, column, question)
    elif name == "remark":
        pen.page.write_blank(row, column, None, pen.styles["text"])
    else:
        style = {"question": "label", "registers_say": "known"}.get(name, "help")
        pen.page.write_string(row, column, _text(pen, name, question), pen.styles[style])


def _text(pen: Pen, name: str, question: Question) -> str:
    if name == "question":
        return question.label[pen.reader]
    if name == "help":
        return question.help[pen.reader]
    if name == "unit":
        return question.unit[pen.reader] if question.unit else ""
    return known_text(pen, question)


def known_text(pen: Pen, question: Question) -> str:
    """What the registers say, with year and source; blank where they say nothing."""
    known = pen.authority.facts.get(question.name)
    if known is None:
        return ""
    words = language(pen.reader)
    if question.choices is not None:
        text = choice_word(question.choices, str(known.value), pen.reader)
    elif isinstance(known.value, str):
        text = known.value
    else:
        text = words.number(known.value, 0 if known.value % 1 == 0 else 1)
    year = f" ({known.year})" if known.year else ""
    return f"{text}{year}. {known.source}" if known.source else f"{text}{year}"


def _write_confirmation(pen: Pen, row: int, column: int, question: Question) -> None:
    """A drop-down of yes and no where there is something to confirm."""
    if question.name not in pen.authority.facts:
        pen.page.write_string(row, column, "", pen.styles["known"])
        return
    pen.page.write_blank(row, column, None, pen.styles["choice"])
    pen.page.data_validation(
        row, column, row, column,
        {"validate": "list", "source": pen.lists.place("yes_no"), "ignore_blank": True},
    )  # fmt: skip
