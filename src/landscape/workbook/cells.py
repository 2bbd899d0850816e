"""Finding the answers in a returned workbook by its hidden identifiers.

Sheets may be renamed and moved, rows and columns inserted, the file saved by
another program or in another format: what counts is the marker in the first
cell of a sheet, the identifiers in the marker's row (columns) and in the
marker's column (rows).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from landscape.cleaning.open_workbook import SentSheet, open_workbook
from landscape.errors import LandscapeError
from landscape.language import LANGUAGES
from landscape.workbook.marker import HEADING, KEY, KNOWN, LISTS, WAS, Marker, parse_marker
from landscape.workbook.questionnaire import (
    SHEETS,
    VERSION,
    Sheet,
    load_choices,
    load_questionnaire,
    load_words,
)
from landscape.workbook.values import Fault, is_blank, shorten

#: The marker is looked for this far from the corner, as rows and columns may be inserted.
_NEAR = 12
#: Columns that hold questions and headings, not answers.
_SHOWN = ("question", "registers_say", "unit", "help", "item")


class WorkbookError(LandscapeError):
    """A file that cannot be read as an inventory workbook at all."""


@dataclass(frozen=True)
class Place:
    """A cell as the reader of the workbook sees it."""

    sheet: str  # the name that the sheet bears now
    cell: str  # such as C12; "" for the whole sheet


@dataclass(frozen=True)
class Found:
    """A cell that holds an answer: which sheet, item, row and field it belongs to.

    ``item`` is the question of a form, the code of a grid's row, the key of a
    row from a register, or "" for a row that the authority added. ``cell`` is
    None where its formula has no result.
    """

    sheet: str
    item: str
    row: int
    field: str
    cell: object
    place: Place


@dataclass
class Contents:
    """What stands in a workbook, and what is wrong with its layout.

    ``known`` holds what the registers say, by question of a form.
    ``was`` holds the fingerprints of rows from a register, by sheet and row.
    """

    path: Path
    marker: Marker
    answers: list[Found] = field(default_factory=list)
    faults: list[tuple[Place, Fault]] = field(default_factory=list)
    known: dict[str, object] = field(default_factory=dict)
    was: dict[tuple[str, int], str] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)


def read_contents(path: Path) -> Contents:
    """The cells of a returned workbook by question.

    Raises SourceError where the file cannot be opened, WorkbookError where it
    is no inventory workbook, is of another version, mixes two authorities or
    holds a sheet twice.
    """
    sent = open_workbook(path)
    marked = [(sheet, *found) for sheet in sent if (found := _find_marker(sheet)) is not None]
    owned = [(sheet, marker, corner) for sheet, marker, corner in marked if marker.sheet != LISTS]
    if not owned:
        raise WorkbookError(
            f"{path}: not an inventory workbook, or its hidden identifiers are gone; "
            "copy the answers into a workbook made by: landscape workbook"
        )
    first = owned[0][1]
    contents = Contents(path, first.of_sheet(""))
    _refuse_wrong(path, owned)
    for sheet, marker, corner in owned:
        _read_sheet(sheet, load_questionnaire()[marker.sheet], corner, contents)
    _tell_unmarked(sent, {sheet.name for sheet, *_ in marked}, contents)
    return contents


def _find_marker(sheet: SentSheet) -> tuple[Marker, tuple[int, int]] | None:
    for row, cells in enumerate(sheet.rows[:_NEAR]):
        for column, cell in enumerate(cells[:_NEAR]):
            marker = parse_marker(cell)
            if marker is not None:
                return marker, (row, column)
    return None


def _refuse_wrong(path: Path, owned: list[tuple[SentSheet, Marker, tuple[int, int]]]) -> None:
    first = owned[0][1]
    seen: dict[str, str] = {}
    for sheet, marker, _ in owned:
        reader = marker.language if marker.language in LANGUAGES else "en"
        says = {name: words[reader] for name, words in load_words().items()}
        if marker.version != VERSION or marker.sheet not in SHEETS or reader != marker.language:
            raise WorkbookError(
                f"{path}: " + says["other_version"].format(version=marker.version, expected=VERSION)
            )
        if (marker.area_id, marker.fictive) != (first.area_id, first.fictive):
            values = {"sheet": sheet.name, "other": marker.area_id, "area": first.area_id}
            raise WorkbookError(f"{path}: {says['mixed'].format(**values)}")
        if marker.sheet in seen:
            title = load_questionnaire()[marker.sheet].title[reader]
            values = {"title": title, "one": seen[marker.sheet], "other": sheet.name}
            raise WorkbookError(f"{path}: {says['sheet_twice'].format(**values)}")
        seen[marker.sheet] = sheet.name


@dataclass(frozen=True)
class _Open:
    """A sheet being read: its cells, what it asks, and where its identifiers stand."""

    sent: SentSheet
    sheet: Sheet
    top: int
    left: int
    columns: dict[int, str]
    contents: Contents

    def item(self, row: int) -> str:
        """The identifier of a row."""
        return _text_at(self.sent, row, self.left)

    def place(self, row: int, column: int) -> Place:
        """A cell as the reader sees it."""
        return Place(self.sent.name, cell_name(row, column))

    def tell(self, place: Place, rule: str, **values: object) -> None:
        """Note a fault of the layout."""
        self.contents.faults.append((place, Fault(rule, values)))


def _read_sheet(sent: SentSheet, sheet: Sheet, corner: tuple[int, int], contents: Contents) -> None:
    """Put the cells of one sheet where they belong; what belongs nowhere is a fault."""
    contents.present.add(sheet.name)
    opened = _Open(sent, sheet, *corner, _columns(sent, corner), contents)
    expected = sheet.fields if sheet.shape != "form" else ("answer", "remark")
    if not set(expected) <= set(opened.columns.values()):
        opened.tell(Place(sent.name, ""), "identifiers_gone")
        return
    items = _items(sheet)
    seen: set[str] = set()
    below = _first_row(opened)
    for row in range(opened.top + 1, len(sent.rows)):
        item = opened.item(row)
        if item.startswith(HEADING):
            continue
        if item in seen:
            opened.tell(opened.place(row, min(opened.columns)), "item_twice")
        elif item in items or (sheet.shape == "list" and _is_row(item) and row >= below):
            _read_row(opened, row, item)
        else:
            _tell_outside(opened, row)
        seen |= {item} if item else set()
    for item in sorted(items - seen):
        opened.tell(Place(sent.name, ""), "question_missing", question=_label(opened, item))


def _label(opened: _Open, item: str) -> str:
    """What the reader calls a question of a form or a row of a grid."""
    question = opened.sheet.questions.get(item)
    words = question.label if question else load_choices()[str(opened.sheet.items)][item]
    return words[opened.contents.marker.language]


def _columns(sent: SentSheet, corner: tuple[int, int]) -> dict[int, str]:
    """The identifier of every column, from the marker's row."""
    top, left = corner
    named = ((n, cell) for n, cell in enumerate(sent.rows[top]) if n > left)
    return {n: cell.strip() for n, cell in named if isinstance(cell, str) and cell.strip()}


def _items(sheet: Sheet) -> set[str]:
    """The identifiers of the rows that must be there."""
    if sheet.shape == "form":
        return set(sheet.questions)
    return set(load_choices()[str(sheet.items)]) if sheet.items else set()


def _is_row(item: str) -> bool:
    return not item or item.startswith(KEY)


def _first_row(opened: _Open) -> int:
    """The row below the last heading: what stands above it is no answer."""
    rows = range(opened.top, len(opened.sent.rows))
    heads = [row for row in rows if opened.item(row).startswith(HEADING)]
    return max(heads, default=opened.top) + 1


def _read_row(opened: _Open, row: int, item: str) -> None:
    sheet, contents = opened.sheet, opened.contents
    for column, cell in enumerate(opened.sent.rows[row]):
        if column <= opened.left:
            continue
        name, place = opened.columns.get(column, ""), opened.place(row, column)
        faulty = (row, column) in opened.sent.faulty
        if name in sheet.fields:
            contents.places[(sheet.name, f"{item or row}.{name}")] = place
            if faulty or not is_blank(cell):
                found = Found(sheet.name, item, row, name, None if faulty else cell, place)
                contents.answers.append(found)
        elif name == WAS and not is_blank(cell):
            contents.was[(sheet.name, row)] = str(cell).strip()
        elif name == KNOWN and not is_blank(cell):
            contents.known[item] = cell
        elif name not in _SHOWN and not is_blank(cell):
            opened.tell(place, "outside", value=shorten(cell))


def _tell_outside(opened: _Open, row: int) -> None:
    """One fault for a row that is no question, naming the first text in it."""
    for column, cell in enumerate(opened.sent.rows[row]):
        if not is_blank(cell):
            opened.tell(opened.place(row, column), "outside", value=shorten(cell))
            return


def _tell_unmarked(sent: list[SentSheet], marked: set[str], contents: Contents) -> None:
    """Sheets without a marker, and sheets of the questionnaire that are not there."""
    reader = contents.marker.language
    lost = set()
    for sheet in sent:
        texts = {str(cell).strip() for row in sheet.rows for cell in row if not is_blank(cell)}
        if sheet.name in marked or not texts:
            continue
        owner = _owner_of(sheet, texts)
        rule = "identifiers_gone" if owner else "foreign_sheet"
        lost |= {owner}
        contents.faults.append((Place(sheet.name, ""), Fault(rule)))
    for name, asked in load_questionnaire().items():
        if name not in contents.present and name not in lost:
            title = asked.title[reader]
            contents.faults.append((Place(title, ""), Fault("sheet_missing", {"title": title})))


def _owner_of(sheet: SentSheet, texts: set[str]) -> str | None:
    """The sheet of the questionnaire that a sheet without a marker once was."""
    for name, asked in load_questionnaire().items():
        for reader in LANGUAGES:
            labels = {question.label[reader] for question in asked.questions.values()}
            if labels <= texts:
                return name
    return None


def _text_at(sent: SentSheet, row: int, column: int) -> str:
    cells = sent.rows[row]
    cell = cells[column] if column < len(cells) else ""
    return cell.strip() if isinstance(cell, str) else "" if is_blank(cell) else str(cell)


def cell_name(row: int, column: int) -> str:
    """The name of a cell counted from 0, such as ``C12``.

    >>> cell_name(11, 2), cell_name(0, 26)
    ('C12', 'AA1')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
