"""What each country can show first: counties clearly above their own country's value."""

from __future__ import annotations

import pandas as pd

from landscape.compare.strong_points import find_strong_points
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story.comparison.compared import Compared

#: Indicators told of one country when no theme was chosen.
MOST_INDICATORS = 8


def strong_points_of(compared: Compared, reading: Reading) -> pd.DataFrame:
    """The strong points of a country in the theme, as ``find_strong_points`` has them."""
    found = find_strong_points(reading.inventory.indicators)
    if not compared.is_general:
        return found[found["theme"] == compared.theme]
    names = list(dict.fromkeys(found["indicator"]))[:MOST_INDICATORS]
    return found[found["indicator"].isin(names)]


def describe_strong(compared: Compared) -> list[str]:
    """What is shown first, and how to read it."""
    text = compared.language.text
    return [
        text("Each country first shows what it can show; each is set against itself alone."),
        text(
            "Named are areas whose whole 95 % interval lies above the value of their country. "
            "With many comparisons, about one in forty stands out by chance alone."
        ),
    ]


def show_strong(page: Page, compared: Compared) -> list[Block]:
    """A section a country with its table, or a sentence where nothing can be told apart."""
    blocks: list[Block] = []
    for reading in compared.readings.values():
        found = strong_points_of(compared, reading)
        if found.empty:
            blocks.append(page.section(reading.country, _say_nothing(compared, reading)))
            continue
        blocks += [page.section(reading.country, *_notes(reading, found))]
        blocks.append(_table(page, reading, found))
    return blocks


def _notes(reading: Reading, found: pd.DataFrame) -> list[str]:
    """That the figures stay at home where their definition does, and that they are old."""
    code = reading.inventory.country.code
    grades = {load_catalogue()[name].countries[code].grade for name in found["indicator"]}
    notes = [reading.age_note(int(found["year"].max()))]
    if "C" in grades:
        notes.insert(0, reading.language.text("Compare inside this country only (grade C)."))
    return [note for note in notes if note]


def _say_nothing(compared: Compared, reading: Reading) -> str:
    text = reading.language.text
    if not compared.of_theme(reading, "services"):
        return text(
            "Services of this theme are not inventoried in {country}; this is not zero.",
            country=reading.country,
        )
    return text(
        "No area can be told apart from chance with the figures at hand. That says something "
        "about the figures, not about the services."
    )


def _table(page: Page, reading: Reading, found: pd.DataFrame) -> Block:
    """An area a row, in the order of indicators and names."""
    text = reading.language.text
    named = found.assign(name=found["area_id"].map(reading.names))
    named["sorted"] = [reading.language.sort_key(str(name)) for name in named["name"]]
    order = {name: at for at, name in enumerate(dict.fromkeys(found["indicator"]))}
    named["place"] = named["indicator"].map(order)
    rows = [
        {
            text("Indicator"): reading.title(row["indicator"]),
            _capital(reading.level("county", many=False)): row["name"],
            text("Value"): reading.number(row["indicator"], row["value"]),
            text("95 % interval"): text(
                "{low} to {high}",
                low=reading.number(row["indicator"], row["low"]),
                high=reading.number(row["indicator"], row["high"]),
            ),
            reading.country: reading.number(row["indicator"], row["country_value"]),
            text("Unit"): reading.unit(row["indicator"]),
            text("Year"): int(row["year"]),
        }
        for row in named.sort_values(["place", "sorted"]).to_dict("records")
    ]
    names = dict.fromkeys(found["indicator"])
    credit = reading.language.join(
        dict.fromkeys(reading.source_line(name, "county") for name in names)
    )
    caption = text("{country}: above its own average", country=reading.country)
    return page.table(pd.DataFrame(rows), caption, source=credit)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
