"""Indicators of the territory and its population."""

from __future__ import annotations

import pandas as pd

from landscape.indicators import estimates


def population_change(last: pd.Series, first: pd.Series, years: int) -> pd.DataFrame:
    """Average yearly change of the number of residents between two counts, in per cent.

    ``((last / first) ** (1 / years) - 1) * 100``. Both counts have the same
    areas; NA where either is missing or the first is 0. No interval: residents
    are counted, not sampled. Raises ValueError if there are no years between.
    """
    if years <= 0:
        raise ValueError("population change needs two counts of different years")
    ratio = (last / first.where(first > 0)).astype("Float64")
    table = estimates.mean(last, first)
    return table.assign(value=(ratio ** (1 / years) - 1) * 100)


def population_change_domicile(last: pd.Series, first: pd.Series, years: int) -> pd.DataFrame:
    """As ``population_change``, of persons with their legal domicile in the area."""
    return population_change(last, first, years)
