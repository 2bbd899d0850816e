"""One card a zone: what stands out, against what, and the evidence behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from landscape.compare.zones import describe_zone
from landscape.reports.blocks import Block, side_by_side
from landscape.reports.page import Page
from landscape.reports.story.zones.looking import Looked, word_kind


def describe_found(looked: Looked) -> list[str]:
    """How many zones there are, or that none can be told from chance."""
    language = looked.reading.language
    number = len(looked.zones)
    if not looked.seen:
        return [
            language.text(
                "{country}: nothing could be searched, so no zone is named. That says something "
                "about the figures, not about the services.",
                country=looked.reading.country,
            )
        ]
    if not number:
        return [
            language.text(
                "{country}: no zone can be told apart from chance with the figures at hand. That "
                "says something about the figures, not about the services.",
                country=looked.reading.country,
            )
        ]
    return [
        language.plural(
            "{country}: {number} zone is worth a closer look.",
            "{country}: {number} zones are worth a closer look.",
            number,
            country=looked.reading.country,
        ),
        language.text(
            "In the order of themes and names, not a ranking. A zone is a reason to ask how it is "
            "done there; the register does not say how well it is done."
        ),
    ]


def show_cards(page: Page, looked: Looked) -> list[Block]:
    """The cards, theme by theme, two beside each other."""
    blocks: list[Block] = []
    for theme, rows in looked.zones.groupby("theme", sort=False):
        cards = [_card(looked, row) for row in rows.to_dict("records")]
        blocks.append(
            page.section(
                looked.reading.language.pair(
                    looked.theme(str(theme)), looked.reading.language.number(len(cards))
                )
            )
        )
        blocks += [side_by_side(cards[at : at + 2]) for at in range(0, len(cards), 2)]
    return blocks


def _card(looked: Looked, zone: Mapping[Any, Any]) -> Block:
    """The card as an aside; names come from registers and are escaped."""
    reading = looked.reading
    names = {area: str(reading.names[area]) for area in zone["area_ids"]}
    told = describe_zone(zone, names, reading.language)
    said = [*told.sentences, reading.age_note(int(zone["year"]))]
    sentences = Markup("").join(Markup("<p>{}</p>").format(each) for each in said if each)
    items = Markup("").join(
        Markup("<li>{}</li>").format(reading.language.pair(label, value))
        for label, value in told.evidence
        if value
    )
    source = reading.credit([reading.inventory.sources[zone["source_id"]]])
    html = Markup(
        '<aside class="note" aria-label="{title}"><p class="note-title">{title}</p>'
        '{sentences}<ul class="points">{items}</ul>'
        '<p class="figure-source">{label} {source}</p></aside>'
    ).format(
        title=f"{told.title} ({_way(looked, zone)})",
        sentences=sentences,
        items=items,
        label=reading.language.text("Source:"),
        source=source,
    )
    return Block("note", html)


def _way(looked: Looked, zone: Mapping[Any, Any]) -> str:
    return word_kind(str(zone["kind"]), looked.reading.language)
