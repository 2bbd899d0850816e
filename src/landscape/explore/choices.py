"""What may be chosen in a country, and the nearest state to one that may not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from landscape.desk import LEVELS
from landscape.errors import UsageError, did_you_mean
from landscape.explore.state import State
from landscape.indicators.catalogue import find_indicator
from landscape.inventory import load
from landscape.kept import find_kept, keep
from landscape.language import language
from landscape.reports.of_year import years_known
from landscape.reports.reading import Reading

#: Areas below the country; the country itself is one area and has no peers.
TIERS = LEVELS[:2]
MOST_FOUND = 20


def read(state: State) -> Reading:
    """The inventory of the state's country in its language; read from the disk once."""
    inventory = load(state.country)
    if find_kept(inventory.folder) is None:
        keep(inventory.folder, inventory)
    return Reading(inventory, language(state.lang))


def list_themes(reading: Reading, level: str) -> list[str]:
    """The themes that an indicator of the level is known for, in catalogue order."""
    known = list_indicators(reading, level, "")
    return list(dict.fromkeys(reading.indicator(name).theme for name in known))


def list_indicators(reading: Reading, level: str, theme: str) -> list[str]:
    """The indicators of a theme (empty for all) with a value at the level, in catalogue order."""
    layers = ("territory", "needs", "resources", "services", "governance")
    names = [name for layer in layers for name in reading.known_indicators(layer)]
    return [
        name
        for name in names
        if theme in ("", reading.indicator(name).theme)
        and reading.values(name, level)["value"].notna().any()
    ]


def list_levels(reading: Reading) -> list[str]:
    """The levels that any indicator is known at, the finest first."""
    return [level for level in TIERS if list_indicators(reading, level, "")]


def find_areas(reading: Reading, level: str, text: str) -> list[tuple[str, str]]:
    """Labels and ids of the areas whose name or id holds the text; those that begin so first.

    Letters with marks are found without them, Bulgarian names in both
    scripts. At most ``MOST_FOUND``; a municipality bears its county's name.
    """
    key = reading.language.sort_key
    wanted = key(text.strip())
    if not wanted:
        return []
    areas = reading.areas(level)

    def spell() -> list[pd.Series]:
        official = reading.inventory.areas.set_index("area_id")["name"].reindex(areas["area_id"])
        spelt = [areas["name"], official.set_axis(areas.index)]
        spelt += [areas["name_latin"], areas["area_id"]]
        return [each.fillna("").astype(str).map(key) for each in spelt]

    keys = reading.once(("search keys", level), spell)
    held = keys[0].str.contains(wanted, regex=False)
    begun = keys[0].str.startswith(wanted)
    for each in keys[1:]:
        held, begun = held | each.str.contains(wanted, regex=False), begun | (each == wanted)
    found = areas[held].assign(later=~begun[held], key=keys[0][held])
    ids = found.sort_values(["later", "key", "area_id"])["area_id"].head(MOST_FOUND)
    return [(label_of(reading, area, level), area) for area in ids]


def label_of(reading: Reading, area: str, level: str) -> str:
    """An area's name; of a municipality with its county's, since many share a name."""
    name = reading.label(area)
    county = reading.county_of(area) if level == "municipality" else None
    return reading.language.text("{name} ({county})", name=name, county=county) if county else name


def open_state(
    *,
    country: str,
    level: str = "county",
    indicator: str = "",
    year: int = 0,
    theme: str = "",
    area: str = "",
    lang: str = "en",
) -> tuple[State, list[str]]:
    """The state of a notebook's parameters and, in words, what of it had to be changed.

    Without an indicator the first of the theme that is known. Raises
    UsageError for words that no country knows.
    """
    if level not in TIERS:
        raise UsageError(f"unknown level {level!r}{did_you_mean(level, TIERS)}")
    if indicator:
        find_indicator(indicator)
    wished = State(country.upper(), level, indicator, year, theme, area, lang)
    reading = read(wished)
    if area and area not in set(reading.inventory.areas["area_id"]):
        ids = reading.areas(level)["area_id"].tolist()
        raise UsageError(f"unknown area {area!r}{did_you_mean(area, ids)}")
    return settle(wished, reading)


def settle(wished: State, reading: Reading) -> tuple[State, list[str]]:
    """The nearest state that the country can show, and what was changed, in the reader's words."""
    text, told, state = reading.language.text, [], wished
    if wished.area:
        own = reading.inventory.areas.set_index("area_id")["level"].get(wished.area)
        state = replace(state, area="") if own not in TIERS else replace(state, level=own)
    levels = list_levels(reading)
    if levels and state.level not in levels:
        state = replace(state, level=levels[0], area="")
    if state.theme not in ("", *list_themes(reading, state.level)):
        state = replace(state, theme="")
        told.append(text("No indicator of this theme is known here: all themes are offered."))
    offered = list_indicators(reading, state.level, state.theme)
    if state.indicator not in offered:
        if state.indicator:
            told.append(
                text(
                    "{title}: not inventoried for the {areas} of {country}; another is shown.",
                    title=reading.title(state.indicator),
                    areas=reading.level(state.level),
                    country=reading.country,
                )
            )
        state = replace(state, indicator=offered[0] if offered else "", year=0)
    years = years_known(reading.inventory, state.indicator, state.level) if offered else []
    if years and state.year == years[0]:
        state = replace(state, year=0)
    if state.year and state.year not in years:
        told.append(text("There is no figure of {year}: the latest is shown.", year=state.year))
        state = replace(state, year=0)
    return state, told
