"""Where an area stands among its peers, indicator by indicator, without a rank."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Quartiles of fewer known peers than this would say too little.
FEWEST_PEERS = 5
POSITIONS = ("above", "within", "below", "not_told")


def situate(
    values: pd.DataFrame, peers: pd.DataFrame, areas: Collection[str] | None = None
) -> pd.DataFrame:
    """Each value beside the middle half of the area's peers in the same country.

    values: rows of the table of indicators, of one country and one level
    (area_id, indicator, year, value, low, high, status). peers: area_id,
    peer_id, a row a pair. areas: those asked for, all where none are named.
    Returns the rows of ``values`` of these areas with

    - ``peers_known``: how many of the peers have a value,
    - ``peers_lower``, ``peers_upper``: the quartiles of the peers' values (the
      area itself is not among them); NA with fewer than five of them known,
    - ``position``: ``above`` where the whole 95 % interval lies above the
      upper quartile, ``below`` where it lies below the lower one, ``within``
      where it touches the middle half. Values that bear no interval are taken
      as they stand. ``not_told`` where the value or the quartiles are missing.
    """
    wanted = None if areas is None else pd.Index([*areas], dtype=object)
    pairs = peers[["area_id", "peer_id"]].astype(object)
    groups = values.groupby("indicator", sort=False)
    parts = [_situate_one(rows, pairs, wanted) for _, rows in groups]
    if not parts:
        return _with(values, np.zeros(len(values), int), np.full((2, len(values)), np.nan))
    return pd.concat(parts, ignore_index=True)


def _situate_one(rows: pd.DataFrame, peers: pd.DataFrame, asked: pd.Index | None) -> pd.DataFrame:
    """One indicator: the peers' values as a row of numbers beside each area.

    ids are looked up as plain objects: faster than as strings of arrow.
    """
    every = pd.Index(rows["area_id"].to_numpy(dtype=object), dtype=object)
    numbers = rows["value"].to_numpy(dtype=float, na_value=np.nan)
    areas = every
    if asked is not None:
        chosen = asked.get_indexer(every) >= 0
        rows, areas = rows[chosen], every[chosen]
    row, peer = areas.get_indexer(peers["area_id"]), every.get_indexer(peers["peer_id"])
    known = (row >= 0) & (peer >= 0)
    row, peer = row[known], peer[known]
    place = pd.Series(row).groupby(row).cumcount().to_numpy()
    width = int(place.max()) + 1 if len(place) else 1
    beside = np.full((len(areas), width), np.nan)
    beside[row, place] = numbers[peer]
    beside.sort(axis=1)  # missing values go last
    counts = (~np.isnan(beside)).sum(axis=1)
    quartiles = np.stack([_quantile(beside, counts, share) for share in (0.25, 0.75)])
    quartiles[:, counts < FEWEST_PEERS] = np.nan
    return _with(rows, counts, quartiles)


def _quantile(
    beside: NDArray[np.float64], counts: NDArray[np.int_], share: float
) -> NDArray[np.float64]:
    """The quantile of the first ``counts`` sorted numbers of each row, linearly between two."""
    place = np.clip(counts - 1, 0, None) * share
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, np.clip(counts - 1, 0, None))
    rows = np.arange(len(beside))
    below, above = beside[rows, low], beside[rows, high]
    found: NDArray[np.float64] = below + (place - low) * (above - below)
    return found


def _with(
    rows: pd.DataFrame, counts: NDArray[np.int_], quartiles: NDArray[np.float64]
) -> pd.DataFrame:
    lower, upper = quartiles
    value = rows["value"].to_numpy(dtype=float, na_value=np.nan)
    low = rows["low"].to_numpy(dtype=float, na_value=np.nan)
    high = rows["high"].to_numpy(dtype=float, na_value=np.nan)
    low, high = (np.where(np.isnan(end), value, end) for end in (low, high))
    told = ~np.isnan(value) & ~np.isnan(lower)
    position = np.select(
        [~told, low > upper, high < lower], ["not_told", "above", "below"], "within"
    )
    return rows.assign(peers_known=counts, peers_lower=lower, peers_upper=upper, position=position)
