"""A view as a page: what ``landscape report explore`` writes."""

from __future__ import annotations

from landscape.explore.view import View
from landscape.provenance import SourceCard
from landscape.reports.blocks import Block
from landscape.reports.of_year import rows_of_year
from landscape.reports.page import Page
from landscape.reports.story.methods import show_methods


def open_view(view: View) -> Page:
    """The page of a view, with its header."""
    reading, state = view.reading, view.state
    text = reading.language.text
    return Page(
        reading.language,
        reading.title(state.indicator),
        text(
            "{areas} of {country}: one indicator on a map, its spread, and an area beside its "
            "peers.",
            areas=reading.level(state.level),
            country=reading.country,
        ),
        country=state.country,
        theme=text("One indicator"),
    )


def show_view(page: Page, view: View, told: list[str]) -> list[Block]:
    """The chapters: the map and the spread, the table, the peers, the sources, the methods."""
    text = page.language.text
    drawn = [page.figure(each) for each in (view.map, view.spread) if each is not None]
    blocks = [page.chapter(text("On the map"), *told, *view.words, anchor="map"), *drawn]
    unit = view.reading.unit(view.state.indicator)
    blocks += [
        page.chapter(text("Area by area"), anchor="table"),
        page.table(view.listed, f"{view.reading.title(view.state.indicator)} ({unit})"),
    ]
    if view.listed_peers is not None:
        blocks += [
            page.chapter(text("Peers at home and abroad"), anchor="peers"),
            page.table(view.listed_peers, text("Why it is listed")),
        ]
    methods = ["intervals"] if view.listed_peers is None else ["intervals", "peers"]
    return [
        *blocks,
        page.chapter(text("Sources, licences and years"), anchor="sources"),
        page.sources(list_sources(view)),
        *show_methods(page, *methods),
    ]


def list_sources(view: View) -> list[SourceCard]:
    """The sources of the figures shown."""
    state, inventory = view.state, view.reading.inventory
    rows = rows_of_year(inventory, state.indicator, state.level, state.year or None)
    ids = sorted({each for row in rows["source_ids"].unique() for each in str(row).split()})
    return [inventory.sources[each] for each in ids if each in inventory.sources]
