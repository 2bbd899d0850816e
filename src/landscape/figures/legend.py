"""Legends as data, so that a page can set them in its own text size.

Text inside a drawing shrinks with the drawing; a legend in the page stays
readable on a phone, wraps, and can be selected and read aloud.
"""

from __future__ import annotations

from dataclasses import dataclass

from landscape.figures.palette import GRID, HATCH, MUTED, UNKNOWN, WHITE
from landscape.figures.svg import element


@dataclass(frozen=True)
class LegendRow:
    """One line of a legend.

    swatch: a small decorative SVG, 22 x 14 px, hidden from screen readers.
    label: plain text in the reader's language, to be escaped by the page.
    count: how many areas the line stands for; None where that has no meaning.
    """

    swatch: str
    label: str
    count: int | None = None


def _swatch(*content: str) -> str:
    return element(
        "svg",
        *content,
        xmlns="http://www.w3.org/2000/svg",
        width=22,
        height=14,
        viewBox="0 0 22 14",
        aria_hidden="true",
        focusable="false",
    )


def _box(fill: str) -> str:
    return element(
        "rect", x=0.5, y=0.5, width=21, height=13, fill=fill, stroke=MUTED, stroke_width=0.6
    )


def colour_swatch(colour: str) -> str:
    """A filled box."""
    return _swatch(_box(colour))


def hatch_swatch() -> str:
    """The box of what is not inventoried: grey strokes on light grey."""
    strokes = "".join(f"M{x} 13.5l13-13" for x in range(-8, 20, 5))
    line = element("path", d=strokes, stroke=HATCH, stroke_width=1.3, fill="none")
    clip = element(
        "rect", x=0.5, y=0.5, width=21, height=13, fill="none", stroke=MUTED, stroke_width=0.6
    )
    return _swatch(_box(UNKNOWN), line, clip)


def dots_swatch() -> str:
    """The box of what is confidential: grey dots on light grey."""
    dots = "".join(
        element("circle", cx=x, cy=y, r=1.1, fill=MUTED) for y in (4, 10) for x in (4, 9, 14, 19)
    )
    return _swatch(_box(UNKNOWN), dots)


def circle_swatch(fill: str, radius: float = 5, stroke: str = WHITE) -> str:
    """A circle."""
    return _swatch(element("circle", cx=11, cy=7, r=radius, fill=fill, stroke=stroke))


def cross_swatch() -> str:
    """The small cross of a point that is not inventoried."""
    return _swatch(
        element("path", d="M8 4l6 6m0-6l-6 6", stroke=MUTED, stroke_width=1.2, fill="none")
    )


def interval_swatch(colour: str) -> str:
    """A dot on the line of its interval."""
    line = element("path", d="M1 7h20M1 4v6M21 4v6", stroke=colour, stroke_width=1.4, fill="none")
    return _swatch(line, element("circle", cx=11, cy=7, r=4, fill=colour))


def line_swatch(colour: str, dash: str | None = None) -> str:
    """A line, dashed where dash is an SVG dash pattern."""
    return _swatch(
        element(
            "path", d="M0 7h22", stroke=colour, stroke_width=1.6, stroke_dasharray=dash, fill="none"
        )
    )


def outline_swatch(colour: str) -> str:
    """A box with a strong border: an area that is pointed out."""
    return _swatch(
        element("rect", x=2, y=2, width=18, height=10, fill=GRID, stroke=colour, stroke_width=2.4)
    )


def quadrant_swatch(right: bool, top: bool, colour: str) -> str:
    """Four fields, one of them filled."""
    x, y = (11 if right else 4), (1 if top else 7)
    field = element("rect", x=x, y=y, width=7, height=6, fill=colour)
    cross = element("path", d="M4 7h14M11 1v12", stroke=MUTED, stroke_width=1, fill="none")
    frame = element("rect", x=4, y=1, width=14, height=12, fill="none", stroke=GRID)
    return _swatch(field, frame, cross)
