"""The figures of an area, layer by layer, beside its peers, its county and its country."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from landscape.dictionaries import load_topics
from landscape.figures.bars import plot_rows_with_intervals
from landscape.figures.figure import Figure
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.page_table import Columns
from landscape.reports.portrait import Portrait, Row
from landscape.schemas import FUNCTIONS

#: What stands where a value bears no interval.
NO_INTERVAL = "–"
#: Peers drawn beside the area.
MOST_BARS = 12


def describe_portrait(portrait: Portrait) -> list[str]:
    """Size, surface and density: one fact a sentence."""
    reading, area = portrait.reading, portrait.area
    language = reading.language
    sentences = []
    if pd.notna(area["population"]):
        sentences.append(
            language.plural(
                "{name} has {number} resident ({year}).",
                "{name} has {number} residents ({year}).",
                int(area["population"]),
                name=portrait.name,
                year=int(area["population_year"]),
            )
        )
    if pd.notna(area["area_km2"]) and pd.notna(area["population"]) and area["area_km2"] > 0:
        sentences.append(
            language.text(
                "It covers {surface} km², that is {density} residents per km².",
                surface=language.number(area["area_km2"], 1),
                density=language.number(area["population"] / area["area_km2"], 1),
            )
        )
    return sentences or [
        language.text("{name}: the number of residents is not inventoried.", name=portrait.name)
    ]


def describe_layer_here(portrait: Portrait, layer: str) -> list[str]:
    """How many figures of a layer are known here, and which topics are not."""
    language = portrait.reading.language
    rows = portrait.of_layer(layer)
    told = [row["position"] for row in rows if row["position"] != "not_told"]
    sentences = []
    if not rows:
        sentences.append(
            language.text("{name}: no figure of this chapter is known.", name=portrait.name)
        )
    elif not told:
        sentences.append(
            language.text("{name}: the figures cannot be set beside peers.", name=portrait.name)
        )
    else:
        sentences.append(
            language.plural(
                "{name}: {number} figure can be set beside the peers; "
                "above their middle half: {above}, below: {below}.",
                "{name}: {number} figures can be set beside the peers; "
                "above their middle half: {above}, below: {below}.",
                len(told),
                name=portrait.name,
                above=told.count("above"),
                below=told.count("below"),
            )
        )
    missing = topics_not_known(portrait, layer)
    if missing:
        sentences.append(
            language.text("Not inventoried here: {topics}.", topics=", ".join(missing))
        )
    return sentences


def topics_not_known(portrait: Portrait, layer: str) -> list[str]:
    """The topics of a layer that no figure of this area answers, in words."""
    catalogue = load_catalogue()
    known = {catalogue[row["indicator"]].topic for row in portrait.of_layer(layer)}
    return [
        words[portrait.reading.language.code]
        for topic, words in load_topics().items()
        if words["layer"] == layer and topic not in known
    ]


def show_layer_here(page: Page, portrait: Portrait, layer: str) -> list[Block]:
    """The table of a layer, and its first comparable figure drawn beside the peers."""
    rows = portrait.of_layer(layer)
    if not rows:
        return []
    word = portrait.reading.term("layer", layer)
    caption = portrait.reading.language.pair(portrait.name, word)
    blocks = [
        page.table(_table(portrait, rows), caption, source=_credit(portrait, rows)),
        page.text(how_to_read(portrait)),
    ]
    for row in rows:
        if row["position"] != "not_told" and pd.notna(row["low"]):
            figure = _bars(portrait, row["indicator"], bare=not page.carries_tables)
            return [page.figure(figure), *blocks]
    return blocks


def how_to_read(portrait: Portrait) -> str:
    """What the columns mean."""
    return portrait.reading.language.text(
        "Peers: the middle half of the comparable authorities of the same country lies between "
        "these two values. Where the interval touches that range, a difference may be chance."
    )


def _table(portrait: Portrait, rows: list[Row]) -> Columns:
    """A row an indicator; what is not known is said, and never a zero."""
    reading = portrait.reading
    text = reading.language.text
    columns: dict[str, str | tuple[str, str]] = {
        text("Year"): "year",
        text("Here"): "value",
        text("95 % interval"): ("low", "high"),
        text("Peers, middle half"): ("peers_lower", "peers_upper"),
        **(
            {_capital(reading.level("county", many=False)): "county_value"}
            if portrait.parent
            else {}
        ),
        reading.country: "country_value",
    }
    names = [row["indicator"] for row in rows]
    return {
        text("Indicator"): [f"{reading.title(name)} ({reading.unit(name)})" for name in names],
        **{head: [_cell(portrait, row, key) for row in rows] for head, key in columns.items()},
    }


def _cell(portrait: Portrait, row: Row, key: str | tuple[str, str]) -> str | int | None:
    reading, name = portrait.reading, row["indicator"]
    if key == "year":
        return int(row["year"])
    if isinstance(key, tuple):
        low, high = (row[each] for each in key)
        if pd.isna(low) or pd.isna(high):
            return NO_INTERVAL
        return reading.language.text(
            "{low} to {high}", low=reading.number(name, low), high=reading.number(name, high)
        )
    if pd.notna(row[key]):
        return reading.number(name, row[key])
    secret = key == "value" and row["status"] == "C"
    return reading.language.text("confidential") if secret else None


def _credit(portrait: Portrait, rows: list[Row]) -> str:
    """Producers and periods of all that stands in the rows."""
    sources = portrait.reading.inventory.sources
    ids = {each for row in rows for each in row["source_ids"].split()}
    return portrait.reading.credit_of(each for each in ids if each in sources)


def _bars(portrait: Portrait, name: str, *, bare: bool) -> Figure:
    """The area and its peers with their intervals, in the order of their names."""
    reading = portrait.reading
    ids = [portrait.area_id, *(row["peer_id"] for row in portrait.home_peers[:MOST_BARS])]
    ids.sort(key=lambda area: reading.language.sort_key(reading.name(area)))
    year = reading.newest(name, portrait.level)
    return plot_rows_with_intervals(
        ids,
        [reading.name(area) for area in ids],
        reading.intervals(name, portrait.level, ids),
        title=reading.language.text(
            "{title}, {year}: {name} beside its peers",
            title=reading.title(name),
            year=year,
            name=portrait.name,
        ),
        unit=reading.unit(name),
        source=reading.source_line(name, portrait.level),
        language=reading.language,
        decimals=reading.indicator(name).decimals,
        bare=bare,
        highlight=[portrait.area_id],
        note=" ".join(
            [
                reading.language.text(
                    "In the order of names. Where intervals overlap, a difference may be chance."
                ),
                reading.age_note(year),
            ]
        ).strip(),
    )


def list_services(portrait: Portrait) -> Columns:
    """Services that registers list here: by function, setting and who runs them."""
    text = portrait.reading.language.text
    counts: Counter[tuple[str, str | None, str | None, int]] = Counter()
    for row in portrait.services:
        if row["function"] in FUNCTIONS:
            codes = (_code(row["setting"]), _code(row["provider_type"]))
            counts[(row["function"], *codes, int(row["year"]))] += int(row["count"])
    if not counts:
        return {}
    keys = sorted(counts, key=lambda key: [(each is None, each) for each in key])
    words = [[_in_words(portrait, key[i], _CODED[i]) for i in range(len(_CODED))] for key in keys]
    order = sorted(range(len(keys)), key=lambda place: words[place][0])
    return {
        text("Function"): [words[i][0] for i in order],
        text("Setting"): [words[i][1] for i in order],
        text("Run by"): [words[i][2] for i in order],
        text("Number"): [counts[keys[i]] for i in order],
        text("Year"): [keys[i][3] for i in order],
    }


_CODED = ("function", "setting", "provider_type")


def _code(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _in_words(portrait: Portrait, code: object, dimension: str) -> str:
    reading = portrait.reading
    return reading.language.text("not told") if code is None else reading.term(dimension, str(code))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
