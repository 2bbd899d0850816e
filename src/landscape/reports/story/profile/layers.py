"""The figures of an area, layer by layer, beside its peers, its county and its country."""

from __future__ import annotations

import pandas as pd

from landscape.dictionaries import load_topics
from landscape.figures.bars import plot_bars_with_intervals
from landscape.figures.figure import Figure
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.portrait import Portrait
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
    told = rows[rows["position"] != "not_told"]
    sentences = []
    if rows.empty:
        sentences.append(
            language.text("{name}: no figure of this chapter is known.", name=portrait.name)
        )
    elif told.empty:
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
                above=int((told["position"] == "above").sum()),
                below=int((told["position"] == "below").sum()),
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
    known = {catalogue[str(name)].topic for name in portrait.of_layer(layer).index}
    return [
        words[portrait.reading.language.code]
        for topic, words in load_topics().items()
        if words["layer"] == layer and topic not in known
    ]


def show_layer_here(page: Page, portrait: Portrait, layer: str) -> list[Block]:
    """The table of a layer, and its first comparable figure drawn beside the peers."""
    rows = portrait.of_layer(layer)
    if rows.empty:
        return []
    word = portrait.reading.term("layer", layer)
    caption = portrait.reading.language.pair(portrait.name, word)
    blocks = [
        page.table(_table(portrait, rows), caption, source=_credit(portrait, rows)),
        page.text(how_to_read(portrait)),
    ]
    drawn = rows[(rows["position"] != "not_told") & rows["low"].notna()]
    if len(drawn):
        figure = _bars(portrait, str(drawn.index[0]))
        blocks.insert(0, page.figure(figure))
    return blocks


def how_to_read(portrait: Portrait) -> str:
    """What the columns mean."""
    return portrait.reading.language.text(
        "Peers: the middle half of the comparable authorities of the same country lies between "
        "these two values. Where the interval touches that range, a difference may be chance."
    )


def _table(portrait: Portrait, rows: pd.DataFrame) -> pd.DataFrame:
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
    table = []
    for name, row in rows.iterrows():
        line: dict[str, object] = {
            text("Indicator"): f"{reading.title(str(name))} ({reading.unit(str(name))})"
        }
        line.update({head: _cell(portrait, str(name), row, key) for head, key in columns.items()})
        table.append(line)
    return pd.DataFrame(table)


def _cell(
    portrait: Portrait, name: str, row: pd.Series, key: str | tuple[str, str]
) -> str | int | None:
    reading = portrait.reading
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


def _credit(portrait: Portrait, rows: pd.DataFrame) -> str:
    """Producers and periods of all that stands in the rows."""
    sources = portrait.reading.inventory.sources
    ids = sorted({each for row in rows["source_ids"] for each in str(row).split()})
    return portrait.reading.credit([sources[each] for each in ids if each in sources])


def _bars(portrait: Portrait, name: str) -> Figure:
    """The area and its peers with their intervals, in the order of their names."""
    reading = portrait.reading
    values = reading.values(name, portrait.level)
    ids = [portrait.area_id, *portrait.home_peers["peer_id"].head(MOST_BARS)]
    table = values.reindex(ids)[["value", "low", "high"]].rename_axis("area_id").reset_index()
    table["name"] = table["area_id"].map(reading.names)
    order = table["name"].map(reading.language.sort_key)
    year = int(values["year"].max())
    return plot_bars_with_intervals(
        table.loc[order.sort_values().index],
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


def list_services(portrait: Portrait) -> pd.DataFrame:
    """Services that registers list here: by function, setting and who runs them."""
    text = portrait.reading.language.text
    services = portrait.services
    services = services[services["function"].isin(FUNCTIONS)]
    if services.empty:
        return pd.DataFrame()
    keys = ["function", "setting", "provider_type", "year"]
    counts = services.groupby(keys, dropna=False, sort=True)["count"].sum().reset_index()
    words = {key: _in_words(portrait, counts[key], key) for key in keys[:3]}
    return pd.DataFrame(
        {
            text("Function"): words["function"],
            text("Setting"): words["setting"],
            text("Run by"): words["provider_type"],
            text("Number"): counts["count"].astype(int),
            text("Year"): counts["year"].astype(int),
        }
    ).sort_values(text("Function"), kind="stable", ignore_index=True)


def _in_words(portrait: Portrait, codes: pd.Series, dimension: str) -> list[str]:
    reading = portrait.reading
    return [
        reading.language.text("not told") if pd.isna(code) else reading.term(dimension, str(code))
        for code in codes
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
