"""What every plot function returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from landscape.figures.legend import LegendRow


@dataclass(frozen=True)
class Shared:
    """A drawing that many figures have in common, and what one of them sets above it.

    name: from what it contains, fit for a file. svg: the drawing in common.
    own: an ``<svg>`` of the same viewBox.
    """

    name: str
    svg: str
    own: str


@dataclass(frozen=True, eq=False, repr=False)
class Figure:
    """A drawing with everything that a reader needs beside it.

    title: what is shown, in the reader's language.
    alt: the same in words: the highest, the lowest, how many are unknown.
    unit: of the values, in the reader's language.
    source: producer and year.
    svg: the drawing, one ``<svg>`` element (one per panel for a pair); it
        needs no script, no style and no file from elsewhere.
    legend: lines to be set in the page below the drawing, in this order.
    table: what the drawing shows, one row per area or item; column labels
        are in the reader's language, missing values are NA.
    plotly: ``{"data", "layout", "config"}`` for the interactive twin, or None.
    drill_down: what a map to look into draws on a screen, as plain data, or None.
    decimals: of the values in the table, None where each column has its own.
    note: a sentence on how to read the figure, or empty.
    panels: the single figures of a pair, each with its own title and legend.
    shared: the drawing in two parts, where other figures have one of them in common.

    title, alt, unit, source, label and note are plain text: the page escapes
    them. Raises ValueError where the title, unit, source or alt is blank.
    """

    title: str
    alt: str
    unit: str
    source: str
    svg: str
    table: pd.DataFrame
    legend: tuple[LegendRow, ...] = ()
    plotly: dict[str, Any] | None = None
    note: str = ""
    panels: tuple[Figure, ...] = field(default=())
    decimals: int | None = None
    drill_down: dict[str, Any] | None = None
    shared: Shared | None = None

    def __post_init__(self) -> None:
        require_words(title=self.title, alt=self.alt, unit=self.unit, source=self.source)

    def __repr__(self) -> str:
        return f"<figure: {self.title} ({self.unit}). {self.alt}>"

    def _repr_html_(self) -> str:
        """In a notebook: title, drawing, what it says and where it is from; texts are escaped."""
        words = [self.unit, self.alt, self.note, self.source]
        below = "".join(f"<p>{escape(text)}</p>" for text in words if text)
        drawings = self.svg or "".join(panel.svg for panel in self.panels)
        title = f"<h4>{escape(self.title)}</h4>"
        return f"<figure>{title}{drawings}<figcaption>{below}</figcaption></figure>"


def require_words(**texts: str) -> None:
    """Raises ValueError naming the first text that is blank."""
    for name, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"a figure needs its {name}")
