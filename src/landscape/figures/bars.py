"""Values with their 95 % intervals, one row per area, in the order given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landscape.figures.axis import Axis, nice_axis
from landscape.figures.chart import (
    SMALL_PX,
    chart_document,
    name_axis,
    plot_region,
    plotly_text,
    twin,
    value_axis,
    vertical_grid,
)
from landscape.figures.describe import describe_numbers, word_for_missing
from landscape.figures.figure import Figure, require_words
from landscape.figures.inputs import require_areas
from landscape.figures.legend import LegendRow, interval_swatch, line_swatch
from landscape.figures.palette import ACCENT, HIGHLIGHT, INK, MUTED
from landscape.figures.svg import element, label, prefix_for, shorten, tooltip
from landscape.language import Language

# Names up to this long stand left of their row; longer ones stand above it.
NAME_BESIDE = 18
NAME_LONGEST = 44
ROW_BESIDE_PX, ROW_ABOVE_PX = 22, 38
TOP_PX, FOOT_PX = 24, 26
# With more rows than this the axis is numbered above as well.
TALL_ROWS = 15
_NOTHING = pd.DataFrame()


@dataclass(frozen=True, eq=False)
class _Rows:
    """The checked table with what is said and drawn of each row.

    numbers: value, low and high by column, a row per name.
    """

    ids: list[str]
    names: list[str]
    numbers: NDArray[np.float64]
    marked: NDArray[np.bool_]
    reference: tuple[str, float] | None
    axis: Axis
    unit: str
    decimals: int
    language: Language

    def say(self, value: float) -> str:
        return self.language.number(value, self.decimals)

    def tips(self) -> list[str]:
        """Name, value and interval of each row in words."""
        said = []
        for name, (value, low, high) in zip(self.names, self.numbers.tolist(), strict=True):
            words = word_for_missing(self.language)
            if not np.isnan(value):
                words = self.language.amount(value, self.unit, self.decimals)
            if not np.isnan(low + high):
                limits = {"low": self.say(low), "high": self.say(high)}
                words += " " + self.language.text("(between {low} and {high})", **limits)
            said.append(self.language.pair(name, words))
        return said

    def colours(self) -> list[str]:
        return [HIGHLIGHT if marked else ACCENT for marked in self.marked.tolist()]


def plot_bars_with_intervals(
    table: pd.DataFrame,
    *,
    title: str,
    unit: str,
    source: str,
    language: Language,
    decimals: int = 1,
    reference: tuple[str, float] | None = None,
    highlight: Collection[str] = (),
    note: str = "",
) -> Figure:
    """A dot with the line of its interval per area, in the order of the table.

    table: area_id, name, value, low, high, in ``unit``; low and high may be
    NA (a dot alone); a row with a missing value says so. reference: a name
    and a value drawn as a line through all rows. highlight: area_ids in
    another colour. Raises ValueError where columns or words are absent or an
    interval does not hold its value.
    """
    return plot_rows_with_intervals(
        table["area_id"].tolist() if "area_id" in table else [],
        table["name"].astype(str).tolist() if "name" in table else [],
        _numbers(table),
        title=title,
        unit=unit,
        source=source,
        language=language,
        decimals=decimals,
        reference=reference,
        highlight=highlight,
        note=note,
    )


def plot_rows_with_intervals(
    ids: Sequence[str],
    names: Sequence[str],
    numbers: NDArray[np.float64],
    *,
    title: str,
    unit: str,
    source: str,
    language: Language,
    decimals: int = 1,
    reference: tuple[str, float] | None = None,
    highlight: Collection[str] = (),
    note: str = "",
    bare: bool = False,
) -> Figure:
    """The same from plain rows: area_ids, names, and value, low and high as columns of numbers.

    bare: with an empty table and without an interactive twin, for a page that shows neither.
    """
    require_words(title=title, unit=unit, source=source)
    _require_intervals(ids, numbers)
    axis = nice_axis([*numbers.ravel().tolist(), *([reference[1]] if reference else [])])
    rows = _Rows(
        ids=list(ids),
        names=list(names),
        numbers=numbers,
        marked=np.array([area in highlight for area in ids], dtype=bool),
        reference=reference,
        axis=axis,
        unit=unit,
        decimals=decimals,
        language=language,
    )
    said = describe_numbers(
        rows.names, numbers[:, 0], unit=unit, language=language, decimals=decimals
    )
    kind = language.plural(
        "Value and interval of {number} area.", "Values and intervals of {number} areas.", len(ids)
    )
    return Figure(
        title=title,
        alt=f"{kind} {said}",
        unit=unit,
        source=source,
        svg=_draw(rows, title, f"{kind} {said}"),
        table=_NOTHING if bare else _folded(rows),
        legend=_legend(rows),
        plotly=None if bare else _twin(rows),
        note=note,
        decimals=decimals,
    )


def _numbers(table: pd.DataFrame) -> NDArray[np.float64]:
    """Value, low and high as float64, NaN where missing."""
    require_areas(table, "value", "low", "high")
    columns = table[["value", "low", "high"]].astype("Float64")
    return np.asarray(columns.to_numpy(dtype=np.float64, na_value=np.nan))


def _require_intervals(ids: Sequence[str], numbers: NDArray[np.float64]) -> None:
    value, low, high = numbers.T
    outside = (value < low) | (value > high)
    if outside.any():
        raise ValueError(f"the interval does not hold the value of {ids[int(np.argmax(outside))]}")


def _draw(rows: _Rows, title: str, alt: str) -> str:
    tips = rows.tips()
    longest = max(len(name) for name in rows.names)
    beside = longest <= NAME_BESIDE
    step = ROW_BESIDE_PX if beside else ROW_ABOVE_PX
    # wide enough for the longest name, of the width of a phone
    left = min(0.06 + 0.019 * longest, 0.4) if beside else 0.02
    height = step * len(rows.names)
    tall = len(rows.names) > TALL_ROWS
    start = TOP_PX if tall else 6
    names, values, marks = [], [], []
    dots = [vertical_grid(rows.axis, height, rows.language, both_ends=tall)]
    if rows.reference is not None:
        x = rows.axis.percent(rows.reference[1])
        dots.append(
            element("line", x1=x, x2=x, y1=0, y2=height, stroke=INK, stroke_dasharray="4 3")
        )
    for number, (name, tip) in enumerate(zip(rows.names, tips, strict=True)):
        middle = number * step + (step // 2 if beside else 30)
        weight = "600" if rows.marked[number] else None
        words = shorten(name, NAME_LONGEST)
        baseline = start + (middle + 4 if beside else middle - 13)
        names.append(label(words, x=0, y=baseline, font_weight=weight))
        values.append(_value(rows, number, start + middle + 4))
        marks.append(_dot(rows, number, middle, tip))
    dots.append(element("g", *marks, fill=ACCENT, stroke=ACCENT, stroke_opacity=0.65))
    names.append(element("g", *values, text_anchor="end", font_weight=600))
    region = plot_region("".join(dots), left=left, right=0.84, top=start, height=height)
    prefix = prefix_for(title, rows.unit, *tips)
    total = start + height + FOOT_PX
    return chart_document(
        region + "".join(names), height=total, title=title, alt=alt, prefix=prefix
    )


def _value(rows: _Rows, number: int, baseline: int) -> str:
    value = float(rows.numbers[number, 0])
    if np.isnan(value):
        return ""
    return label(rows.say(value), x="100%", y=baseline)


def _dot(rows: _Rows, number: int, y: int, tip: str) -> str:
    """The row's mark: interval and dot, or the words for a missing value."""
    value, low, high = rows.numbers[number].tolist()
    if np.isnan(value):
        words = word_for_missing(rows.language)
        muted = {"fill": MUTED, "stroke": "none", "font_style": "italic", "font_size": SMALL_PX}
        return label(words, x=4, y=y + 4, **muted)
    parts = [tooltip(tip)]
    if not np.isnan(low + high):
        x1, x2 = rows.axis.percent(low), rows.axis.percent(high)
        parts.append(f'<line x1="{x1}" x2="{x2}" stroke-width="2"/>')
        parts += [f'<line x1="{x}" x2="{x}" y1="-4" y2="4"/>' for x in (x1, x2)]
    parts.append(f'<circle cx="{rows.axis.percent(value)}" r="4"/>')
    own = HIGHLIGHT if rows.marked[number] else None
    return element("g", *parts, transform=f"translate(0 {y})", fill=own, stroke=own)


def _legend(rows: _Rows) -> tuple[LegendRow, ...]:
    text = rows.language.text
    drawn = [LegendRow(interval_swatch(ACCENT), text("value with its 95 % interval"))]
    if rows.reference is not None:
        name, value = rows.reference
        drawn.append(LegendRow(line_swatch(INK, "4 3"), rows.language.pair(name, rows.say(value))))
    return tuple(drawn)


def _folded(rows: _Rows) -> pd.DataFrame:
    text = rows.language.text
    return pd.DataFrame(
        {
            text("Area"): rows.names,
            text("Code"): rows.ids,
            rows.unit: rows.numbers[:, 0],
            text("95 % interval from"): rows.numbers[:, 1],
            text("95 % interval to"): rows.numbers[:, 2],
        }
    )


def _twin(rows: _Rows) -> dict[str, Any]:
    tips = [plotly_text(tip) for tip in rows.tips()]
    value, low, high = rows.numbers.T
    known = np.flatnonzero(~np.isnan(value))
    unknown = np.flatnonzero(np.isnan(value)).tolist()
    above, below = (np.nan_to_num(away[known]).tolist() for away in (high - value, value - low))
    colours = rows.colours()
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": value[known].tolist(),
        "y": known.tolist(),
        "error_x": {"type": "data", "symmetric": False, "array": above, "arrayminus": below}
        | {"color": ACCENT, "thickness": 1.5, "width": 4},
        "marker": {"size": 9, "color": [colours[i] for i in known]},
        "hovertext": [tips[i] for i in known],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    absent = {
        "type": "scatter",
        "mode": "text",
        "x": [rows.axis.low] * len(unknown),
        "y": unknown,
        "text": [plotly_text(word_for_missing(rows.language))] * len(unknown),
        "textposition": "middle right",
        "textfont": {"size": SMALL_PX, "color": MUTED},
        "hoverinfo": "skip",
    }
    dashes = {"type": "line", "yref": "paper", "line": {"color": INK, "width": 1, "dash": "dash"}}
    at = [] if rows.reference is None else [rows.reference[1]]
    return twin(
        [marks, absent],
        height=ROW_BESIDE_PX * len(rows.names) + 70,
        language=rows.language,
        xaxis=value_axis(rows.unit, range=[rows.axis.low, rows.axis.high]),
        yaxis=name_axis(rows.names),
        shapes=[dashes | {"y0": 0, "y1": 1, "x0": x, "x1": x} for x in at],
    )
