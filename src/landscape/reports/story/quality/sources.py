"""How old the sources are, and how their records found their places."""

from __future__ import annotations

import pandas as pd

from landscape.figures.shares import plot_share_bars
from landscape.quality.placing import WAYS
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story.quality.measures import Quality
from landscape.reports.story.quality.rows import label_sources


def describe_freshness(quality: Quality) -> list[str]:
    """How many sources are over ten years old, and what age means here."""
    reading = quality.reading
    ages = quality.freshness
    old = int(ages["newest"].map(reading.is_old).sum())
    return [
        reading.language.text(
            "Sources whose newest figures are over ten years old: {old} of {total}.",
            old=old,
            total=len(ages),
        ),
        reading.language.text(
            "The age is counted from the newest year in the source to the year of this edition, "
            "not from the day on which the file was published or fetched."
        ),
    ]


def show_freshness(page: Page, quality: Quality) -> list[Block]:
    """Each source with its period and its age, the oldest first."""
    reading = quality.reading
    text, cards = reading.language.text, reading.inventory.sources
    ages = quality.freshness.sort_values(["newest", "source_id"])
    periods = {i: reading.language.period(card.reference_period) for i, card in cards.items()}
    table = pd.DataFrame(
        {
            text("Source"): ages["source_id"].map(quality.titles),
            text("Period"): ages["source_id"].map(periods),
            text("Age in years"): ages["age"],
            text("Remark"): [
                _remark(reading, *years)
                for years in zip(ages["newest"], ages["oldest"], strict=True)
            ],
        }
    )
    return [page.table(table, text("How old the sources are"))]


def _remark(reading: Reading, newest: int, oldest: int) -> str:
    if reading.is_old(newest):
        return reading.language.text("Over ten years old.")
    if reading.is_old(oldest):
        return reading.language.text("Part of it is of {year}.", year=oldest)
    return "–"


def describe_placing(quality: Quality) -> list[str]:
    """How many records name their area in words, and how many of these found it."""
    reading = quality.reading
    named = _named(quality)
    if named.empty:
        return [
            reading.language.text(
                "{country}: every source gives the codes of the areas.", country=reading.country
            )
        ]
    lost = int(named[["ambiguous", "unknown"]].to_numpy().sum())
    total = int(named["records"].sum())
    number = reading.language.number
    return [
        reading.language.plural(
            "{number} source names its areas in words and gives no code.",
            "{number} sources name their areas in words and give no code.",
            len(named),
        ),
        reading.language.text(
            "Of {total} records there, {placed} found their area; {lost} did not and were "
            "left out, rather than given to an area by guess.",
            total=number(total),
            placed=number(total - lost),
            lost=number(lost),
        )
        if lost
        else reading.language.text(
            "Records there: {total}; each of them found its area.", total=number(total)
        ),
    ]


def show_placing(page: Page, quality: Quality) -> list[Block]:
    """The ways in which records found their area, by source."""
    reading, named = quality.reading, _named(quality)
    text, words = reading.language.text, _word_ways(reading)
    if named.empty:
        return []
    found = [way for way in WAYS if named[way].sum() > 0]
    shares = named[found].div(named["records"].where(named["records"] > 0), axis=0)
    shares.index = pd.Index(label_sources(quality, named["source_id"]))
    ids = named["source_id"]
    figure = plot_share_bars(
        shares.rename(columns=words),
        title=text("By what way records found their area"),
        unit=text("% of the records to be placed"),
        source=reading.credit(reading.inventory.sources[i] for i in ids),
        language=reading.language,
        note=text("In brackets, the year that the source speaks of."),
    )
    table = pd.DataFrame({text("Source"): ids.map(quality.titles)})
    for way in found:
        table[words[way][:1].upper() + words[way][1:]] = named[way]
    return [page.figure(figure), page.table(table, text("Records by the way to their area"))]


def _named(quality: Quality) -> pd.DataFrame:
    """The sources whose records name their area."""
    ways = quality.ways
    return ways[ways["code"] == 0].loc[lambda rows: rows["records"] > 0]


def _word_ways(reading: Reading) -> dict[str, str]:
    text = reading.language.text
    return {
        "code": text("by code"),
        "name": text("by the name"),
        "settlement": text("by the name of a village"),
        "neighbours": text("by the rows beside"),
        "authority": text("by the authority that runs it"),
        "point": text("by coordinates"),
        "county_only": text("by {county} only", county=reading.level("county", many=False)),
        "ambiguous": text("left out: the name fits several"),
        "unknown": text("left out: the name is not known"),
    }
