"""What can be reached from an area: the nearest service and the services near, by function."""

from __future__ import annotations

import pandas as pd

from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.portrait import NEAR_KM, Portrait


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
    table = portrait.access
    if table.empty:
        return [
            language.text(
                "{name}: no source at hand tells where services stand; distances are not "
                "inventoried.",
                name=portrait.name,
            )
        ]
    near = int(table["services"].fillna(0).sum())
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
        portrait.reading.age_note(int(table["year"].max())),
    ]


def show_access(page: Page, portrait: Portrait) -> list[Block]:
    """The table by function; nothing where distances are not inventoried."""
    table = portrait.access
    if table.empty:
        return []
    reading = portrait.reading
    text = reading.language.text
    functions = [reading.term("function", str(each)) for each in table.index]
    ids = {each for row in table["source_ids"] for each in row.split()}
    shown = pd.DataFrame(
        {
            text("Function"): [word[:1].upper() + word[1:] for word in functions],
            text("Nearest (km)"): [_km(portrait, value) for value in table["nearest"]],
            text("Within {km} km", km=reading.language.number(NEAR_KM)): table["services"]
            .astype("Int64")
            .to_numpy(),
            text("Year"): table["year"].to_numpy(),
        }
    )
    sources = reading.inventory.sources
    return [
        page.table(
            shown,
            text("Services near {name}, by function", name=portrait.name),
            source=reading.credit(sources[each] for each in sorted(ids)),
        )
    ]


def _km(portrait: Portrait, value: float) -> str | None:
    return None if pd.isna(value) else portrait.reading.language.number(float(value), 1)
