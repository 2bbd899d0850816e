"""The drawing of need beside service."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landscape.figures.axis import Axis, percent
from landscape.figures.chart import SMALL_PX, chart_document, plot_region, vertical_grid
from landscape.figures.describe import word_for_missing
from landscape.figures.pairs import Pairs
from landscape.figures.palette import ACCENT, GRID, HIGHLIGHT, INK, MUTED
from landscape.figures.svg import element, in_lines, label, prefix_for, shorten, tooltip
from landscape.language import Language

PLOT_PX, TOP_PX, FOOT_PX = 320, 30, 46
LEFT, RIGHT = 0.12, 0.97
# The title of an axis, in lines that a phone has room for.
TITLE_LONGEST, TITLE_PX = 44, 15
# Up to here each area is a dot of its own that says its name.
NAMED_DOTS = 400
# So many of the areas pointed out are named in the figure.
LABELS = 8


def draw_scatter(pairs: Pairs, title: str, alt: str) -> str:
    """The ``<svg>``: grid, medians, a dot per area that has both values, and names."""
    tips = pairs.tips()
    prefix = prefix_for("scatter", title, *pairs.titles(), *tips)
    across, upwards = pairs.titles()
    above, below = in_lines(upwards, TITLE_LONGEST), in_lines(across, TITLE_LONGEST)
    top = TOP_PX + TITLE_PX * (len(above) - 1)
    foot = top + PLOT_PX + 38
    parts = [
        *_title_lines(above, 12, x=0),
        *_title_lines(below, foot, x="100%", text_anchor="end"),
    ]
    if pairs.known.any():
        x_axis, y_axis = pairs.axes
        inside = [
            vertical_grid(x_axis, PLOT_PX, pairs.need.language),
            _horizontal_grid(y_axis, pairs.need.language),
            _medians(pairs),
            _dots(pairs, tips),
            _labels(pairs),
        ]
        region = plot_region("".join(inside), left=LEFT, right=RIGHT, top=top, height=PLOT_PX)
        parts.append(region)
    else:
        parts.append(label(word_for_missing(pairs.need.language), x=0, y=top + 20))
    total = top + PLOT_PX + FOOT_PX + TITLE_PX * (len(below) - 1)
    return chart_document("".join(parts), height=total, title=title, alt=alt, prefix=prefix)


def _title_lines(lines: list[str], y: int, **place: object) -> list[str]:
    """The title of an axis, a line below the other."""
    return [
        label(line, y=y + TITLE_PX * number, font_size=SMALL_PX, fill=MUTED, **place)
        for number, line in enumerate(lines)
    ]


def _y(axis: Axis, value: float) -> float:
    return PLOT_PX * (1 - axis.share(value))


def _horizontal_grid(axis: Axis, language: Language) -> str:
    drawn = []
    for tick in axis.ticks:
        y = _y(axis, tick)
        drawn.append(element("line", x1=0, x2="100%", y1=y, y2=y, stroke=GRID))
        words = axis.label(tick, language)
        drawn.append(label(words, x=-6, y=y + 4, text_anchor="end", font_size=SMALL_PX, fill=MUTED))
    return "".join(drawn)


def _medians(pairs: Pairs) -> str:
    x_axis, y_axis = pairs.axes
    x, y = x_axis.percent(pairs.medians[0]), _y(y_axis, pairs.medians[1])
    lines = (
        element("line", x1=x, x2=x, y1=0, y2=PLOT_PX),
        element("line", x1=0, x2="100%", y1=y, y2=y),
    )
    return element("g", *lines, stroke=INK, stroke_dasharray="4 3")


def _dots(pairs: Pairs, tips: list[str]) -> str:
    """Each area a dot that says its name; where there are many, one path of round ends."""
    x_axis, y_axis = pairs.axes
    xy, plain = pairs.xy, pairs.known & ~pairs.marked
    if plain.sum() > NAMED_DOTS:
        drawn = [_cloud(xy[plain], x_axis, y_axis)]
        shown = np.flatnonzero(pairs.known & pairs.marked)
    else:
        drawn = []
        shown = np.r_[np.flatnonzero(plain), np.flatnonzero(pairs.known & pairs.marked)]
    for area in shown.tolist():
        marked = bool(pairs.marked[area])
        drawn.append(
            element(
                "circle",
                tooltip(tips[area]),
                cx=x_axis.percent(xy[area, 0]),
                cy=_y(y_axis, xy[area, 1]),
                r=5 if marked else 4,
                fill=HIGHLIGHT if marked else ACCENT,
                fill_opacity=None if marked else 0.6,
            )
        )
    return "".join(drawn)


def _cloud(xy: NDArray[np.float64], x_axis: Axis, y_axis: Axis) -> str:
    """All dots as one path, stretched to the width while the dots stay round."""
    places = np.stack(
        [
            [1000 * x_axis.share(x) for x in xy[:, 0].tolist()],
            [2 * _y(y_axis, y) for y in xy[:, 1].tolist()],
        ],
        axis=1,
    )
    once = np.unique(np.rint(places).astype(int), axis=0)
    path = element(
        "path",
        d="".join(f"M{x} {y}h0" for x, y in once.tolist()),
        stroke=ACCENT,
        stroke_width=4,
        stroke_linecap="round",
        stroke_opacity=0.4,
        vector_effect="non-scaling-stroke",
    )
    return element(
        "svg",
        path,
        width="100%",
        height=PLOT_PX,
        viewBox=f"0 0 1000 {2 * PLOT_PX}",
        preserveAspectRatio="none",
        overflow="visible",
    )


def _labels(pairs: Pairs) -> str:
    """The names of the areas pointed out, to the side where there is more room."""
    x_axis, y_axis = pairs.axes
    drawn = []
    for area in np.flatnonzero(pairs.known & pairs.marked).tolist()[:LABELS]:
        share = x_axis.share(float(pairs.xy[area, 0]))
        drawn.append(
            label(
                shorten(str(pairs.need.names.iloc[area]), 20),
                x=percent(share),
                y=_y(y_axis, float(pairs.xy[area, 1])) + 4,
                dx=8 if share < 0.6 else -8,
                text_anchor="start" if share < 0.6 else "end",
                font_weight="600",
                stroke="#ffffff",
                stroke_width=3,
                paint_order="stroke",
            )
        )
    return "".join(drawn)
