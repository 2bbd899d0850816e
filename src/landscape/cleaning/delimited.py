"""Delimited text as rows of as many cells as the header has; anything else is refused by line."""

from __future__ import annotations

import csv
import io
import lzma
from collections.abc import Collection, Sequence
from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")
#: A character that no list contains: under it, a line is one cell.
NO_DELIMITER = "\x1f"
#: More than this is no list that an office publishes.
LARGEST_TEXT, LARGEST_CELL, MOST_COLUMNS = 150 * 2**20, 4 * 2**20, 20_000


def read_bytes(path: Path, largest: int = LARGEST_TEXT) -> bytes:
    """The content of a file, unpacked where its name ends in ``.xz``.

    Raises ValueError where it is, or unpacks to, more than ``largest`` bytes,
    before more than that is held; and where the packing is broken.
    """
    try:
        with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
            content: bytes = file.read(largest + 1)
    except (lzma.LZMAError, EOFError) as error:
        raise ValueError(f"not readable as xz: {error}; fetch it again") from None
    if len(content) > largest:
        raise ValueError(f"larger than {largest // 2**20} MB; not read")
    return content


def parse_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows of delimited text, lines with nothing on them left out.

    Cells may be quoted and hold line breaks. Every row must have as many
    cells as the first; cells that are blank in all rows at the end of each
    (trailing delimiters) are dropped. Raises ValueError naming the line of a
    row with more or fewer cells, a quote that does not close, a cell of more
    than ``LARGEST_CELL`` characters, and more than ``MOST_COLUMNS`` columns.

    >>> parse_rows("a;b;\\n1;2;\\n", ";")
    [['a', 'b'], ['1', '2']]
    """
    if any(line.count(delimiter) >= MOST_COLUMNS for line in text.splitlines()):
        raise ValueError(f"a line has more than {MOST_COLUMNS:,} cells")
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if rows and row and len(row) != len(rows[0]):
                raise ValueError(
                    f"line {reader.line_num}: {len(row)} cells, the header has {len(rows[0])}"
                )
            if row:
                rows.append(row)
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from None
    return _without_trailing(rows)


def _without_trailing(rows: list[list[str]]) -> list[list[str]]:
    width = len(rows[0]) if rows else 0
    while width > 1 and not any(row[width - 1].strip() for row in rows):
        width -= 1
    return rows if not rows or width == len(rows[0]) else [row[:width] for row in rows]


def find_delimiter(text: str, headers: Collection[str] = ()) -> str:
    """The delimiter under which the first line has most of the headers, else the most cells.

    ``NO_DELIMITER`` where the line is one cell under each. Raises ValueError
    for a line of more than ``MOST_COLUMNS`` cells or with an endless one.

    >>> find_delimiter("Name, first;Code\\n", ["Code"])
    ';'
    """
    line = next((line for line in text.splitlines() if line.strip()), "")
    if max(map(line.count, DELIMITERS)) >= MOST_COLUMNS:
        raise ValueError(f"a line has more than {MOST_COLUMNS:,} cells")
    csv.field_size_limit(LARGEST_CELL)
    wanted = {header.strip() for header in headers}
    found = []
    for delimiter in DELIMITERS:
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error as error:
            raise ValueError(f"line 1: {error}") from None
        found.append((len(wanted.intersection(cells)), len(cells), delimiter))
    best = max(found, key=lambda each: each[:2])
    return best[2] if best[1] > 1 else NO_DELIMITER


def join_headers(rows: Sequence[Sequence[str]]) -> list[str]:
    """One header a column from header rows, their texts joined by " / ", blanks left out.

    Byte order marks that a program wrote inside the first cell are dropped.

    >>> join_headers([["", "Persons"], ["Code", "2011"]])
    ['Code', 'Persons / 2011']
    """
    told = [[cell.replace("\ufeff", "").strip() for cell in row] for row in rows]
    return [" / ".join(filter(None, cells)) for cells in zip(*told, strict=True)]
