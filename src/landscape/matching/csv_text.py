"""Delimited text of any office: its encoding and delimiter found out, its rows kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from landscape.cleaning.decoding import decode_certain
from landscape.cleaning.delimited import NO_DELIMITER, find_delimiter, parse_rows, read_bytes
from landscape.matching.gazetteer import Gazetteer

#: Files larger than this are no list of names.
LARGEST = 100 * 2**20
_ROWS_TRIED = 400


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
    if not path.is_file() and path.exists():
        raise ValueError("is no file")
    raw = read_bytes(path, LARGEST)
    if not raw.strip():
        raise ValueError("the file is empty")
    certain = decode_certain(raw)
    if certain is not None:
        return parse_sheet(certain.text, name_col)
    sheets = []
    for encoding in encodings or ("cp1252",):
        try:
            sheets.append(parse_sheet(raw.decode(encoding), name_col))
        except UnicodeDecodeError:
            continue
    if not sheets:
        raise ValueError("the text is in no known encoding; save it as UTF-8")
    return max(sheets, key=lambda sheet: _known_cells(sheet, gazetteer))


def _known_cells(sheet: Sheet, gazetteer: Gazetteer) -> int:
    normal = gazetteer.normal
    cells = {cell for row in sheet.rows[:_ROWS_TRIED] for cell in row if not cell.isascii()}
    keys = [normal.keys(normal.words(cell)) for cell in cells]
    indexes = gazetteer.levels.values()
    return sum(any(index.lookup(key, None) for index in indexes) for key in keys)


def parse_sheet(text: str, name_col: str | None) -> Sheet:
    """Header and rows of delimited text; ValueError names the line of a broken row."""
    delimiter = find_delimiter(text, [] if name_col is None else [name_col])
    rows = parse_rows(text, delimiter)
    if not rows:
        raise ValueError("the file is empty")
    return Sheet(rows[0], rows[1:], "," if delimiter == NO_DELIMITER else delimiter)
