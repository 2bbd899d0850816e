"""From rows read to rows kept, and what cleaning noticed."""

from __future__ import annotations

import pandas as pd

from landscape.dictionaries import load_rules
from landscape.figures.shares import plot_share_bars
from landscape.figures.svg import shorten
from landscape.quality.accounting import OUTCOMES
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story.cleaning import describe_cleaning, word_actions
from landscape.reports.story.quality.measures import Quality

LONGEST_EXAMPLE = 90
#: What a bar has room for, with the year behind it.
LONGEST_TITLE = 40


def describe_rows(quality: Quality) -> list[str]:
    """How many rows were read, kept and left out, and in how many a value was changed."""
    language, counts = quality.reading.language, quality.outcomes
    return [
        *describe_cleaning(quality.reading),
        language.text(
            "Rows with a value corrected: {corrected}; with a value set to missing: {missing}.",
            corrected=language.number(int(counts["corrected"].sum())),
            missing=language.number(int(counts["set_missing"].sum())),
        ),
    ]


def show_rows(page: Page, quality: Quality) -> list[Block]:
    """The way of the rows by source: a bar of all that were read, and the numbers."""
    text, counts = quality.reading.language.text, quality.outcomes
    words = _word_outcomes(quality.reading)
    order = [*reversed(OUTCOMES)]
    shares = counts[order].div(counts["read"].where(counts["read"] > 0), axis=0)
    shares.index = pd.Index(label_sources(quality, counts["source_id"]))
    figure = plot_share_bars(
        shares.rename(columns=words),
        title=text("What became of the rows read, by source"),
        unit=text("% of the rows read"),
        source=text("the sources listed at the end of this page"),
        language=quality.reading.language,
        note=text("In brackets, the year that the source speaks of."),
    )
    table = pd.DataFrame({text("Source"): counts["source_id"].map(quality.titles)})
    table[text("Read")] = counts["read"]
    for name in order:
        table[_capital(words[name])] = counts[name]
    return [
        page.figure(figure),
        page.table(table, text("Rows by what became of them, by source")),
    ]


def label_sources(quality: Quality, source_ids: pd.Series) -> list[str]:
    """Titles of sources, cut where they are long, with the newest year that they speak of."""
    years = quality.freshness.set_index("source_id")["newest"]
    return [f"{shorten(quality.titles[i], LONGEST_TITLE)} ({years[i]})" for i in source_ids]


def _word_outcomes(reading: Reading) -> dict[str, str]:
    text = reading.language.text
    return {
        "untouched": text("kept as read"),
        "noted": text("kept, with a remark"),
        "corrected": text("a value corrected"),
        "set_missing": text("a value set to missing"),
        "rejected": text("left out"),
    }


def describe_findings(quality: Quality) -> list[str]:
    """How many findings of each severity."""
    language, found = quality.reading.language, quality.findings
    counts = found.groupby("severity")["findings"].sum()
    words = word_severities(quality.reading)
    parts = [
        language.pair(words[name], language.number(int(counts.get(name, 0)))) for name in words
    ]
    return [
        language.plural(
            "{number} thing was noticed: {parts}.",
            "{number} things were noticed: {parts}.",
            int(found["findings"].sum()),
            parts=language.join(parts),
        ),
        language.text(
            "An error is a record that cannot be used; a warning is one to look at; "
            "a note tells what was done as a matter of course."
        ),
    ]


def show_findings(page: Page, quality: Quality) -> list[Block]:
    """The findings by rule, the most severe first, with examples as recorded."""
    reading, found = quality.reading, quality.findings
    text, code = reading.language.text, reading.language.code
    rules = {name: words[code] for name, words in load_rules().items()}
    severities, actions = word_severities(reading), word_actions(reading)
    table = pd.DataFrame(
        {
            text("Source"): found["source_id"].map(quality.titles),
            text("What was noticed"): found["rule"].map(rules),
            text("Severity and action"): [
                reading.language.pair(severities[severity], actions[action])
                for severity, action in zip(found["severity"], found["action"], strict=True)
            ],
            text("Rows"): found["records"],
            text("Examples, as recorded"): found["examples"].map(_join_examples),
        }
    )
    return [page.table(table, text("What was noticed, by rule and severity"))]


def word_severities(reading: Reading) -> dict[str, str]:
    """The words for the severities, the most severe first."""
    text = reading.language.text
    return {"error": text("error"), "warning": text("warning"), "note": text("note")}


def _join_examples(messages: list[str]) -> str:
    return " · ".join(message.strip()[:LONGEST_EXAMPLE] for message in messages)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
