"""The shapes an indicator can take: a share, a rate, a ratio, a mean, a published value.

Each returns ``value``, ``low``, ``high``, ``numerator`` and ``denominator``,
indexed like its inputs; everything is NA where an input is missing or the
denominator is 0.
"""

from __future__ import annotations

import pandas as pd

from landscape.indicators.intervals import poisson_interval, wilson_interval

#: A value about fewer persons is not shown.
FEWEST_PERSONS = 10

COLUMNS = ["value", "low", "high", "numerator", "denominator"]


def share(part: pd.Series, whole: pd.Series) -> pd.DataFrame:
    """``part`` of ``whole`` in per cent, with Wilson's interval."""
    _same_index(part, whole)
    bounds = wilson_interval(part, whole) * 100
    return _estimate(part / _positive(whole) * 100, bounds, part, whole)


def rate(cases: pd.Series, population: pd.Series, per: int) -> pd.DataFrame:
    """``cases`` per so many of the ``population``, with the exact Poisson interval."""
    _same_index(cases, population)
    exposed = _positive(population)
    bounds = poisson_interval(cases).div(exposed, axis=0) * per
    return _estimate(cases / exposed * per, bounds, cases, population)


def rate_of_groups(
    cases: pd.Series, groups: pd.Series, population: pd.Series, per: int
) -> pd.DataFrame:
    """``cases`` that come in ``groups`` (places in establishments), per so many residents.

    Chance decides on a group and not on each of its cases, so the interval is
    the exact Poisson interval of the groups, times the cases of a group: those
    of the area, or of all areas together where the area has none.
    """
    _same_index(cases, population)
    _same_index(groups, population)
    overall = cases.sum() / groups.sum() if groups.sum() > 0 else pd.NA
    size = (cases / _positive(groups)).fillna(overall)
    exposed = _positive(population)
    bounds = poisson_interval(groups).mul(size, axis=0).div(exposed, axis=0) * per
    return _estimate(cases / exposed * per, bounds, cases, population)


def mean(total: pd.Series, units: pd.Series) -> pd.DataFrame:
    """``total`` per unit, without an interval: every unit is counted, none is sampled."""
    _same_index(total, units)
    return _estimate(total / _positive(units), None, total, units)


def published(value: pd.Series) -> pd.DataFrame:
    """A value that its producer computed and publishes without an interval."""
    missing = pd.Series(pd.NA, index=value.index, dtype="Float64")
    return _estimate(value, None, missing, missing)


def withhold_small(table: pd.DataFrame, persons: pd.Series) -> pd.DataFrame:
    """The table without the values that rest on fewer than ten persons: status C there."""
    small = (persons < FEWEST_PERSONS).fillna(False).astype(bool) & table["value"].notna()
    withheld = table.mask(small)
    return withheld.assign(status=pd.Series("C", index=table.index).where(small))


def _estimate(
    value: pd.Series, bounds: pd.DataFrame | None, numerator: pd.Series, denominator: pd.Series
) -> pd.DataFrame:
    table = pd.DataFrame({"value": value, "numerator": numerator, "denominator": denominator})
    table["low"] = bounds["low"] if bounds is not None else pd.NA
    table["high"] = bounds["high"] if bounds is not None else pd.NA
    table.loc[table["value"].isna(), ["low", "high"]] = pd.NA
    return table[COLUMNS].astype("Float64")


def _positive(denominator: pd.Series) -> pd.Series:
    return denominator.where(denominator > 0)


def _same_index(one: pd.Series, other: pd.Series) -> None:
    if not one.index.equals(other.index):
        raise ValueError("the inputs of an indicator must have the same areas in the same order")
