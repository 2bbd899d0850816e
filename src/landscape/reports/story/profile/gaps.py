"""Needs beside services and means, theme by theme, as places within the country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landscape.compare.composites import load_themes, word_gap
from landscape.compare.composites.themes import SIDES, Side, load_sides
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.portrait import Portrait

AGAINST: tuple[Side, ...] = ("service", "resource")
#: States of a gap that say which side is the higher, or that neither is.
TOLD = ("higher", "lower", "no_clear_difference")


def describe_gaps(portrait: Portrait) -> list[str]:
    """Of how many themes the gap is known here, and what a gap is."""
    language, rows = portrait.reading.language, portrait.gaps
    known = sum(any(row[f"gap_{side}_status"] in TOLD for side in AGAINST) for row in rows)
    if not known:
        return [
            language.text(
                "{name}: needs cannot be set beside services or means yet; one side is not "
                "inventoried, or is published without an interval.",
                name=portrait.name,
            )
        ]
    return [
        language.plural(
            "{name}: on {number} theme, needs can be set beside services or means.",
            "{name}: on {number} themes, needs can be set beside services or means.",
            known,
            name=portrait.name,
        ),
        language.text(
            "Each side is a place within the country, from 0 to 100, 50 the middle; the gap is "
            "the difference of the two. It does not say that anything is enough."
        ),
    ]


def show_gaps(page: Page, portrait: Portrait) -> list[Block]:
    """A line a theme: the gap with its interval, or why it is not known."""
    if not portrait.gaps:
        return []
    reading, text = portrait.reading, portrait.reading.language.text
    themes = [reading.term("function", row["theme"]) for row in portrait.gaps]
    rows = {text("Theme"): [_capital(theme) for theme in themes]}
    for side in AGAINST:
        against = text("Needs beside {side}", side=_short(portrait, side))
        rows[against] = [_say_gap(portrait, row, side) for row in portrait.gaps]
    caption = text("Needs beside services and means in {name}", name=portrait.name)
    table = page.table(rows, caption, source=_credit(portrait))
    means = text("Means: {means}.", means=load_sides()["resource"][reading.language.code])
    return [table, page.text(means)]


def _say_gap(portrait: Portrait, row: Mapping[Any, Any], side: Side) -> str:
    """The state in words; before it, where it is known, the gap and its interval."""
    language = portrait.reading.language
    words = word_gap(str(row[f"gap_{side}_status"]), side, language.code)
    if row[f"gap_{side}_status"] not in TOLD:
        return words
    gap, low, high = (
        language.number(float(str(row[f"gap_{side}{end}"]))) for end in ("", "_low", "_high")
    )
    told = language.text("{gap} (95 % interval {low} to {high}).", gap=gap, low=low, high=high)
    return f"{told} {words}"


def _short(portrait: Portrait, side: Side) -> str:
    return portrait.reading.term("layer", "services" if side == "service" else "resources")


def _credit(portrait: Portrait) -> str:
    """The sources of the indicators that the sides of these themes are made of."""
    themes = [load_themes()[row["theme"]] for row in portrait.gaps]
    names = {name for theme in themes for side in SIDES for name in theme.side(side)}
    known = (portrait.reading.known_sources(name, portrait.level) for name in names)
    return portrait.reading.credit_of({each for ids in known for each in ids})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
