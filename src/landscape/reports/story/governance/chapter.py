"""The chapter of one country, and the page that sets the countries side by side."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.answer_schemas import STEPS
from landscape.errors import LandscapeError
from landscape.inventory import load
from landscape.language import Language
from landscape.provenance import SourceCard
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.render import today
from landscape.reports.story.governance.answers import describe_declared, has_answers, source_of
from landscape.reports.story.governance.cards import show_practices, show_questions
from landscape.reports.story.governance.figures import (
    FRAMEWORK,
    compare_question,
    framework_of,
    steps_of,
)
from landscape.reports.story.governance.matrix import list_shares, show_competences
from landscape.sources.registry import countries
from landscape.workbook.questionnaire import FOLDER
from landscape.yaml_files import read_mapping

EXAMPLE = "example"


def open_readings(language: Language, tables: str = "") -> list[Reading]:
    """Every country whose tables are there; of the worked example with ``tables="example"``.

    Raises LandscapeError where there is none at all.
    """
    found, error = [], LandscapeError("no country is known")
    for code in countries():
        try:
            found.append(Reading(load(code, tables=tables), language))
        except LandscapeError as missing:
            error = missing
    if not found:
        raise error
    return found


def open_governance(readings: Sequence[Reading]) -> Page:
    """The page of the four countries, with one sentence on what it is."""
    language = readings[0].language
    fictive = any(reading.inventory.edition == EXAMPLE for reading in readings)
    made = language.text("Made on {day}.", day=language.date(today()))
    kind = language.text("Worked example: the authorities and all their answers are fictive.")
    return Page(
        language,
        language.text("Who does what, and with whom: what local authorities declare"),
        language.text(
            "Competences, strategies, participation, practices and questions, "
            "as the authorities themselves describe them."
        ),
        edition=f"{kind} {made}" if fictive else made,
        theme=language.text("Governance and participation"),
    )


def show_declared(page: Page, reading: Reading) -> list[Block]:
    """The chapter of one country; nothing where no workbook came back."""
    if not has_answers(reading):
        return []
    text = reading.language.text
    return [
        page.chapter(
            text("What authorities declare"), *describe_declared([reading]), anchor="declared"
        ),
        *show_competences(page, reading),
        page.figures(framework_of(reading), steps_of(reading)),
        _shares(page, [reading]),
        page.text(text("A gap between theory and practice is a question to ask, not a verdict.")),
        *show_practices(page, [reading]),
        *show_questions(page, [reading]),
    ]


def show_side_by_side(page: Page, readings: Sequence[Reading], sheet: str) -> list[Block]:
    """The questions of the framework or of participation, each with a bar a country."""
    if not any(has_answers(reading) for reading in readings):
        return []
    asked = FRAMEWORK if sheet == "framework" else STEPS
    figures = [compare_question(readings, sheet, question) for question in asked]
    return [page.figures(*figures[at : at + 2]) for at in range(0, len(figures), 2)]


def show_shares(page: Page, readings: Sequence[Reading]) -> list[Block]:
    """The declared indicators of every country, with intervals and n of N."""
    return [_shares(page, readings)] if any(map(has_answers, readings)) else []


def show_all_competences(page: Page, readings: Sequence[Reading]) -> list[Block]:
    """The matrix of every country, one after the other."""
    return [block for reading in readings for block in show_competences(page, reading)]


def _shares(page: Page, readings: Sequence[Reading]) -> Block:
    caption = readings[0].language.text("Shares declared, with the number of answers behind each")
    return page.table(list_shares(readings), caption, source=source_of(readings))


def describe_programme(language: Language) -> list[str]:
    """What is publicly known of the programme that this inventory is modelled on."""
    content = read_mapping(FOLDER.with_name("programme.yml"))
    source = language.text("Source: {source}.", source=content["source"][language.code])
    return [*(fact[language.code] for fact in content["facts"].values()), source]


def list_declared_sources(readings: Sequence[Reading]) -> list[SourceCard]:
    """The cards of the workbooks, for the list of sources; those that would read alike once."""
    cards = [
        card
        for reading in filter(has_answers, readings)
        for name, card in reading.inventory.sources.items()
        if name in set(reading.inventory.declared("governance")["source_id"])
    ]
    unread = {"source_id", "files", "rows", "citation"}
    alike = {card.model_dump_json(exclude=unread): card for card in cards}
    return [*alike.values()]
