"""One figure of the country, followed back to its records."""

from __future__ import annotations

import pandas as pd

from landscape.dictionaries import load_rules, word_credit
from landscape.errors import LandscapeError
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.story.cleaning import word_actions
from landscape.reports.story.quality.measures import Quality
from landscape.tracing import Trace

MOST_RECORDS = 10
MOST_COLUMNS = 5
LONGEST_CELL = 60


def describe_trace(quality: Quality) -> list[str]:
    """The figure chosen, and the command that follows any other one."""
    reading, found = quality.reading, quality.example
    text = reading.language.text
    if found is None:
        return [text("{country}: there is no figure to follow yet.", country=reading.country)]
    name = found.indicator.name
    return [
        text(
            "{area}, {indicator}: {value} {unit} ({year}).",
            area=reading.names[str(found.area.name)],
            indicator=reading.title(name),
            value=reading.number(name, found.figure["value"]),
            unit=reading.unit(name),
            year=int(found.figure["year"]),
        ),
        text("Computed again from the records below, the figure is the same.")
        if found.recomputed is not None
        else "",
        text(
            "Any other figure is followed with: {command}",
            command=f"landscape trace {found.area.name} {name}",
        ),
    ]


def show_trace(page: Page, quality: Quality) -> list[Block]:
    """What was added up, the rows of the raw file, what was noticed of them, and the licences."""
    found = quality.example
    if found is None:
        return []
    text = quality.reading.language.text
    blocks = [
        page.table(_observations(quality, found), text("What the figure is made of")),
        _raw_rows(page, quality, found),
    ]
    noticed = _findings(quality, found)
    if not noticed.empty:
        blocks.append(page.table(noticed, text("What cleaning noticed of these records")))
    return [*blocks, page.table(_files(quality, found), text("The files and their licences"))]


def _observations(quality: Quality, found: Trace) -> pd.DataFrame:
    text, rows = quality.reading.language.text, found.observations
    return pd.DataFrame(
        {
            text("Source"): rows["source_id"].map(quality.titles),
            text("Record"): rows["record"],
            text("Area"): rows["area_id"].map(quality.reading.names),
            text("Year"): rows["year"].astype("str"),
            text("Value"): rows["value"],
        }
    )


def _raw_rows(page: Page, quality: Quality, found: Trace) -> Block:
    """The records of the first input as they stand in the raw file, before any cleaning."""
    reading = quality.reading
    source_id = str(found.observations["source_id"].iloc[0])
    try:
        rows = found.read_rows(source_id, MOST_RECORDS)
    except LandscapeError:
        return page.text(reading.language.text("The raw file is not at hand on this computer."))
    filled = rows.loc[:, (rows != "").any()].iloc[:, : MOST_COLUMNS + 1]
    shown = filled.map(lambda cell: str(cell)[:LONGEST_CELL])
    return page.table(
        shown.rename(columns={"record": reading.language.text("Record")}),
        reading.language.text(
            "As it stands in the raw file, before cleaning: {source}",
            source=quality.titles[source_id],
        ),
    )


def _findings(quality: Quality, found: Trace) -> pd.DataFrame:
    reading, rows = quality.reading, found.findings.head(MOST_RECORDS)
    text = reading.language.text
    rules = {name: words[reading.language.code] for name, words in load_rules().items()}
    return pd.DataFrame(
        {
            text("Record"): rows["record"],
            text("What was noticed"): rows["rule"].map(rules),
            text("What was done"): rows["action"].map(word_actions(reading)),
            text("As recorded"): rows["message"].str.slice(0, LONGEST_CELL),
        }
    )


def _files(quality: Quality, found: Trace) -> pd.DataFrame:
    reading = quality.reading
    text = reading.language.text
    cards = [reading.inventory.sources[i] for i in found.sources["source_id"]]
    return pd.DataFrame(
        {
            text("Source"): [quality.titles[card.source_id] for card in cards],
            text("File"): [", ".join(card.files) for card in cards],
            text("Producer"): [reading.producer(card) for card in cards],
            text("Licence"): [word_credit(card.licence, reading.language.code) for card in cards],
        }
    )
