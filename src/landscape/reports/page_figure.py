"""A figure on the page: drawing, interactive twin, words, and the table behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol
from xml.etree import ElementTree

import pandas as pd
from babel.numbers import get_decimal_symbol, get_group_symbol
from markupsafe import Markup, escape
from plotly.utils import PlotlyJSONEncoder

from landscape.language import Language
from landscape.reports.blocks import Block, json_element, pack
from landscape.reports.drill_down import data_element
from landscape.reports.page_table import (
    ONE_SHEET_OF_PAPER,
    WIDE_ROWS_ON_PAPER,
    flat_table,
    folded,
    is_narrow,
    table_element,
)
from landscape.reports.spreadsheet import csv_link

_PROLOGUE = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*|<!DOCTYPE[^>\[]*>\s*|<!--.*?-->\s*)*", re.S)
#: The file behind a figure is somewhat finer than what is read; more digits are false precision.
MORE_DECIMALS = 2
#: The name that a drawing gives itself: a compact figure has it once, in the page.
_NAMED = re.compile(
    r' role="img" aria-labelledby="\S+" aria-describedby="\S+"'
    r'|<title id="[^"]*">.*?</title>|<desc id="[^"]*">.*?</desc>'
)
#: A drawing names itself in its role, its title and its description, before all else.
_NAMES = 3
_ACTIVE_ELEMENTS = {"script", "foreignobject", "iframe", "object", "embed"}


class LegendLine(Protocol):
    """One line of a legend: a small drawing, its meaning, and how many areas it stands for."""

    @property
    def swatch(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int | None: ...


class SharedDrawing(Protocol):
    """A drawing that figures have in common: its name, and what one of them sets above it."""

    @property
    def name(self) -> str: ...
    @property
    def svg(self) -> str: ...
    @property
    def own(self) -> str: ...


class Drawn(Protocol):
    """What a figure brings: its words, its drawing and its table.

    ``alt`` says in words what the figure shows; ``svg`` is the drawing for
    paper and for a page without scripts; ``plotly`` is the interactive twin as
    plotly's JSON (``data``, ``layout``, ``config``), or None; ``drill_down``
    are the data of a map to look into, or None. ``panels`` are
    the single figures of a pair, to be set beside each other.
    """

    @property
    def title(self) -> str: ...
    @property
    def alt(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def svg(self) -> str: ...
    @property
    def plotly(self) -> dict[str, Any] | None: ...
    @property
    def drill_down(self) -> dict[str, Any] | None: ...
    @property
    def table(self) -> pd.DataFrame: ...
    @property
    def legend(self) -> Sequence[LegendLine]: ...
    @property
    def note(self) -> str: ...
    @property
    def decimals(self) -> int | None: ...
    @property
    def panels(self) -> Sequence[Drawn]: ...
    @property
    def shared(self) -> SharedDrawing | None: ...


def figure_block(
    figure: Drawn, language: Language, number: int, file_stem: str, *, compact: bool = False
) -> Block:
    """The figure with its caption, its drawing, its source and its folded table.

    A ``compact`` figure has no interactive twin and no table behind it, and
    shows what it has in common with others from a file beside.

    Raises ValueError where the figure lacks a title, a text alternative, a
    unit or a source, or where its drawing is not well formed, carries a script
    or links elsewhere.
    """
    _require_words(figure)
    anchor = f"figure-{number}"
    html = Markup(
        '<div class="exhibit" id="{anchor}">'
        '<figure class="figure" aria-labelledby="{anchor}-title">'
        '<figcaption id="{anchor}-title"><span class="figure-number">{label}</span> '
        '<span class="figure-title">{title}</span> <span class="unit">{unit}</span></figcaption>'
        '<p class="figure-reading" id="{anchor}-reading">{alt}</p>{drawing}{note}'
        '<p class="figure-source">{source_label} {source}</p></figure>{behind}</div>'
    ).format(
        anchor=anchor,
        label=language.text("Figure {number}", number=number),
        title=figure.title,
        unit=figure.unit,
        # The text alternative begins with the title, which the reader has just read.
        alt=figure.alt.split(f"{figure.title}. ", 1)[-1],
        drawing=_panels(figure, language, anchor, compact),
        note=Markup('<p class="figure-note">{}</p>').format(figure.note) if figure.note else "",
        source_label=language.text("Source:"),
        source=figure.source,
        behind=""
        if compact
        else _table_behind(figure, language, anchor, f"{file_stem}-{number}.csv"),
    )
    interactive = not compact and any(e.plotly is not None for e in figure.panels or [figure])
    drill_down = not compact and figure.drill_down is not None
    facts = {"id": anchor, "interactive": interactive, "drill_down": drill_down}
    return Block("figure", html, facts)


def _require_words(figure: Drawn) -> None:
    lacking = [
        name
        for name in ("title", "alt", "unit", "source")
        if not str(getattr(figure, name) or "").strip()
    ]
    if lacking:
        raise ValueError(f"figure {figure.title!r} lacks its {', '.join(lacking)}")


def _panels(figure: Drawn, language: Language, anchor: str, compact: bool = False) -> Markup:
    """The drawing and its legend, or those of each panel under the panel's own title."""
    if compact and not figure.panels:
        return _still(figure, anchor) + _legend(figure, language)
    if not figure.panels:
        return _drawing(figure, language, anchor) + _legend(figure, language)
    panels = Markup("").join(
        Markup('<div class="panel"><p class="panel-title">{}</p>{}{}</div>').format(
            panel.title, _drawing(panel, language, anchor), _legend(panel, language)
        )
        for panel in figure.panels
    )
    return Markup('<div class="columns">{}</div>').format(panels)


def _legend(figure: Drawn, language: Language) -> Markup:
    if not figure.legend:
        return Markup("")
    lines = []
    for line in figure.legend:
        number = "" if line.count is None else escape(language.number(line.count))
        count = f' <span class="count">({number})</span>' if number else ""
        lines.append(f"<li>{line.swatch} {escape(line.label)}{count}</li>")
    return Markup(f'<ul class="legend">{"".join(lines)}</ul>')


def _drawing(figure: Drawn, language: Language, anchor: str) -> Markup:
    """The SVG, and beside it the JSON from which the page draws the interactive twin."""
    svg = _PROLOGUE.sub("", figure.svg, count=1).strip()
    named = Markup(' role="img" aria-labelledby="{a}-title" aria-describedby="{a}-reading"').format(
        a=anchor
    )
    # A drawing that says its own role has parts to be read one by one: an image would hide them.
    static_role = Markup("") if "role" in _read_safe_svg(svg, figure.title).attrib else named
    live = Markup("")
    if figure.plotly is not None:
        data = json_element(_chart(figure.plotly, language), PlotlyJSONEncoder)
        live = Markup('<div class="live"{} hidden></div>{}').format(named, data)
    if figure.drill_down is not None:
        live = Markup(
            '<div class="explorer" data-title="{}" hidden></div>'
            '<script type="text/plain">{}</script>'
        ).format(figure.title, pack(data_element(figure.drill_down)))
    return Markup('<div class="drawing"><div class="static"{}>{}</div>{}</div>').format(
        static_role, Markup(svg), live
    )


def _read_safe_svg(svg: str, title: str) -> ElementTree.Element:
    """The parsed drawing; ValueError if it is not well formed or could run a script."""
    try:
        drawing = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ValueError(f"the drawing of figure {title!r} is not well formed: {error}") from error
    for element in drawing.iter():
        active = str(element.tag).rpartition("}")[2].lower() in _ACTIVE_ELEMENTS
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2].lower()
            target = local == "href" and not value.startswith(("#", "data:image/"))
            active = active or local.startswith("on") or target
        if active:
            raise ValueError(f"the drawing of figure {title!r} carries a script or a link")
    return drawing


def _chart(plotly: dict[str, Any], language: Language) -> dict[str, Any]:
    """Plotly's data and layout, with the language's separators and free of a fixed width."""
    layout = {key: value for key, value in plotly.get("layout", {}).items() if key != "width"}
    marks = get_decimal_symbol(language.locale) + get_group_symbol(language.locale)
    layout.update(separators=marks, autosize=True, dragmode=False)
    config = {"displayModeBar": False, "responsive": True, **plotly.get("config", {})}
    return {"data": plotly.get("data", []), "layout": layout, "config": config}


def _still(figure: Drawn, anchor: str) -> Markup:
    """The drawing alone, or the file beside with what this figure sets above it."""
    if figure.shared is None:
        content = Markup(_NAMED.sub("", figure.svg, count=_NAMES))
    else:
        _read_safe_svg(figure.shared.own, figure.title)
        content = Markup('<img src="../shared/{}.svg" alt="">{}').format(
            figure.shared.name, Markup(figure.shared.own)
        )
    named = Markup('role="img" aria-labelledby="{a}-title" aria-describedby="{a}-reading"').format(
        a=anchor
    )
    return Markup('<div class="drawing"><div class="static layers" {}>{}</div></div>').format(
        named, content
    )


def _table_behind(figure: Drawn, language: Language, anchor: str, file_name: str) -> Markup:
    table = flat_table(figure.table)
    caption = f"{figure.title} ({figure.unit})"
    shown = table_element(table, caption, language, f"{anchor}-table", figure.decimals)
    saved = table if figure.decimals is None else table.round(figure.decimals + MORE_DECIMALS)
    content = shown + csv_link(saved, language, file_name)
    # On paper the drawing stands above: only a table of a few lines is set below it.
    most = ONE_SHEET_OF_PAPER if is_narrow(table) else WIDE_ROWS_ON_PAPER
    return folded(language.text("The table behind this figure"), content, len(table), most)
