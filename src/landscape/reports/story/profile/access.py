"""What can be reached from an area: the nearest service and the services near, by function."""

from __future__ import annotations

from math import isnan

from landscape.reports.atlas import NEAR_KM
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.page_table import Columns
from landscape.reports.portrait import Portrait


def describe_access(portrait: Portrait) -> list[str]:
    """How near services are, or that no source tells where they are."""
    language = portrait.reading.language
    if portrait.level == "county":
        return [
            language.text(
                "{name}: distances are told for municipalities, each of which has one place to "
                "measure from.",
                name=portrait.name,
            )
        ]
    rows = portrait.access
    if not rows:
        return [
            language.text(
                "{name}: no source at hand tells where services stand; distances are not "
                "inventoried.",
                name=portrait.name,
            )
        ]
    near = sum(row["services"] or 0 for row in rows)
    return [
        language.plural(
            "{name}: the sources list {number} service within {km} km.",
            "{name}: the sources list {number} services within {km} km.",
            near,
            name=portrait.name,
            km=language.number(NEAR_KM),
        ),
        language.text(
            "Distances are straight lines from a point inside the municipality; by road it is "
            "farther. A service listed may be full, closed or for others."
        ),
        portrait.reading.age_note(max(row["year"] for row in rows)),
    ]


def show_access(page: Page, portrait: Portrait) -> list[Block]:
    """The table by function; nothing where distances are not inventoried."""
    rows = portrait.access
    if not rows:
        return []
    reading = portrait.reading
    text = reading.language.text
    functions = [reading.term("function", row["function"]) for row in rows]
    shown: Columns = {
        text("Function"): [word[:1].upper() + word[1:] for word in functions],
        text("Nearest (km)"): [_km(portrait, row["nearest"]) for row in rows],
        text("Within {km} km", km=reading.language.number(NEAR_KM)): [
            row["services"] for row in rows
        ],
        text("Year"): [row["year"] for row in rows],
    }
    return [
        page.table(
            shown,
            text("Services near {name}, by function", name=portrait.name),
            source=reading.credit_of({each for row in rows for each in row["source_ids"]}),
        )
    ]


def _km(portrait: Portrait, value: float) -> str | None:
    return None if isnan(value) else portrait.reading.language.number(value, 1)
