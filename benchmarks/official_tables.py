"""Areas, places and crosswalk of a country, made from the official files of ../shared/data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from landscape.paths import project
from landscape.provenance import open_raw_folder
from landscape.schemas import empty_table
from landscape.sources.changes import build_crosswalk
from landscape.sources.contract import Context
from landscape.sources.registry import country, source_module

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@cache
def area_tables(code: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """``areas``, ``places`` and ``crosswalk`` as the sources of areas give them."""
    card = country(code)
    areas, places = empty_table("areas"), empty_table("places")
    for name in card.area_sources:
        source_id = f"{code.lower()}/{name}"
        folder = open_raw_folder(SHARED, source_id, project().raw)
        module = source_module(code, name)
        cleaned = module.clean(module.read(folder), Context(folder.card, areas, places))
        more = cleaned.tables.get("areas", areas)
        areas = more if areas.empty else _with(areas, more)
        found = cleaned.tables.get("places", places[:0])
        places = pd.concat([places, found.assign(source_id=source_id)], ignore_index=True)
    if "population" not in areas:
        areas = areas.assign(population=pd.NA)
    register = f"{code.lower()}/{card.area_sources[0]}"
    return areas, places, build_crosswalk(code, register, areas, places)


def official_context(source_id: str) -> Context:
    """What a source is cleaned with."""
    code = source_id.split("/", maxsplit=1)[0].upper()
    folder = open_raw_folder(SHARED, source_id, project().raw)
    return Context(folder.card, *area_tables(code))


def _with(areas: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """The areas with what a further source knows of them."""
    return areas.set_index("area_id").combine_first(more.set_index("area_id")).reset_index()
