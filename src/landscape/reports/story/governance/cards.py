"""Practices that authorities offer to show, and questions that they ask, theme by theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from landscape.reports.blocks import Block, side_by_side
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.workbook.questionnaire import choice_word, load_questionnaire

#: Parts of a practice card, in their order, and the list of a coded one.
PARTS = {"description": "", "partners": "", "changed": "", "evidence": "proof", "needed": ""}


def show_practices(page: Page, readings: Sequence[Reading]) -> list[Block]:
    """A card a practice, by theme, in the words of the authority that offers it."""
    return _by_theme(
        page,
        readings,
        "practices",
        readings[0].language.text("Practices that authorities offer to show"),
    )


def show_questions(page: Page, readings: Sequence[Reading]) -> list[Block]:
    """A card a question, by theme, in the words of the authority that asks it."""
    return _by_theme(
        page, readings, "questions", readings[0].language.text("Questions that authorities ask")
    )


def _by_theme(page: Page, readings: Sequence[Reading], table: str, title: str) -> list[Block]:
    language = readings[0].language
    parts = [
        r.inventory.declared(table).assign(reading=number) for number, r in enumerate(readings)
    ]
    rows = pd.concat(parts, ignore_index=True)
    if rows.empty:
        return [page.section(title, language.text("None has been declared."))]
    blocks = [page.section(title, language.text("In the words of each authority, untranslated."))]
    for theme, own in rows.groupby("theme", sort=True):
        word = choice_word("theme", str(theme), language.code)
        blocks.append(
            page.text(language.pair(word[:1].upper() + word[1:], language.number(len(own))))
        )
        cards = [_card(readings[row["reading"]], table, row) for row in own.to_dict("records")]
        blocks += [side_by_side(cards[at : at + 2]) for at in range(0, len(cards), 2)]
    return blocks


def _card(reading: Reading, table: str, row: Mapping[Any, Any]) -> Block:
    where = f"{reading.names[row['area_id']]} ({reading.country})"
    items = [Markup("<li>{}</li>").format(said) for said in CARDS[table](reading, row) if said]
    html = Markup(
        '<aside class="note" aria-label="{title}"><p class="note-title">{title}</p>'
        '<p>{where}</p><ul class="points">{items}</ul></aside>'
    ).format(title=_title(table, row), where=where, items=Markup("").join(items))
    return Block("note", html)


def _title(table: str, row: Mapping[Any, Any]) -> str:
    return str(row["title" if table == "practices" else "question"])


def _practice(reading: Reading, row: Mapping[Any, Any]) -> list[str]:
    """Years, what is done, with whom, what changed, how it is known, what it takes."""
    said = [_years(reading, row)]
    for name, choices in PARTS.items():
        value = row["proof" if name == "evidence" else name]
        if not pd.isna(value):
            word = (
                choice_word(choices, str(value), reading.language.code) if choices else str(value)
            )
            said.append(_sentence(reading, "practices", name, word))
    return said


def _question(reading: Reading, row: Mapping[Any, Any]) -> list[str]:
    """Why it is asked, and how urgent it is."""
    said = []
    if not pd.isna(row["why"]):
        said.append(_sentence(reading, "questions", "why", str(row["why"])))
    if not pd.isna(row["urgency"]):
        word = choice_word("urgency", str(row["urgency"]), reading.language.code)
        said.append(_sentence(reading, "questions", "urgency", word))
    return said


def _years(reading: Reading, row: Mapping[Any, Any]) -> str:
    if pd.isna(row["since"]):
        return ""
    last = "" if pd.isna(row["until"]) else f"–{row['until']}"
    label = load_questionnaire()["practices"].questions["since"].label[reading.language.code]
    return reading.language.pair(label, f"{row['since']}{last}.")


def _sentence(reading: Reading, sheet: str, name: str, value: str) -> str:
    asked = load_questionnaire()[sheet].questions[name]
    label = (asked.short or asked.label)[reading.language.code]
    text = value.rstrip()
    return reading.language.pair(label, text if text.endswith((".", "!", "?", "…")) else f"{text}.")


CARDS = {"practices": _practice, "questions": _question}
