"""What the writers of all shapes share: styles, places, and one answer cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from landscape.workbook.authorities import Authority
from landscape.workbook.drop_downs import Lists
from landscape.workbook.filling import Cell, Filling
from landscape.workbook.questionnaire import Question, Sheet, choice_word, load_words
from landscape.workbook.values import FIRST_YEAR, LARGEST, LAST_YEAR, LONGEST

INK, PAPER, LINE, SHADE = "#0B4F6C", "#FFFBE0", "#B8C4CC", "#F1F4F6"
#: Rows from the top: identifiers, title, introduction, headings; then what a shape adds.
HEADINGS = 3
#: Height of a line, and how much of a column's width its letters may take.
LINE_POINTS, FITS = 13, 0.88
_LIMITS: Mapping[str, Mapping[str, object]] = {
    "year": {"validate": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    "count": {"validate": "integer", "minimum": 0, "maximum": 2_000_000_000},
    "number": {"validate": "decimal", "minimum": 0, "maximum": LARGEST},
    "money": {"validate": "decimal", "minimum": 0, "maximum": LARGEST},
}
_FORMATS = {"year": "0", "count": "#,##0", "number": "#,##0.##", "money": "#,##0"}


def make_styles(book: Any) -> dict[str, Any]:
    """The formats of a workbook by name; those of answers by the kind of the question."""
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    boxed = {**base, "border": 1, "border_color": LINE, "text_wrap": True}
    answer = {**boxed, "bg_color": PAPER, "locked": False}
    styles = {
        "title": {**base, "bold": True, "font_size": 15, "font_color": INK},
        "intro": {**base, "text_wrap": True},
        "heading": {**boxed, "bold": True, "font_color": "#FFFFFF", "bg_color": INK},
        "help": {**boxed, "italic": True, "font_color": "#44535C", "bg_color": SHADE},
        "label": {**boxed, "bold": True},
        "known": {**boxed, "font_color": "#44535C", "bg_color": SHADE},
        "text": answer,
        "choice": answer,
        "date": {**answer, "num_format": "dd.mm.yyyy", "align": "left"},
        **{kind: {**answer, "num_format": code} for kind, code in _FORMATS.items()},
    }
    return {name: book.add_format(style) for name, style in styles.items()}


@dataclass
class Pen:
    """One sheet being written: its page, its questions, its reader and its authority."""

    page: Any
    styles: Mapping[str, Any]
    sheet: Sheet
    reader: str
    lists: Lists
    authority: Authority
    filling: Filling

    @property
    def has_known(self) -> bool:
        """Whether a form shows what the registers say."""
        return any(question.known for question in self.sheet.questions.values()) or (
            self.sheet.name == "authority"
        )

    @property
    def columns(self) -> list[tuple[str, int]]:
        """Identifier and width of every column after the hidden one."""
        if self.sheet.shape == "form":
            known = [("registers_say", 36), ("confirmed", 12)] if self.has_known else []
            return [("question", 40), *known, ("answer", 30), ("unit", 14), ("help", 44),
                    ("remark", 36)]  # fmt: skip
        asked = [(q.name, q.width) for q in self.sheet.questions.values()]
        return [("item", 34), *asked, ("remark", 36)] if self.sheet.shape == "grid" else asked

    @property
    def last_column(self) -> int:
        """Number of the last column that a reader sees."""
        return len(self.columns)

    @property
    def first_row(self) -> int:
        """Number of the first row with answers."""
        return HEADINGS + (1 if self.sheet.shape == "form" else 2)

    def width_of(self, column: int) -> int:
        """Width of a column in characters."""
        return self.columns[column - 1][1]

    def fit_row(self, row: int, texts: Mapping[int, str]) -> None:
        """Make a row high enough for its texts, by column.

        Programs that open the file do not do it, and rows to be filled in keep
        their own height so that they grow with what is written.
        """
        lines = [
            sum(-(-max(len(line), 1) // max(int(self.width_of(column) * FITS), 1))
                for line in text.splitlines())
            for column, text in texts.items() if text
        ]  # fmt: skip
        self.page.set_row(row, LINE_POINTS * max([1, *lines]) + 5)

    def word(self, name: str) -> str:
        """A heading of ``words.yml`` in the reader's language."""
        return load_words()[name][self.reader]

    def headings(self, texts: Mapping[str, str]) -> None:
        """Identifiers in the hidden row, widths, and the headings that the reader sees."""
        self.page.write_string(HEADINGS, 0, "#headings")
        for column, (name, width) in enumerate(self.columns, start=1):
            self.page.set_column(column, column, width)
            self.page.write_string(0, column, name)
            self.page.write_string(HEADINGS, column, texts[name], self.styles["heading"])
        columns = enumerate(self.columns, start=1)
        self.fit_row(HEADINGS, {column: texts[name] for column, (name, _) in columns})

    def answer(self, row: int, column: int, question: Question, value: Cell | None = None) -> None:
        """An answer cell: unlocked, in the format of its question."""
        style = self.styles[question.kind]
        shown = self._shown(question, value)
        if shown is None:
            self.page.write_blank(row, column, None, style)
        elif isinstance(shown, date):
            self.page.write_datetime(row, column, shown, style)
        else:
            self.page.write(row, column, shown, style)

    def limit(self, first: int, last: int, column: int, question: Question) -> None:
        """Limit the cells of a column to what the question takes, with its help beside them."""
        self.page.data_validation(first, column, last, column, self._limits(question))

    def _shown(self, question: Question, value: Cell | None) -> Cell | date | None:
        if value is None or value == "":
            return None
        if question.choices is not None:
            return choice_word(question.choices, str(value), self.reader)
        return date.fromisoformat(str(value)) if question.kind == "date" else value

    def _limits(self, question: Question) -> dict[str, object]:
        shared = {
            "ignore_blank": True,
            "input_title": question.label[self.reader][:32],
            "input_message": question.help[self.reader][:255],
            "error_title": self.word("fix_cell")[:32],
            "error_message": question.help[self.reader][:255],
        }
        if question.choices is not None:
            source = self.lists.place(question.choices)
            return {"validate": "list", "source": source, **shared}
        if question.kind == "date":
            days = {"minimum": date(1990, 1, 1), "maximum": date(LAST_YEAR, 12, 31)}
            return {"validate": "date", "criteria": "between", **days, **shared}
        if question.kind == "text":
            return {"validate": "length", "criteria": "<=", "value": LONGEST, **shared}
        return {"criteria": "between", **_LIMITS[question.kind], **shared}
