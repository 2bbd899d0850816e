"""Zones of innovation of a country, theme by theme, with the evidence behind each."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from landscape.compare.zones.context import Context, gather_context
from landscape.compare.zones.evidence import COLUMNS, list_zones
from landscape.compare.zones.measures import (
    KINDS,
    Measure,
    build_measure,
    stands_apart,
    tell_missing,
)
from landscape.compare.zones.provision import choose_source, gather_provision
from landscape.compare.zones.search import choose_zones, test_windows
from landscape.schemas import FUNCTIONS

SEED = 20120915


@dataclass(frozen=True)
class ZoneSearch:
    """What was found, what was set aside and why, what could not be looked for.

    ``zones`` and ``set_aside`` have the columns of ``evidence.COLUMNS``, one
    row a zone; in ``set_aside`` ``guards_failed`` is never empty. ``missing``
    has ``theme`` (None: every theme), ``kind`` and ``missing`` (a code that
    ``words.word_missing`` puts into words). ``needs``, ``resources`` and
    ``territory`` are the indicators that areas were compared on; ``by_county``
    those of them known by county only.
    """

    zones: pd.DataFrame
    set_aside: pd.DataFrame
    missing: pd.DataFrame
    needs: tuple[str, ...]
    resources: tuple[str, ...]
    territory: tuple[str, ...]
    by_county: tuple[str, ...]


def find_zones(
    areas: gpd.GeoDataFrame,
    services: pd.DataFrame,
    indicators: pd.DataFrame,
    exhaustive: Iterable[str],
    *,
    themes: Iterable[str] = FUNCTIONS,
    seed: int = SEED,
) -> ZoneSearch:
    """Municipalities and clusters that provide clearly more or clearly differently.

    Positive deviance: against what the country's authorities of the same size
    with the same needs and the same resources provide. ``areas``, ``services``
    and ``indicators`` are the tables of one country; ``exhaustive`` the ids of
    the sources whose silence means none. The nominal rate of false discoveries
    is 10 % per theme. The same tables and seed give the same zones. Formulas,
    references and limits: docs/methods.md, "Zones of innovation".
    """
    context = gather_context(areas, indicators)
    lacking = [side for side in ("needs", "resources") if not getattr(context, side)]
    sources = frozenset(exhaustive)
    if lacking:
        nothing = pd.DataFrame(columns=list(COLUMNS))
        unlisted = [t for t in themes if choose_source(services, t, sources) is None]
        absent = [tell_missing(dict.fromkeys(KINDS, " ".join(lacking)), None)]
        absent += [tell_missing(dict.fromkeys(KINDS, "source"), theme) for theme in unlisted]
        return _search(nothing, nothing, pd.concat(absent, ignore_index=True), context)
    # Most of it is numpy's and scipy's, which let go of the interpreter's lock.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        parts = [*threads.map(lambda t: look_at_theme(services, context, t, sources, seed), themes)]
    zones, aside, missing = (_together([part[place] for part in parts]) for place in range(3))
    return _search(zones, aside, missing, context)


def _search(
    zones: pd.DataFrame, aside: pd.DataFrame, missing: pd.DataFrame, context: Context
) -> ZoneSearch:
    return ZoneSearch(
        zones, aside, missing, context.needs, context.resources, context.territory,
        context.by_county,
    )  # fmt: skip


def look_at_theme(
    services: pd.DataFrame, context: Context, theme: str, exhaustive: frozenset[str], seed: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Zones, windows set aside and what is missing, of one theme; as in ``ZoneSearch``."""
    nothing = pd.DataFrame(columns=list(COLUMNS))
    source = choose_source(services, theme, exhaustive)
    if source is None:
        return nothing, nothing, tell_missing(dict.fromkeys(KINDS, "source"), theme)
    provision = gather_provision(services, context, theme, source)
    built = {kind: build_measure(kind, provision, context, seed) for kind in KINDS}
    measures = {kind: found for kind, found in built.items() if isinstance(found, Measure)}
    missing = tell_missing({k: v for k, v in built.items() if isinstance(v, str)}, theme)
    if not measures:
        return nothing, nothing, missing
    tests = test_windows(
        measures,
        lambda kind: (
            build_measure(kind, provision, context, seed, "site")
            if stands_apart(kind, provision)
            else measures[kind]
        ),
        seed,
    )
    zones, aside = choose_zones(tests, measures, provision, context, seed)
    listed = list_zones(zones, measures, provision, context, seed)
    aside = list_zones(aside, measures, provision, context, seed)
    clear = listed["guards_failed"].map(len) == 0
    return listed[clear], _together([aside, listed[~clear]]), missing


def _together(tables: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else tables[0]
