"""How many authorities answered, and from which workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.provenance import SourceCard
from landscape.reports.reading import Reading


def has_answers(reading: Reading) -> bool:
    """Whether a workbook of this country came back."""
    return not reading.inventory.declared("governance").empty


def count_authorities(reading: Reading) -> int:
    """How many authorities of the country answered."""
    return int(reading.inventory.declared("governance")["area_id"].nunique())


def describe_declared(readings: Sequence[Reading]) -> list[str]:
    """How many authorities answered and when, and what that means."""
    language = readings[0].language
    sentences = [
        language.plural(
            "{country}: {number} authority answered the inventory workbook of {year}.",
            "{country}: {number} authorities answered the inventory workbook of {year}.",
            count_authorities(reading),
            country=reading.country,
            year=int(reading.inventory.declared("governance")["year"].max()),
        )
        for reading in filter(has_answers, readings)
    ]
    if not sentences:
        return [language.text("No inventory workbook has come back yet.")]
    return [
        *sentences,
        language.text(
            "What follows is declared by the authorities themselves. They took part and are no "
            "sample of their country. A missing answer is neither no nor zero."
        ),
    ]


def source_of(readings: Sequence[Reading]) -> str:
    """The credit of the workbooks behind a table."""
    first = readings[0]
    parts = []
    for reading in filter(has_answers, readings):
        rows = reading.inventory.declared("governance")
        cards = [reading.inventory.sources[name] for name in rows["source_id"].unique()]
        parts.append(first.credit(cards) if len(readings) == 1 else _with_country(reading, cards))
    return first.language.join(parts)


def _with_country(reading: Reading, cards: list[SourceCard]) -> str:
    return reading.language.pair(reading.country, reading.credit(cards))
