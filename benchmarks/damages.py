"""Ways in which a file gets damaged on its way from an office: bytes, cells, rows, columns.

Each damage takes a random generator and what it damages, and returns the
damaged thing and whether every cell kept its kind (a figure became another
figure, a word another word): nobody can notice that without a checksum or a
sum, so such damages are counted apart.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

#: A table as it stands in a file: header rows and all, cells as they are.
Grid = list[list[Any]]
Damaged = tuple[Any, bool]

NUMBER = re.compile(r"[+-]?\d[\d\s.,]*")
ENCODINGS = (
    *("cp1250", "cp1251", "cp1252", "iso8859_2", "iso8859_16", "utf-16", "utf-16-be", "utf-8-sig"),
    *("twice cp1252", "twice cp1250", "lost", "unknown"),
)
JUNK = ("#REF!", "#N/A", "abc", "?", "12a", "1-2", "0x1F", "1e", "vezi nota", "=1+1", "NaN", "inf")


def _kind_of_byte(byte: int) -> str:
    letter = chr(byte)
    if letter.isdigit():
        return "digit"
    return "letter" if byte >= 128 or letter.isalpha() else letter


def change_byte(rng: random.Random, raw: bytes) -> Damaged:
    """One byte becomes another."""
    at, new = rng.randrange(len(raw)), rng.randrange(256)
    same = _kind_of_byte(raw[at]) == _kind_of_byte(new) in ("digit", "letter")
    return raw[:at] + bytes([new]) + raw[at + 1 :], same


def remove_byte(rng: random.Random, raw: bytes) -> Damaged:
    """One byte is gone."""
    at = rng.randrange(len(raw))
    return raw[:at] + raw[at + 1 :], _kind_of_byte(raw[at]) in ("digit", "letter")


def add_byte(rng: random.Random, raw: bytes) -> Damaged:
    """One byte too many."""
    at, new = rng.randrange(1, len(raw)), rng.randrange(256)
    beside = {_kind_of_byte(raw[at]), _kind_of_byte(raw[at - 1])}
    same = _kind_of_byte(new) in ("digit", "letter") and _kind_of_byte(new) in beside
    return raw[:at] + bytes([new]) + raw[at:], same


def cut_off(rng: random.Random, raw: bytes) -> Damaged:
    """The file ends early."""
    return raw[: rng.randrange(len(raw))], False


def blank_block(rng: random.Random, raw: bytes) -> Damaged:
    """A stretch of zeros, as a broken disk leaves it."""
    at = rng.randrange(len(raw))
    length = min(rng.choice((4, 16, 64, 512)), len(raw) - at)
    return raw[:at] + b"\0" * length + raw[at + length :], False


def repeat_block(rng: random.Random, raw: bytes) -> Damaged:
    """A stretch that arrived twice."""
    at = rng.randrange(len(raw))
    end = min(at + rng.choice((8, 64, 512)), len(raw))
    return raw[:end] + raw[at:end] + raw[end:], end - at <= 8


def _some_cell(rng: random.Random, grid: Grid, wanted: Callable[[Any], bool]) -> tuple[int, int]:
    cells = [(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if wanted(cell)]
    if not cells:
        raise LookupError
    return rng.choice(cells)


def _is_number(cell: Any) -> bool:
    return not isinstance(cell, bool) and NUMBER.fullmatch(str(cell)) is not None


def _with_cell(grid: Grid, at: tuple[int, int], cell: Any) -> Grid:
    new = [list(row) for row in grid]
    new[at[0]][at[1]] = cell
    return new


def empty_cell(rng: random.Random, grid: Grid) -> Damaged:
    """A cell without its content."""
    at = _some_cell(rng, grid, lambda cell: cell not in ("", None))
    return _with_cell(grid, at, ""), False


def spoil_cell(rng: random.Random, grid: Grid) -> Damaged:
    """A figure that is no figure any more."""
    return _with_cell(grid, _some_cell(rng, grid, _is_number), rng.choice(JUNK)), False


def rewrite_number(rng: random.Random, grid: Grid) -> Damaged:
    """A figure written in another way: another unit, sign, decimal mark or grouping."""
    at = _some_cell(rng, grid, _is_number)
    text = str(grid[at[0]][at[1]])
    ways = [f"-{text}", f"{text} %", f"{text} lei", f"{text}e3", f"({text})"]
    ways += [f"~{text}", f"<{text}"]
    if text.isdigit() and len(text) > 3:
        ways += [f"{text[:-3]}{mark}{text[-3:]}" for mark in (" ", ".", ",", "\u202f", "'")]
    return _with_cell(grid, at, rng.choice(ways)), False


def change_digit(rng: random.Random, grid: Grid) -> Damaged:
    """Another figure of as many digits."""
    at = _some_cell(rng, grid, _is_number)
    text = str(grid[at[0]][at[1]])
    place = rng.choice([i for i, letter in enumerate(text) if letter.isdigit()])
    digit = rng.choice([d for d in "0123456789" if d != text[place]])
    changed = text[:place] + digit + text[place + 1 :]
    was = grid[at[0]][at[1]]
    return _with_cell(
        grid, at, type(was)(changed) if isinstance(was, (int, float)) else changed
    ), True


def copy_neighbour(rng: random.Random, grid: Grid) -> Damaged:
    """A cell with the content of the one beside it."""
    row, column = _some_cell(rng, grid, lambda cell: cell not in ("", None))
    other = column - 1 if column else column + 1
    if other >= len(grid[row]):
        raise LookupError
    cell, was = grid[row][other], grid[row][column]
    same = _is_number(cell) == _is_number(was)
    return _with_cell(grid, (row, column), cell), same


def shift_row(rng: random.Random, grid: Grid) -> Damaged:
    """The cells of a row moved by one column."""
    row = rng.randrange(len(grid))
    cells = list(grid[row])
    at = rng.randrange(len(cells))
    if rng.random() < 0.5:
        moved = [*cells[:at], "", *cells[at:-1]]
    else:
        moved = [*cells[:at], *cells[at + 1 :], ""]
    same = all(
        "" in (was, now) or None in (was, now) or _is_number(was) == _is_number(now)
        for was, now in zip(cells, moved, strict=True)
    )
    return [moved if number == row else r for number, r in enumerate(grid)], same


def remove_row(rng: random.Random, grid: Grid) -> Damaged:
    """A row is gone."""
    row = rng.randrange(len(grid))
    return grid[:row] + grid[row + 1 :], False


def double_row(rng: random.Random, grid: Grid) -> Damaged:
    """A row stands twice."""
    row = rng.randrange(len(grid))
    return grid[: row + 1] + grid[row:], False


def add_total(rng: random.Random, grid: Grid) -> Damaged:
    """A row of totals that was not there, at the end or among the rows."""
    width = max(map(len, grid))
    sums = []
    for column in range(width):
        cells = [row[column] for row in grid if column < len(row)]
        numbers = [int(cell) for cell in map(str, cells) if cell.isdigit()]
        sums.append(str(sum(numbers)) if len(numbers) > len(cells) / 2 else "")
    sums[0] = "TOTAL"
    row = rng.randrange(1, len(grid) + 1)
    return [*grid[:row], sums, *grid[row:]], False


def add_words(rng: random.Random, grid: Grid) -> Damaged:
    """A title, a note or a blank line among the rows."""
    words = rng.choice(("", "Source: office", "* provisional", "Tabelul 2"))
    line = [words] + [""] * (len(grid[0]) - 1)
    row = rng.randrange(len(grid) + 1)
    return [*grid[:row], line, *grid[row:]], False


def remove_column(rng: random.Random, grid: Grid) -> Damaged:
    """A column is gone."""
    column = rng.randrange(len(grid[0]))
    return [row[:column] + row[column + 1 :] for row in grid], False


def double_column(rng: random.Random, grid: Grid) -> Damaged:
    """A column stands twice, the second time with other rows' cells."""
    column = rng.randrange(len(grid[0]))
    cells = [row[column] for row in grid]
    again = [cells[0], *cells[:0:-1]]
    at = rng.randrange(len(grid[0]) + 1)
    return [[*row[:at], cell, *row[at:]] for row, cell in zip(grid, again, strict=True)], False


def permute_columns(rng: random.Random, grid: Grid) -> Damaged:
    """The columns in another order, each below its header."""
    order = list(range(len(grid[0])))
    rng.shuffle(order)
    return [[row[column] for column in order] for row in grid], False


def rename_header(rng: random.Random, grid: Grid) -> Damaged:
    """A header with another word."""
    column = rng.randrange(len(grid[0]))
    return _with_cell(grid, (0, column), f"{grid[0][column]}_1"), False


def exchange_headers(rng: random.Random, grid: Grid) -> Damaged:
    """Two headers stand above each other's columns."""
    if len(grid[0]) < 2 or len(grid) < 2:
        raise LookupError
    one, other = rng.sample(range(len(grid[0])), 2)
    header = list(grid[0])
    header[one], header[other] = header[other], header[one]
    filled = [[row[c] for row in grid[1:] if row[c] not in ("", None)] for c in (one, other)]
    kinds = [{_is_number(cell) for cell in cells} for cells in filled]
    return [header, *grid[1:]], kinds[0] == kinds[1] or set() in kinds


def recode(rng: random.Random, raw: bytes) -> Damaged:
    """The same text in another encoding, or encoded twice, or with letters lost."""
    text = raw.decode("utf-8-sig")
    if text.isascii():
        raise LookupError
    way = rng.choice(ENCODINGS)
    if way == "lost":
        return text.encode("ascii", "replace"), False
    if way == "unknown":
        return text.encode("ascii", "replace").replace(b"?", "\ufffd".encode()), False
    if way.startswith("twice"):
        return raw.decode(way.split()[1], "replace").encode(), False
    try:
        return text.encode(way), False
    except UnicodeEncodeError:
        return text.encode(way, "replace"), False


def change_delimiter(rng: random.Random, raw: bytes) -> Damaged:
    """Every delimiter becomes another sign, without regard to quotes."""
    text = raw.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    old = max(",;\t|", key=first.count)
    return text.replace(old, rng.choice([d for d in ",;\t| " if d != old])).encode(), False


def drop_delimiter(rng: random.Random, raw: bytes) -> Damaged:
    """One delimiter, quote or line end is gone, or is there once more."""
    marks = [at for at, byte in enumerate(raw) if byte in b',;\t|"\n\r']
    if not marks:
        raise LookupError
    at = rng.choice(marks)
    return raw[:at] + (raw[at + 1 :] if rng.random() < 0.5 else raw[at : at + 1] + raw[at:]), False


def exchange_marks(rng: random.Random, raw: bytes) -> Damaged:
    """Decimal points become commas in the whole file, and commas points."""
    del rng
    return raw.translate(bytes.maketrans(b".,", b",.")), False


OF_BYTES = {
    "byte changed": change_byte,
    "byte removed": remove_byte,
    "byte added": add_byte,
    "cut off": cut_off,
    "block blanked": blank_block,
    "block repeated": repeat_block,
}
OF_TEXT = {"encoding": recode}
OF_LINES = {
    "delimiter changed": change_delimiter,
    "delimiter lost or added": drop_delimiter,
    "points and commas exchanged": exchange_marks,
}
OF_CELLS = {
    "cell emptied": empty_cell,
    "cell spoilt": spoil_cell,
    "figure written otherwise": rewrite_number,
    "digit changed": change_digit,
    "cell copied from beside": copy_neighbour,
    "row shifted": shift_row,
    "row removed": remove_row,
    "row doubled": double_row,
    "total added": add_total,
    "line of words added": add_words,
    "column removed": remove_column,
    "column doubled": double_column,
    "columns permuted": permute_columns,
    "header renamed": rename_header,
    "headers exchanged": exchange_headers,
}
