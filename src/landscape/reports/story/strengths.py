"""The chapters on who runs services, needs beside services, and strong points."""

from __future__ import annotations

import pandas as pd

from landscape.compare.providers import compare_providers, select_telling_sources
from landscape.compare.side_by_side import compare_need_and_service, list_pairs
from landscape.compare.strong_points import find_strong_points
from landscape.figures.shares import plot_share_bars
from landscape.reports import exhibits
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.schemas import FUNCTIONS, PROVIDERS

FEWEST_POINTS = 4


def show_providers(page: Page, reading: Reading) -> list[Block]:
    """Who runs the services, by function; a sentence where no source tells."""
    text = reading.language.text
    title = page.section(text("Who runs the services"), *_describe_providers(reading))
    counts = compare_providers(reading.inventory.services)
    if counts.empty or not _providers_known(reading):
        return [title]
    counts = counts.reindex([f for f in FUNCTIONS if f in counts.index])
    counts = counts.reindex(columns=[p for p in PROVIDERS if p in counts.columns])
    shares = counts.div(counts.sum(axis=1), axis=0)
    shares.index = [
        f"{_capital(reading.term('function', str(f)))} ({reading.language.number(n)})"
        for f, n in counts.sum(axis=1).items()
    ]
    shares.columns = [reading.term("provider_type", p) for p in shares.columns]
    told = select_telling_sources(reading.inventory.services)
    ids, years = told["source_id"].unique(), told["year"]
    figure = plot_share_bars(
        shares,
        title=text("Who runs the services, {year}", year=int(years.max())),
        unit=text("% of services"),
        source=reading.credit(reading.inventory.sources[i] for i in ids),
        language=reading.language,
        note=" ".join(
            [
                text("In brackets, the number of services. The provider is read from its name."),
                reading.age_note(int(years.max())),
            ]
        ).strip(),
    )
    return [title, page.figure(figure)]


def _providers_known(reading: Reading) -> bool:
    """Whether the matrix on the first pages counts this question as answered."""
    topics = reading.topics
    return bool((topics.loc[topics["topic"] == "providers", "known"] > 0).any())


def _describe_providers(reading: Reading) -> list[str]:
    services = reading.inventory.services
    text, number = reading.language.text, reading.language.number
    counts = compare_providers(services, by="setting")
    if counts.empty or not _providers_known(reading):
        return [
            text(
                "{country}: no source tells who runs the services; this is not inventoried.",
                country=reading.country,
            )
        ]
    total = int(counts.to_numpy().sum())
    by_type = counts.sum().sort_values(ascending=False)
    parts = [
        f"{reading.term('provider_type', str(kind))} ({number(int(n))})"
        for kind, n in by_type.items()
    ]
    return [
        reading.language.plural(
            "Of {number} service listed: {parts}.",
            "Of {number} services listed: {parts}.",
            total,
            parts=", ".join(parts),
        )
    ]


def describe_pairs(reading: Reading) -> list[str]:
    """What is set side by side, or that one side is not inventoried."""
    text = reading.language.text
    if not _pairs_with_points(reading):
        return [
            text(
                "No theme has figures on both needs and services for {country}, "
                "so they cannot be set side by side yet.",
                country=reading.country,
            )
        ]
    return [
        text(
            "One point per {area}. A need without a service is a question to ask, "
            "not a verdict: the years differ and a register does not see everything.",
            area=reading.level("county", many=False),
        )
    ]


def show_pairs(page: Page, reading: Reading) -> list[Block]:
    """A figure per theme that has both sides."""
    return [
        page.figure(exhibits.scatter_of(reading, need, service, table))
        for need, service, table in _pairs_with_points(reading)
    ]


def _pairs_with_points(reading: Reading) -> list[tuple[str, str, pd.DataFrame]]:
    """The pairs of one theme of which enough counties have both sides, with their values."""
    indicators, areas = reading.inventory.indicators, reading.inventory.areas

    def find() -> list[tuple[str, str, pd.DataFrame]]:
        found = []
        for need, service in list_pairs(indicators):
            table = compare_need_and_service(indicators, areas, need, service)
            if (table["need"].notna() & table["service"].notna()).sum() >= FEWEST_POINTS:
                found.append((need, service, table))
        return found

    return reading.gathered("pairs with points", find)


def _strong_points(reading: Reading) -> pd.DataFrame:
    indicators = reading.inventory.indicators
    return reading.gathered("strong points", lambda: find_strong_points(indicators))


def describe_strong_points(reading: Reading) -> list[str]:
    """What counts as a strong point here, and how to read it."""
    text = reading.language.text
    if _strong_points(reading).empty:
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


def prepare_strengths(reading: Reading) -> None:
    """Gather now what the chapters ask, for processes that are forked afterwards."""
    _pairs_with_points(reading), _strong_points(reading)


def show_strong_points(page: Page, reading: Reading) -> list[Block]:
    """A table per family of indicators: a theme a row, its areas with their intervals."""
    found = _strong_points(reading)
    families: dict[str, list[dict[str, object]]] = {}
    for name, rows in found.groupby("indicator", sort=False):
        family = families.setdefault(reading.indicator(str(name)).function, [])
        family.append(_strong_point(reading, str(name), rows))
    return [
        page.table(
            pd.DataFrame(rows),
            reading.language.pair(reading.title(family), reading.unit(family)),
            source=reading.source_line(family, "county"),
        )
        for family, rows in families.items()
    ]


def _strong_point(reading: Reading, name: str, rows: pd.DataFrame) -> dict[str, object]:
    """The areas in the order of their names: the table is not a ranking."""
    text = reading.language.text
    areas = rows.assign(name=rows["area_id"].map(reading.names))
    areas = areas.sort_values("name", key=lambda names: names.map(reading.language.sort_key))
    told = [
        f"{area['name']} {reading.number(name, area['value'])} "
        + text(
            "(between {low} and {high})",
            low=reading.number(name, area["low"]),
            high=reading.number(name, area["high"]),
        )
        for area in areas.to_dict("records")
    ]
    return {
        text("Indicator"): reading.short_title(name),
        _capital(reading.level("county")): reading.language.join(told),
        reading.country: reading.number(name, float(rows["country_value"].iloc[0])),
        text("Year"): int(rows["year"].max()),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
