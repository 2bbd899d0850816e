"""All the names of a country's areas, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from landscape.matching.index import NameIndex
from landscape.matching.normal_form import NormalForm
from landscape.matching.rules import Alias, NameRules, load_rules

AREA_COLUMNS = ("area_id", "country", "level", "name", "parent_id")
PLACE_COLUMNS = ("area_id", "name", "kind")


@dataclass(frozen=True, repr=False)
class Gazetteer:
    """The names of one country's areas, by level.

    Made by `build`; ``levels`` holds one `NameIndex` a level. One gazetteer
    is one country, so that no name can be matched across a border.
    """

    country: str
    normal: NormalForm
    levels: dict[str, NameIndex] = field(default_factory=dict)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(index.area_ids)} {level}" for level, index in self.levels.items())
        return f"Gazetteer({self.country}: {sizes})"

    @classmethod
    def build(
        cls,
        areas: pd.DataFrame,
        places: pd.DataFrame | None = None,
        *,
        country: str | None = None,
        year: int | None = None,
    ) -> Gazetteer:
        """The gazetteer of one country.

        ``areas`` has area_id, country, level, name, parent_id and, where
        known, code, name_latin, kind (in the words of the country, to tell
        a town from a commune of its name), valid_from, valid_to. ``places`` has area_id
        (of the municipality), name and kind: ``settlement``, ``former_name``
        or ``alias``; another kind (``former_area``) counts as settlement. Without ``year`` the
        areas that still stand are taken, with it those that stood on
        1 January of it. Raises ValueError where columns are missing, where
        no area or areas of several countries are left (then name the
        ``country``), or where two areas share an area_id.
        """
        table = _areas_of(areas, country, year)
        found = str(table["country"].iloc[0])
        rules = load_rules(found)
        gazetteer = cls(found, NormalForm(rules))
        counties = _counties_of(table)
        for level, rows in table.groupby("level", sort=False):
            gazetteer.levels[str(level)] = gazetteer._index(rows, counties)
            gazetteer._add_typed_names(rows, counties)
        gazetteer._add_whole_cities(rules)
        for alias in rules.aliases:
            gazetteer._add_alias(alias)
        if places is not None:
            gazetteer._add_places(places)
        return gazetteer

    def index(self, level: str) -> NameIndex:
        """The names of one level; ValueError names the levels that there are."""
        if level not in self.levels:
            raise ValueError(
                f"no areas of level {level!r} for {self.country}: "
                f"there are {', '.join(self.levels) or 'none'}"
            )
        return self.levels[level]

    def _index(self, rows: pd.DataFrame, counties: dict[str, str | None]) -> NameIndex:
        index = NameIndex(self.normal)
        latin = rows["name_latin"] if "name_latin" in rows else pd.Series(None, index=rows.index)
        codes = rows["code"] if "code" in rows else pd.Series(None, index=rows.index)
        for area_id, name, level, other, code in zip(
            rows["area_id"], rows["name"], rows["level"], latin, codes, strict=True
        ):
            number = index.add_area(area_id, name, str(level), counties[area_id])
            index.add_name(number, name, "own")
            if isinstance(other, str) and other != name:
                index.add_name(number, other, "own")
            if level == "county" and isinstance(code, str):
                index.add_code(number, code)
        return index

    def _add_typed_names(self, rows: pd.DataFrame, counties: dict[str, str | None]) -> None:
        """Let areas of one name and county be told apart by their kind: oraș Ocnița."""
        if "kind" not in rows:
            return
        county = rows["area_id"].map(counties)
        twins = rows[rows.assign(county=county).duplicated(["county", "name"], keep=False)]
        index = self.levels[str(rows["level"].iloc[0])]
        for area_id, name, kind in zip(
            twins["area_id"], twins["name"], twins["kind"].fillna(""), strict=True
        ):
            if kind:
                index.add_name(index.number[area_id], f"{kind} {name}", "alias")

    def _add_whole_cities(self, rules: NameRules) -> None:
        """Let a county that is one city be found by its name among municipalities.

        Only where no municipality bears the name itself: București has
        sectors at that level, so the bare name is the city as a whole.
        """
        if not {"county", "municipality"} <= self.levels.keys():
            return
        counties, index = self.levels["county"], self.levels["municipality"]
        for city in rules.whole_cities:
            for county in counties.areas_named(city):
                area_id = counties.area_ids[county]
                if any(index.counties[area] == area_id for area in index.areas_named(city)):
                    continue
                number = index.add_area(area_id, counties.names[county], "county", area_id)
                index.add_name(number, city, "whole city")

    def _add_alias(self, alias: Alias) -> None:
        index = self.levels.get(alias.level)
        if index is None:
            return
        for number in index.areas_named(alias.name):
            if alias.county and not self._is_in(index, number, alias.county):
                continue
            for spelling in alias.spellings:
                index.add_name(number, spelling, "alias")

    def _is_in(self, index: NameIndex, number: int, county: str) -> bool:
        counties = self.levels.get("county")
        named = {counties.area_ids[n] for n in counties.areas_named(county)} if counties else set()
        return index.counties[number] in named

    def _add_places(self, places: pd.DataFrame) -> None:
        missing = [column for column in PLACE_COLUMNS if column not in places]
        if missing:
            raise ValueError(f"places: missing column {', '.join(missing)}")
        index = self.index("municipality")
        for area_id, name, kind in _distinct_places(places):
            number = index.number.get(area_id)
            if number is not None and isinstance(name, str):
                index.add_name(number, name, kind)


def _distinct_places(places: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    distinct = places[list(PLACE_COLUMNS)].drop_duplicates()
    return zip(*(distinct[column] for column in PLACE_COLUMNS), strict=True)


def _areas_of(areas: pd.DataFrame, country: str | None, year: int | None) -> pd.DataFrame:
    missing = [column for column in AREA_COLUMNS if column not in areas]
    if missing:
        raise ValueError(f"areas: missing column {', '.join(missing)}")
    table = areas if country is None else areas[areas["country"] == country]
    table = table[_stands(table, year)]
    countries = sorted(table["country"].dropna().unique())
    if len(countries) != 1:
        names = ", ".join(countries) or "no country"
        raise ValueError(f"a gazetteer holds one country, these areas hold {names}")
    doubled = table.loc[table["area_id"].duplicated(), "area_id"]
    if not doubled.empty:
        raise ValueError(f"areas: area_id {doubled.iloc[0]} stands more than once")
    return table


def _stands(areas: pd.DataFrame, year: int | None) -> pd.Series:
    """Which areas stand now, or stood on 1 January of the year."""
    stands = pd.Series(True, index=areas.index)
    if year is None:
        return areas["valid_to"].isna() if "valid_to" in areas else stands
    day = pd.Timestamp(year, 1, 1)
    if "valid_from" in areas:
        start = pd.to_datetime(areas["valid_from"])
        stands &= start.isna() | (start <= day)
    if "valid_to" in areas:
        end = pd.to_datetime(areas["valid_to"])
        stands &= end.isna() | (end > day)
    return stands


def _counties_of(areas: pd.DataFrame) -> dict[str, str | None]:
    """The county-level area that each area lies in or is; None where there is none."""
    level = dict(zip(areas["area_id"], areas["level"], strict=True))
    parent = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
    counties: dict[str, str | None] = {}
    for area_id in level:
        here: str | None = area_id
        for _ in range(len(("municipality", "county", "region", "country"))):
            if here is None or level.get(here) == "county":
                break
            above = parent.get(here)
            here = above if isinstance(above, str) else None
        counties[area_id] = here if here is not None and level.get(here) == "county" else None
    return counties
