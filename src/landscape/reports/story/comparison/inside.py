"""Inside each country: where its areas stand on one side of the theme, and the gaps."""

from __future__ import annotations

import pandas as pd

from landscape.compare.composites import compute_sensitivity, load_themes, word_gap
from landscape.compare.composites.themes import SIDES, Side, load_sides
from landscape.compare.side_by_side import compare_sides
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story.comparison.compared import Compared

AGAINST: tuple[Side, ...] = ("service", "resource")


def describe_inside(compared: Compared) -> list[str]:
    """What a composite is, and that none goes across themes or borders."""
    text = compared.language.text
    if compared.is_general:
        return [
            text(
                "No index is made across themes: more places for the old do not make up for "
                "fewer for children. Choose a theme to see where areas stand."
            )
        ]
    return [
        text(
            "Each area is placed within its own country, from 0 to 100, side by side: needs, "
            "means, services. Places of two countries are not comparable."
        ),
        text(
            "A rank is told as an interval only: between which ranks the area comes out when "
            "weights, scale and values vary within what is known."
        ),
    ]


def show_inside(page: Page, compared: Compared) -> list[Block]:
    """A section a country: the gaps in a sentence, and a table a side with intervals of ranks."""
    if compared.is_general:
        return []
    blocks: list[Block] = []
    for reading in compared.readings.values():
        tables = [_side(page, compared, reading, side) for side in SIDES]
        blocks.append(page.section(reading.country))
        blocks.append(
            page.points(
                *_gaps(compared, reading), *_absent(compared, reading), *_bare(compared, reading)
            )
        )
        blocks += [table for table in tables if table is not None]
    return blocks


def _gaps(compared: Compared, reading: Reading) -> list[str]:
    """How many areas have a gap beyond chance, against services and against means."""
    inventory, language = reading.inventory, reading.language
    rows = compare_sides(inventory.indicators, inventory.areas, compared.theme)
    said = []
    for side in AGAINST:
        for status, number in rows[f"gap_{side}_status"].value_counts(sort=False).items():
            said.append(
                language.pair(
                    reading.count("county", int(number)),
                    word_gap(str(status), side, language.code),
                )
            )
    # Where needs are not known, both sides say the same.
    return list(dict.fromkeys(said))


def _absent(compared: Compared, reading: Reading) -> list[str]:
    """The sides that the country has nothing for."""
    text = reading.language.text
    return [
        text(
            "{side}: not inventoried in {country}.",
            side=_capital(load_sides()[side][reading.language.code]),
            country=reading.country,
        )
        for side in SIDES
        if not _names(compared, reading, side)
    ]


def _names(compared: Compared, reading: Reading, side: Side) -> list[str]:
    """The indicators of a side of the theme that the country has values for by county."""
    declared = load_themes()[compared.theme].side(side)
    return [n for n in declared if reading.values(n, "county")["value"].notna().any()]


def _side(page: Page, compared: Compared, reading: Reading, side: Side) -> Block | None:
    """Where each area stands, with the interval of its place and of its rank; None if unknown."""
    inventory, theme = reading.inventory, load_themes()[compared.theme]
    ranks = compute_sensitivity(inventory.indicators, inventory.areas, theme, side)
    names = _names(compared, reading, side)
    if ranks.empty or not _with_intervals(ranks, names):
        return None
    text, number = reading.language.text, reading.language.number
    named = ranks.assign(name=ranks["area_id"].map(reading.names))
    named["sorted"] = [reading.language.sort_key(str(name)) for name in named["name"]]
    named = named.sort_values("sorted")
    table = pd.DataFrame(
        {
            _capital(reading.level("county", many=False)): named["name"].to_numpy(),
            text("Place in the country, 0 to 100"): [
                text("{low} to {high}", low=number(low), high=number(high))
                for low, high in zip(named["low"], named["high"], strict=True)
            ],
            text("Rank, among {areas}", areas=number(len(named))): [
                text("between {low} and {high}", low=number(low), high=number(high))
                for low, high in zip(named["rank_low"], named["rank_high"], strict=True)
            ],
        }
    )
    words = load_sides()[side][reading.language.code]
    caption = text(
        "{country}, {side}: {indicators}",
        country=reading.country,
        side=words,
        indicators=reading.language.join(_dated(reading, name) for name in names),
    )
    credit = reading.language.join(dict.fromkeys(reading.source_line(n, "county") for n in names))
    return page.table(table, caption, source=credit)


def _with_intervals(ranks: pd.DataFrame, names: list[str]) -> list[str]:
    """The indicators whose chance is known; without any, a rank would be told too surely."""
    bare = {each for row in ranks["without_interval"].unique() for each in row.split(",")}
    return [name for name in names if name not in bare]


def _bare(compared: Compared, reading: Reading) -> list[str]:
    """The indicators that the places hold fixed, because no interval is published."""
    said = []
    for side in SIDES:
        names = _names(compared, reading, side)
        bare = [n for n in names if reading.values(n, "county")["low"].isna().all()]
        if not bare:
            continue
        titles = reading.language.join(reading.title(name) for name in bare)
        message = (
            reading.language.text(
                "No interval is published, so no rank is told: {titles}.", titles=titles
            )
            if bare == names
            else reading.language.text(
                "Held fixed in the intervals of ranks, because none is published: {titles}.",
                titles=titles,
            )
        )
        said.append(message)
    return said


def _dated(reading: Reading, name: str) -> str:
    years = reading.values(name, "county").dropna(subset=["value"])["year"]
    return f"{load_catalogue()[name].title[reading.language.code]} ({int(years.max())})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
