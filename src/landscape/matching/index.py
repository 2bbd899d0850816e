"""The names of one level of areas, looked up by their keys."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from landscape.matching.edits import Targets
from landscape.matching.normal_form import Keys, NormalForm

# The lower the closer. A name without its article is as close as an alias:
# where the two lead to different areas, neither wins.
_RANKS = {"own": 0, "whole city": 0, "alias": 1, "former_name": 1, "code": 1}
_SETTLEMENT_RANK = 3
# By how much the role in a text lets a settlement's name count for more: as much
# as a municipality's own ("either"), or more.
_PREFERENCE = {"either": 3, "settlement": 10}
OWN_KINDS = ("own", "whole city")


@dataclass(frozen=True, slots=True)
class Found:
    """Areas that a name leads to equally well, by number, and how: the kind of name."""

    areas: tuple[int, ...]
    kind: str
    rank: int

    @property
    def is_own(self) -> bool:
        """Whether the name is the areas' own, not an alias or a settlement's."""
        return self.kind in OWN_KINDS

    @property
    def is_inside(self) -> bool:
        """Whether it is the name of a place inside the areas: a village, a former area."""
        return self.kind not in _RANKS


class NameIndex:
    """Names of areas of one level, with exact lookup inside chosen counties.

    Areas are numbered from 0 as they are added; ``area_ids``, ``names``,
    ``area_levels`` and ``counties`` (area_id of the county, or None) are
    lists by that number.
    """

    def __init__(self, normal: NormalForm):
        self.normal = normal
        self.area_ids: list[str] = []
        self.names: list[str] = []
        self.area_levels: list[str] = []
        self.counties: list[str | None] = []
        self.number: dict[str, int] = {}
        self._entries: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self._loose: dict[str, list[tuple[int, int, str]]] | None = None
        self._by_county: dict[str | None, list[tuple[str, int, int]]] = {}
        self._targets: dict[tuple[frozenset[str] | None, bool], Targets] = {}

    def add_area(self, area_id: str, name: str, level: str, county: str | None) -> int:
        """Add an area; its number."""
        number = self.number[area_id] = len(self.area_ids)
        self.area_ids.append(area_id)
        self.names.append(name)
        self.area_levels.append(level)
        self.counties.append(county)
        return number

    def add_name(self, number: int, name: str, kind: str) -> None:
        """Add a name of an area: ``own``, ``alias``, ``former_name``, ``settlement``, ..."""
        keys = self.normal.spelling_keys(name)
        rank = _RANKS.get(kind, _SETTLEMENT_RANK)
        for key in keys.full:
            self._add(key, number, rank, kind)
        for key in keys.bare:
            self._add(key, number, rank + 1, kind)

    def add_code(self, number: int, code: str) -> None:
        """Add an area's code; one of figures is also found with its zeros lost or added."""
        for key in self.normal.keys(self.normal.words(code)).full:
            self._add(_without_zeros(key), number, _RANKS["code"], "code")

    def areas_named(self, name: str) -> list[int]:
        """Numbers of the areas whose own name is that, in any spelling."""
        keys = self.normal.keys(self.normal.words(name))
        found = {
            area
            for key in keys.full
            for area, rank, kind in self._entries.get(key, ())
            if kind in ("own", "whole city") and rank == 0
        }
        return sorted(found)

    def lookup(
        self, keys: Keys, counties: frozenset[str] | None, role: str | None = None
    ) -> Found | None:
        """The areas that a name's keys lead to, in the counties (anywhere if None).

        The closest kind of name decides: own name, then alias, then
        settlement; ``role`` "settlement" turns this round, "either" takes
        municipalities and settlements alike. None where the name is not
        known there.
        """
        found = self._best(self._entries, keys, counties, role)
        if found is None and self.normal.rules.loose:
            loosen = self.normal.loosen
            loose = Keys(
                tuple(dict.fromkeys(loosen(key) for key in keys.full)),
                tuple(dict.fromkeys(loosen(key) for key in keys.bare)),
            )
            found = self._best(self._loose_entries(), loose, counties, role)
        return found

    def lookup_all(self, keys: Keys) -> set[int]:
        """Every area that bears one of the full keys or its loose form, by any kind of name."""
        loose = self._loose_entries() if self.normal.rules.loose else {}
        return {
            area
            for key in keys.full
            for entries in (self._entries.get(key, ()), loose.get(self.normal.loosen(key), ()))
            for area, _, _ in entries
        }

    def targets(self, counties: frozenset[str] | None, settlements: bool) -> Targets:
        """All keys of the areas in the counties, and whose each is, for fuzzy search.

        Names of settlements are among them if wanted. A key belongs to the
        areas that it would be an exact name of: to the municipality of that
        name and not to another one's village.
        """
        wanted = (counties, settlements)
        if wanted not in self._targets:
            owners: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for county in self._names_by_county() if counties is None else counties:
                for key, area, rank in self._names_by_county().get(county, ()):
                    if settlements or rank < _SETTLEMENT_RANK:
                        owners[key].append((rank, area))
            pairs = [(key, area) for key, all_of in owners.items() for area in _closest(all_of)]
            self._targets[wanted] = Targets([key for key, _ in pairs], [area for _, area in pairs])
        return self._targets[wanted]

    def _names_by_county(self) -> dict[str | None, list[tuple[str, int, int]]]:
        if not self._by_county:
            by_county: dict[str | None, list[tuple[str, int, int]]] = defaultdict(list)
            for key, entries in self._entries.items():
                for area, rank, kind in entries:
                    if kind != "code":
                        by_county[self.counties[area]].append((key, area, rank))
            self._by_county = dict(by_county)
        return self._by_county

    def _add(self, key: str, number: int, rank: int, kind: str) -> None:
        if key:
            self._entries[key].append((number, rank, kind))
            self._loose = None
            self._by_county = {}
            self._targets = {}

    def _best(
        self,
        entries: dict[str, list[tuple[int, int, str]]],
        keys: Keys,
        counties: frozenset[str] | None,
        role: str | None,
    ) -> Found | None:
        best: int | None = None
        areas: dict[int, str] = {}
        # Without its article a written name counts only where it is none with it.
        for forms in (keys.full, keys.bare):
            if areas:
                break
            for form in forms:
                key = _without_zeros(form) if form.isdecimal() else form
                for area, own_rank, kind in entries.get(key, ()):
                    if counties is not None and self.counties[area] not in counties:
                        continue
                    rank = own_rank
                    if own_rank >= _SETTLEMENT_RANK:
                        rank -= _PREFERENCE.get(role or "", 0)
                    if best is None or rank < best:
                        best, areas = rank, {}
                    if rank == best:
                        areas.setdefault(area, kind)
        if best is None:
            return None
        return Found(tuple(sorted(areas)), next(iter(areas.values())), best)

    def _loose_entries(self) -> dict[str, list[tuple[int, int, str]]]:
        if self._loose is None:
            self._loose = defaultdict(list)
            for key, entries in self._entries.items():
                if key.isascii():
                    self._loose[self.normal.loosen(key)] += entries
        return self._loose


def _closest(owners: list[tuple[int, int]]) -> set[int]:
    """Of areas with the rank of their name, those with the closest kind of name."""
    best = min(owners)[0]
    return {area for rank, area in owners if rank == best}


def _without_zeros(key: str) -> str:
    return (key.lstrip("0") or "0") if key.isdecimal() else key
