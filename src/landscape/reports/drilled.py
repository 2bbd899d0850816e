"""Maps to look into, from an inventory: which areas they show, and which indicators."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import pandas as pd

from landscape.errors import LandscapeError
from landscape.figures.drill_down import MOST_AREAS, MapLayer, plot_drill_down
from landscape.figures.figure import Figure
from landscape.figures.grid_borders import place_areas
from landscape.reports.portrait import Portrait
from landscape.reports.reading import Reading

#: In this order the indicators are offered; the first known one is shown first.
LAYERS = ("services", "resources", "needs", "territory")


def drill_into_country(reading: Reading) -> Figure | None:
    """Every indicator at the finest level that such a map can show; None where none can be drawn.

    In countries with more than MOST_AREAS municipalities that is the county.
    """
    level = _finest(reading)
    if level is None:
        return None
    outline = reading.counties if level == "municipality" else None
    return _drill_into(reading, reading.areas(level), level, reading.country, outline=outline)


def prepare_drill_down(reading: Reading) -> None:
    """Draw the borders of ``drill_into_country``, which are the same in every language."""
    level = _finest(reading)
    if level is not None:
        place_areas(reading.areas(level), reading.counties if level == "municipality" else None)


def _finest(reading: Reading) -> str | None:
    """The level of the map of the country."""
    for level in ("municipality", "county"):
        areas = reading.areas(level)
        if len(areas) <= MOST_AREAS and reading.can_draw(areas):
            return level
    return None


def drill_into_county(portrait: Portrait) -> Figure | None:
    """The municipalities of the area's county, itself pointed out; None where none can be drawn."""
    reading = portrait.reading
    county = portrait.parent or portrait.area_id
    areas = reading.areas("municipality")
    areas = areas[areas["parent_id"] == county].reset_index(drop=True)
    if not 1 < len(areas) <= MOST_AREAS or not reading.can_draw(areas):
        return None
    place, own = str(reading.names[county]), [portrait.area_id]
    return _drill_into(reading, areas, "municipality", place, highlight=own)


def drill_into(
    reading: Reading, names: Collection[str], level: str, within: str = ""
) -> Figure | None:
    """Chosen indicators of the areas of a level, or of those inside one county (its id).

    None where no area has a shape. Raises LandscapeError for more areas than a
    map can show and where no indicator has a value.
    """
    areas = reading.areas(level)
    if within:
        areas = areas[areas["parent_id"] == within].reset_index(drop=True)
    if areas.geometry.isna().all():
        return None
    place = str(reading.names[within]) if within else reading.country
    return _drill_into(reading, areas, level, place, only=names)


def _drill_into(
    reading: Reading,
    areas: gpd.GeoDataFrame,
    level: str,
    place: str,
    *,
    outline: gpd.GeoDataFrame | None = None,
    highlight: Collection[str] = (),
    only: Collection[str] | None = None,
) -> Figure | None:
    areas = areas.assign(besides=_besides(reading, areas))
    shown = {
        name: rows
        for group in LAYERS
        for name in reading.known_indicators(group)
        if only is None or name in only
        if (rows := _rows(reading, name, level, areas))["value"].notna().any()
    }
    if not shown and only is None:
        return None
    if not shown:
        raise LandscapeError(f"{place}: no value of {', '.join(only or ())} is known there")
    years = pd.concat([rows.loc[rows["value"].notna(), "year"] for rows in shown.values()])
    period = dict.fromkeys([str(int(years.min())), str(int(years.max()))])
    return plot_drill_down(
        areas,
        [_layer(reading, name, level, rows) for name, rows in shown.items()],
        title=reading.language.text(
            "{place}: {areas}, one indicator at a time, {years}",
            place=place,
            areas=reading.level(level),
            years=reading.language.period("/".join(period)),
        ),
        language=reading.language,
        source=reading.credit_of(
            frozenset().union(*(reading.known_sources(name, level) for name in shown))
        ),
        outline=outline,
        highlight=highlight,
    )


def _besides(reading: Reading, areas: pd.DataFrame) -> list[str]:
    """The official spelling where it differs from the name shown, and the county."""
    official = reading.inventory.areas.set_index("area_id")["name"]
    above = areas["parent_id"].map(reading.names).where(areas["level"] == "municipality")
    rows = zip(areas["name"], areas["area_id"].map(official), above, strict=True)
    return [
        ", ".join(str(each) for each in (own, over) if pd.notna(each) and each != name)
        for name, own, over in rows
    ]


def _rows(reading: Reading, name: str, level: str, areas: pd.DataFrame) -> pd.DataFrame:
    rows = reading.values(name, level)
    return rows[rows.index.isin(areas["area_id"])]


def _layer(reading: Reading, name: str, level: str, rows: pd.DataFrame) -> MapLayer:
    indicator, year = reading.indicator(name), int(rows.loc[rows["value"].notna(), "year"].max())
    return MapLayer(
        title=f"{reading.title(name)}, {year}",
        unit=reading.unit(name),
        source=reading.source_line(name, level),
        values=rows["value"],
        low=rows["low"],
        high=rows["high"],
        status=rows["status"],
        decimals=indicator.decimals,
        group=_capital(reading.term("layer", indicator.layer)),
        note=reading.age_note(year),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
