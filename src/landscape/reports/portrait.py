"""One area as a reader meets it: its figures beside its peers, its county and its country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from landscape.compare.access import compare_access
from landscape.compare.composites import load_themes
from landscape.compare.peers import PeerGroup, describe_peers, gather_context
from landscape.compare.side_by_side import compare_sides
from landscape.compare.situate import situate
from landscape.errors import LandscapeError, UsageError
from landscape.indicators.catalogue import load_catalogue
from landscape.inventory import Inventory, load
from landscape.language import Language
from landscape.reports.reading import Reading
from landscape.schemas import FUNCTIONS
from landscape.sources.registry import countries

#: How far "near" is, in kilometres by great circle.
NEAR_KM = 15.0
TIERS = ("municipality", "county")
#: Peers looked for: at home enough of them for quartiles, abroad a few to talk to.
PEERS_AT_HOME, PEERS_ABROAD = 10, 3


@dataclass(frozen=True)
class Portrait:
    """One area in one language, with the peers found for it.

    ``area`` is its row of the table of areas; ``peers`` are those of its tier
    at home and abroad; ``abroad`` are the other countries that were looked
    into, by code.
    """

    reading: Reading
    area: pd.Series
    peers: PeerGroup
    abroad: dict[str, Reading]

    @property
    def area_id(self) -> str:
        """Such as ``RO_1017``."""
        return str(self.area["area_id"])

    @property
    def level(self) -> str:
        """``municipality`` or ``county``."""
        return str(self.area["level"])

    @property
    def name(self) -> str:
        """In the reader's script, with the official spelling beside it where that differs."""
        shown, official = str(self.reading.names[self.area_id]), str(self.area["name"])
        return shown if shown == official else f"{shown} ({official})"

    @cached_property
    def parent(self) -> str | None:
        """The county that the area lies in; None for a county."""
        if self.level != "municipality" or pd.isna(self.area["parent_id"]):
            return None
        return str(self.area["parent_id"])

    @cached_property
    def home_peers(self) -> pd.DataFrame:
        """The peers in the area's own country, the nearest in context first."""
        return self.peers_in(self.reading.inventory.country.code)

    def peers_in(self, country: str) -> pd.DataFrame:
        """The peers in one country, as ``PeerGroup.peers`` has them."""
        rows = self.peers.peers
        return rows[rows["country"] == country].reset_index(drop=True)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every indicator of the area beside its peers', as ``situate`` gives it.

        Indexed by indicator, in the order of the catalogue; ``county_value``
        and ``country_value`` beside.
        """
        indicators = self.reading.inventory.indicators
        pairs = self.home_peers[["peer_id"]].assign(area_id=self.area_id)
        values = indicators[indicators["level"] == self.level]
        own = situate(values, pairs, [self.area_id]).set_index("indicator")
        own = own.reindex([name for name in load_catalogue() if name in own.index])
        above = self.parent or "", self.reading.inventory.country.code
        for column, area_id in zip(("county_value", "country_value"), above, strict=True):
            rows = indicators[indicators["area_id"] == area_id].set_index("indicator")
            own[column] = rows["value"].reindex(own.index)
        return own

    def of_layer(self, layer: str) -> pd.DataFrame:
        """The figures of one layer that are known here, or confidential."""
        catalogue = load_catalogue()
        rows = self.figures[[catalogue[str(name)].layer == layer for name in self.figures.index]]
        return rows[rows["value"].notna() | (rows["status"] == "C")]

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Needs beside services and means of the area, as ``compare_sides``, a row a theme.

        Themes of which no side is inventoried in the country are left out.
        """
        inventory = self.reading.inventory
        present = set(inventory.indicators["indicator"].unique())
        rows = [
            compare_sides(
                inventory.indicators, inventory.areas, name, self.level, only=[self.area_id]
            )
            for name, theme in load_themes().items()
            if present & {*theme.need, *theme.service}
        ]
        return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()

    @cached_property
    def services(self) -> pd.DataFrame:
        """The open services that registers list in the area (or its municipalities)."""
        services = self.reading.inventory.services
        inside = {self.area_id}
        if self.level == "county":
            areas = self.reading.inventory.areas
            inside |= set(areas.loc[areas["parent_id"] == self.area_id, "area_id"])
        return services[services["area_id"].isin(inside) & services["closed"].isna()]

    @cached_property
    def access(self) -> pd.DataFrame:
        """Of each function: km to the nearest service, services within 15 km; by function.

        Columns ``nearest``, ``services``, ``source_ids``, ``year``, ``partial``.
        Empty for a county, which has no one place to measure from, and where
        no service has a function and a position.
        """
        services = self._register
        if self.level != "municipality" or services.empty:
            return pd.DataFrame()
        areas = self.reading.inventory.areas
        here = pd.DataFrame(areas[areas["area_id"] == self.area_id].drop(columns="geometry"))
        rows = {}
        for function in FUNCTIONS:
            listed = services[services["function"] == function]
            if listed.empty:
                continue
            found = compare_access(here, listed, NEAR_KM, exhaustive=self._exhaustive(listed))
            rows[function] = {
                **found.iloc[0][["nearest", "services", "partial"]],
                "source_ids": " ".join(sorted(listed["source_id"].unique())),
                "year": int(listed["year"].max()),
            }
        return pd.DataFrame.from_dict(rows, orient="index")

    @property
    def _register(self) -> pd.DataFrame:
        """The services of the registers that distances are measured by."""
        spec = load_catalogue()["distance_to_service_km"].inputs["distance"]
        services = self.reading.inventory.services
        return services[services["source_id"].isin(spec.services or [])]

    def _exhaustive(self, services: pd.DataFrame) -> bool:
        sources = self.reading.inventory.sources
        return all(sources[each].is_exhaustive for each in services["source_id"].unique())


def find_area(reading: Reading, area: str) -> pd.Series:
    """The row of an area by its id, such as ``RO_1017``; UsageError says what ids look like."""
    areas = reading.inventory.areas
    found = areas[(areas["area_id"] == area) & areas["level"].isin(TIERS)]
    if found.empty:
        example = areas.loc[areas["level"] == "municipality", "area_id"].iloc[0]
        raise UsageError(
            f"no municipality or county {area!r} in {reading.inventory.country.code}: "
            f"ids look like {example}; find one with: landscape match"
        )
    row: pd.Series = pd.DataFrame(found.drop(columns="geometry")).iloc[0]
    return row


def read_portrait(area: str, language: Language) -> Portrait:
    """The portrait of an area by its id, among the areas of all countries that have tables.

    Raises UsageError for an id of no country or no area, and LandscapeError
    where its own country's tables have not been built.
    """
    code = area.partition("_")[0].upper()
    if code not in countries():
        known = ", ".join(countries())
        raise UsageError(f"{area!r} is no area id: it begins with {known}, such as RO_1017")
    reading = Reading(load(code), language)
    row = find_area(reading, area)
    others = {each: _load_if_built(each) for each in countries() if each != code}
    abroad = {each: Reading(found, language) for each, found in others.items() if found}
    inventories = [each.inventory for each in (reading, *abroad.values())]
    context = gather_context(inventories, str(row["level"]))
    peers = describe_peers(context, area, k_home=PEERS_AT_HOME, k_abroad=PEERS_ABROAD)
    return Portrait(reading, row, peers, abroad)


def _load_if_built(code: str) -> Inventory | None:
    try:
        return load(code)
    except LandscapeError:
        return None
