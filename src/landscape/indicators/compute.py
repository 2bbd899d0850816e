"""The indicators table: every entry of the catalogue, for every level of a country."""

from __future__ import annotations

import inspect
from importlib import import_module

import pandas as pd

from landscape.dictionaries import load_variables
from landscape.indicators.catalogue import Indicator, Input, load_catalogue
from landscape.indicators.inputs import (
    LEVELS,
    CountryData,
    Gathered,
    gather_services,
    gather_variable,
)
from landscape.schemas import check_table, empty_table

#: Inputs already gathered, as many indicators share them.
Memory = dict[tuple[str, str, int | None, str | None], Gathered | None]

#: Below this share of the population, a sum of parts is not set against a figure of the whole.
FULL = 0.999
HALF = 0.5


def compute_indicators(data: CountryData) -> pd.DataFrame:
    """The indicators of one country, as in ``schemas.INDICATORS``.

    Every area of a level that the indicator is known at has a row; areas
    where it is not known have status M (or C) and no value.
    """
    parts = [empty_table("indicators")]
    known: Memory = {}
    for indicator in load_catalogue().values():
        if data.country not in indicator.countries:
            continue
        for level in LEVELS:
            rows = _at_level(indicator, data, level, known)
            if rows is not None:
                parts.append(rows)
    return check_table("indicators", pd.concat(parts, ignore_index=True))


def _at_level(
    indicator: Indicator, data: CountryData, level: str, known: Memory
) -> pd.DataFrame | None:
    inputs = _gather(indicator, data, level, known)
    if inputs is None:
        return None
    values, coverage = _resolve(inputs, data, level)
    if all(series.isna().all() for series in values.values()):
        return None
    years = [gathered.year for gathered in inputs.values()]
    function = getattr(
        import_module(f"landscape.indicators.{indicator.layer}"), indicator.function
    )
    extra = {"years": years[0] - years[-1]} if _wants_years(function) else {}
    if extra.get("years") == 0:
        return None
    estimate = function(**values, **extra)
    if estimate["value"].isna().all():
        return None
    status = _status(estimate["value"], coverage, inputs)
    if "status" in estimate:
        status = estimate["status"].fillna(status)
    sources = sorted({source for gathered in inputs.values() for source in gathered.sources})
    return estimate.assign(
        indicator=indicator.name,
        year=years[0],
        denominator_year=years[-1] if len(years) > 1 else pd.NA,
        coverage=coverage.clip(0, 1).astype("Float64"),
        status=status,
        source_ids=" ".join(sources),
    ).reset_index(names="area_id")


def _gather(
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


def _summed_from(gathered: Gathered, data: CountryData) -> str | None:
    """The level whose areas make up an input that is itself known for few areas; else None."""
    if gathered.parts is None or float(gathered.direct.notna().mean()) >= HALF:
        return None
    return str(data.areas["level"][gathered.parts.index[0]])


def _gather_one(
    spec: Input, data: CountryData, level: str, near: int | None, parts_level: str | None
) -> Gathered | None:
    if spec.services is not None:
        return gather_services(spec, data, level)
    sums = bool(load_variables()[str(spec.variable)]["sum"])
    return gather_variable(spec, data, level, sums, near, parts_level)


def _resolve(
    inputs: dict[str, Gathered], data: CountryData, level: str
) -> tuple[dict[str, pd.Series], pd.Series]:
    """One value an area and input, and the share of the population that stands behind it.

    Parts are summed over the same areas for every input: those that all the
    summed inputs know. Where a sum of incomplete parts would meet a figure of
    the whole area, nothing is given.
    """
    index = data.of_level(level)
    summed = {name: g for name, g in inputs.items() if g.parts is not None}
    if not summed:
        known = pd.Series(True, index=index)
        for gathered in inputs.values():
            known &= gathered.direct.notna()
        return {n: g.direct for n, g in inputs.items()}, known.astype("Float64")
    parts_index = next(iter(summed.values())).parts.index  # type: ignore[union-attr]
    owner = data.ancestor(parts_index.to_series(), level)
    complete = pd.Series(True, index=parts_index)
    for gathered in summed.values():
        has_direct = owner.map(gathered.direct).notna()
        complete &= gathered.parts.reindex(parts_index).notna() | has_direct  # type: ignore[union-attr]
    weight = data.areas["population"].reindex(parts_index).fillna(0)
    covered = (
        weight.where(complete, 0).groupby(owner).sum() / weight.groupby(owner).sum()
    ).reindex(index)
    values, uses_parts = {}, pd.Series(False, index=index)
    for name, gathered in inputs.items():
        value = gathered.direct.copy()
        if gathered.parts is not None:
            value = value.fillna(_combine(gathered, complete, weight, owner).reindex(index))
            uses_parts |= gathered.direct.isna()
        values[name] = value
    coverage = covered.where(uses_parts, 1.0).fillna(0.0)
    direct_too = pd.Series(False, index=index)
    for gathered in inputs.values():
        direct_too |= gathered.direct.notna()
    clash = uses_parts & direct_too & (coverage < FULL)
    return {n: v.mask(clash) for n, v in values.items()}, coverage.mask(clash, 0.0)


def _combine(
    gathered: Gathered, complete: pd.Series, weight: pd.Series, owner: pd.Series
) -> pd.Series:
    """The sum of the complete parts, or their mean weighted by population."""
    parts = gathered.parts.reindex(owner.index).where(complete)  # type: ignore[union-attr]
    if not gathered.average:
        return parts.groupby(owner).sum(min_count=1)
    known = weight.where(parts.notna(), 0)
    return (parts * known).groupby(owner).sum(min_count=1) / known.groupby(owner).sum()


def _status(value: pd.Series, coverage: pd.Series, inputs: dict[str, Gathered]) -> pd.Series:
    status = pd.Series("A", index=value.index)
    for gathered in inputs.values():
        reported = gathered.status.reindex(value.index)
        status = status.mask(reported.eq("E").fillna(False).astype(bool), "E")
        status = status.mask(reported.eq("C").fillna(False).astype(bool) & value.isna(), "C")
    status = status.mask((coverage < FULL) & value.notna(), "E")
    return status.mask(value.isna() & (status != "C"), "M")


def _wants_years(function: object) -> bool:
    return "years" in inspect.signature(function).parameters  # type: ignore[arg-type]
