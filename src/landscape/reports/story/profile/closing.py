"""What a profile rests on, and what it does not know."""

from __future__ import annotations

from landscape.provenance import SourceCard
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.portrait import Portrait
from landscape.reports.story.profile.layers import list_services, topics_not_known


def list_not_known_here(portrait: Portrait) -> list[str]:
    """The topics that no figure of this area answers, layer by layer."""
    reading = portrait.reading
    sentences = []
    for layer in ("needs", "resources", "services"):
        missing = topics_not_known(portrait, layer)
        if missing:
            word = reading.term("layer", layer)
            sentences.append(
                reading.language.text(
                    "{layer}, not inventoried: {topics}.",
                    layer=word[:1].upper() + word[1:],
                    topics=", ".join(missing),
                )
            )
    return [
        *sentences,
        reading.language.text("What is not inventoried is not zero: it may be there."),
    ]


def show_services(page: Page, portrait: Portrait) -> list[Block]:
    """How many services registers list here; a sentence where they list none."""
    reading = portrait.reading
    table = list_services(portrait)
    if not table:
        return []
    return [
        page.table(
            table,
            reading.language.text("Services listed in {name}", name=portrait.name),
            source=reading.credit_of({row["source_id"] for row in portrait.services}),
        )
    ]


def list_sources(portrait: Portrait) -> list[SourceCard]:
    """The sources behind the figures of this page, and those of the areas themselves."""
    reading = portrait.reading
    code = reading.inventory.country.code.lower()
    used = {each for row in portrait.rows for each in row["source_ids"].split()}
    used |= {f"{code}/{each}" for each in reading.inventory.country.area_sources}
    used |= {row["source_id"] for row in portrait.services}
    return [card for each, card in reading.inventory.sources.items() if each in used]


def describe_sources_here(portrait: Portrait) -> list[str]:
    """What every figure of the page rests on."""
    return [
        portrait.reading.language.plural(
            "Every figure of this page is published by this {number} source or computed from it.",
            "Every figure of this page is published by one of these {number} sources "
            "or computed from them; peers abroad rest on the sources of their own inventories.",
            len(list_sources(portrait)),
        )
    ]
