"""The indicators table: every entry of the catalogue, for every level of a country."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module

import pandas as pd

from landscape.indicators.catalogue import Indicator, load_catalogue
from landscape.indicators.governance import COUNTRY
from landscape.indicators.inputs import LEVELS, CountryData
from landscape.indicators.resolve import Memory, Resolved, resolve
from landscape.schemas import check_table, empty_table


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
        if indicator.is_declared:
            parts.append(declared_rows(indicator, data))
            continue
        for level in LEVELS:
            rows = rows_of_level(indicator, data, level, known)
            if rows is not None:
                parts.append(rows)
    return check_table("indicators", pd.concat(parts, ignore_index=True))


def rows_of_level(
    indicator: Indicator, data: CountryData, level: str, known: Memory
) -> pd.DataFrame | None:
    """The indicator's rows at one level; None where no area has a value.

    ``known`` remembers inputs that other indicators share.
    """
    resolved = resolve(indicator, data, level, known)
    return None if resolved is None else _rows(indicator, level, resolved)


def _rows(indicator: Indicator, level: str, resolved: Resolved) -> pd.DataFrame | None:
    if any(series.isna().all() for series in resolved.arguments.values()):
        return None
    years = resolved.years
    estimate = estimate_indicator(indicator, resolved.arguments, years)
    if estimate is None or estimate["value"].isna().all():
        return None
    missing = estimate["value"].isna() & (resolved.status != "C")
    status = resolved.status.mask(missing, "M")
    if "status" in estimate:
        status = estimate["status"].fillna(status)
    if "numerator" in estimate:
        # Where nobody behind the figure is known, the sum of nothing is no count of zero.
        nobody = estimate["value"].isna() & ~(resolved.coverage > 0)
        estimate = estimate.assign(numerator=estimate["numerator"].mask(nobody))
    rows = estimate.assign(
        level=level,
        indicator=indicator.name,
        year=years[0],
        denominator_year=years[-1] if len(years) > 1 else None,
        coverage=resolved.coverage.clip(0, 1).astype("Float64"),
        status=status.mask((status == "C") & estimate["value"].notna(), "A"),
        source_ids=" ".join(resolved.sources),
    )
    return rows.rename_axis("area_id").reset_index()


def declared_rows(indicator: Indicator, data: CountryData) -> pd.DataFrame:
    """What the country's authorities declare, as rows of the indicators; none where none did.

    ``coverage`` is the share of the population that lives in the authorities
    that sent a workbook; of two tiers, that of the tier with the larger share.
    """
    rows = empty_table("indicators")
    answers = data.answers
    asked = answers.get("governance")
    if asked is None or asked.empty:
        return rows
    theme = None if indicator.theme == "general" else indicator.theme
    estimate = _function_of(indicator)(answers, theme)
    estimate = estimate[estimate["value"].notna()].rename(index={COUNTRY: data.country})
    levels = data.areas["level"].reindex(estimate.index)
    covered = pd.Series(1.0, index=estimate.index).mask(
        levels == "country", _share_answering(asked, data)
    )
    return (
        estimate.assign(
            level=levels,
            indicator=indicator.name,
            year=int(asked["year"].max()),
            coverage=covered.astype("Float64"),
            status="A",
            source_ids=" ".join(sorted(asked["source_id"].unique())),
        )
        .rename_axis("area_id")
        .reset_index()
    )


def _share_answering(asked: pd.DataFrame, data: CountryData) -> float:
    """The share of the population in authorities that answered, tier by tier; the largest."""
    population = data.weight
    answering = population[population.index.isin(asked["area_id"])]
    levels = data.areas["level"]
    whole = population.groupby(levels).sum()
    parts = answering.groupby(levels.reindex(answering.index)).sum()
    return float((parts / whole.reindex(parts.index)).clip(0, 1).max())


def estimate_indicator(
    indicator: Indicator, arguments: dict[str, pd.Series], years: list[int]
) -> pd.DataFrame | None:
    """What the indicator's function makes of its inputs; None where it needs two years and has one.

    ``arguments`` by input name, one value an area; ``years`` in the order of the inputs.
    """
    function = _function_of(indicator)
    extra = {"years": years[0] - years[-1]} if _wants_years(function) else {}
    return None if extra.get("years") == 0 else function(**arguments, **extra)


def _function_of(indicator: Indicator) -> Callable[..., pd.DataFrame]:
    module = import_module(f"landscape.indicators.{indicator.layer}")
    function: Callable[..., pd.DataFrame] = getattr(module, indicator.function)
    return function


def _wants_years(function: Callable[..., pd.DataFrame]) -> bool:
    return "years" in inspect.signature(function).parameters
