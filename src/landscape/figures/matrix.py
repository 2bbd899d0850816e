"""What is known: how much of each indicator is covered, level by level and year by year."""

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
from landscape.figures.palette import INK, MUTED, WHITE, ink_on, sequential
from landscape.figures.shares import say_percent
from landscape.figures.svg import clean_text, element, in_lines, label, prefix_for, shorten, tooltip
from landscape.language import Language

CELL_PX, GAP_PX = 24, 8
LINE_PX = 15
# As many letters as the width of a phone holds.
NAME_LONGEST = 42
HEADING_LONGEST = 12
# Lower limits of the five shades; all and nothing have one of their own.
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def plot_matrix(
    coverage: pd.DataFrame,
    *,
    title: str,
    unit: str,
    source: str,
    language: Language,
    note: str = "",
) -> Figure:
    """A cell per indicator and level or year with the share that is known.

    coverage: index = indicator labels, columns = labels of levels or years,
    all in the reader's language; values from 0 to 1 (in the table per cent),
    NA where no source exists. Every cell says its share in figures; the bar
    at its foot is as long as the share, and a cell without source is hatched, so that nothing
    rests on colour; it needs no interactive twin. Raises ValueError for an
    empty table or a share outside 0 to 1.
    """
    require_words(title=title, unit=unit, source=source)
    if coverage.empty:
        raise ValueError("there is no indicator to show")
    known = pd.DataFrame(
        coverage.astype("Float64").to_numpy(dtype=float, na_value=np.nan),
        index=[str(row) for row in coverage.index],
        columns=[str(column) for column in coverage.columns],
    )
    if ((known < 0) | (known > 1)).any(axis=None):
        raise ValueError("a share known runs from 0 to 1")
    alt = _describe(known, language)
    return Figure(
        title=title,
        alt=alt,
        unit=unit,
        source=source,
        svg=_draw(known, title, alt, language),
        table=(100 * known).round(1).rename_axis(language.text("Indicator")).reset_index(),
        legend=_legend(known, language),
        note=note,
    )


def _shade(share: float) -> str:
    return sequential(len(STEPS))[int(np.searchsorted(STEPS, share, side="right")) - 1]


def _describe(known: pd.DataFrame, language: Language) -> str:
    """How many cells are complete, partial and without source."""
    cells = known.to_numpy()
    complete, absent = int((cells == 1).sum()), int(np.isnan(cells).sum())
    partial = cells.size - complete - absent
    said = [
        language.plural("{number} cell is complete.", "{number} cells are complete.", complete),
        language.plural("{number} cell is partial.", "{number} cells are partial.", partial),
        language.plural("{number} cell has no source.", "{number} cells have no source.", absent),
    ]
    bare = [
        clean_text(known.index[row]) for row in np.flatnonzero(np.isnan(cells).all(axis=1)).tolist()
    ]
    if bare:
        names = language.join(bare)
        said.append(language.text("Not inventoried at all: {names}.", names=names))
    return " ".join(said)


def _draw(known: pd.DataFrame, title: str, alt: str, language: Language) -> str:
    prefix = prefix_for(title, known.to_csv())
    width = 1 / len(known.columns)
    headings = [_two_lines(column) for column in known.columns]
    head = LINE_PX * max(len(lines) for lines in headings) + 6
    drawn = [hatch_fill(prefix)]
    for number, lines in enumerate(headings):
        for line, words in enumerate(lines):
            x, y = percent((number + 0.5) * width), LINE_PX * (line + 1) - 3
            drawn.append(
                label(words, x=x, y=y, text_anchor="middle", font_size=SMALL_PX, fill=MUTED)
            )
    top = head
    for row, name in enumerate(known.index):
        for words in in_lines(name, NAME_LONGEST):
            drawn.append(label(words, x=0, y=top + 13))
            top += LINE_PX
        for column, share in enumerate(known.iloc[row].tolist()):
            words = f"{name}, {known.columns[column]}"
            at = (column * width, width, top + 4)
            drawn.append(_cell(at, share, words, prefix, language))
        top += CELL_PX + GAP_PX
    return chart_document("".join(drawn), height=top, title=title, alt=alt, prefix=prefix)


def _cell(
    at: tuple[float, float, int], share: float, words: str, prefix: str, language: Language
) -> str:
    left, width, top = at
    x, across, middle = percent(left), percent(width), percent(left + width / 2)
    box = {"x": x, "y": top, "width": across, "height": CELL_PX, "stroke": WHITE, "stroke_width": 3}
    if np.isnan(share):
        said = word_for_missing(language)
        back = element("rect", fill=f"url(#{prefix}h)", **box)
        plate = element("circle", cx=middle, cy=top + CELL_PX // 2, r=8, fill=WHITE)
        dash = label("–", x=middle, y=top + CELL_PX // 2 + 4, text_anchor="middle", fill=INK)
        return element("g", tooltip(language.pair(words, said)), back, plate, dash)
    said, fill = say_percent(share, language), _shade(share)
    back = element("rect", fill=fill, **box)
    bar = element(
        "rect",
        x=percent(left + 0.04 * width),
        y=top + CELL_PX - 6,
        width=percent(0.92 * width * share),
        height=3,
        fill=ink_on(fill),
    )
    text = label(
        said, x=middle, y=top + 14, text_anchor="middle", font_size=SMALL_PX, fill=ink_on(fill)
    )
    return element("g", tooltip(language.pair(words, said)), back, bar, text)


def _two_lines(heading: str) -> list[str]:
    """The heading broken at the space nearest its middle where it is long."""
    if len(heading) <= HEADING_LONGEST or " " not in heading:
        return [shorten(heading, 2 * HEADING_LONGEST)]
    spaces = [i for i, letter in enumerate(heading) if letter == " "]
    cut = min(spaces, key=lambda i: abs(i - len(heading) / 2))
    return [shorten(part, HEADING_LONGEST + 6) for part in (heading[:cut], heading[cut + 1 :])]


def _legend(known: pd.DataFrame, language: Language) -> tuple[LegendRow, ...]:
    cells = known.to_numpy()
    present = cells[~np.isnan(cells)]
    shades = sequential(len(STEPS))
    rows = []
    for number, low in enumerate(STEPS):
        last = low == STEPS[-1]
        high = 2.0 if last else STEPS[number + 1]
        count = int(((present >= low) & (present < high)).sum())
        words = language.text("all of it known")
        if not last:
            limits = {"low": language.number(100 * low), "high": language.number(100 * high)}
            words = language.text("{low} to under {high} % known", **limits)
        if count:
            rows.append(LegendRow(colour_swatch(shades[number]), words, count))
    absent = int(np.isnan(cells).sum())
    if absent:
        rows.append(LegendRow(hatch_swatch(), word_for_missing(language), absent))
    return tuple(rows)
