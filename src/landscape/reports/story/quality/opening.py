"""The first screen: whose data, three findings, what cannot be known."""

from __future__ import annotations

from datetime import date

from landscape.reports.page import Finding, Page
from landscape.reports.story.opening import edition_line
from landscape.reports.story.quality.measures import Quality


def open_page(quality: Quality, edition: str) -> Page:
    """The page on the quality of a country's data."""
    reading = quality.reading
    text = reading.language.text
    return Page(
        reading.language,
        text("{country}: quality of the data", country=reading.country),
        text(
            "What was read, what was corrected, what is known where, "
            "and how a figure leads back to the file that it comes from."
        ),
        edition=edition_line(reading, edition),
        country=reading.inventory.country.code,
        theme=text("Data quality"),
    )


def three_findings(quality: Quality) -> list[Finding]:
    """How many rows were kept, how much is known, how many sources are old."""
    return [_finding_rows(quality), _finding_known(quality), _finding_age(quality)]


def _finding_rows(quality: Quality) -> Finding:
    language, counts = quality.reading.language, quality.outcomes
    read, rejected = int(counts["read"].sum()), int(counts["rejected"].sum())
    return Finding(
        language.text(
            "{zeros} of {known}",
            zeros=language.number(read - rejected),
            known=language.number(read),
        ),
        language.text("rows read were kept. The others were left out, each with its reason."),
        date.today().year,
        language.text("Counted row by row."),
    )


def _finding_known(quality: Quality) -> Finding:
    reading = quality.reading
    language, known = reading.language, quality.known
    return Finding(
        language.text("{share} %", share=language.number(100 * float(known.to_numpy().mean()))),
        language.plural(
            "of the figures are known ({areas}; {number} indicator).",
            "of the figures are known ({areas}; {number} indicators).",
            known.shape[1],
            areas=reading.level("municipality"),
        ),
        date.today().year,
        language.text("A figure that is withheld or has no source counts as not known."),
    )


def _finding_age(quality: Quality) -> Finding:
    reading = quality.reading
    language, ages = reading.language, quality.freshness
    old = int(ages["newest"].map(reading.is_old).sum())
    return Finding(
        language.text(
            "{known} of {asked}", known=language.number(old), asked=language.number(len(ages))
        ),
        language.text("sources whose newest figures are over ten years old."),
        date.today().year,
        language.text("The oldest speaks of {year}.", year=int(ages["newest"].min())),
    )


def list_not_known(quality: Quality) -> list[str]:
    """What no check of the files can tell."""
    text = quality.reading.language.text
    return [
        text("An error of the producer that contradicts nothing else in the files is not found."),
        text("What was never licensed, declared or counted stands in no file."),
        _completeness(quality),
    ]


def _completeness(quality: Quality) -> str:
    reading = quality.reading
    if any(overlap.is_closed for overlap, _ in quality.overlaps):
        return reading.language.text(
            "How complete a register is can be estimated only where a second list "
            "holds the same things; here that is so for a few kinds of services."
        )
    return reading.language.text(
        "How complete the registers are is not known here: no second list "
        "of the same time holds the same things."
    )
