"""Need beside service: each area by two values, with the medians that divide them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from landscape.figures.chart import plotly_text, twin, value_axis
from landscape.figures.describe import describe_values, word_for_missing
from landscape.figures.figure import Figure, require_words
from landscape.figures.inputs import read_values
from landscape.figures.legend import LegendRow, circle_swatch, cross_swatch, quadrant_swatch
from landscape.figures.pairs import Pairs
from landscape.figures.palette import ACCENT, HIGHLIGHT, INK
from landscape.figures.scatter_drawing import LABELS, PLOT_PX, draw_scatter
from landscape.language import Language

# Beyond this an interactive twin would carry more names than anybody points at.
TWIN_DOTS = 4000


def plot_scatter_need_service(
    areas: pd.DataFrame,
    need: pd.Series[float],
    service: pd.Series[float],
    *,
    title: str,
    names: tuple[str, str],
    unit: tuple[str, str],
    source: str,
    language: Language,
    decimals: tuple[int, int] = (1, 1),
    highlight: Collection[str] = (),
    note: str = "",
) -> Figure:
    """Need across, service upwards; dashed lines at the medians make four fields.

    areas: area_id, name. need, service: by area_id; an area with either
    missing is counted in the legend and not drawn. names, unit, decimals: of
    need and of service. highlight: area_ids drawn in another colour, the
    first LABELS of them named. An area on a median counts as above it.
    Raises ValueError as plot_choropleth does.
    """
    for name, one in zip(names, unit, strict=True):
        require_words(title=title, source=source, unit=one, name=name)
    first, second = (
        read_values(areas, values, unit=unit[i], decimals=decimals[i], language=language)
        for i, values in enumerate((need, service))
    )
    marked = np.asarray(first.names.index.isin(list(highlight)))
    pairs = Pairs(first, second, names, marked)
    alt = _describe(pairs)
    table = first.table().iloc[:, :2]
    for heading, read in zip(pairs.titles(), (first, second), strict=True):
        table[heading] = read.numbers.to_numpy()
    return Figure(
        title=title,
        alt=alt,
        unit="; ".join(pairs.titles()),
        source=source,
        svg=draw_scatter(pairs, title, alt),
        table=table,
        legend=_legend(pairs),
        plotly=_twin(pairs) if 0 < pairs.known.sum() <= TWIN_DOTS else None,
        note=note,
    )


def _describe(pairs: Pairs) -> str:
    said = []
    for name, read in zip(pairs.names, (pairs.need, pairs.service), strict=True):
        words = describe_values(
            read.names,
            read.numbers,
            unit=read.unit,
            language=read.language,
            decimals=read.decimals,
        )
        said.append(read.language.pair(name, words))
    language = pairs.need.language
    counted = [language.pair(row.label, language.number(row.count or 0)) for row in _fields(pairs)]
    if counted:
        said.append(language.text("By the medians, {fields}.", fields=language.join(counted)))
    return " ".join(said)


def _fields(pairs: Pairs) -> list[LegendRow]:
    """A line per field between the medians, with the number of its areas."""
    if not pairs.known.any():
        return []
    text = pairs.need.language.text
    right = pairs.xy[pairs.known, 0] >= pairs.medians[0]
    top = pairs.xy[pairs.known, 1] >= pairs.medians[1]
    words = {
        (True, False): text("higher need, fewer services"),
        (True, True): text("higher need, more services"),
        (False, False): text("lower need, fewer services"),
        (False, True): text("lower need, more services"),
    }
    return [
        LegendRow(quadrant_swatch(x, y, ACCENT), said, int(((right == x) & (top == y)).sum()))
        for (x, y), said in words.items()
    ]


def _legend(pairs: Pairs) -> tuple[LegendRow, ...]:
    """The four fields and the unknown: their counts add up to the number of areas."""
    rows = _fields(pairs)
    unknown = int((~pairs.known).sum())
    if unknown:
        rows.append(LegendRow(cross_swatch(), word_for_missing(pairs.need.language), unknown))
    for name in pairs.need.names[pairs.marked & pairs.known].tolist()[:LABELS]:
        rows.append(LegendRow(circle_swatch(HIGHLIGHT), name))
    return tuple(rows)


def _twin(pairs: Pairs) -> dict[str, Any]:
    tips = [plotly_text(tip) for tip in pairs.tips()]
    # those pointed out come last, on top of the others
    known = np.flatnonzero(pairs.known & ~pairs.marked).tolist()
    known += np.flatnonzero(pairs.known & pairs.marked).tolist()
    pointed_out = np.flatnonzero(pairs.known & pairs.marked).tolist()[:LABELS]
    named = {area: str(pairs.need.names.iloc[area]) for area in pointed_out}
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "cliponaxis": False,
        "text": [plotly_text(named.get(area, "")) for area in known],
        "textposition": "top center",
        "x": pairs.xy[known, 0].tolist(),
        "y": pairs.xy[known, 1].tolist(),
        "marker": {
            "size": [11 if pairs.marked[area] else 7 for area in known],
            "color": [HIGHLIGHT if pairs.marked[area] else ACCENT for area in known],
            "opacity": 0.65,
        },
        "hovertext": [tips[area] for area in known],
        "hoverinfo": "text",
    }
    x_axis, y_axis = pairs.axes
    line = {"color": INK, "width": 1, "dash": "dash"}
    x, y = pairs.medians
    shapes = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": x, "x1": x, "line": line},
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line},
    ]
    across, upwards = pairs.titles()
    return twin(
        [trace],
        height=PLOT_PX + 80,
        language=pairs.need.language,
        shapes=shapes,
        xaxis=value_axis(across, range=[x_axis.low, x_axis.high]),
        yaxis=value_axis(upwards, range=[y_axis.low, y_axis.high]),
    )
