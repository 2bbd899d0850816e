"""From an indicator's value back to the observations and services that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy.spatial import KDTree

from landscape.indicators.catalogue import Indicator
from landscape.indicators.distance import locate_services
from landscape.indicators.inputs import CountryData, Gathered
from landscape.indicators.resolve import (
    Meeting,
    all_published,
    complete_areas,
    gather_inputs,
    meet,
    resolve,
)
from landscape.indicators.sphere import km_of_chord, on_unit_sphere

COLUMNS = ["input", "area_id", "source_id", "record", "year", "value", "status", "weight"]


@dataclass(frozen=True)
class Evidence:
    """What stands behind one value.

    ``rows`` has a row per input and observation or service, as
    ``list_evidence`` says; ``years`` has the year of each input; ``missing``
    names the inputs that are not known, which is not the same as none listed.
    """

    rows: pd.DataFrame
    years: dict[str, int]
    missing: frozenset[str]

    def sums(self) -> dict[str, float]:
        """The value of each input: the sum of value times weight, NaN where it is missing."""
        value = (self.rows["value"] * self.rows["weight"]).groupby(self.rows["input"]).sum()
        sums = value.astype("float64").reindex(list(self.years), fill_value=0.0)
        return {str(n): float("nan") if n in self.missing else float(v) for n, v in sums.items()}


def list_evidence(indicator: Indicator, data: CountryData, area_id: str) -> Evidence | None:
    """The observations and services behind an indicator's value for one area.

    Columns of ``rows``: ``input`` (the argument's name), ``area_id`` (of the
    observation, at or below the area asked for), ``source_id``, ``record``,
    ``year``, ``value``, ``status``, ``weight``: what it counts for. 1 where it
    is added, -1 where it is taken off a figure of the whole, a share of the
    residents where a mean is taken. Value times weight, summed, is the input.
    None where an input is not inventoried at that level.
    """
    level = str(data.areas["level"][area_id])
    inputs = gather_inputs(indicator, data, level, {})
    share = pd.Series([1.0], index=[area_id])
    if level == "country" and not all_published(inputs):
        level = "county"
        resolved = resolve(indicator, data, level, {})
        inputs = gather_inputs(indicator, data, level, {})
        if resolved is None:
            return None
        known = complete_areas(resolved)
        residents = data.weight.reindex(known.index[known])
        share = residents / residents.sum()
    if inputs is None:
        return None
    meeting = meet(inputs, data, level)
    behind = [
        _behind(gathered, meeting, data, level, share).assign(input=name)
        for name, gathered in inputs.items()
    ]
    rows = pd.concat(behind, ignore_index=True)[COLUMNS].astype({"weight": "float64"})
    missing = {
        name
        for name, gathered in inputs.items()
        if gathered.direct.reindex(share.index).isna().all() and name not in set(rows["input"])
    }
    years = {name: gathered.year for name, gathered in inputs.items()}
    return Evidence(rows, years, frozenset(missing))


def _behind(
    gathered: Gathered,
    meeting: Meeting | None,
    data: CountryData,
    level: str,
    share: pd.Series,
) -> pd.DataFrame:
    """The rows of one input for areas of one level, by ``share``: what each of them counts for."""
    chosen = share.index
    pieces = _pieces(gathered, data)
    owner = data.ancestor(pieces["area_id"], level)
    if gathered.average:
        if meeting is None:
            own = pieces[pieces["area_id"].isin(chosen)]
            return own.assign(weight=own["area_id"].map(share))
        return _weighted(pieces, owner, meeting, share)
    is_service = "variable" not in gathered.rows
    whole = owner if is_service else pieces["area_id"]
    published = set(chosen[gathered.direct.reindex(chosen).notna()])
    direct = pieces[whole.isin(published)].assign(weight=1.0)
    if meeting is None or gathered.parts is None:
        return direct
    is_part = pieces["area_id"].isin(gathered.parts.index)
    complete = pieces["area_id"].map(meeting.complete).eq(True)
    summed = pieces[is_part & complete & owner.isin(set(chosen) - published)].assign(weight=1.0)
    clash = set(meeting.clash.index[meeting.clash]) & published
    taken_off = pieces[is_part & ~complete & owner.isin(clash)].assign(weight=-1.0)
    return pd.concat([direct, summed, taken_off])


def _pieces(gathered: Gathered, data: CountryData) -> pd.DataFrame:
    """The input's observations or services, each with its ``value``."""
    rows = gathered.rows
    if gathered.average:
        areas = data.areas[data.areas["level"] == "municipality"]
        found = _nearest(areas, rows)
    elif "variable" in rows:
        found = rows
    else:
        value = rows["capacity"] if gathered.measure == "capacity" else rows["count"]
        found = rows.assign(value=value, status=rows["position"]).set_index("area_id")
    kept = found[["source_id", "record", "year", "value", "status"]]
    return kept.assign(value=kept["value"].astype("Float64")).rename_axis("area_id").reset_index()


def _weighted(
    pieces: pd.DataFrame, owner: pd.Series, meeting: Meeting, share: pd.Series
) -> pd.DataFrame:
    """The parts of a mean, each with its share of the residents."""
    complete = pieces["area_id"].map(meeting.complete).eq(True)
    parts = pieces[complete & owner.isin(share.index)]
    residents, group = parts["area_id"].map(meeting.weight), owner[parts.index]
    return parts.assign(
        weight=residents
        / residents.groupby(group).transform("sum")
        * group.map(share).astype("float64")
    )


def _nearest(areas: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """The service nearest to each area, indexed by area_id, its distance in km as ``value``."""
    points = locate_services(areas, services).dropna()
    located = areas[areas["lon"].notna() & areas["lat"].notna()]
    tree = KDTree(on_unit_sphere(points["lon"], points["lat"]))
    chord, at = tree.query(on_unit_sphere(located["lon"], located["lat"]))
    found = pd.DataFrame(services.loc[points.index[at]]).set_index(located.index)
    return found.assign(value=km_of_chord(chord), status=found["position"])
