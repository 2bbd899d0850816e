"""Tables on the page: caption, scope, aligned figures, and words where a value is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from numbers import Integral, Real
from statistics import median
from typing import Any, overload

import pandas as pd
from markupsafe import Markup, escape
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_numeric_dtype

from landscape.language import Language

#: A table as columns of plain values by their names, all of one length.
Columns = Mapping[str, Sequence[object]]
Table = pd.DataFrame | Columns

MOST_ROWS = 120
ONE_SHEET_OF_PAPER = 45
#: A longer text in a cell keeps a width at which it can be read.
LONG_TEXT = 60
#: Below a figure, a table of more rows is set in columns or left to the file.
WIDE_ROWS_ON_PAPER = 20
_NARROW = 3


def is_missing(value: Any) -> bool:
    """Whether a cell of a table holds nothing (None, NA, NaN, NaT)."""
    if value is None or isinstance(value, str):
        return value is None
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


@overload
def flat_table(table: pd.DataFrame) -> pd.DataFrame: ...
@overload
def flat_table(table: Columns) -> Columns: ...
def flat_table(table: Table) -> Table:
    """The table with a meaningful index turned into its first columns.

    A number without a name is a row's place in some other table: it is left out.
    Columns without an index stay as they are.
    """
    if not isinstance(table, pd.DataFrame):
        return table
    numbered = table.index.nlevels == 1 and is_integer_dtype(table.index)
    plain = numbered and table.index.name is None
    return table.reset_index(drop=plain)


def table_element(
    table: Table,
    caption: str,
    language: Language,
    anchor: str,
    decimals: int | None = None,
) -> Markup:
    """The first rows of a table, as an element that scrolls inside itself.

    The first column names the row. ``decimals`` holds for every fractional
    column; without it each column has as many as its values need, at most two.
    A missing value reads "not inventoried". Raises ValueError if two columns
    have the same name.
    """
    flat = flat_table(table)
    if isinstance(flat, pd.DataFrame) and not flat.columns.is_unique:
        raise ValueError(f"table {caption!r} has columns of the same name")
    columns = {str(name): column_of(flat, name) for name in flat}
    figures = [is_figure(column) for column in columns.values()]
    head = "".join(
        _cell(name, "th", ' scope="col"', figure)
        for name, figure in zip(columns, figures, strict=True)
    )
    texts = [_texts(name, each[:MOST_ROWS], language, decimals) for name, each in columns.items()]
    missing = language.text("not inventoried")
    body = "".join(_row(row, figures, missing) for row in zip(*texts, strict=True))
    narrow = " narrow" if is_narrow(flat) else ""
    return Markup(
        f'<div class="scroll{narrow}" role="group" tabindex="0" '
        f'aria-labelledby="{escape(anchor)}-caption">'
        f'<table><caption id="{escape(anchor)}-caption"><span>{escape(caption)}</span></caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{_rest(count_rows(flat), language)}"
    )


def column_of(table: Table, name: Any) -> pd.Series | Sequence[object]:
    """A column of a table, of whichever kind it is."""
    return table[name]


def count_rows(table: Table) -> int:
    """How many rows a table has."""
    if isinstance(table, pd.DataFrame):
        return len(table)
    return max(map(len, table.values()), default=0)


def is_figure(column: pd.Series | Sequence[object]) -> bool:
    """Whether a column holds numbers; yes and no are words."""
    if isinstance(column, pd.Series):
        return is_numeric_dtype(column.dtype) and not is_bool_dtype(column.dtype)
    known = [value for value in column if not is_missing(value)]
    return bool(known) and all(isinstance(v, Real) and not isinstance(v, bool) for v in known)


def is_narrow(table: Table) -> bool:
    """Whether the table is long and narrow: paper sets it in columns beside each other."""
    return len(list(table)) <= _NARROW and count_rows(table) > WIDE_ROWS_ON_PAPER


def folded(
    label: str, content: Markup, rows: int, most_on_paper: int = ONE_SHEET_OF_PAPER
) -> Markup:
    """Content behind a line that unfolds it.

    On paper it is unfolded, unless its table has more rows than
    ``most_on_paper``: that one is left to the file.
    """
    length = "long" if rows > most_on_paper else "short"
    return Markup('<details class="{}"><summary>{}</summary>{}</details>').format(
        length, label, content
    )


def column_texts(
    column: pd.Series, language: Language, decimals: int | None = None
) -> list[str | None]:
    """The values of a column as the reader sees them; None where one is missing.

    A column called "Year" in the reader's language has no thousands separator.
    """
    return _texts(column.name, column, language, decimals)


def _texts(
    name: object,
    column: pd.Series | Sequence[object],
    language: Language,
    decimals: int | None,
) -> list[str | None]:
    is_year = str(name) in {"year", "Year", language.text("Year")}
    places = _decimals_needed(column) if decimals is None else decimals
    return [_value_text(value, language, places, is_year) for value in column]


def _value_text(value: object, language: Language, decimals: int, is_year: bool) -> str | None:
    if is_missing(value):
        return None
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    if isinstance(value, Real):
        if is_year:
            return str(round(float(value)))
        whole = isinstance(value, Integral)
        return language.number(float(value), 0 if whole else decimals)
    if isinstance(value, date):
        return language.date(value)
    return str(value)


def _decimals_needed(column: pd.Series | Sequence[object]) -> int:
    """0, 1 or 2: what tells the values of the column apart without false precision."""
    if not is_figure(column):
        return 1
    values = [abs(float(str(value))) for value in column if not is_missing(value)]
    if all(value % 1 == 0 for value in values) or median(values) >= 100:
        return 0
    return 2 if max(values) < 1 else 1


def _row(texts: tuple[str | None, ...], figures: list[bool], missing: str) -> str:
    named = _cell(texts[0] or "", "th", ' scope="row"', figures[0])
    cells = (
        _cell(missing, "td", "", figure, "missing")
        if text is None
        else _cell(text, "td", "", figure, "long" if len(text) > LONG_TEXT else "")
        for text, figure in zip(texts[1:], figures[1:], strict=True)
    )
    return f"<tr>{named}{''.join(cells)}</tr>"


def _cell(text: str, tag: str, scope: str, figure: bool, css_class: str = "") -> str:
    """The element, its text escaped."""
    classes = " ".join(name for name in ("number" if figure else "", css_class) if name)
    attribute = f' class="{classes}"' if classes else ""
    return f"<{tag}{scope}{attribute}>{escape(text)}</{tag}>"


def _rest(rows: int, language: Language) -> Markup:
    if rows <= MOST_ROWS:
        return Markup("")
    sentence = language.text(
        "The first {shown} of {rows} rows.",
        shown=language.number(MOST_ROWS),
        rows=language.number(rows),
    )
    return Markup('<p class="rest">{}</p>').format(sentence)
