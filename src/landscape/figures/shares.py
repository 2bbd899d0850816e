"""Stacked bars of 100 %: how a whole is divided, row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landscape.figures.axis import percent
from landscape.figures.chart import (
    SMALL_PX,
    chart_document,
    hatch_fill,
)
from landscape.figures.describe import word_for_missing
from landscape.figures.figure import Figure, require_words
from landscape.figures.legend import LegendRow, colour_swatch, hatch_swatch
from landscape.figures.palette import CATEGORIES, WHITE, ink_on
from landscape.figures.svg import clean_text, element, label, prefix_for, shorten, tooltip
from landscape.language import Language

ROW_PX, BAR_PX, NAME_PX = 52, 24, 18
NAME_LONGEST = 48
# A share narrower than this has no room for its number.
NUMBERED = 0.09


def plot_share_bars(
    shares: pd.DataFrame,
    *,
    title: str,
    unit: str,
    source: str,
    language: Language,
    note: str = "",
    rest: str = "",
) -> Figure:
    """A bar of 100 % per row, divided among the columns; the rest is not inventoried.

    shares: index = row labels, columns = category labels, both in the
    reader's language; values from 0 to 1 (in the table per cent). NA counts
    as unknown, a row of NA is hatched throughout; where a row adds up to less
    than 1, the remainder is hatched and called ``rest``, or *not inventoried*.
    A name stands above its bar, where it has room; the drawing needs no
    interactive twin, which would cut it. Raises ValueError for no row, more
    categories than colours, a negative share or a row above 1.
    """
    require_words(title=title, unit=unit, source=source)
    _check(shares)
    known = pd.DataFrame(
        shares.astype("Float64").to_numpy(dtype=float, na_value=np.nan),
        index=[str(row) for row in shares.index],
        columns=[str(column) for column in shares.columns],
    )
    rest = rest or word_for_missing(language)
    alt = f"{language.text('The largest share of each row.')} {_describe(known, rest, language)}"
    told = known.assign(**{rest: left}) if (left := _remainder(known)).gt(0).any() else known
    table = (100 * told).round(1).rename_axis(language.text("Group")).reset_index()
    return Figure(
        title=title,
        alt=alt,
        unit=unit,
        source=source,
        svg=_draw(known, rest, title, alt, language),
        table=table,
        legend=_legend(known, rest),
        note=note,
    )


def _check(shares: pd.DataFrame) -> None:
    if shares.empty:
        raise ValueError("there is no row to draw")
    if len(shares.columns) > len(CATEGORIES):
        raise ValueError(f"more than {len(CATEGORIES)} categories cannot be told apart")
    sums = shares.sum(axis=1)
    if (shares < 0).any(axis=None) or (sums > 1.001).any():
        raise ValueError("shares run from 0 to 1 and add up to 1 at most")


def _remainder(known: pd.DataFrame) -> pd.Series[float]:
    """What no category accounts for; less than half a thousandth is rounding."""
    rest = 1 - known.sum(axis=1)
    return rest.where(rest > 0.0005, 0.0)


def say_percent(share: float, language: Language) -> str:
    """A share in whole per cent; what is neither none nor all is never shown as such."""
    if 0 < share < 0.005:
        return language.text("under {share} %", share=language.number(1))
    if 0.995 <= share < 1:
        return language.text("over {share} %", share=language.number(99))
    return language.text("{share} %", share=language.number(100 * share))


def _describe(known: pd.DataFrame, rest: str, language: Language) -> str:
    """For each row its largest share, and the rest where there is one."""
    said = []
    for name, row, left in zip(known.index, known.to_numpy(), _remainder(known), strict=True):
        parts = []
        if np.nansum(row) > 0:
            largest = int(np.nanargmax(row))
            column = clean_text(known.columns[largest])
            parts.append(f"{column} {say_percent(row[largest], language)}")
        if left > 0:
            parts.append(f"{rest} {say_percent(left, language)}" if parts else rest)
        said.append(language.pair(clean_text(name), ", ".join(parts)) + ".")
    return " ".join(said[:12])


def _draw(known: pd.DataFrame, word: str, title: str, alt: str, language: Language) -> str:
    prefix = prefix_for(title, known.to_csv())
    rest = _remainder(known)
    drawn = [hatch_fill(prefix)]
    fills = [*CATEGORIES[: len(known.columns)], f"url(#{prefix}h)"]
    names = [*known.columns, word]
    for number, row in enumerate(known.index):
        top = number * ROW_PX
        drawn.append(label(shorten(row, NAME_LONGEST), x=0, y=top + 13))
        start = 0.0
        divided = [*known.iloc[number].fillna(0).tolist(), rest.iloc[number]]
        for share, fill, name in zip(divided, fills, names, strict=True):
            if share > 0:
                words, place = f"{row}, {name}", top + NAME_PX
                drawn.append(
                    _segment(start, share, top=place, fill=fill, words=words, language=language)
                )
                start += share
    height = ROW_PX * len(known)
    return chart_document("".join(drawn), height=height, title=title, alt=alt, prefix=prefix)


def _segment(
    start: float, share: float, *, top: int, fill: str, words: str, language: Language
) -> str:
    said = say_percent(share, language)
    box = element(
        "rect",
        x=percent(start),
        y=top,
        width=percent(share),
        height=BAR_PX,
        fill=fill,
        stroke=WHITE,
    )
    number = ""
    if share >= NUMBERED and fill.startswith("#"):
        number = label(
            said,
            x=percent(start + share / 2),
            y=top + 17,
            text_anchor="middle",
            font_size=SMALL_PX,
            fill=ink_on(fill),
        )
    return element("g", tooltip(language.pair(words, said)), box, number)


def _legend(known: pd.DataFrame, rest: str) -> tuple[LegendRow, ...]:
    rows = [
        LegendRow(colour_swatch(colour), column)
        for colour, column in zip(CATEGORIES, known.columns, strict=False)
    ]
    if (_remainder(known) > 0).any():
        rows.append(LegendRow(hatch_swatch(), rest))
    return tuple(rows)
