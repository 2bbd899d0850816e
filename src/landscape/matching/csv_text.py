"""Delimited text of any office: its encoding and delimiter found out, its rows kept."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from landscape.matching.gazetteer import Gazetteer

DELIMITERS = (",", ";", "\t", "|")
#: Files larger than this are no list of names.
LARGEST = 200 * 2**20
_ROWS_TRIED = 400
_NUMBER = re.compile(r"[-+][\d.,\s]*\d%?")
# A character that no list of names contains: such a line is one cell.
_NO_DELIMITER = "\x1f"


@dataclass(frozen=True)
class Sheet:
    """A header and rows of as many cells, all text, and the delimiter to write them with."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str


def read_sheet(
    path: Path, encodings: Sequence[str], name_col: str | None, gazetteer: Gazetteer
) -> Sheet:
    """The rows of a CSV as text. Raises ValueError in words where it is none.

    ``encodings`` are those usual where the file comes from: tried where the
    text is neither UTF-8 nor UTF-16; the one in which most cells are known
    names wins, the first of them on a tie.
    """
    if path.stat().st_size > LARGEST:
        raise ValueError(f"larger than {LARGEST // 2**20} MB, not a list of names")
    raw = path.read_bytes()
    if not raw.strip():
        raise ValueError("the file is empty")
    certain = _certain_text(raw)
    if certain is not None:
        return parse_sheet(certain, name_col)
    sheets = []
    for encoding in encodings or ("cp1252",):
        try:
            sheets.append(parse_sheet(raw.decode(encoding), name_col))
        except UnicodeDecodeError:
            continue
    if not sheets:
        raise ValueError("the text is in no known encoding; save it as UTF-8")
    return max(sheets, key=lambda sheet: _known_cells(sheet, gazetteer))


def _certain_text(raw: bytes) -> str | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                raise ValueError(f"begins as {encoding} and does not go on so") from None
    if b"\0" in raw:
        raise ValueError("not a text file")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _known_cells(sheet: Sheet, gazetteer: Gazetteer) -> int:
    normal = gazetteer.normal
    cells = {cell for row in sheet.rows[:_ROWS_TRIED] for cell in row if not cell.isascii()}
    keys = [normal.keys(normal.words(cell)) for cell in cells]
    indexes = gazetteer.levels.values()
    return sum(any(index.lookup(key, None) for index in indexes) for key in keys)


def parse_sheet(text: str, name_col: str | None) -> Sheet:
    """Header and rows of delimited text; ValueError names the line of a broken row."""
    delimiter = _delimiter(text, name_col)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows: list[list[str]] = []
        for row in reader:
            if rows and row and len(row) != len(rows[0]):
                raise ValueError(
                    f"line {reader.line_num}: {len(row)} cells, the header has {len(rows[0])}"
                )
            if row:
                rows.append(row)
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from None
    if not rows:
        raise ValueError("the file is empty")
    return Sheet(rows[0], rows[1:], "," if delimiter == _NO_DELIMITER else delimiter)


def _delimiter(text: str, name_col: str | None) -> str:
    """The delimiter under which the header has the column asked for, or the most columns."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    cells = {delimiter: next(csv.reader([header], delimiter=delimiter)) for delimiter in DELIMITERS}
    if name_col is not None:
        fitting = [
            delimiter
            for delimiter in DELIMITERS
            if name_col.strip() in (cell.strip() for cell in cells[delimiter])
        ]
        cells = {delimiter: cells[delimiter] for delimiter in fitting} or cells
    best = max(cells, key=lambda delimiter: len(cells[delimiter]))
    return best if len(cells[best]) > 1 else _NO_DELIMITER


def safe_cell(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would run it as a formula.

    >>> safe_cell("=1+1"), safe_cell("-5,2"), safe_cell("-")
    ("'=1+1", '-5,2', '-')
    """
    start = cell.lstrip()
    if start[:1] in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r", "\n"):
        if start.strip("-+ ") == "" or _NUMBER.fullmatch(start):
            return cell
        return "'" + cell
    return cell
