"""The frame of every chart: a drawing as wide as its place, and its interactive twin.

Charts have no viewBox: positions across are percentages and text has its real
size, so that a chart reads as well at 320 px as on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from landscape.figures.axis import Axis
from landscape.figures.palette import GRID, HATCH, INK, MUTED, UNKNOWN
from landscape.figures.svg import FONT, clean_text, document, element, in_lines, label, shorten
from landscape.language import Language

TEXT_PX = 13
SMALL_PX = 12
# Names stand beside their row in the twin and would push the row off a phone.
TWIN_NAME_LONGEST = 22
# The title of an axis is broken into lines where a phone would cut it.
TWIN_TITLE_LONGEST = 40


def chart_document(
    body: str, *, height: int, title: str, alt: str, prefix: str, focused: bool = False
) -> str:
    """The ``<svg>`` of a chart, as wide as its container and so many pixels high."""
    return document(
        body,
        title=title,
        alt=alt,
        prefix=prefix,
        role="group" if focused else "img",
        width="100%",
        height=height,
        # a page's rule for pictures must not make the height follow the width
        style=f"width:100%;height:{height}px",
        font_size=TEXT_PX,
        fill=INK,
        overflow="visible",
    )


def plot_region(body: str, *, left: float, right: float, top: int, height: int) -> str:
    """A part of the width (shares 0 to 1) in which positions are percentages again."""
    return element(
        "svg",
        body,
        x=f"{100 * left:.1f}%",
        y=top,
        width=f"{100 * (right - left):.1f}%",
        height=height,
        overflow="visible",
    )


def vertical_grid(axis: Axis, height: int, language: Language, *, both_ends: bool = False) -> str:
    """A thin line and a number per tick; numbers below, and above too on tall charts."""
    lines, numbers = [], []
    for tick in axis.ticks:
        x = axis.percent(tick)
        lines.append(element("line", x1=x, x2=x, y2=height))
        for y in (height + 16, -6) if both_ends else (height + 16,):
            numbers.append(label(axis.label(tick, language), x=x, y=y))
    words = {"text_anchor": "middle", "font_size": SMALL_PX, "fill": MUTED}
    return element("g", *lines, stroke=GRID) + element("g", *numbers, **words)


def hatch_fill(prefix: str) -> str:
    """The hatching of what is not inventoried, in the pixels of a chart; its id ends in h."""
    return element(
        "pattern",
        element("rect", width=6, height=6, fill=UNKNOWN),
        element("path", d="M0 0V6", stroke=HATCH, stroke_width=3),
        id=prefix + "h",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def plotly_text(text: str) -> str:
    """Text that plotly shows as it stands: it reads tags and entities in every label."""
    safe = clean_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # MathJax would be called for between dollar signs, if a page had it
    return safe.replace("$", "&#36;")


def twin(
    traces: Sequence[dict[str, Any]], *, height: int, language: Language, **layout: Any
) -> dict[str, Any]:
    """The interactive twin: data, layout and config for plotly's basic bundle."""
    base: dict[str, Any] = {
        "font": {"family": FONT, "size": TEXT_PX, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 10, "r": 16, "t": 8, "b": 44},
        "height": height,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "separators": _separators(language),
    }
    config = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
    return {"data": list(traces), "layout": {**base, **layout}, "config": config}


def value_axis(title: str, **options: Any) -> dict[str, Any]:
    """A plotly axis of numbers with its title."""
    return {
        "title": {
            "text": "<br>".join(map(plotly_text, in_lines(title, TWIN_TITLE_LONGEST))),
            "font": {"size": SMALL_PX, "color": MUTED},
        },
        "gridcolor": GRID,
        "zeroline": False,
        "exponentformat": "none",
        "separatethousands": True,
        "fixedrange": True,
        "automargin": True,
        **options,
    }


def name_axis(names: Sequence[str], **options: Any) -> dict[str, Any]:
    """A plotly axis of rows from the top down, by number: equal names stay apart."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [plotly_text(shorten(name, TWIN_NAME_LONGEST)) for name in names],
        "range": [len(names) - 0.5, -0.5],
        "ticks": "outside",
        "ticklen": 8,
        "tickcolor": "rgba(0,0,0,0)",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        **options,
    }


def _separators(language: Language) -> str:
    """Decimal and thousands sign, as plotly wants them."""
    written = language.number(1234567.5, 1)
    group = "" if written[1].isdigit() else written[1]
    return written[-2] + group
