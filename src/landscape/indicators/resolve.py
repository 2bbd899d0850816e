"""From what is known of areas and their parts to one value an input, area and level."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landscape.dictionaries import load_variables
from landscape.indicators.catalogue import Indicator, Input
from landscape.indicators.inputs import (
    CountryData,
    Gathered,
    gather_services,
    gather_variable,
)

#: Below this share of the population, a sum of parts is not set against a figure of the whole.
FULL = 0.999
HALF = 0.5

#: Inputs already gathered, as many indicators share them.
Memory = dict[tuple[str, str, int | None, str | None], Gathered | None]


@dataclass(frozen=True)
class Resolved:
    """The inputs of an indicator for the areas of one level.

    ``arguments`` by name and ``status``, both indexed by area_id;
    ``coverage`` is the share of the area's population that stands behind the
    values; ``years`` in the order of the inputs.
    """

    arguments: dict[str, pd.Series]
    coverage: pd.Series
    status: pd.Series
    years: list[int]
    sources: list[str]


def resolve(indicator: Indicator, data: CountryData, level: str, known: Memory) -> Resolved | None:
    """The inputs of an indicator at one level; None where one is not inventoried.

    A figure of the whole country stands where it is published for every
    input; otherwise its counties are added up.
    """
    inputs = gather_inputs(indicator, data, level, known)
    if level == "country" and not all_published(inputs):
        counties = resolve(indicator, data, "county", known)
        return None if counties is None else _add_up(indicator, counties, data)
    if inputs is None:
        return None
    values, coverage = _bring_together(inputs, data, level)
    if level == "country":
        counties = resolve(indicator, data, "county", known)
        coverage = coverage * (1.0 if counties is None else _share_behind(counties, data))
    return Resolved(
        values,
        coverage,
        _reported_status(inputs, coverage),
        [gathered.year for gathered in inputs.values()],
        sorted({source for gathered in inputs.values() for source in gathered.sources}),
    )


def all_published(inputs: dict[str, Gathered] | None) -> bool:
    return inputs is not None and all(g.direct.notna().all() for g in inputs.values())


def _add_up(indicator: Indicator, counties: Resolved, data: CountryData) -> Resolved | None:
    """The country as the sum of the counties that every input is known for."""
    if not all(_adds_up(spec) for spec in indicator.inputs.values()):
        return None
    complete, share = complete_areas(counties), _share_behind(counties, data)
    weight = data.weight.reindex(complete.index)
    values = {}
    for name, series in counties.arguments.items():
        known = series[complete]
        if indicator.inputs[name].measure == "distance":
            total = (known * weight[complete]).sum() / weight[complete].sum()
        else:
            total = known.sum() if len(known) else float("nan")
        values[name] = pd.Series([total], index=[data.country], dtype="Float64")
    coverage = pd.Series([share], index=[data.country], dtype="Float64")
    estimated = counties.status[complete].eq("E").any() or share < FULL
    status = pd.Series(["E" if estimated else "A"], index=[data.country])
    return Resolved(values, coverage, status, counties.years, counties.sources)


def complete_areas(resolved: Resolved) -> pd.Series:
    """The areas that every input is known for."""
    return pd.DataFrame({n: v.notna() for n, v in resolved.arguments.items()}).all(axis=1)


def _share_behind(counties: Resolved, data: CountryData) -> float:
    """The share of a country's population that stands behind the values of its counties."""
    weight = data.weight.reindex(counties.coverage.index)
    behind = (weight * counties.coverage.astype("Float64")).where(complete_areas(counties), 0)
    return float(behind.sum() / weight.sum()) if weight.sum() else 0.0


def _adds_up(spec: Input) -> bool:
    return spec.variable is None or bool(load_variables()[spec.variable]["sum"])


def gather_inputs(
    indicator: Indicator, data: CountryData, level: str, known: Memory
) -> dict[str, Gathered] | None:
    """The inputs by argument name; None where one is not inventoried."""
    gathered: dict[str, Gathered] = {}
    near: int | None = None
    parts_level: str | None = None
    for name, spec in indicator.inputs.items():
        key = (spec.model_dump_json(), level, near, parts_level)
        if key not in known:
            known[key] = _gather_one(spec, data, level, near, parts_level)
        found = known[key]
        if found is None:
            return None
        near = near or found.year
        parts_level = parts_level or _summed_from(found, data)
        gathered[name] = found
    return gathered


def _gather_one(
    spec: Input, data: CountryData, level: str, near: int | None, parts_level: str | None
) -> Gathered | None:
    if spec.services is not None:
        return gather_services(spec, data, level)
    return gather_variable(
        spec, data, level, sums=_adds_up(spec), near=near, parts_level=parts_level
    )


def _summed_from(gathered: Gathered, data: CountryData) -> str | None:
    """The level whose areas make up an input that is itself known for few areas; else None."""
    if gathered.parts is None or float(gathered.direct.notna().mean()) >= HALF:
        return None
    return str(data.areas["level"][gathered.parts.index[0]])


@dataclass(frozen=True)
class Meeting:
    """Which parts the summed inputs have in common, for the areas of one level.

    ``owner``, ``complete`` and ``weight`` by part: the area that it belongs
    to, whether every summed input knows it, its residents. ``coverage`` by
    area is the share of its population behind such sums. ``clash``: a sum of
    incomplete parts would meet a figure of the whole area.
    """

    owner: pd.Series
    complete: pd.Series
    weight: pd.Series
    coverage: pd.Series
    clash: pd.Series


def meet(inputs: dict[str, Gathered], data: CountryData, level: str) -> Meeting | None:
    """How the parts of the inputs meet; None where no input has parts."""
    parts = [g.parts for g in inputs.values() if g.parts is not None]
    if not parts:
        return None
    index, ids = data.of_level(level), parts[0].index
    owner = data.ancestor(ids.to_series(), level)
    complete = _complete_parts(inputs, ids, owner)
    weight = data.weight.reindex(ids).fillna(0)
    behind = weight.where(complete, 0).groupby(owner).sum() / weight.groupby(owner).sum()
    summed, published = (pd.Series(False, index=index) for _ in range(2))
    for gathered in inputs.values():
        published |= gathered.direct.notna()
        if gathered.parts is not None:
            summed |= gathered.direct.isna()
    coverage = behind.reindex(index).where(summed, 1.0).fillna(0.0)
    return Meeting(owner, complete, weight, coverage, summed & published & (coverage < FULL))


def _bring_together(
    inputs: dict[str, Gathered], data: CountryData, level: str
) -> tuple[dict[str, pd.Series], pd.Series]:
    """One value an area and input, and the share of the population that stands behind it.

    Parts are summed over the same areas for every input: those that all the
    summed inputs know. Where a sum of incomplete parts would meet a figure of
    the whole area, what stands in the other parts is taken off that figure;
    where that is not known, nothing is given.
    """
    index, meeting = data.of_level(level), meet(inputs, data, level)
    if meeting is None:
        known = pd.Series(True, index=index)
        for gathered in inputs.values():
            known &= gathered.direct.notna()
        return {n: g.direct for n, g in inputs.items()}, known.astype("Float64")
    owner, complete, clash = meeting.owner, meeting.complete, meeting.clash
    values, published = {}, pd.Series(False, index=index)
    for name, gathered in inputs.items():
        value = gathered.direct
        published |= value.notna()
        if gathered.parts is not None:
            combined = _combine(gathered, complete, meeting.weight, owner)
            value = value.fillna(combined.reindex(index))
        values[name] = value
    for name, gathered in inputs.items():
        values[name] = values[name].mask(clash, _without_others(gathered, complete, owner, index))
        published &= ~clash | values[name].notna()
    return values, meeting.coverage.mask(clash & ~published, 0.0)


def _without_others(
    gathered: Gathered, complete: pd.Series, owner: pd.Series, index: pd.Index
) -> pd.Series:
    """What the complete parts have of an area's own figure, NA where that cannot be told."""
    if gathered.parts is None:
        return pd.Series(pd.NA, index=index, dtype="Float64")
    parts = gathered.parts.reindex(owner.index)
    others = parts.where(~complete).groupby(owner).sum().reindex(index)
    unknown = (parts.isna() & ~complete).groupby(owner).any().reindex(index, fill_value=True)
    taken_off = (gathered.direct - others).mask(unknown)
    summed = parts.where(complete).groupby(owner).sum(min_count=1).reindex(index)
    return taken_off.where(gathered.direct.notna(), summed)


def _complete_parts(inputs: dict[str, Gathered], ids: pd.Index, owner: pd.Series) -> pd.Series:
    """The parts that every summed input knows, or whose own area is known as a whole."""
    complete = pd.Series(True, index=ids)
    for gathered in inputs.values():
        if gathered.parts is not None:
            whole = owner.map(gathered.direct).notna()
            complete &= gathered.parts.reindex(ids).notna() | whole
    return complete


def _combine(
    gathered: Gathered, complete: pd.Series, weight: pd.Series, owner: pd.Series
) -> pd.Series:
    """The sum of the complete parts, or their mean weighted by population."""
    parts = pd.Series(gathered.parts).reindex(owner.index).where(complete)
    if not gathered.average:
        return parts.groupby(owner).sum(min_count=1)
    known = weight.where(parts.notna(), 0)
    return (parts * known).groupby(owner).sum(min_count=1) / known.groupby(owner).sum()


def _reported_status(inputs: dict[str, Gathered], coverage: pd.Series) -> pd.Series:
    """A, or E where an input or the coverage says so, or C where one is kept secret."""
    status = pd.Series("A", index=coverage.index)
    status = status.mask(coverage < FULL, "E")
    for code in ("E", "C"):
        for gathered in inputs.values():
            reported = gathered.status.reindex(coverage.index).eq(code).fillna(False)
            status = status.mask(reported.astype(bool), code)
    return status
