"""How many authorities answered, and from which workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.reports.reading import Reading


def has_answers(reading: Reading) -> bool:
    """Whether a workbook of this country came back."""
    return not reading.inventory.declared("governance").empty


def count_authorities(reading: Reading) -> int:
    """How many authorities of the country sent a workbook back."""
    return int(reading.inventory.declared("governance")["area_id"].nunique())


def count_answering(reading: Reading) -> int:
    """How many of them answered at least one question or declared anything at all."""
    declared = reading.inventory.declared
    parts = [declared(name).dropna(subset="answer") for name in ("governance", "participation")]
    parts += [declared(name) for name in ("services", "partnerships", "practices", "questions")]
    return len({area for rows in parts for area in rows["area_id"]})


def describe_declared(readings: Sequence[Reading]) -> list[str]:
    """How many workbooks came back, how many with answers, and what that means."""
    language = readings[0].language
    sentences = [
        language.plural(
            "{country}: {number} inventory workbook of {year} came back, {answered} with answers.",
            "{country}: {number} inventory workbooks of {year} came back, {answered} with answers.",
            count_authorities(reading),
            answered=language.number(count_answering(reading)),
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
    """The credit of the workbooks behind a table or figure: who, and from when to when."""
    cards = [
        reading.inventory.sources[name]
        for reading in filter(has_answers, readings)
        for name in reading.inventory.declared("governance")["source_id"].unique()
    ]
    days = sorted(day for card in cards for day in card.reference_period.split("/"))
    whole = cards[0].model_copy(update={"reference_period": "/".join(sorted({days[0], days[-1]}))})
    return readings[0].credit([whole])
