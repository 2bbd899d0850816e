"""Tables in HTML pages of statistical offices: every cell in its place, as text.

A page is read as text and never run: no script, no address in it is followed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from landscape.cleaning.decoding import ENCODINGS, decode_certain, decode_text
from landscape.cleaning.delimited import join_headers, read_bytes
from landscape.cleaning.sheets import rename_columns
from landscape.errors import SourceError

#: Far more than a page that a browser still shows.
LARGEST_PAGE, MOST_CELLS, MOST_TABLES = 16 * 2**20, 1_000_000, 1_000
#: As browsers have it: a cell never spans more.
WIDEST, HIGHEST = 1_000, 65_534
#: Cells that stand in a table and are not part of what it says.
_UNREAD = ("template", "sup")
_VOID = ("br", "img", "input", "hr", "wbr", "col", "link", "meta")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,20})", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_FIGURE = re.compile(r"[\d\s.,'%+-]*\d[\d\s.,'%+-]*")
#: Ends that the parser would search for again and again, and what stands for nothing here.
_LONG = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))
_DECLARATION = re.compile(r"<[!?][^>]*>")
_NEVER_CLOSED = re.compile(r"<[a-zA-Z/][^<>]*(?:<|\Z)")


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """One table: its cells as text, and which of them repeat a merged cell.

    Both frames have one row a row of the page (from 1) and one column a column
    (from 0). A cell that spans others stands in each of them; ``merged`` tells
    these. Rows that are shorter than the widest end in blanks.
    """

    cells: pd.DataFrame
    merged: pd.DataFrame


@dataclass(slots=True)
class _Grid:
    """A table while it is read: rows of (text, is merged), and what reaches down from above."""

    rows: list[list[tuple[str, bool]]] = field(default_factory=list)
    below: dict[int, tuple[str, int]] = field(default_factory=dict)
    parts: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    held: int = 0


class _Tables(HTMLParser):
    """Collects the tables of a page; a table inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Grid] = []
        self.open: list[_Grid] = []
        self.unread: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if len(self.done) >= MOST_TABLES:
                raise ValueError(f"more than {MOST_TABLES:,} tables")
            self.unread = None
            self.open.append(_Grid())
            self.done.append(self.open[-1])
        elif self.open and tag in ("tr", "td", "th"):
            self.unread = None
            _end_cell(self.open[-1])
            _start(self.open[-1], tag, dict(attrs))
        elif self.unread:
            same, depth = self.unread
            self.unread = (same, depth + (tag == same))
        elif tag in _UNREAD or (tag not in _VOID and _is_hidden(dict(attrs))):
            self.unread = (tag, 1)
        elif tag in ("br", "p", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.unread and tag == self.unread[0]:
            depth = self.unread[1] - 1
            self.unread = (tag, depth) if depth else None
        elif self.open and tag in ("td", "th", "tr", "table"):
            self.unread = None
            _end_cell(self.open[-1])
            if tag == "table":
                self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and not self.unread and self.open[-1].parts is not None:
            self.open[-1].parts.append(data)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _start(grid: _Grid, tag: str, attributes: dict[str, str | None]) -> None:
    if tag == "tr" or not grid.rows:
        _fill_from_above(grid)
        grid.rows.append([])
    if tag != "tr":
        grid.parts = []
        columns = _number(attributes.get("colspan"), WIDEST)
        grid.span = (columns, _number(attributes.get("rowspan"), HIGHEST))


def _number(text: str | None, most: int) -> int:
    digits = (text or "").strip()[:9]
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdigit() else 1


def _fill_from_above(grid: _Grid) -> None:
    """Cells of rows above that reach into the end of the last row, where no cell followed."""
    while grid.rows and len(grid.rows[-1]) in grid.below:
        _take_from_above(grid)


def _take_from_above(grid: _Grid) -> None:
    row = grid.rows[-1]
    text, left = grid.below.pop(len(row))
    if left > 1:
        grid.below[len(row)] = (text, left - 1)
    _put(grid, text, merged=True)


def _end_cell(grid: _Grid) -> None:
    if grid.parts is None:
        return
    text = _BLANKS.sub(" ", "".join(grid.parts)).strip(" ")
    _fill_from_above(grid)
    columns, rows = grid.span
    for _ in range(columns):
        grid.below.pop(len(grid.rows[-1]), None)
        if rows > 1:
            grid.below[len(grid.rows[-1])] = (text, rows - 1)
        _put(grid, text, merged=columns > 1 or rows > 1)
    grid.parts = None


def _put(grid: _Grid, text: str, *, merged: bool) -> None:
    grid.held += 1
    if grid.held > MOST_CELLS:
        raise ValueError(f"a table of more than {MOST_CELLS:,} cells")
    grid.rows[-1].append((text, merged))


def parse_tables(page: str) -> list[HtmlTable]:
    """The tables of a page in the order in which they begin.

    Blanks and line breaks count as one blank; no-break blanks stay. Left out
    are scripts, hidden text, and raised marks (``<sup>``): a note's number
    behind a figure would make another figure. ``colspan`` and ``rowspan`` are
    unrolled; a cell never reaches below the last row. Raises ValueError for a
    tag that does not end and for more than ``MOST_CELLS`` cells in a table.

    >>> page = "<table><tr><th rowspan=2>Code<th colspan=2>2011<tr><td>M<td>F"
    >>> parse_tables(page + "<tr><td>01<td>1 204<sup>1</sup><td>1 310</table>")[0].cells.values[2]
    ... # doctest: +NORMALIZE_WHITESPACE
    array(['01', '1 204', '1 310'], dtype=object)
    """
    parser = _Tables()
    parser.feed(_only_tags(page))
    parser.close()
    for grid in parser.done:
        _end_cell(grid)
        _fill_from_above(grid)
    return [_as_table(grid) for grid in parser.done]


def _only_tags(page: str) -> str:
    """The page without comments, scripts and declarations, all of its tags closed.

    Python's parser takes time by the square of the length for what is never
    closed, so that is refused here, in one pass.
    """
    for start, end in _LONG:
        page = _without(page, start, end)
    if "<" in page[page.rfind(">") + 1 :]:
        raise ValueError("the page ends inside a tag")
    page = _DECLARATION.sub(" ", page)
    wrong = _NEVER_CLOSED.search(page)
    if wrong:
        raise ValueError(f"a tag that does not end: {wrong[0][:40]!r}")
    return page


def _without(page: str, start: str, end: str) -> str:
    """The page without all that stands between ``start`` and ``end``, in any case of letters."""
    lower, kept, at = page.lower(), [], 0
    if len(lower) != len(page):  # a few letters grow when made small
        lower = page
    while (found := lower.find(start, at)) >= 0:
        kept.append(page[at:found])
        closed = lower.find(end, found + len(start))
        closed = lower.find(">", closed) if closed >= 0 else -1
        if closed < 0:
            raise ValueError(f"{start} is never closed")
        at = closed + 1
    return " ".join([*kept, page[at:]])


def _as_table(grid: _Grid) -> HtmlTable:
    width = max(map(len, grid.rows), default=0)
    if width * len(grid.rows) > MOST_CELLS:
        raise ValueError(f"a table of more than {MOST_CELLS:,} cells")
    full = [row + [("", False)] * (width - len(row)) for row in grid.rows]
    index = pd.RangeIndex(1, len(full) + 1)
    texts, merged = ([[cell[part] for cell in row] for row in full] for part in (0, 1))
    cells = pd.DataFrame(texts, index=index, columns=range(width), dtype="object")
    return HtmlTable(cells, pd.DataFrame(merged, index=index, columns=range(width), dtype="bool"))


def read_html_tables(path: Path, language: str | None = None) -> list[HtmlTable]:
    """The tables of a page, packed by xz or not.

    The encoding is what the bytes tell (UTF-8, UTF-16), else what the page
    declares where it is one that offices use, else what the letters of the
    ``language`` make sure. SourceError where none does, and for what
    ``parse_tables`` refuses.
    """
    try:
        return parse_tables(_page_text(read_bytes(path, LARGEST_PAGE), language))
    except (ValueError, OSError, AssertionError) as error:
        raise SourceError(f"{path}: not readable as a page of tables: {error}") from None


def _page_text(raw: bytes, language: str | None) -> str:
    certain = decode_certain(raw)
    if certain is not None:
        return certain.text
    declared = _DECLARED.search(raw[:4096])
    if declared:
        usual = {codecs.lookup(name).name for names in ENCODINGS.values() for name in names}
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            if encoding in usual:
                return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode_text(raw, language)
    if not decoded.is_sure:
        raise ValueError("its encoding is not sure")
    return decoded.text


def read_html_table(
    path: Path,
    columns: dict[str, str],
    *,
    table: int = 0,
    header: int = 1,
    language: str | None = None,
) -> pd.DataFrame:
    """The named columns of one table of a page as text, with ``record`` ("row 2").

    ``header`` rows are joined by " / " as in ``sheets.read_csv``; a merged
    header stands above each of its columns. Records count the table's rows
    from 1. Raises SourceError where there is no such table or column, and for a
    figure in a merged cell: whose it is, or how it is shared out, nobody says.
    """
    tables = read_html_tables(path, language)
    if table >= len(tables) or len(tables[table].cells) < header:
        raise SourceError(f"{path}: no table number {table} with a header of {header} row(s)")
    found = tables[table]
    heads = found.cells.iloc[:header]
    # A cell that spans several header rows is told once.
    names = join_headers(heads.mask(heads == heads.shift(), "").to_numpy().tolist())
    body = found.cells.iloc[header:].set_axis(names, axis="columns")
    merged = found.merged.iloc[header:].set_axis(names, axis="columns")
    frame = rename_columns(body, columns, path)
    shared = frame.map(lambda cell: _FIGURE.fullmatch(cell) is not None)
    shared &= rename_columns(merged, columns, path)
    for name in columns.values():
        figure = frame.loc[shared[name], name]
        if not figure.empty:
            raise SourceError(
                f"{path}: row {figure.index[0]}: {name}: the figure {figure.iloc[0]!r} is in a "
                "merged cell"
            )
    return frame.assign(record=[f"row {n}" for n in frame.index]).reset_index(drop=True)
