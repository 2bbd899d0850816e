"""Tables read once by the server of forks, for all reports of a run.

The server imports this module before it forks (see ``landscape.reports.workers``).
What it read stands in the memory of every report and costs nothing there; what a
report asks for is still noted by the report, so that a change of other tables
does not make it again. Where a table has changed since, the report reads it anew.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from pathlib import Path

from landscape.errors import LandscapeError
from landscape.figures.layers import draw_borders
from landscape.figures.scene import build_scene
from landscape.inventory import Inventory, load
from landscape.kept import keep
from landscape.language import Language, language
from landscape.reports.atlas import Atlas, keep_atlas
from landscape.reports.drilled import prepare_drill_down
from landscape.reports.exhibits import (
    map_population,
    maps_by_county,
    opening_indicator,
    opening_map,
)
from landscape.reports.portrait import TIERS, read_portraits
from landscape.reports.reading import MOST_AREAS_DRAWN, Reading
from landscape.reports.story.spreads import prepare_spreads
from landscape.reports.story.strengths import prepare_strengths
from landscape.reports.story.zones.looking import search_zones
from landscape.reports.wanted import Wanted, read_word
from landscape.used_files import forget_uses

#: Portraits of more areas than this would fill the memory.
MOST_PORTRAITS = 4000


def preload(wanted: Wanted) -> None:
    """Read tables into this process; what cannot be read is left to the report that asks for it."""
    found: dict[str, Inventory] = {}
    for code in wanted.countries:
        try:
            found[code] = _read(code, Path(wanted.tables))
        except LandscapeError:
            continue
    for code, inventory in found.items():
        _prepare(inventory)
        if code in wanted.whole:
            _draw(Reading(inventory, language("en")))
    for code, theme in wanted.searches:
        if code in found:
            search_zones(Reading(found[code], language("en")), theme)
    if wanted.areas:
        atlas = _gather(Atlas(found), wanted.areas)
        for code in wanted.languages:
            _portray(atlas, wanted.areas[:MOST_PORTRAITS], language(code))
        keep_atlas(atlas)
    forget_uses()
    # The collector would write to every object and so copy what the reports share.
    gc.collect()
    gc.freeze()


def _read(code: str, tables: Path) -> Inventory:
    inventory = load(code, tables)
    _ = inventory.areas, inventory.by_indicator, inventory.sources
    _ = inventory.needs, inventory.resources, inventory.services, inventory.places
    keep(inventory.folder, inventory)
    return inventory


def _prepare(inventory: Inventory) -> None:
    """What all maps of the country have in common, and what its reports tell in any language."""
    areas = inventory.areas
    for level in TIERS:
        shapes = areas.geometry[areas["level"] == level].reset_index(drop=True)
        if 0 < len(shapes) <= MOST_AREAS_DRAWN and shapes.notna().any():
            draw_borders(build_scene(shapes).frames, len(shapes))
    reading = Reading(inventory, language("en"))
    _ = reading.topics
    prepare_strengths(reading)


def _draw(reading: Reading) -> None:
    """Once what the maps of a country's reports have in common in any language, and draw alike."""
    name = opening_indicator(reading)
    if name is not None:
        opening_map(reading)
        maps_by_county(reading, name)
    map_population(reading)
    prepare_drill_down(reading)
    prepare_spreads(reading)


def _gather(atlas: Atlas, area_ids: Iterable[str]) -> Atlas:
    """The contexts and tiers of some areas."""
    for country, level in _tiers_of(atlas, area_ids):
        atlas.context(level).prepare()
        atlas.tier(country, level).prepare()
    return atlas


def _portray(atlas: Atlas, area_ids: Sequence[str], reader: Language) -> None:
    """The portraits of some areas, made together: one by one most of it would be made again."""
    for (country, level), ids in _tiers_of(atlas, area_ids).items():
        for reading in atlas.readings(reader).values():
            reading.prepare(level)
        for portrait in read_portraits(atlas, country, level, ids, reader):
            atlas.portraits[reader, portrait.area_id] = portrait


def _tiers_of(atlas: Atlas, area_ids: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """The areas by country and level, as far as they are there."""
    found: dict[tuple[str, str], list[str]] = {}
    wanted = [*area_ids]
    for code, inventory in atlas.inventories.items():
        rows = inventory.areas[["area_id", "level"]]
        rows = rows[rows["area_id"].isin(wanted) & rows["level"].isin(TIERS)]
        for area, level in zip(rows["area_id"], rows["level"], strict=True):
            found.setdefault((code, level), []).append(area)
    return found


if (asked := read_word()) is not None:
    preload(asked)
