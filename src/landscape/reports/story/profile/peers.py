"""The context of an area, and the authorities whose context is alike."""

from __future__ import annotations

from math import isnan

import numpy as np
import pandas as pd

from landscape.compare.peers import explain_group, explain_peer
from landscape.compare.peers.variables import Variable, load_variables_of_context
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.page_table import Columns
from landscape.reports.portrait import Portrait, Row
from landscape.reports.reading import Reading


def show_context(page: Page, portrait: Portrait) -> list[Block]:
    """What peers are looked for by: the area's own context beside its peers' middle half."""
    reading, context = portrait.reading, portrait.peers.context
    if not portrait.peers.asked:
        return []
    text, number = reading.language.text, reading.language.number
    variables = [load_variables_of_context()[name] for name in portrait.peers.asked]
    labels = [each.label[reading.language.code] for each in variables]
    rows: Columns = {
        text("Context"): [label[:1].upper() + label[1:] for label in labels],
        text("Year"): [_year(portrait, each) for each in variables],
        text("Here"): [
            number(context.value(portrait.area_id, each.name), each.decimals) for each in variables
        ],
        text("Peers, middle half"): [_middle_half(portrait, each) for each in variables],
    }
    caption = text("The context of {name} and of its peers in the country", name=portrait.name)
    return [page.table(rows, caption, source=_credit_of_areas(portrait))]


def _middle_half(portrait: Portrait, variable: Variable) -> str | None:
    """Between which values half of the peers in the country lie; None where none is known."""
    context, number = portrait.peers.context, portrait.reading.language.number
    values = [context.value(row["peer_id"], variable.name) for row in portrait.home_peers]
    known = [value for value in values if not isnan(value)]
    if not known:
        return None
    low, high = np.quantile(known, [0.25, 0.75]).tolist()
    return portrait.reading.language.text(
        "{low} to {high}",
        low=number(low, variable.decimals),
        high=number(high, variable.decimals),
    )


def _year(portrait: Portrait, variable: Variable) -> int | str:
    """The year of a variable of context; a dash for distances, which have none."""
    if variable.origin.indicator is not None:
        years = {row["indicator"]: row["year"] for row in portrait.rows}
        return int(years[variable.origin.indicator])
    year = portrait.area["population_year"]
    return "–" if variable.aspect == "seat" or pd.isna(year) else int(year)


def _credit_of_areas(portrait: Portrait) -> str:
    """Who counts residents and keeps the list of areas."""
    return portrait.reading.credit_of(portrait.reading.sources_of_areas)


def describe_peers(portrait: Portrait) -> list[str]:
    """How peers are found, and what could not be matched."""
    reading = portrait.reading
    language = reading.language
    names = {code: each.country for code, each in portrait.abroad.items()}
    names[reading.inventory.country.code] = reading.country
    sentences = [
        language.text(
            "Peers are authorities of the same tier whose context is most alike: size, density, "
            "settlements, population trend, age, distance to the seat of the county. "
            "What services they have plays no part."
        ),
        *explain_group(portrait.peers, names, language),
    ]
    if not portrait.abroad:
        sentences.append(language.text("No other country was looked into for this page."))
    return sentences


def show_peers(page: Page, portrait: Portrait) -> list[Block]:
    """A table a country, at home first; none where nothing is known to find peers by."""
    if not portrait.peers.asked:
        return []
    readings = [portrait.reading, *portrait.abroad.values()]
    blocks = []
    for reading in readings:
        peers = portrait.peers_in(reading.inventory.country.code)
        if peers:
            blocks.append(page.table(_table(portrait, reading, peers), _caption(portrait, reading)))
    note = portrait.reading.language.text(
        "A list to start a conversation from, the most alike first. In other countries the same "
        "word may stand for another kind of authority: size and tasks differ."
    )
    return [*blocks, page.note(note)]


def _caption(portrait: Portrait, reading: Reading) -> str:
    return portrait.reading.language.pair(portrait.reading.language.text("Peers"), reading.country)


def _table(portrait: Portrait, reading: Reading, peers: list[Row]) -> Columns:
    """Name, county, residents and year, and why each is listed."""
    text = portrait.reading.language.text
    ids = [row["peer_id"] for row in peers]
    table: dict[str, list[object]] = {text("Authority"): [reading.name(each) for each in ids]}
    if portrait.level == "municipality":
        county = reading.level("county", many=False)
        table[county[:1].upper() + county[1:]] = [reading.county_of(each) for each in ids]
    table[text("Residents")] = [reading.residents(each) for each in ids]
    table[text("Why it is listed")] = [
        explain_peer(portrait.peers, row, portrait.reading.language) for row in peers
    ]
    return table
