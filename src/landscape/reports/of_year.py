"""The rows of an indicator of the latest year, or of one before it."""

from __future__ import annotations

import pandas as pd

from landscape.indicators.catalogue import find_indicator
from landscape.indicators.of_year import compute_of_year, list_years
from landscape.inventory import Inventory


def rows_of_year(
    inventory: Inventory, name: str, level: str, year: int | None = None
) -> pd.DataFrame:
    """The rows of an indicator at a level, indexed by area_id, as in ``schemas.INDICATORS``.

    Without a year the latest; with one, what had been observed by then. No
    rows where nothing is known. Raises UsageError for an unknown indicator.
    """
    entry = find_indicator(name)
    latest = inventory.by_indicator.get((name, level))
    if latest is None:
        latest = inventory.indicators.iloc[0:0].set_index("area_id")
    if year is None or set(latest["year"].dropna()) == {year}:
        return latest
    return compute_of_year(entry, inventory.country_data, level, year)


def years_known(inventory: Inventory, name: str, level: str) -> list[int]:
    """The years that ``rows_of_year`` may be asked for, the latest first."""
    latest = inventory.by_indicator.get((name, level))
    known = set() if latest is None else {int(each) for each in latest["year"].dropna().unique()}
    found = known | set(list_years(find_indicator(name), inventory.country_data, level))
    return sorted(found, reverse=True)
