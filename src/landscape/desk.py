"""What an analyst calls in a notebook: one indicator, the peers of an area, a map, a comparison."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import geopandas as gpd
import pandas as pd

from landscape.compare.peers import describe_peers, explain_peer, gather_context
from landscape.errors import LandscapeError, UsageError, did_you_mean
from landscape.figures.bars import plot_bars_with_intervals
from landscape.figures.figure import Figure
from landscape.indicators.catalogue import Indicator, find_indicator
from landscape.inventory import Inventory, load
from landscape.language import language
from landscape.reports.drill_down import BaseMap, ExplorableMap
from landscape.reports.drilled import drill_into
from landscape.reports.exhibits import circles_of, map_indicator, spread_indicator
from landscape.reports.of_year import rows_of_year
from landscape.reports.reading import Reading
from landscape.sources.registry import countries

LEVELS = ("municipality", "county", "country")
#: Grades that may be set beside those of another country.
ACROSS = ("A", "B")
_COLUMNS = ("value", "low", "high", "numerator", "denominator", "year", "coverage", "status")


def indicator(
    name: str,
    *,
    country: str,
    level: str = "municipality",
    year: int | None = None,
    shapes: bool = False,
) -> pd.DataFrame | gpd.GeoDataFrame:
    """One indicator of the areas of one level, indexed by area_id.

    Columns: ``name``, ``parent_id``, ``value`` with its 95 % interval ``low``
    and ``high``, ``numerator``, ``denominator``, ``year``, ``coverage`` (share
    of the residents behind it) and ``status`` (SDMX: A, E, M, C, B). Every area
    of the level has a row; NA means not inventoried, which is not zero.
    ``year`` is by default the latest; for another the indicator is computed
    from what had been observed by then, and all is NA where that is not enough.
    ``shapes`` adds the geometry and makes a GeoDataFrame. The unit, the title
    and what is counted stand in ``.attrs``. Raises UsageError for an unknown
    indicator, country or level, and says what was probably meant.

    ``landscape.indicator("association_share", country="RO", level="county")``
    """
    entry, inventory = find_indicator(name), load(country)
    _check_level(level, LEVELS)
    rows = rows_of_year(inventory, name, level, year)
    areas = inventory.areas[inventory.areas["level"] == level].set_index("area_id")
    found = areas[["name", "parent_id", "geometry"]].join(rows[list(_COLUMNS)])
    table = found if shapes else pd.DataFrame(found.drop(columns="geometry"))
    code = inventory.country.code
    in_country = entry.countries.get(code)
    table.attrs = {
        "title": entry.title["en"],
        "unit": entry.unit["en"],
        "counted": in_country.counted["en"] if in_country else "not inventoried",
        "grade": in_country.grade if in_country else None,
    }
    return table


def peers(
    area_id: str,
    *,
    k: int = 6,
    abroad: int = 3,
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    lang: str = "en",
) -> pd.DataFrame:
    """The areas whose context is most alike, at home and abroad, the nearest first by country.

    ``k`` at home and ``abroad`` in each other country whose tables are there;
    ``add`` and ``drop`` put areas in and keep some out. Indexed by area_id:
    ``country``, ``name``, ``distance`` (1.4 is two areas at random),
    ``stability`` (share of trials with other weights in which it is among
    them), ``alike`` and ``why`` in the words of ``lang``. What could not be matched stands in
    ``.attrs["unmatched"]``, by country. Never on what is judged: services,
    staff and money play no part.
    """
    home = _inventory_of(area_id)
    found = home.areas.loc[home.areas["area_id"] == area_id, "level"]
    if found.empty:
        ids = home.areas["area_id"].tolist()
        raise UsageError(f"unknown area {area_id!r}{did_you_mean(area_id, ids)}")
    context = gather_context([home, *_others(home)], str(found.iloc[0]))
    group = describe_peers(context, area_id, k_home=k, k_abroad=abroad, add=add, drop=drop)
    words = language(lang)
    table = group.peers.set_index("peer_id").rename_axis("area_id")
    why = [explain_peer(group, row, words) for _, row in group.peers.iterrows()]
    kept = table[["country", "name", "distance", "stability", "alike"]].assign(why=why)
    kept.attrs = {"area_id": area_id, "unmatched": group.unmatched}
    return kept


def plot_map(
    name: str,
    *,
    country: str,
    level: str | None = None,
    year: int | None = None,
    highlight: Collection[str] = (),
    lang: str = "en",
) -> Figure:
    """A map of one indicator; a notebook shows the drawing with its title, words and source.

    ``level`` is by default the finest that is well known and can be drawn;
    where municipalities are points, circles show the numerators. ``year`` is
    by default the latest, ``highlight`` points areas out.
    Raises LandscapeError where there is nothing to draw.
    """
    find_indicator(name)
    reading = Reading(load(country), language(lang))
    figure = None
    if level is None or reading.can_draw(reading.areas(_check_level(level, LEVELS[:2]))):
        if level is None or _known(reading, name, level, year):
            figure = map_indicator(reading, name, level, year=year, highlight=highlight)
    elif level == "municipality" and _known(reading, name, level, year):
        figure = circles_of(reading, name, year)
    if figure is None:
        raise LandscapeError(f"{name} cannot be drawn for {country.upper()}: no value or no shape")
    return figure


def plot_spread(
    name: str,
    *,
    country: str,
    level: str = "municipality",
    year: int | None = None,
    highlight: Collection[str] = (),
    lang: str = "en",
) -> Figure:
    """Where the areas of a level lie between the lowest and the highest value.

    ``year`` is by default the latest, ``highlight`` points areas out. Raises
    LandscapeError where no area has a value.
    """
    find_indicator(name)
    reading = Reading(load(country), language(lang))
    if not _known(reading, name, _check_level(level, LEVELS[:2]), year):
        raise LandscapeError(f"{name}: no value of {level} areas in {country.upper()}")
    return spread_indicator(reading, name, level, year=year, highlight=highlight)


def explore_map(
    names: str | Collection[str],
    *,
    country: str,
    within: str = "",
    level: str = "municipality",
    lang: str = "en",
    base_map: BaseMap | None = None,
) -> ExplorableMap:
    """A map to look into: indicators to switch, areas to find by name, all figures of an area.

    ``within`` is a county's id: only its municipalities are drawn. A notebook
    shows the map, ``save`` writes it as one file that opens offline, unless
    there is a ``base_map`` of tiles. Raises UsageError for an unknown
    indicator, level or county, and LandscapeError where there is nothing to
    draw or more than 3,000 areas.

    ``landscape.explore_map(["services_per_10000"], country="RO", within="RO_10")``
    """
    chosen = [names] if isinstance(names, str) else list(names)
    for name in chosen:
        find_indicator(name)
    _check_level(level, LEVELS[:2])
    reading = Reading(load(country), language(lang))
    counties = reading.counties["area_id"].tolist()
    if within and within not in counties:
        raise UsageError(f"unknown county {within!r}{did_you_mean(within, counties)}")
    figure = drill_into(reading, chosen, level, within)
    if figure is None:
        raise LandscapeError(
            f"the areas of {within or country.upper()} have no shapes: try level='county'"
        )
    return ExplorableMap(figure, base_map)


def plot_compare(name: str, area_ids: Collection[str], *, lang: str = "en") -> Figure:
    """Areas of any countries side by side with their intervals, in the order of their names.

    Raises LandscapeError where areas of several countries are asked for and
    the indicator is comparable inside one country only (grade C).
    """
    entry = find_indicator(name)
    codes = sorted({area_id.partition("_")[0].upper() for area_id in area_ids})
    if not codes:
        raise UsageError("plot_compare needs at least one area id, such as RO_1017")
    _check_grades(entry, codes)
    readings = {code: Reading(_inventory_of(code), language(lang)) for code in codes}
    parts = [_rows(each, name, area_ids) for each in readings.values()]
    rows = pd.concat(parts, ignore_index=True)
    order = rows["name"].map(language(lang).sort_key).sort_values().index
    first = readings[codes[0]]
    sources = [each.source_line(name, level) for each in readings.values() for level in LEVELS[:2]]
    return plot_bars_with_intervals(
        rows.loc[order].reset_index(drop=True),
        title=first.title(name),
        unit=first.unit(name),
        source=first.language.join(dict.fromkeys(filter(None, sources))),
        language=first.language,
        decimals=entry.decimals,
    )


def _check_level(level: str, known: Sequence[str]) -> str:
    if level not in known:
        raise UsageError(f"unknown level {level!r}{did_you_mean(level, known)}")
    return level


def _known(reading: Reading, name: str, level: str, year: int | None) -> bool:
    return bool(rows_of_year(reading.inventory, name, level, year)["value"].notna().any())


def _rows(reading: Reading, name: str, area_ids: Collection[str]) -> pd.DataFrame:
    wanted = [each for each in area_ids if each in reading.names.index]
    rows = reading.inventory.indicators
    rows = rows[rows["indicator"] == name].set_index("area_id")
    table = rows[["value", "low", "high"]].reindex(wanted).rename_axis("area_id").reset_index()
    return table.assign(name=[str(reading.names[each]) for each in wanted])


def _check_grades(entry: Indicator, codes: Sequence[str]) -> None:
    absent = [code for code in codes if code not in entry.countries]
    if absent:
        raise LandscapeError(f"{entry.name} is not inventoried in {', '.join(absent)}")
    if len(codes) > 1 and any(entry.countries[code].grade not in ACROSS for code in codes):
        raise LandscapeError(
            f"{entry.name} has grade C: compare it inside one country only; "
            "indicators of grade A or B may be set side by side"
        )


def _inventory_of(area_id: str) -> Inventory:
    return load(area_id.partition("_")[0])


def _others(home: Inventory) -> list[Inventory]:
    """The inventories of the other countries that have been built."""
    found = []
    for code in countries():
        if code != home.country.code:
            try:
                found.append(load(code))
            except LandscapeError:
                continue
    return found
