"""What was not compared, and what the comparison rests on."""

from __future__ import annotations

from landscape.indicators.catalogue import load_catalogue
from landscape.provenance import SourceCard
from landscape.reports.story.comparison.compared import Compared


def list_not_comparable(compared: Compared) -> list[str]:
    """What each country lacks in the theme, and how many figures stay at home."""
    language, catalogue = compared.language, load_catalogue()
    sentences = []
    for code, reading in compared.readings.items():
        lacking = [
            reading.term("layer", layer)
            for layer in ("needs", "resources", "services")
            if not compared.of_theme(reading, layer)
        ]
        if lacking:
            sentences.append(
                language.text(
                    "{country}, not inventoried for this theme: {sides}.",
                    country=reading.country,
                    sides=", ".join(lacking),
                )
            )
        home = [
            name
            for layer in ("needs", "resources", "services")
            for name in compared.of_theme(reading, layer)
            if catalogue[name].countries[code].grade == "C"
        ]
        if home:
            sentences.append(
                language.plural(
                    "{country}: {number} figure has a definition of its own (grade C) and is not "
                    "compared across the border.",
                    "{country}: {number} figures have definitions of their own (grade C) and are "
                    "not compared across the border.",
                    len(home),
                    country=reading.country,
                )
            )
    return sentences


def list_sources_compared(compared: Compared) -> list[SourceCard]:
    """The sources of every figure of the theme and of those compared, country by country."""
    cards = []
    for code, reading in compared.readings.items():
        rows = reading.inventory.indicators
        names = set(compared.chosen)
        for layer in ("needs", "resources", "services"):
            names |= set(compared.of_theme(reading, layer))
        lines = rows.loc[rows["indicator"].isin(names), "source_ids"].unique()
        used = {each for line in lines for each in str(line).split()}
        used |= {f"{code.lower()}/{each}" for each in reading.inventory.country.area_sources}
        cards += [card for each, card in reading.inventory.sources.items() if each in used]
    return cards


def describe_sources_compared(compared: Compared) -> list[str]:
    """What every figure rests on."""
    return [
        compared.language.plural(
            "Every figure of this page is published by this {number} source or computed from it.",
            "Every figure of this page is published by one of these {number} sources "
            "or computed from them.",
            len(list_sources_compared(compared)),
        )
    ]
