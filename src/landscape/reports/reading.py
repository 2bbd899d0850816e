"""An inventory as one reader meets it: names, units and sources in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from landscape.compare.coverage import compare_coverage, compare_topics
from landscape.dictionaries import load_terms, word_credit
from landscape.indicators.catalogue import Indicator, load_catalogue
from landscape.inventory import Inventory
from landscape.language import Language
from landscape.provenance import SourceCard

#: A figure older than this many years says so.
OLD_YEARS = 10
#: A map of more areas than this would make the page too heavy.
MOST_AREAS_DRAWN = 4000
#: A map is drawn where at least this share of the areas has a shape.
SHAPES_NEEDED = 0.95
#: A level is well known where at least this share of its areas has a value.
WELL_KNOWN = 0.5
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Reading:
    """One inventory and one language; small questions that every chapter asks."""

    inventory: Inventory
    language: Language

    def once(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        """What ``make`` gives, made at the first asking."""
        if key not in self._made:
            self._made[key] = make()
        kept: Kept = self._made[key]
        return kept

    def gathered(self, key: str, make: Callable[[], Kept]) -> Kept:
        """The same of what every language tells alike: made once for all readers."""
        if key not in self.inventory.gathered:
            self.inventory.gathered[key] = make()
        kept: Kept = self.inventory.gathered[key]
        return kept

    @cached_property
    def _made(self) -> dict[tuple[object, ...], Any]:
        return {}

    def prepare(self, level: str) -> None:
        """Gather now what profiles of a level ask, for processes that are forked afterwards."""
        _ = self._name_of, self._listed, self.sources_of_areas, self.areas(level)
        for name, at in self.inventory.by_indicator:
            if at == level:
                self.intervals(name, level, [])
                self.newest(name, level)
                self.source_line(name, level)

    @property
    def country(self) -> str:
        """The country's name."""
        return self.inventory.country.name[self.language.code]

    @property
    def whole(self) -> str:
        """What figures of the whole country stand for, where that is less than the country."""
        covered = self.inventory.country.covered_as
        return covered.get(self.language.code, self.country)

    @cached_property
    def counties(self) -> gpd.GeoDataFrame:
        """The areas of the county level."""
        return self.areas("county")

    def areas(self, level: str) -> gpd.GeoDataFrame:
        """The areas of one level."""

        def choose() -> gpd.GeoDataFrame:
            areas = self.inventory.areas
            areas = areas[areas["level"] == level].reset_index(drop=True)
            return areas.assign(name=areas["area_id"].map(self.names))

        return self.once(("areas", level), choose).copy(deep=False)

    @cached_property
    def names(self) -> pd.Series:
        """The areas' names in the reader's script, by area_id."""
        areas = pd.DataFrame(self.inventory.areas[["area_id", "name", "name_latin"]])
        official, latin = (areas.set_index("area_id")[c] for c in ("name", "name_latin"))
        return latin.fillna(official) if self.language.reads_latin else official

    @cached_property
    def _name_of(self) -> dict[str, str]:
        return {str(area): str(name) for area, name in self.names.items()}

    def name(self, area_id: str) -> str:
        """An area's name in the reader's script; KeyError for an id that is not there."""
        return self._name_of[area_id]

    @cached_property
    def _listed(self) -> dict[str, tuple[Any, Any]]:
        areas = self.inventory.areas
        columns = (areas[each].tolist() for each in ("area_id", "parent_id", "population"))
        return {area: (parent, people) for area, parent, people in zip(*columns, strict=True)}

    def label(self, area_id: str) -> str:
        """An area's name; for what is no area, the word for areas that lie in no county."""
        return self._name_of.get(area_id) or self.level("county")

    def county_of(self, area_id: str) -> str | None:
        """The name of the county that a municipality lies in; None where that is not known."""
        return self._name_of.get(str(self._listed[area_id][0]))

    def residents(self, area_id: str) -> int | None:
        """Residents of an area; None where not known."""
        people = self._listed[area_id][1]
        return None if pd.isna(people) else int(people)

    @cached_property
    def sources_of_areas(self) -> frozenset[str]:
        """Who counts residents and keeps the list of areas, by source id."""
        country, needs = self.inventory.country, self.inventory.needs
        ids = {f"{country.code.lower()}/{each}" for each in country.area_sources}
        ids |= set(needs.loc[needs["variable"].isin(country.population), "source_id"])
        return frozenset(ids & set(self.inventory.sources))

    def newest(self, name: str, level: str) -> int:
        """The newest year of an indicator at a level."""
        return self.once(
            ("newest", name, level), lambda: int(self.values(name, level)["year"].max())
        )

    def counties_with_shapes(self) -> list[str]:
        """Counties all of whose municipalities have shapes, where not all counties are such.

        Empty where every municipality, or none, can be drawn.
        """
        areas = self.areas("municipality")
        if self.can_draw(areas):
            return []
        whole = areas.geometry.notna().groupby(areas["parent_id"]).mean() >= SHAPES_NEEDED
        return sorted(whole.index[whole])

    def points(self, level: str) -> pd.DataFrame:
        """The areas of one level with lon and lat, without shapes."""
        return pd.DataFrame(self.areas(level).drop(columns="geometry"))

    def indicator(self, name: str) -> Indicator:
        """The catalogue's entry."""
        return load_catalogue()[name]

    def title(self, name: str) -> str:
        """An indicator's title."""
        return self.indicator(name).title[self.language.code]

    def short_title(self, name: str) -> str:
        """The title without what it shares with the whole of its family."""
        title = self.title(name)
        if self.indicator(name).function == name:
            return title
        own = title.partition(":")[2].strip()
        return own[:1].upper() + own[1:] if own else title

    def unit(self, name: str) -> str:
        """An indicator's unit."""
        return self.indicator(name).unit[self.language.code]

    def counted(self, name: str) -> str:
        """What the indicator counts in this country."""
        return (
            self.indicator(name).countries[self.inventory.country.code].counted[self.language.code]
        )

    def term(self, dimension: str, code: str) -> str:
        """The word for a code, such as ``term("function", "old_age")``."""
        return load_terms()[dimension][code][self.language.code]

    def level(self, level: str, many: bool = True) -> str:
        """What the areas of a level are called in this country."""
        card = self.inventory.country.levels[level]
        return (card.many if many else card.one)[self.language.code]

    def count(self, level: str, number: int) -> str:
        """So many areas of a level: "3,186 municipalities", in Romanian with its ``de``."""
        card, code = self.inventory.country.levels[level], self.language.code
        return self.language.plural(
            "{number} {area}",
            "{number} {areas}",
            number,
            area=card.one[code],
            areas=card.counted.get(code, card.many[code]),
        )

    def number(self, name: str, value: float) -> str:
        """A value of the indicator, rounded as the catalogue says."""
        return self.language.number(value, self.indicator(name).decimals)

    def values(self, name: str, level: str) -> pd.DataFrame:
        """The rows of one indicator at one level, indexed by area_id."""
        found = self.inventory.by_indicator.get((name, level))
        return self.inventory.indicators.iloc[0:0].set_index("area_id") if found is None else found

    def intervals(self, name: str, level: str, area_ids: Sequence[str]) -> np.ndarray:
        """Value, low and high of some areas, a row an area; NaN where missing."""

        def gather() -> tuple[dict[str, int], np.ndarray]:
            rows = self.values(name, level)
            numbers = [rows[c].to_numpy(float, na_value=np.nan) for c in ("value", "low", "high")]
            # A last row for the areas that have none.
            places = {area: place for place, area in enumerate(rows.index)}
            return places, np.vstack([np.column_stack(numbers), np.full(3, np.nan)])

        places, found = self.once(("intervals", name, level), gather)
        return np.asarray(found[[places.get(area, -1) for area in area_ids]])

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """How much of the country each indicator is known for, level by level."""
        inventory = self.inventory
        tables = (inventory.indicators, inventory.areas, inventory.country.code)
        return self.gathered("coverage of indicators", lambda: compare_coverage(*tables))

    @cached_property
    def topics(self) -> pd.DataFrame:
        """Which topics the country has figures for."""
        return compare_topics(self.coverage)

    def known_indicators(self, layer: str) -> list[str]:
        """The indicators of a layer that this country has any figure for, in catalogue order."""
        present = {indicator for indicator, _ in self.inventory.by_indicator}
        return [n for n, i in load_catalogue().items() if i.layer == layer and n in present]

    def source_line(self, name: str, level: str) -> str:
        """Producers and periods behind an indicator, the year of the figure first."""

        def say() -> str:
            rows = self.values(name, level)
            return self.credit_of({i for row in rows["source_ids"].unique() for i in row.split()})

        return self.once(("source line", name, level), say)

    def known_sources(self, name: str, level: str) -> frozenset[str]:
        """The sources, by id, of the values that are known of an indicator at a level."""

        def gather() -> frozenset[str]:
            rows = self.values(name, level)
            ids = rows.loc[rows["value"].notna(), "source_ids"].unique()
            return frozenset(i for row in ids for i in row.split())

        return self.once(("known sources", name, level), gather)

    def credit_of(self, source_ids: Iterable[str]) -> str:
        """``credit`` of sources by their ids, in the order of these."""
        ids = tuple(sorted(source_ids))
        sources = self.inventory.sources
        return self.once(("credit", ids), lambda: self.credit(sources[each] for each in ids))

    def producer(self, card: SourceCard) -> str:
        """Who published a source."""
        return self.language.join(word_credit(card.producer, self.language.code).split("; "))

    def credit(self, cards: Iterable[SourceCard]) -> str:
        """Producers and periods of some sources, each once."""
        period = self.language.period
        parts = (f"{self.producer(each)} ({period(each.reference_period)})" for each in cards)
        return self.language.join(dict.fromkeys(parts))

    def is_old(self, year: int) -> bool:
        """Whether a figure of that year is over ten years old today."""
        return date.today().year - year > OLD_YEARS

    def age_note(self, year: int) -> str:
        """What stands under a figure over ten years old; empty under the others."""
        return self.language.text("Over ten years old.") if self.is_old(year) else ""

    def map_level(self, name: str) -> str | None:
        """The finest level to map that is known for most areas, else the best known one."""
        shares = {}
        for level in ("municipality", "county")[self.indicator(name).map != "municipality" :]:
            areas, rows = self.areas(level), self.values(name, level)
            if len(rows) and self.can_draw(areas):
                shares[level] = float(rows["value"].notna().sum() / len(areas))
        # Known for most, shares count alike, and the first of them is the finest.
        known = {level: min(share, WELL_KNOWN) for level, share in shares.items() if share > 0}
        return max(known, key=lambda level: known[level]) if known else None

    def can_draw(self, areas: gpd.GeoDataFrame) -> bool:
        """Whether the areas have shapes, and are not too many for a page."""
        few = 0 < len(areas) <= MOST_AREAS_DRAWN
        return few and float(areas.geometry.notna().mean()) >= SHAPES_NEEDED
