"""What an indicator's function is given: each input as one value an area, at one level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from landscape.indicators.catalogue import Input
from landscape.indicators.distance import distance_to_nearest_km
from landscape.indicators.weights import assumed_population

LEVELS = ("municipality", "county", "country")
#: A sum is estimated where estimated parts hold at least this share of the population.
MATTERS = 0.01


@dataclass(frozen=True)
class CountryData:
    """The cleaned tables of one country, arranged for computing indicators."""

    areas: pd.DataFrame  # indexed by area_id
    observations: pd.DataFrame  # needs and resources, with their area's level
    services: pd.DataFrame
    exhaustive: frozenset[str]  # source ids whose silence means none
    incomplete: pd.DataFrame  # source_id, area_id (county) with records not placed below it
    answers: Mapping[str, pd.DataFrame] = field(default_factory=dict)  # what authorities declare

    @cached_property
    def weight(self) -> pd.Series:
        """What each area counts for when coverage is computed, by area_id."""
        return assumed_population(self.areas)

    @property
    def country(self) -> str:
        """Two letters."""
        return str(self.areas["country"].iloc[0])

    def of_level(self, level: str) -> pd.Index:
        """The area ids of one level."""
        return self.areas.index[self.areas["level"] == level]

    def of_variable(self, name: str | None) -> pd.DataFrame:
        """The observations of one variable; none where nobody made any."""
        return self._by_variable.get(str(name), self.observations.iloc[:0])

    @cached_property
    def _by_variable(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self.observations.groupby("variable")}

    def ancestor(self, area_ids: pd.Series, level: str) -> pd.Series:
        """The area of that level which each area is or lies in; NA where it lies above."""
        if level == "country":
            return pd.Series(self.country, index=area_ids.index)
        return area_ids.map(self._ancestors[level])

    @cached_property
    def _ancestors(self) -> pd.DataFrame:
        """The municipality and the county of every area, by area_id."""
        areas = self.areas
        own = areas.index.to_series()
        municipality = own.where(areas["level"] == "municipality")
        above = areas["parent_id"].where(municipality.notna())
        county = own.where(areas["level"] == "county", above)
        return pd.DataFrame({"municipality": municipality, "county": county})


@dataclass(frozen=True)
class Gathered:
    """One input for the areas of one level.

    ``direct`` holds what is known of the area itself, ``parts`` what is known
    of the municipalities (or counties) below it, to be summed where the area
    itself is not known; both are indexed by area_id. ``average`` says that the
    parts make a mean weighted by population, not a sum. ``rows`` are the
    observations (indexed by area_id) or services that it is all made of;
    ``measure`` is what of the services counts.
    """

    direct: pd.Series
    parts: pd.Series | None
    status: pd.Series
    year: int
    sources: tuple[str, ...]
    rows: pd.DataFrame
    average: bool = False
    measure: str = "count"


def gather_variable(
    spec: Input,
    data: CountryData,
    level: str,
    *,
    sums: bool,
    near: int | None,
    parts_level: str | None = None,
) -> Gathered | None:
    """A variable of needs or resources in the year asked for; None where there is none.

    The latest (or earliest) year counts only if it is known for at least half
    as many areas as the best year, an area by itself or by at least half as
    many of its parts as in the best year. Where two sources give the same figure
    the first one stands. ``parts_level``: another input is a sum over the
    areas of that level, so this one is summed over them too.
    """
    rows = data.of_variable(spec.variable)
    if spec.since is not None:
        rows = rows[rows["year"] >= spec.since]
    below = (parts_level or _lowest_level(rows, level)) if sums else None
    wanted = [below] if parts_level is not None and sums else [level, below]
    usable = rows[rows["level"].isin(wanted)]
    year = _choose_year(usable, data, level, spec.year, near)
    if year is None:
        return None
    usable = usable[usable["year"] == year]
    known_first = pd.concat([usable[usable["value"].notna()], usable[usable["value"].isna()]])
    usable = known_first.drop_duplicates("area_id").set_index("area_id")
    direct = usable["value"].reindex(data.of_level(level))
    parts = usable["value"].reindex(data.of_level(below)) if below else None
    status = usable["status"].reindex(direct.index)
    if parts is not None:
        rests = _estimated_share(usable["status"].reindex(parts.index), data, level)
        rests = rests.reindex(direct.index).fillna(0)
        status = status.mask(direct.isna() & (rests >= MATTERS) & (status != "C"), "E")
    sources = tuple(sorted(usable["source_id"].unique()))
    return Gathered(direct, parts, status, year, sources, usable)


def _estimated_share(status: pd.Series, data: CountryData, level: str) -> pd.Series:
    """The share of an area's population that lives in parts with an estimated figure."""
    owner = data.ancestor(status.index.to_series(), level)
    weight = data.weight.reindex(status.index).fillna(0)
    return weight.where(status == "E", 0).groupby(owner).sum() / weight.groupby(owner).sum()


def _lowest_level(rows: pd.DataFrame, level: str) -> str | None:
    """The lowest level below that the variable is known at."""
    lower = LEVELS[: LEVELS.index(level)]
    present = set(rows["level"].unique())
    return next((name for name in lower if name in present), None)


def _choose_year(
    rows: pd.DataFrame, data: CountryData, level: str, rule: str, near: int | None
) -> int | None:
    rows = rows[rows["value"].notna()].drop_duplicates(["area_id", "year"])
    owner = data.ancestor(rows["area_id"], level)
    parts = (rows["level"] != level).groupby([owner, rows["year"]]).sum()
    itself = (rows["level"] == level).groupby([owner, rows["year"]]).any()
    most = parts.groupby(level=0).transform("max")
    known = itself | ((parts > 0) & (parts >= most / 2))
    counts = known.groupby(level=1).sum()
    counts = counts[counts > 0]
    if counts.empty:
        return None
    good = counts.index[counts >= counts.max() / 2].to_numpy(dtype=int)
    if rule == "nearest" and near is not None:
        return int(good[np.argmin(np.abs(good - near))])
    return int(good.min() if rule == "earliest" else good.max())


def gather_services(spec: Input, data: CountryData, level: str) -> Gathered | None:
    """A measure of the services of the sources named, at one level.

    Areas without a service are 0 where the sources are exhaustive, else
    missing; missing too in a county that the sources do not list once. A
    municipality whose county has services that could not be placed below it
    is estimated (E). Places (capacity) are missing where no service
    of the area tells them and estimated where some do not.
    """
    sources = [s for s in spec.services or [] if s.split("/")[0].upper() == data.country]
    rows = data.services[data.services["source_id"].isin(sources)]
    if rows.empty:
        return None
    year = int(rows["year"].max())
    silent = _silent_counties(rows, spec, data)
    rows = _chosen(rows, spec)
    if rows.empty:
        return None  # the sources cover no such services, which does not mean that there are none
    exhaustive = all(source in data.exhaustive for source in sources)
    if spec.measure == "distance":
        found = _gather_distance(rows, data, level, year, tuple(sources))
        return _hush(found, silent, data) if exhaustive else None
    index = data.of_level(level)
    owner = data.ancestor(rows["area_id"], level)
    total = rows["count"].groupby(owner).sum().reindex(index)
    status = pd.Series("A" if exhaustive else "E", index=index)  # there may be more of them
    if exhaustive:
        total = total.fillna(0)
    if spec.measure == "capacity":
        untold = rows["capacity"].isna().groupby(owner).sum().reindex(index).fillna(0)
        places = rows["capacity"].groupby(owner).sum(min_count=1).reindex(index)
        total = places.where(total != 0, 0) if exhaustive else places
        status = status.mask(untold > 0, "E")
    parts = None
    if level == "municipality":
        gaps = data.incomplete.loc[data.incomplete["source_id"].isin(sources), "area_id"]
        status = status.mask(data.areas.loc[index, "parent_id"].isin(gaps), "E")
    elif exhaustive:
        below = gather_services(spec, data, "municipality")
        parts = below.direct if below is not None else None
    found = Gathered(
        total.astype("Float64"), parts, status, year, tuple(sources), rows, measure=spec.measure
    )
    return _hush(found, silent, data) if level != "country" else found


def _silent_counties(rows: pd.DataFrame, spec: Input, data: CountryData) -> set[str]:
    """Counties without one entry of the sources: not covered, rather than without a service."""
    listed = rows[rows["setting"] != (spec.without_setting or "")]
    covered = data.ancestor(listed["area_id"].drop_duplicates(), "county").dropna()
    return set(data.of_level("county")) - set(covered)


def _hush(found: Gathered, silent: set[str], data: CountryData) -> Gathered:
    """The input without its values in the silent counties."""
    if not silent:
        return found

    def hushed(values: pd.Series) -> pd.Series:
        return values.mask(data.ancestor(values.index.to_series(), "county").isin(silent))

    parts = None if found.parts is None else hushed(found.parts)
    return replace(found, direct=hushed(found.direct), parts=parts)


def _chosen(rows: pd.DataFrame, spec: Input) -> pd.DataFrame:
    rows = rows[rows["closed"].isna()]
    for column in ("function", "setting"):
        wanted = getattr(spec, column)
        if wanted is not None:
            rows = rows[rows[column] == wanted]
    if spec.without_setting is not None:
        rows = rows[rows["setting"] != spec.without_setting]
    if spec.provider_type is not None:
        rows = rows[rows["provider_type"].isin(spec.provider_type)]
    if spec.without_local_type is not None:
        rows = rows[~rows["local_type"].isin(spec.without_local_type)]
    return rows


def _gather_distance(
    rows: pd.DataFrame, data: CountryData, level: str, year: int, sources: tuple[str, ...]
) -> Gathered:
    municipalities = data.areas[data.areas["level"] == "municipality"]
    distances = distance_to_nearest_km(municipalities, rows)
    index = data.of_level(level)
    status = pd.Series("A", index=index)
    direct = distances if level == "municipality" else distances.reindex(index)
    parts = None if level == "municipality" else distances
    return Gathered(direct, parts, status, year, sources, rows, average=True)
