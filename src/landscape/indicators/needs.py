"""Indicators of what people need, and of the conditions that they live in."""

from __future__ import annotations

import pandas as pd

from landscape.indicators import estimates


def aged_under_15(young: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Residents under 15 in per cent of those whose age is known; Wilson's interval."""
    return estimates.share(young, population)


def aged_65_over(old: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Residents of 65 and over in per cent of those whose age is known; Wilson's interval."""
    return estimates.share(old, population)


def registered_unemployment(rate: pd.Series) -> pd.DataFrame:
    """Registered unemployed per 100 of the active population, as published."""
    return estimates.published(rate)


def net_wage(wage: pd.Series) -> pd.DataFrame:
    """Mean net monthly wage of employees, as published, in the country's own money."""
    return estimates.published(wage)
