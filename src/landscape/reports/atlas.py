"""All inventories at hand, and what portraits take from them: gathered once, for all areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from landscape.compare.access import compare_access
from landscape.compare.composites import (
    Side,
    compute_gap_of,
    gather_sides,
    load_themes,
)
from landscape.compare.composites.composite import Parts
from landscape.compare.peers import Context, PeerGroup, gather_context
from landscape.compare.situate import situate
from landscape.errors import LandscapeError
from landscape.indicators.catalogue import load_catalogue
from landscape.indicators.distance import locate_services
from landscape.inventory import Inventory, load
from landscape.language import Language
from landscape.reports.reading import Reading
from landscape.schemas import FUNCTIONS
from landscape.sources.registry import countries

#: How far "near" is, in kilometres by great circle.
NEAR_KM = 15.0
#: What a portrait holds of an indicator, a mapping an indicator.
_FIGURE = [
    "indicator", "year", "value", "low", "high", "status", "source_ids",
    "peers_known", "peers_lower", "peers_upper", "position", "county_value", "country_value",
]  # fmt: skip
_NUMBERS = ["value", "low", "high"]
_SERVICE = ["function", "setting", "provider_type", "year", "count", "source_id"]

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Tier:
    """The areas of one level of one country, with what is told of each.

    The methods answer for many areas at once, by area_id; what is told of an
    area is the same whoever else is asked for.
    """

    inventory: Inventory
    level: str

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The areas of the level without their shapes, indexed by area_id."""
        areas = self.inventory.areas
        chosen = pd.DataFrame(areas[areas["level"] == self.level].drop(columns="geometry"))
        return chosen.set_index("area_id", drop=False)

    @cached_property
    def values(self) -> pd.DataFrame:
        """The indicators of the level, numbers as float64."""
        rows = self.inventory.indicators
        rows = rows[rows["level"] == self.level]
        return rows.assign(**{c: rows[c].to_numpy(float, na_value=np.nan) for c in _NUMBERS})

    @cached_property
    def _above(self) -> dict[str, dict[str, float]]:
        """The values of each county and of the country, by area_id and indicator."""
        rows = self.inventory.indicators
        rows = rows[rows["level"].isin(["county", "country"]) & rows["value"].notna()]
        found: dict[str, dict[str, float]] = {}
        for area, name, value in zip(
            rows["area_id"], rows["indicator"], rows["value"].astype("float64"), strict=True
        ):
            found.setdefault(area, {})[name] = value
        return found

    def figures(self, groups: Sequence[PeerGroup]) -> Rows:
        """Every indicator of each area beside its peers', in the order of the catalogue.

        The columns of ``situate``, with ``county_value`` and ``country_value``;
        a number that is missing is NaN.
        """
        home = self.inventory.country.code
        pairs = pd.DataFrame(
            [(g.area_id, r["peer_id"]) for g in groups for r in g.rows if r["country"] == home],
            columns=["area_id", "peer_id"],
        )
        ids = [group.area_id for group in groups]
        needed = self.values["area_id"].isin({*ids, *pairs["peer_id"]})
        own = situate(self.values[needed], pairs, ids)
        order = {name: place for place, name in enumerate(load_catalogue())}
        own = own.iloc[own["indicator"].map(order).argsort(kind="stable")]
        parents = own["area_id"].map(self.parents)
        own = own.assign(
            county_value=self._values_above(parents, own["indicator"]),
            country_value=self._values_above([home] * len(own), own["indicator"]),
            year=own["year"].astype(object).where(own["year"].notna(), None),
        )
        return _by_area(own["area_id"], own, _FIGURE)

    @cached_property
    def parents(self) -> dict[str, str]:
        """The county of each municipality; empty for counties."""
        if self.level != "municipality":
            return {}
        known = self.areas["parent_id"].dropna()
        return dict(zip(known.index, known, strict=True))

    def prepare(self) -> None:
        """Gather now what the methods need, for processes that are forked afterwards."""
        _ = self.areas, self.values, self._above, self.sides, self.parents
        _ = self.register if self.level == "municipality" else None

    def _values_above(self, areas: Sequence[str] | pd.Series, names: pd.Series) -> list[float]:
        none: dict[str, float] = {}
        return [
            self._above.get(area, none).get(name, np.nan)
            for area, name in zip(areas, names, strict=True)
        ]

    @cached_property
    def sides(self) -> dict[str, dict[Side, Parts]]:
        """Need, services and means of each theme of which the country inventories a side."""
        inventory = self.inventory
        present = set(inventory.indicators["indicator"].unique())
        areas = pd.DataFrame(inventory.areas[["area_id", "level"]])
        return {
            name: gather_sides(inventory.indicators, areas, theme, self.level)
            for name, theme in load_themes().items()
            if present & {*theme.need, *theme.service}
        }

    def gaps(self, area_ids: Sequence[str]) -> Rows:
        """Needs beside services and means of each area, as ``compute_gap``, a row a theme."""
        parts = [
            compute_gap_of(sides, area_ids).assign(theme=theme)
            for theme, sides in self.sides.items()
        ]
        if not parts:
            return {}
        rows = pd.concat(parts, ignore_index=True)
        return _by_area(rows["area_id"], rows, list(rows.columns))

    @cached_property
    def register(self) -> dict[str, pd.DataFrame]:
        """The services that distances are measured to, by function, each at its point."""
        spec = load_catalogue()["distance_to_service_km"].inputs["distance"]
        services = self.inventory.services
        services = services[services["source_id"].isin(spec.services or [])]
        points = locate_services(self.areas, services)
        position = np.where(points["lon"].notna(), "exact", "none")
        placed = services.assign(lon=points["lon"], lat=points["lat"], position=position)
        return {
            function: rows
            for function in FUNCTIONS
            if not (rows := placed[placed["function"] == function]).empty
        }

    def access(self, area_ids: Sequence[str]) -> Rows:
        """Of each function: km to the nearest service, services near, their sources and year.

        Nothing for counties, which have no one place to measure from, and where
        no service has a function and a position.
        """
        if self.level != "municipality":
            return {}
        here = self.areas.loc[list(area_ids)].reset_index(drop=True)
        found: Rows = {}
        for function, listed in self.register.items():
            sources = sorted(listed["source_id"].unique())
            exhaustive = all(self.inventory.sources[each].is_exhaustive for each in sources)
            rows = compare_access(here, listed, NEAR_KM, exhaustive=exhaustive)
            told = {
                "function": function, "source_ids": sources, "year": int(listed["year"].max()),
            }  # fmt: skip
            nearest = rows["nearest"].to_numpy(float, na_value=np.nan).tolist()
            near = rows["services"].astype(object).where(rows["services"].notna(), None)
            for area, km, services in zip(rows.index, nearest, near, strict=True):
                found.setdefault(area, []).append({**told, "nearest": km, "services": services})
        return found

    def services(self, area_ids: Sequence[str]) -> Rows:
        """The open services that registers list in each area (or its municipalities)."""
        owners = {area: area for area in area_ids}
        if self.level == "county":
            areas = self.inventory.areas
            inside = areas[areas["parent_id"].isin(list(area_ids))]
            owners |= dict(zip(inside["area_id"], inside["parent_id"], strict=True))
        services = self.inventory.services
        listed = services[services["area_id"].isin(list(owners)) & services["closed"].isna()]
        return _by_area(listed["area_id"].map(owners), listed, _SERVICE)


def _by_area(owner: pd.Series, rows: pd.DataFrame, columns: list[str]) -> Rows:
    """The rows as mappings, by the area that they belong to, in their order."""
    found: Rows = {}
    values = zip(*(rows[column].tolist() for column in columns), strict=True)
    for area, row in zip(owner.tolist(), values, strict=True):
        found.setdefault(area, []).append(dict(zip(columns, row, strict=True)))
    return found


@dataclass(frozen=True)
class Atlas:
    """The inventories of the countries by code, and what is gathered from them, remembered."""

    inventories: dict[str, Inventory]
    #: Portraits made for those who will ask, by language and area_id.
    portraits: dict[tuple[Language, str], Any] = field(
        default_factory=dict, repr=False, compare=False
    )
    _gathered: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def context(self, level: str) -> Context:
        """The context of the areas of a level of all countries."""
        if level not in self._gathered:
            self._gathered[level] = gather_context(list(self.inventories.values()), level)
        context: Context = self._gathered[level]
        return context

    def tier(self, code: str, level: str) -> Tier:
        """The areas of one level of a country."""
        if (code, level) not in self._gathered:
            self._gathered[code, level] = Tier(self.inventories[code], level)
        tier: Tier = self._gathered[code, level]
        return tier

    def readings(self, language: Language) -> Mapping[str, Reading]:
        """The inventories as a reader of the language meets them, by country."""
        if language not in self._gathered:
            self._gathered[language] = {
                code: Reading(inventory, language) for code, inventory in self.inventories.items()
            }
        readings: Mapping[str, Reading] = self._gathered[language]
        return readings


def open_atlas(home: str) -> Atlas:
    """The inventories of a country and of all others that have tables.

    Raises LandscapeError where the country's own tables have not been built.
    """
    found = {home: load(home)}
    for code in countries():
        if code != home and (inventory := _load_if_built(code)) is not None:
            found[code] = inventory
    for inventory in found.values():
        # Told here, since what was gathered of them may have been gathered before a fork.
        _ = inventory.areas, inventory.indicators, inventory.places
    _ = found[home].services, found[home].needs
    for kept in _KEPT:
        # ``load`` gives the inventories that were kept for as long as their files are the same.
        if {*kept.inventories} == {*found} and all(
            kept.inventories[code] is inventory for code, inventory in found.items()
        ):
            return kept
    return Atlas(found)


_KEPT: list[Atlas] = []


def keep_atlas(atlas: Atlas) -> None:
    """Let ``open_atlas`` give this very atlas, as ``landscape.kept`` does an inventory."""
    _KEPT[:] = [atlas]


def _load_if_built(code: str) -> Inventory | None:
    try:
        return load(code)
    except LandscapeError:
        return None
