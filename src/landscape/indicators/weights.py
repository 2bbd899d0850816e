"""What each area weighs when coverage is counted."""

from __future__ import annotations

import pandas as pd


def assumed_population(areas: pd.DataFrame) -> pd.Series:
    """The population of each area; the median of its level where it is not known.

    ``areas`` is indexed by area_id, with ``population`` and ``level``. For
    weighing what is known against what is not: leaving out an area that was
    never counted would call a territory complete of which a part is missing.
    """
    medians = areas.groupby("level")["population"].transform("median")
    return areas["population"].fillna(medians)
