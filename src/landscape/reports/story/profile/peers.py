"""The context of an area, and the authorities whose context is alike."""

from __future__ import annotations

import pandas as pd

from landscape.compare.peers import explain_group, explain_peer
from landscape.compare.peers.variables import Variable, load_variables_of_context
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.portrait import Portrait
from landscape.reports.reading import Reading


def show_context(page: Page, portrait: Portrait) -> list[Block]:
    """What peers are looked for by: the area's own context beside its peers' middle half."""
    reading, context = portrait.reading, portrait.peers.context
    if not portrait.peers.asked:
        return []
    text, number = reading.language.text, reading.language.number
    here = context.raw.loc[[portrait.area_id]].iloc[0].astype(float)
    beside = context.raw.loc[portrait.home_peers["peer_id"]]
    rows = []
    for name in portrait.peers.asked:
        variable = load_variables_of_context()[name]
        low, high = beside[name].quantile([0.25, 0.75])
        label = variable.label[reading.language.code]
        rows.append(
            {
                text("Context"): label[:1].upper() + label[1:],
                text("Year"): _year(portrait, variable),
                text("Here"): number(float(here[name]), variable.decimals),
                text("Peers, middle half"): None
                if pd.isna(low)
                else text(
                    "{low} to {high}",
                    low=number(low, variable.decimals),
                    high=number(high, variable.decimals),
                ),
            }
        )
    caption = text("The context of {name} and of its peers in the country", name=portrait.name)
    return [page.table(pd.DataFrame(rows), caption, source=_credit_of_areas(portrait))]


def _year(portrait: Portrait, variable: Variable) -> int | str:
    """The year of a variable of context; a dash for distances, which have none."""
    if variable.origin.indicator is not None:
        return int(portrait.figures["year"][variable.origin.indicator])
    year = portrait.area["population_year"]
    return "–" if variable.aspect == "seat" or pd.isna(year) else int(year)


def _credit_of_areas(portrait: Portrait) -> str:
    """Who counts residents and keeps the list of areas."""
    reading = portrait.reading
    country = reading.inventory.country.code.lower()
    ids = {f"{country}/{each}" for each in reading.inventory.country.area_sources}
    needs = reading.inventory.needs
    ids |= set(needs.loc[needs["variable"].isin(reading.inventory.country.population), "source_id"])
    sources = reading.inventory.sources
    return reading.credit(sources[each] for each in sorted(ids) if each in sources)


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
        if not peers.empty:
            blocks.append(page.table(_table(portrait, reading, peers), _caption(portrait, reading)))
    note = portrait.reading.language.text(
        "A list to start a conversation from, the most alike first. In other countries the same "
        "word may stand for another kind of authority: size and tasks differ."
    )
    return [*blocks, page.note(note)]


def _caption(portrait: Portrait, reading: Reading) -> str:
    return portrait.reading.language.pair(portrait.reading.language.text("Peers"), reading.country)


def _table(portrait: Portrait, reading: Reading, peers: pd.DataFrame) -> pd.DataFrame:
    """Name, county, residents and year, and why each is listed."""
    text = portrait.reading.language.text
    areas = reading.inventory.areas
    rows = pd.DataFrame(areas.drop(columns="geometry")).set_index("area_id").loc[peers["peer_id"]]
    names = [str(reading.names[each]) for each in peers["peer_id"]]
    table = pd.DataFrame({text("Authority"): names})
    if portrait.level == "municipality":
        county = reading.level("county", many=False)
        table[county[:1].upper() + county[1:]] = rows["parent_id"].map(reading.names).to_numpy()
    table[text("Residents")] = rows["population"].astype("Int64").to_numpy()
    table[text("Why it is listed")] = [
        explain_peer(portrait.peers, peer, portrait.reading.language)
        for _, peer in peers.iterrows()
    ]
    return table
