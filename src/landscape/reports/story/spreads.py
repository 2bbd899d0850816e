"""How indicators spread, and their years: found once for the reports in all languages."""

from __future__ import annotations

import pandas as pd

from landscape.compare.spread import Spread, compare_spread
from landscape.reports.reading import Reading


def spread_of(reading: Reading, name: str, level: str) -> Spread | None:
    """The spread of an indicator over the areas of one level; None where none is known."""
    inventory = reading.inventory
    return reading.gathered(
        f"spread of {name} by {level}",
        lambda: compare_spread(inventory.indicators, inventory.areas, name, level),
    )


def newest_years(reading: Reading) -> pd.Series:
    """The newest year with a value, by indicator; those without a value are not in it."""

    def find() -> pd.Series:
        rows = reading.inventory.indicators
        return rows[rows["value"].notna()].groupby("indicator")["year"].max()

    return reading.gathered("newest years", find)


def prepare_spreads(reading: Reading) -> None:
    """Find all of them."""
    newest_years(reading)
    for name, level in reading.inventory.by_indicator:
        if level != "country":
            spread_of(reading, name, level)
