"""The chapter with a map that readers look into by themselves."""

from __future__ import annotations

from landscape.figures.figure import Figure
from landscape.reports.blocks import Block
from landscape.reports.drilled import drill_into_country, drill_into_county
from landscape.reports.page import Page
from landscape.reports.portrait import Portrait
from landscape.reports.reading import Reading


def show_drill_down(page: Page, subject: Reading | Portrait) -> list[Block]:
    """The chapter for a country, or for the county around an area.

    Empty where there is nothing to draw, and in the shorter editions.
    """
    if page.form != "technical":
        return []
    if isinstance(subject, Portrait):
        return _chapter(page, drill_into_county(subject))
    return _chapter(page, drill_into_country(subject))


def _chapter(page: Page, figure: Figure | None) -> list[Block]:
    if figure is None:
        return []
    text = page.language.text
    sentences = (
        text(
            "On a screen the indicator of this map can be changed, and an area found by its name."
        ),
        text("An area that is chosen shows all its figures, each with its interval if it has one."),
    )
    return [
        page.chapter(text("A map to look into"), *sentences, anchor="map"),
        page.figure(figure),
    ]
