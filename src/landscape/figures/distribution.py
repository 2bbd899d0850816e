"""How the values of all areas are spread, with the middle half marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landscape.figures.axis import Axis, nice_axis, percent
from landscape.figures.chart import (
    SMALL_PX,
    chart_document,
    plot_region,
    plotly_text,
    twin,
    value_axis,
    vertical_grid,
)
from landscape.figures.describe import word_for_missing
from landscape.figures.figure import Figure, require_words
from landscape.figures.inputs import AreaValues, read_values
from landscape.figures.legend import LegendRow, circle_swatch, cross_swatch, line_swatch
from landscape.figures.palette import ACCENT, GRID, HIGHLIGHT, INK, MUTED
from landscape.figures.svg import element, label, prefix_for, tooltip
from landscape.language import Language

# Up to here every area is a dot; beyond, areas are counted in columns.
DOTS = 120
DOT_PX, COLUMNS_PX = 11, 180
TOP_PX, FOOT_PX = 14, 28
LEFT, RIGHT = 0.02, 0.97
DASH = "4 3"


@dataclass(frozen=True)
class _Spread:
    """The known values counted in columns of equal width."""

    axis: Axis
    edges: NDArray[np.floating]
    column: NDArray[np.intp]
    counts: NDArray[np.intp]
    quartiles: tuple[float, float, float]


def plot_distribution(
    areas: pd.DataFrame,
    values: pd.Series[float],
    *,
    title: str,
    unit: str,
    source: str,
    language: Language,
    decimals: int = 1,
    highlight: Collection[str] = (),
    note: str = "",
    span: tuple[float, float] | None = None,
) -> Figure:
    """Where the areas lie between the lowest and the highest value.

    areas: area_id, name. values: by area_id, in ``unit``, NA or absent for
    not inventoried (counted in the legend, not drawn). Up to DOTS known
    values each area is a dot, otherwise columns count the areas. Lines mark
    the median and the quartiles. highlight: area_ids in another colour. span:
    values that the axis holds too, so that figures beside each other share one.
    Raises ValueError as plot_choropleth does.
    """
    require_words(title=title, unit=unit, source=source)
    read = read_values(areas, values, unit=unit, decimals=decimals, language=language)
    alt = read.alt(
        language.plural("The spread of {number} area.", "The spread of {number} areas.", len(areas))
    )
    spread = _spread(read.numbers.to_numpy(), span or ())
    marked = np.asarray(read.names.index.isin(list(highlight)))
    if spread is not None:
        middle = language.number(spread.quartiles[1], decimals)
        alt += " " + language.text("The median is {value} {unit}.", value=middle, unit=unit)
    return Figure(
        title=title,
        alt=alt,
        unit=unit,
        source=source,
        svg=_draw(read, spread, marked, title, alt),
        table=read.table(),
        legend=_legend(read, spread, marked),
        plotly=None if spread is None else _twin(read, spread, marked),
        note=note,
        decimals=decimals,
    )


def _spread(numbers: NDArray[np.floating], span: tuple[float, ...] = ()) -> _Spread | None:
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return None
    axis = nice_axis([*known.tolist(), *span], ticks=6)
    step = (axis.ticks[1] - axis.ticks[0]) / (10 if len(known) <= DOTS else 5)
    number = round((axis.high - axis.low) / step)
    edges = np.linspace(axis.low, axis.high, number + 1)
    column = np.full(len(numbers), -1, dtype=np.intp)
    column[~np.isnan(numbers)] = np.clip(
        np.searchsorted(edges, known, side="right") - 1, 0, number - 1
    )
    counts = np.bincount(column[column >= 0], minlength=number).astype(np.intp)
    low, middle, high = np.quantile(known, [0.25, 0.5, 0.75]).tolist()
    return _Spread(axis, edges, column, counts, (low, middle, high))


def _draw(
    read: AreaValues, spread: _Spread | None, marked: NDArray[np.bool_], title: str, alt: str
) -> str:
    tips = read.tips()
    prefix = prefix_for("distribution", title, read.unit, *tips)
    if spread is None:
        words = word_for_missing(read.language)
        empty = element("text", words, x=0, y=20, font_style="italic")
        return chart_document(empty, height=32, title=title, alt=alt, prefix=prefix)
    dots = int(spread.counts.sum()) <= DOTS
    height = max(DOT_PX * int(spread.counts.max()) + 8, 60) if dots else COLUMNS_PX
    drawn = [
        vertical_grid(spread.axis, height, read.language),
        _dots(spread, tips, marked, height) if dots else _columns(spread, read, height),
        _lines(read, spread, marked, height, dots=dots),
    ]
    region = plot_region("".join(drawn), left=LEFT, right=RIGHT, top=TOP_PX, height=height)
    total = TOP_PX + height + FOOT_PX
    return chart_document(region, height=total, title=title, alt=alt, prefix=prefix)


def _dots(spread: _Spread, tips: list[str], marked: NDArray[np.bool_], height: int) -> str:
    """A dot per area, piled up in its column; those pointed out at the bottom."""
    piled = np.zeros(len(spread.counts), dtype=int)
    drawn = []
    for area in sorted(np.flatnonzero(spread.column >= 0).tolist(), key=lambda a: not marked[a]):
        column = spread.column[area]
        x = (column + 0.5) / len(spread.counts)
        y = height - 6 - DOT_PX * int(piled[column])
        piled[column] += 1
        fill = HIGHLIGHT if marked[area] else ACCENT
        drawn.append(element("circle", tooltip(tips[area]), cx=percent(x), cy=y, r=4.5, fill=fill))
    return "".join(drawn)


def _columns(spread: _Spread, read: AreaValues, height: int) -> str:
    tallest = int(spread.counts.max())
    scale = read.language.plural("{number} area", "{number} areas", tallest)
    drawn = [
        element("line", x1=0, x2="100%", y1=0, y2=0, stroke=GRID),
        label(scale, x="100%", y=14, text_anchor="end", font_size=SMALL_PX, fill=MUTED),
    ]
    for number, count in enumerate(spread.counts.tolist()):
        if not count:
            continue
        tall = max(height * count / tallest, 1.0)
        drawn.append(
            element(
                "rect",
                tooltip(_column_tip(spread, read, number)),
                x=percent(number / len(spread.counts)),
                y=height - tall,
                width=percent(1 / len(spread.counts)),
                height=tall,
                fill=ACCENT,
                stroke="#ffffff",
            )
        )
    return "".join(drawn)


def _column_tip(spread: _Spread, read: AreaValues, number: int) -> str:
    language = read.language
    places = max(read.decimals, spread.axis.decimals)
    count = int(spread.counts[number])
    limits = language.text(
        "{low} to {high}",
        low=language.number(float(spread.edges[number]), places),
        high=language.number(float(spread.edges[number + 1]), places),
    )
    counted = language.plural("{number} area", "{number} areas", count)
    return language.pair(f"{limits} {read.unit}", counted)


def _lines(
    read: AreaValues,
    spread: _Spread,
    marked: NDArray[np.bool_],
    height: int,
    *,
    dots: bool,
) -> str:
    low, middle, high = (spread.axis.percent(value) for value in spread.quartiles)
    drawn = [
        element("line", x1=x, x2=x, y1=-8, y2=height, stroke=INK, stroke_dasharray=DASH)
        for x in (low, high)
    ]
    drawn.append(
        element("line", x1=middle, x2=middle, y1=-8, y2=height, stroke=INK, stroke_width=2)
    )
    for value in [] if dots else read.numbers[marked].dropna().tolist():
        x = spread.axis.percent(value)
        drawn.append(
            element("line", x1=x, x2=x, y1=-8, y2=height, stroke=HIGHLIGHT, stroke_width=3)
        )
    return "".join(drawn)


def _legend(
    read: AreaValues, spread: _Spread | None, marked: NDArray[np.bool_]
) -> tuple[LegendRow, ...]:
    text, missing = read.language.text, int(read.numbers.isna().sum())
    rows = []
    if spread is not None:
        low, middle, high = (
            read.language.number(value, read.decimals) for value in spread.quartiles
        )
        rows = [
            LegendRow(line_swatch(INK), text("half of the areas below {value}", value=middle)),
            LegendRow(
                line_swatch(INK, DASH),
                text("a quarter below {low}, a quarter above {high}", low=low, high=high),
            ),
        ]
    for name, value in zip(read.names[marked], read.numbers[marked], strict=True):
        if not np.isnan(value):
            words = read.language.pair(name, read.language.number(value, read.decimals))
            rows.append(LegendRow(circle_swatch(HIGHLIGHT), words))
    if missing:
        rows.append(LegendRow(cross_swatch(), word_for_missing(read.language), missing))
    return tuple(rows)


def _twin(read: AreaValues, spread: _Spread, marked: NDArray[np.bool_]) -> dict[str, Any]:
    middles = ((spread.edges[1:] + spread.edges[:-1]) / 2).tolist()
    holds = np.zeros(len(middles), dtype=bool)
    holds[spread.column[marked & (spread.column >= 0)]] = True
    tips = [plotly_text(_column_tip(spread, read, number)) for number in range(len(middles))]
    bars = {
        "type": "bar",
        "x": middles,
        "y": spread.counts.tolist(),
        "width": float(spread.edges[1] - spread.edges[0]),
        "marker": {
            "color": [HIGHLIGHT if held else ACCENT for held in holds.tolist()],
            "line": {"color": "#ffffff", "width": 1},
        },
        "hovertext": tips,
        "hoverinfo": "text",
    }
    shapes = [
        {
            "type": "line",
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "x0": value,
            "x1": value,
            "line": {"color": INK, "width": width, "dash": dash},
        }
        for value, width, dash in zip(
            spread.quartiles, (1, 2, 1), ("dash", "solid", "dash"), strict=True
        )
    ]
    limits = [spread.axis.low, spread.axis.high]
    return twin(
        [bars],
        height=260,
        language=read.language,
        bargap=0,
        shapes=shapes,
        xaxis=value_axis(read.unit, range=limits),
        yaxis=value_axis(read.language.text("areas"), rangemode="tozero"),
    )
