"""One area as a reader meets it: its figures beside its peers, its county and its country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from landscape.compare.peers import PeerGroup, describe_groups
from landscape.errors import UsageError
from landscape.indicators.catalogue import load_catalogue
from landscape.language import Language
from landscape.reports.atlas import Atlas, open_atlas
from landscape.reports.reading import Reading
from landscape.sources.registry import countries

TIERS = ("municipality", "county")
#: Peers looked for: at home enough of them for quartiles, abroad a few to talk to.
PEERS_AT_HOME, PEERS_ABROAD = 10, 3

Row = dict[str, Any]


@dataclass(frozen=True)
class Portrait:
    """One area in one language, with what is told of it, as rows of plain values.

    ``area`` is its row of the table of areas; ``peers`` are those of its tier
    at home and abroad; ``abroad`` are the other countries that were looked
    into, by code. ``rows``: every indicator beside the peers', in the order of
    the catalogue; ``gaps``: a row a theme; ``access``: a row a function;
    ``services``: a row for each that registers list (see ``Tier``).
    """

    reading: Reading
    area: Mapping[str, Any]
    peers: PeerGroup
    abroad: dict[str, Reading]
    rows: list[Row]
    gaps: list[Row]
    access: list[Row]
    services: list[Row]

    @property
    def area_id(self) -> str:
        """Such as ``RO_1017``."""
        return str(self.area["area_id"])

    @property
    def level(self) -> str:
        """``municipality`` or ``county``."""
        return str(self.area["level"])

    @cached_property
    def name(self) -> str:
        """In the reader's script, with the official spelling beside it where that differs."""
        shown, official = self.reading.name(self.area_id), str(self.area["name"])
        return shown if shown == official else f"{shown} ({official})"

    @cached_property
    def parent(self) -> str | None:
        """The county that the area lies in; None for a county."""
        if self.level != "municipality" or pd.isna(self.area["parent_id"]):
            return None
        return str(self.area["parent_id"])

    @cached_property
    def home_peers(self) -> list[Row]:
        """The peers in the area's own country, the nearest in context first."""
        return self.peers_in(self.reading.inventory.country.code)

    def peers_in(self, country: str) -> list[Row]:
        """The peers in one country, as ``PeerGroup.rows`` has them."""
        return [row for row in self.peers.rows if row["country"] == country]

    @cached_property
    def figures(self) -> pd.DataFrame:
        """``rows`` as a table indexed by indicator."""
        return pd.DataFrame(self.rows).set_index("indicator") if self.rows else pd.DataFrame()

    @cached_property
    def told(self) -> list[Row]:
        """The rows that can be set beside peers."""
        return [row for row in self.rows if row["position"] != "not_told"]

    def of_layer(self, layer: str) -> list[Row]:
        """The rows of one layer that are known here, or confidential."""
        catalogue = load_catalogue()
        return [
            row
            for row in self.rows
            if catalogue[row["indicator"]].layer == layer
            and (pd.notna(row["value"]) or row["status"] == "C")
        ]


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


def read_portrait(area: str, language: Language, atlas: Atlas | None = None) -> Portrait:
    """The portrait of an area by its id, among the areas of all countries that have tables.

    ``atlas`` is where to read, by default the project's tables. Raises
    UsageError for an id of no country or no area, and LandscapeError where its
    own country's tables have not been built.
    """
    code = area.partition("_")[0].upper()
    if code not in countries():
        known = ", ".join(countries())
        raise UsageError(f"{area!r} is no area id: it begins with {known}, such as RO_1017")
    atlas = atlas or open_atlas(code)
    if (language, area) in atlas.portraits:
        made: Portrait = atlas.portraits[language, area]
        return made
    row = find_area(atlas.readings(language)[code], area)
    return next(read_portraits(atlas, code, str(row["level"]), [area], language))


def read_portraits(
    atlas: Atlas, code: str, level: str, area_ids: Sequence[str], language: Language
) -> Iterator[Portrait]:
    """The portraits of some areas of one level of a country, in their order.

    What takes long is done for all of them at once; each portrait is the same
    whoever else is asked for.
    """
    tier, readings = atlas.tier(code, level), atlas.readings(language)
    abroad = {each: reading for each, reading in readings.items() if each != code}
    groups = list(
        describe_groups(atlas.context(level), area_ids, k_home=PEERS_AT_HOME, k_abroad=PEERS_ABROAD)
    )
    areas: Any = tier.areas.loc[list(area_ids)].to_dict("records")
    told = [
        tier.figures(groups), tier.gaps(area_ids), tier.access(area_ids), tier.services(area_ids),
    ]  # fmt: skip
    for area, group in zip(areas, groups, strict=True):
        rows = [each.get(group.area_id, []) for each in told]
        yield Portrait(readings[code], area, group, abroad, *rows)
