"""Tables read once by the server of forks, for all reports of a run.

The server imports this module before it forks (see ``landscape.reports.workers``).
What it read stands in the memory of every report and costs nothing there; what a
report asks for is still noted by the report, so that a change of other tables
does not make it again. Where a table has changed since, the report reads it anew.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path

from landscape.errors import LandscapeError
from landscape.inventory import Inventory, load
from landscape.kept import keep
from landscape.reports.atlas import Atlas, keep_atlas
from landscape.reports.wanted import Wanted, read_word
from landscape.used_files import forget_uses


def preload(wanted: Wanted) -> None:
    """Read tables into this process; what cannot be read is left to the report that asks for it."""
    found: dict[str, Inventory] = {}
    for code in wanted.countries:
        try:
            found[code] = _read(code, Path(wanted.tables))
        except LandscapeError:
            continue
    if wanted.areas:
        keep_atlas(_gather(Atlas(found), wanted.areas))
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


def _gather(atlas: Atlas, area_ids: Iterable[str]) -> Atlas:
    """The contexts and tiers of some areas."""
    for area in area_ids:
        inventory = atlas.inventories.get(area.partition("_")[0])
        if inventory is None:
            continue
        rows = inventory.areas.loc[inventory.areas["area_id"] == area, "level"]
        for level in rows[rows.isin(["municipality", "county"])]:
            atlas.context(level).prepare()
            atlas.tier(inventory.country.code, level).prepare()
    return atlas


if (asked := read_word()) is not None:
    preload(asked)
