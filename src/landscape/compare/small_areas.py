"""An indicator's raw values beside the same values shrunk towards county or peers."""

from __future__ import annotations

import pandas as pd

from landscape.compare.spread import values_at_level
from landscape.indicators.catalogue import load_catalogue
from landscape.indicators.intervals import poisson_interval
from landscape.indicators.resolve import FULL
from landscape.indicators.shrinkage import COLUMNS, shrink_rates, shrink_shares, shrink_to_peers

RAW = ["year", "value", "low", "high", "numerator", "denominator", "coverage", "status"]


def compare_shrunk(
    indicators: pd.DataFrame,
    areas: pd.DataFrame,
    indicator: str,
    level: str = "municipality",
    peers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The raw rate or share of each area of a level, and the shrunk one beside it.

    Shrunk towards the areas of the same parent (the county of a municipality,
    the country of a county), or towards the ``peers`` (``area_id``,
    ``peer_id``) that an area has of its own. Indexed by area_id: the columns of
    the indicators table, those of ``shrink_rates`` in the unit of the
    indicator, and ``partial``, which is true where the value rests on a part of
    the population. The shrunk columns are NA where ``shrink_rates`` says so,
    and for areas without peers in ``peers``. Raises ValueError for an
    indicator that has no interval or one of groups (places in establishments),
    whose cases do not come one by one.
    """
    chance = load_catalogue()[indicator].chance
    if chance not in ("rate", "share"):
        raise ValueError(f"{indicator} is no rate or share of cases that come one by one")
    rows = values_at_level(indicators, indicator, level)[RAW]
    cases, total = rows["numerator"], rows["denominator"]
    if peers is not None:
        shrunk = shrink_to_peers(cases, total, peers, "rate" if chance == "rate" else "share")
        shrunk = shrunk.reindex(rows.index)
    else:
        parents = areas.set_index("area_id")["parent_id"].reindex(rows.index)
        shrunk = (shrink_rates if chance == "rate" else shrink_shares)(cases, total, parents)
    scale = _per(rows) if chance == "rate" else 100.0
    scaled = [column for column in COLUMNS if column != "own_weight"]
    shrunk[scaled] *= scale
    return rows.join(shrunk).assign(partial=~rows["coverage"].ge(FULL).fillna(False).astype(bool))


def _per(rows: pd.DataFrame) -> float:
    """What a rate is counted per: told by its upper bound, which is above 0 for no case too."""
    upper = poisson_interval(rows["numerator"])["high"] / rows["denominator"]
    ratio = (rows["high"] / upper).dropna()
    return float(ratio.median()) if len(ratio) else float("nan")
