"""The chapters on who runs services, needs beside services, and strong points."""

from __future__ import annotations

import pandas as pd

from landscape.compare.providers import compare_providers
from landscape.compare.side_by_side import compare_need_and_service, list_pairs
from landscape.compare.strong_points import find_strong_points
from landscape.figures.shares import plot_share_bars
from landscape.reports import exhibits
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.schemas import FUNCTIONS, PROVIDERS


def show_providers(page: Page, reading: Reading) -> list[Block]:
    """Who runs the services, by function; a sentence where no source tells."""
    text = reading.language.text
    title = page.section(text("Who runs the services"), *_describe_providers(reading))
    counts = compare_providers(reading.inventory.services)
    if counts.empty:
        return [title]
    counts = counts.reindex([f for f in FUNCTIONS if f in counts.index])
    counts = counts.reindex(columns=[p for p in PROVIDERS if p in counts.columns])
    shares = counts.div(counts.sum(axis=1), axis=0)
    shares.index = [
        f"{_capital(reading.term('function', str(f)))} ({reading.language.number(n)})"
        for f, n in counts.sum(axis=1).items()
    ]
    shares.columns = [reading.term("provider_type", p) for p in shares.columns]
    ids = reading.inventory.services["source_id"].unique()
    years = reading.inventory.services["year"]
    figure = plot_share_bars(
        shares,
        title=text("Who runs the services, {year}", year=int(years.max())),
        unit=text("% of services"),
        source="; ".join(reading.inventory.sources[i].citation for i in ids),
        language=reading.language,
        note=text("In brackets, the number of services. The provider is read from its name."),
    )
    return [title, page.figure(figure)]


def _describe_providers(reading: Reading) -> list[str]:
    services = reading.inventory.services
    text, number = reading.language.text, reading.language.number
    counts = compare_providers(services, by="setting")
    if counts.empty:
        return [
            text("No source tells who runs the services of {country}: not inventoried.",
                 country=reading.country)
        ]  # fmt: skip
    total = int(counts.to_numpy().sum())
    by_type = counts.sum().sort_values(ascending=False)
    parts = [
        f"{reading.term('provider_type', str(kind))} {number(int(n))}"
        for kind, n in by_type.items()
    ]
    return [
        text("Of {total} services listed: {parts}.", total=number(total), parts="; ".join(parts))
    ]


def describe_pairs(reading: Reading) -> list[str]:
    """What is set side by side, or that one side is not inventoried."""
    text = reading.language.text
    pairs = list_pairs(reading.inventory.indicators)
    if not pairs:
        return [
            text(
                "No theme has figures on both needs and services for {country}, "
                "so they cannot be set side by side yet.",
                country=reading.country,
            )
        ]
    return [
        text(
            "Each point is one of the {areas}. A need without a service is a question to ask, "
            "not a verdict: the years differ and a register does not see everything.",
            areas=reading.level("county"),
        )
    ]


def show_pairs(page: Page, reading: Reading) -> list[Block]:
    """A figure per theme that has both sides."""
    inventory = reading.inventory
    blocks = []
    for need, service in list_pairs(inventory.indicators):
        table = compare_need_and_service(inventory.indicators, inventory.areas, need, service)
        if (table["need"].notna() & table["service"].notna()).sum() >= 4:
            blocks.append(page.figure(exhibits.scatter_of(reading, need, service, table)))
    return blocks


def describe_strong_points(reading: Reading) -> list[str]:
    """What counts as a strong point here, and how to read it."""
    text = reading.language.text
    if find_strong_points(reading.inventory.indicators).empty:
        return [
            text(
                "No strong point can be told apart from chance with the figures at hand for "
                "{country}. That says something about the figures, not about the services.",
                country=reading.country,
            )
        ]
    return [
        text(
            "These {areas} provide clearly more than their country: the whole 95 % interval lies "
            "above the country's value. They are worth a closer look; it is not a ranking.",
            areas=reading.level("county"),
        ),
        text("With many comparisons, about one in forty stands out by chance alone."),
    ]


def show_strong_points(page: Page, reading: Reading) -> list[Block]:
    """A table per theme: value, interval, the country's value, the year."""
    text = reading.language.text
    inventory = reading.inventory
    found = find_strong_points(inventory.indicators)
    blocks = []
    for name, rows in found.groupby("indicator", sort=False):
        indicator = reading.indicator(str(name))
        table = pd.DataFrame(
            {
                text("Area"): rows["area_id"].map(reading.names),
                text("Value"): rows["value"],
                text("Low (95 %)"): rows["low"],
                text("High (95 %)"): rows["high"],
                reading.country: rows["country_value"],
                text("Year"): rows["year"],
            }
        ).sort_values(text("Area"))
        caption = f"{reading.title(str(name))}: {reading.unit(str(name))}"
        source = reading.source_line(str(name), "county")
        blocks.append(page.table(table, caption, source=source, decimals=indicator.decimals))
    return blocks


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
