"""The chapters on what is known, the territory, needs, resources and services."""

from __future__ import annotations

import pandas as pd

from landscape.dictionaries import load_topics
from landscape.figures.figure import Figure
from landscape.reports import exhibits
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story.indicator import describe_indicator


def describe_coverage(reading: Reading) -> list[str]:
    """How many of the topics have a source, and what the matrix means."""
    topics = reading.topics
    return [
        reading.language.plural(
            "{country}: {known} of {asked} topics can be answered, from {number} source.",
            "{country}: {known} of {asked} topics can be answered, from {number} sources.",
            len(reading.inventory.sources),
            country=reading.country,
            known=int((topics["known"] > 0).sum()),
            asked=len(topics),
        ),
        reading.language.text(
            "Each cell gives the share of the population that lives where the figure is known. "
            "A hatched cell has no source: not inventoried, which is not zero."
        ),
    ]


def describe_territory(reading: Reading) -> list[str]:
    """How many areas, how many residents, and of which year."""
    areas = reading.inventory.areas
    counts = areas["level"].value_counts()
    whole = areas[areas["level"] == "country"].iloc[0]
    sentences = [
        reading.language.text(
            "{country} has {counties} and {municipalities}.",
            country=reading.country,
            counties=reading.count("county", int(counts.get("county", 0))),
            municipalities=reading.count("municipality", int(counts.get("municipality", 0))),
        )
    ]
    if pd.notna(whole["population"]):
        sentences.append(
            reading.language.plural(
                "{country}: {number} resident was counted or estimated in {year}.",
                "{country}: {number} residents were counted or estimated in {year}.",
                int(whole["population"]),
                country=reading.whole,
                year=int(whole["population_year"]),
            )
        )
    return sentences


def describe_layer(reading: Reading, layer: str) -> list[str]:
    """Which topics of a layer are answered for the country and which are not."""
    topics = reading.topics
    own = topics[topics["layer"] == layer]
    known = _words(reading, own[own["known"] > 0]["topic"])
    absent = _words(reading, own[own["known"] == 0]["topic"])
    sentences = []
    if known:
        sentences.append(reading.language.text("There are figures on: {topics}.", topics=known))
    if absent:
        sentences.append(reading.language.text("Not inventoried here: {topics}.", topics=absent))
    return sentences


def describe_sources(reading: Reading) -> list[str]:
    """What every figure of the report rests on."""
    return [
        reading.language.plural(
            "Every figure of this report is published by this {number} source or computed from it.",
            "Every figure of this report is published by one of these {number} sources "
            "or computed from them.",
            len(reading.inventory.sources),
        )
    ]


def list_indicators(reading: Reading) -> pd.DataFrame:
    """Every indicator known for the country: year, grade, and the areas known at each level.

    Indicators that the catalogue multiplies stand for all of their family.
    """
    text = reading.language.text
    rows = []
    for name, levels in reading.coverage.groupby("indicator", sort=False):
        if levels["known"].max() == 0 or reading.indicator(str(name)).function != name:
            continue
        row = {
            text("Indicator"): reading.title(str(name)),
            text("Year"): int(levels["year"].max()),
            text("Comparable (grade)"): levels["grade"].iloc[0],
        }
        for each in levels.to_dict("records"):
            row[_capital(reading.level(each["level"]))] = text(
                "{known} of {areas}",
                known=reading.language.number(int(each["known"])),
                areas=reading.language.number(int(each["areas"])),
            )
        rows.append(row)
    return pd.DataFrame(rows)


def show_layer(page: Page, reading: Reading, layer: str) -> list[Block]:
    """Each indicator of a layer: its sentences, then its figures.

    Indicators that the catalogue multiplies by function or setting share one
    table, below the figure of the whole.
    """
    blocks: list[Block] = []
    families: dict[str, list[str]] = {}
    for name in reading.known_indicators(layer):
        families.setdefault(reading.indicator(name).function, []).append(name)
    for place, members in enumerate(families.values()):
        first = members[0]
        sentences = describe_indicator(reading, first)
        blocks += [page.section(reading.title(first), sentences[0]), page.points(*sentences[1:])]
        blocks += [page.figure(figure) for figure in exhibits.show_indicator(reading, first)]
        if place == 0 or reading.map_level(first) is None:
            maps = exhibits.maps_by_county(reading, first)
            blocks += [page.figures(*pair) for pair in _pairs(maps)]
        if len(members) > 1:
            blocks.append(_family_table(page, reading, members))
    return blocks


def _pairs(figures: list[Figure]) -> list[list[Figure]]:
    return [figures[place : place + 2] for place in range(0, len(figures), 2)]


def _family_table(page: Page, reading: Reading, members: list[str]) -> Block:
    """The country's value of each member, with its interval and the range of the counties."""
    text = reading.language.text
    rows = []
    for name in members:
        whole = reading.values(name, "country").dropna(subset=["value"])
        counties = reading.values(name, "county")["value"].dropna()
        if whole.empty:
            continue
        row = whole.iloc[0]
        rows.append(
            {
                text("Indicator"): reading.short_title(name),
                reading.country: row["value"],
                text("Low (95 %)"): row["low"],
                text("High (95 %)"): row["high"],
                text("Lowest, {areas}", areas=reading.level("county")): counties.min(),
                text("Highest, {areas}", areas=reading.level("county")): counties.max(),
                text("Year"): int(row["year"]),
            }
        )
    caption = reading.language.pair(reading.title(members[0]), reading.unit(members[0]))
    return page.table(
        pd.DataFrame(rows), caption, source=reading.source_line(members[0], "country"),
        decimals=reading.indicator(members[0]).decimals,
    )  # fmt: skip


def _words(reading: Reading, topics: pd.Series) -> str:
    return ", ".join(load_topics()[topic][reading.language.code] for topic in topics)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
