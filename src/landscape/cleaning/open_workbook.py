"""Opening a workbook that somebody sends: every cell of it, and no surprise in its size.

``sheets`` reads official files; here the file may have been through any
program and any hands, or be made to do harm.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from landscape.cleaning.apart import read_sheets_apart
from landscape.cleaning.sheets import refuse_zip_bomb
from landscape.errors import SourceError

#: Far more than any answer needs; beyond this a file is refused before it is opened.
LARGEST_FILE = 30 * 2**20
MOST_ROWS, MOST_COLUMNS = 20_000, 500

_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<v>[^<]+</v>|<is>")
_SHEET = re.compile(r'<sheet\b[^>]*?\br:id="([^"]+)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d+)"')
#: What a broken or locked archive raises, by its kind of damage.
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, KeyError, RuntimeError, ValueError, EOFError)
_SAVED = re.compile(rb"<(?:dcterms:modified|dc:date)[^>]*>(\d{4}-\d{2}-\d{2})")
_ERROR = re.compile(r"#[A-ZА-Я/0]+[!?]?|Err:\d+")


@dataclass(frozen=True)
class SentSheet:
    """One sheet: its name, its cells by row from the first, and cells without a usable result.

    ``faulty`` holds (row, column), both from 0, of formulas that have an error
    or no stored result.
    """

    name: str
    rows: list[list[object]]
    faulty: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def open_workbook(path: Path) -> list[SentSheet]:
    """Every sheet of an .xlsx, .ods or .xls workbook, in order.

    Cells are text, numbers, truth values, dates, or ``""`` where blank. Raises
    SourceError, in one line, for what is no workbook, is locked by a password, or
    would fill the memory.
    """
    _refuse_large(path)
    faulty = _scan(path)
    try:
        named = _read(path)
    except PasswordError:
        raise SourceError(f"{path}: locked by a password; save it without one") from None
    except (CalamineError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:150]
        raise SourceError(
            f"{path}: cannot be opened as a workbook ({reason}); save it again as .xlsx"
        ) from None
    sheets = []
    for number, (name, rows) in enumerate(named):
        cells = {*faulty.get(number, ()), *_errors(rows)}
        sheets.append(SentSheet(name, rows, frozenset(cells)))
    return sheets


def _read(path: Path) -> list[tuple[str, list[list[object]]]]:
    """Name and cells of every sheet; what could not be scanned is read in a process apart."""
    if not zipfile.is_zipfile(path):
        return read_sheets_apart(path)
    book = CalamineWorkbook.from_path(str(path))
    pages = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
    return [(name, [*page.to_python(skip_empty_area=False)]) for name, page in pages]  # type: ignore[list-item]


def _refuse_large(path: Path) -> None:
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise SourceError(f"{path}: {size // 2**20} MB, more than any answers need; not opened")
    if size == 0:
        raise SourceError(f"{path}: the file is empty; send it again")
    refuse_zip_bomb(path, LARGEST_FILE * 4)


def _errors(rows: list[list[object]]) -> Iterator[tuple[int, int]]:
    """Cells whose text is the error of a formula, as LibreOffice stores it."""
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell and _ERROR.fullmatch(cell.strip()):
                yield row, column


def _scan(path: Path) -> dict[int, list[tuple[int, int]]]:
    """Formulas without a result, by number of the sheet; refuses cells far outside a table.

    The reader makes a rectangle of all cells up to the last one: a single cell
    at the end of the sheet would fill the memory.
    """
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                _refuse_repeated(path, archive.read("content.xml"))
            parts = [part for part in _parts_of_sheets(archive) if part in names]
            return {n: _faulty_cells(path, archive.read(part)) for n, part in enumerate(parts)}
    except _BROKEN:
        return {}  # the reader says what is wrong with the file


def _parts_of_sheets(archive: zipfile.ZipFile) -> list[str]:
    """The files of an .xlsx that hold its sheets, in the order of the sheets."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return []
    targets = {}
    for relation in _RELATION.findall(relations):
        found = dict(re.findall(r'\b(Id|Target)="([^"]*)"', relation))
        targets[found.get("Id", "")] = found.get("Target", "")
    chosen = [targets.get(identifier, "") for identifier in _SHEET.findall(book)]
    return [name.lstrip("/") if name.startswith("/") else f"xl/{name}" for name in chosen]


def _faulty_cells(path: Path, sheet: bytes) -> list[tuple[int, int]]:
    found = []
    for attributes, content in _CELL.findall(sheet):
        place = _PLACE.search(attributes)
        if place is None:
            continue
        letters, number = place.groups()
        has_value = _VALUE.search(content) is not None
        row, column = int(number) - 1, _column_number(letters)
        if has_value and (row >= MOST_ROWS or column >= MOST_COLUMNS):
            raise SourceError(
                f"{path}: cell {letters.decode()}{row + 1} lies far outside the table; "
                "empty it and save again"
            )
        without_result = b"<f" in content and not has_value and b't="str"' not in attributes
        if b't="e"' in attributes or without_result:
            found.append((row, column))
    return found


def _refuse_repeated(path: Path, content: bytes) -> None:
    """OpenDocument stores one cell and how often it is repeated: blank ends only may be long."""
    for row in re.findall(rb"<table:table-row\b.*?</table:table-row>", content, re.S):
        head = row[: row.index(b">")]
        cells = re.findall(rb"<table:table-cell\b[^>]*office:value-type[^>]*>", row)
        if not cells:
            continue
        for kind, times in [m for part in (head, *cells) for m in _REPEATED.findall(part)]:
            if int(times) > (MOST_ROWS if kind == b"rows" else MOST_COLUMNS):
                raise SourceError(
                    f"{path}: a cell is repeated {int(times)} times; empty it and save again"
                )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def saved_on(path: Path) -> str:
    """The day on which a workbook was last saved, ISO: by its own properties, else by the disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            for part in ("docProps/core.xml", "meta.xml"):
                if part in archive.namelist():
                    found = _SAVED.search(archive.read(part))
                    if found:
                        return found[1].decode("ascii")
    except _BROKEN:
        pass
    return date.fromtimestamp(path.stat().st_mtime).isoformat()
