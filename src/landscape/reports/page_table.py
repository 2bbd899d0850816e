"""Tables on the page: caption, scope, aligned figures, and words where a value is missing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from markupsafe import Markup, escape
from pandas.api.types import is_bool_dtype, is_float_dtype, is_numeric_dtype

from landscape.language import Language

MOST_ROWS = 120
ONE_SHEET_OF_PAPER = 45


def flat_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a meaningful index turned into its first columns."""
    plain = isinstance(table.index, pd.RangeIndex) and table.index.name is None
    return table if plain else table.reset_index()


def table_element(
    table: pd.DataFrame,
    caption: str,
    language: Language,
    anchor: str,
    decimals: int | None = None,
) -> Markup:
    """The first rows of a table as an element that scrolls inside itself.

    ``decimals`` holds for all its fractional columns; without it each column
    shows as many as its values need, at most two. The first column names the
    row. Missing values read "not inventoried".
    """
    shown = flat_table(table)
    if not shown.columns.is_unique:
        raise ValueError(f"table {caption!r} has columns of the same name")
    numeric = [_is_figure(shown[column]) for column in shown.columns]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_aligned(right), column)
        for column, right in zip(shown.columns, numeric, strict=True)
    )
    texts = [_column_texts(shown[column], language, decimals) for column in shown.columns]
    rows = Markup("").join(_row(cells, numeric) for cells in zip(*texts, strict=True))
    return Markup(
        '<div class="scroll" role="region" tabindex="0" aria-labelledby="{anchor}-caption">'
        '<table><caption id="{anchor}-caption">{caption}</caption>'
        "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{rest}"
    ).format(anchor=anchor, caption=caption, head=head, rows=rows, rest=_rest(shown, language))


def _rest(table: pd.DataFrame, language: Language) -> Markup:
    """A sentence on the rows that are not shown."""
    if len(table) <= MOST_ROWS:
        return Markup("")
    sentence = language.text(
        "The first {shown} of {rows} rows.",
        shown=language.number(MOST_ROWS),
        rows=language.number(len(table)),
    )
    return Markup('<p class="rest">{}</p>').format(sentence)


def _row(cells: tuple[str | None, ...], numeric: list[bool]) -> Markup:
    first, *others = (
        _cell(cell, right, "td") for cell, right in zip(cells, numeric, strict=True)
    ) if not cells or cells[0] is None else (
        _cell(cell, right, "td" if position else "th")
        for position, (cell, right) in enumerate(zip(cells, numeric, strict=True))
    )
    return Markup("<tr>{}</tr>").format(Markup("").join([first, *others]))


def _cell(text: str | None, right: bool, tag: str) -> Markup:
    return Markup("")


def _is_figure(column: pd.Series) -> bool:
    return bool(is_numeric_dtype(column) and not is_bool_dtype(column))


def _aligned(right: bool) -> Markup:
    return Markup(' class="figure-cell"') if right else Markup("")


def _column_texts(*_: object) -> list[str | None]:
    return []
