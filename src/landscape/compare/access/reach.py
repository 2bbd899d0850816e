"""Which services each area can reach, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.spatial import KDTree

from landscape.errors import LandscapeError
from landscape.indicators.sphere import chord_of_km, km_of_chord, on_unit_sphere

#: Origins searched at a time, and points in a leaf of a tree: measured on 4.6 million pairs.
BLOCK, LEAF = 4_000, 16

TABLE_COLUMNS = ("origin", "destination", "cost")


@dataclass(frozen=True)
class Reach:
    """The pairs of an area and a service within a limit.

    ``cost`` is a sparse matrix, areas x services, in km or in the unit of a
    travel-time table. A pair that is not stored is out of reach; a stored 0 is
    a service on the spot. ``placed`` tells which areas are known to the pairs,
    ``unplaced_services`` how many services are not and reach nobody.
    """

    areas: pd.Index
    services: pd.Index
    cost: csr_array
    placed: np.ndarray
    unplaced_services: int

    def __len__(self) -> int:
        """The number of pairs."""
        return int(self.cost.nnz)

    def within(self, limit: float) -> Reach:
        """The pairs at this cost or less."""
        return self.keep(self.cost.data <= limit)

    def keep(self, chosen: np.ndarray) -> Reach:
        """The pairs chosen, one truth value each in the order of ``cost.data``."""
        before = np.concatenate([[0], np.cumsum(chosen)])
        kept = csr_array(
            (self.cost.data[chosen], self.cost.indices[chosen], before[self.cost.indptr]),
            shape=self.cost.shape,
        )
        return replace(self, cost=kept)


def reach_within_km(areas: pd.DataFrame, services: pd.DataFrame, km: float) -> Reach:
    """All pairs within so many great-circle km, found with two k-d trees.

    ``areas`` and ``services`` are indexed by their ids, with ``lon`` and
    ``lat`` in degrees. Memory and time grow with the pairs. Raises ValueError
    for an id that comes twice or a distance that is not above 0.
    """
    _unique(areas.index, services.index)
    if not km > 0:
        raise ValueError(f"the distance must be above 0 km, not {km}")
    origins, placed = _points(areas)
    destinations, found = _points(services)
    rows, columns = (np.flatnonzero(known).astype(np.int32) for known in (placed, found))
    parts = [(rows[at], columns[to], far) for at, to, far in _near_pairs(origins, destinations, km)]
    at, to, cost = (np.concatenate(column) for column in zip(*parts, strict=True))
    del parts
    matrix = _matrix(cost, at, to, (len(areas), len(services)))
    return Reach(areas.index, services.index, matrix, placed, int((~found).sum()))


def reach_by_table(
    table: pd.DataFrame, areas: pd.Index, services: pd.Index, limit: float | None = None
) -> Reach:
    """The pairs of a travel-time matrix in long form.

    ``table`` has ``origin`` (area), ``destination`` (service) and ``cost`` of
    0 or more; rows of other places are left out. An area or service that the
    table never names is not placed: what it reaches is not known. Raises
    LandscapeError for a missing column, a cost that is missing or negative and
    a pair that comes twice.
    """
    _unique(areas, services)
    _check_table(table)
    rows, columns = _place(areas, table["origin"]), _place(services, table["destination"])
    cost = table["cost"].to_numpy(dtype=float)
    placed, found = np.zeros(len(areas), dtype=bool), np.zeros(len(services), dtype=bool)
    placed[rows[rows >= 0]] = True
    found[columns[columns >= 0]] = True
    used = (rows >= 0) & (columns >= 0) & (cost <= (np.inf if limit is None else limit))
    shape = (len(areas), len(services))
    matrix = _matrix(cost[used], rows[used], columns[used], shape)
    return Reach(areas, services, matrix, placed, int((~found).sum()))


def _near_pairs(
    origins: np.ndarray, destinations: np.ndarray, km: float
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Places of the origin and of the destination and their km, for a block of origins at a time.

    A block is a corner of the territory, as the k-d tree orders the origins:
    its pairs stay in the processor's cache, and the memory for one block
    serves the next. This takes a third less time than one search for all.
    """
    services = KDTree(destinations, LEAF)
    order = KDTree(origins, LEAF).indices
    for block in np.array_split(order, max(1, round(len(order) / BLOCK))):
        pairs = KDTree(origins[block], LEAF).sparse_distance_matrix(
            services, chord_of_km(km), output_type="ndarray"
        )
        yield block[pairs["i"]], pairs["j"], km_of_chord(pairs["v"])


def _matrix(
    cost: np.ndarray, rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]
) -> csr_array:
    """The sparse matrix of pairs that each come once; a cost of 0 is kept."""
    pairs = coo_array((cost, (rows, columns)), shape)
    pairs.has_canonical_format = True  # else scipy sorts all pairs to find doubles
    return pairs.tocsr()


def _points(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    points = on_unit_sphere(frame["lon"], frame["lat"])
    known = ~np.isnan(points).any(axis=1)
    return points[known], known


def _place(index: pd.Index, ids: pd.Series) -> np.ndarray:
    """Where each id stands in the index, -1 where it does not."""
    places: np.ndarray = index.get_indexer(pd.Index(ids))
    return places


def _unique(areas: pd.Index, services: pd.Index) -> None:
    for name, index in (("area", areas), ("service", services)):
        if not index.is_unique:
            twice = index[index.duplicated()][0]
            raise ValueError(f"{name} {twice} comes twice; each id must stand for one {name}")


def _check_table(table: pd.DataFrame) -> None:
    absent = [column for column in TABLE_COLUMNS if column not in table]
    if absent:
        raise LandscapeError(
            f"travel-time table: column(s) {', '.join(absent)} missing; "
            f"it needs {', '.join(TABLE_COLUMNS)}"
        )
    wrong = table["cost"].isna() | (table["cost"] < 0)
    again = table.duplicated(["origin", "destination"])
    for faulty, told in ((wrong, "a missing or negative cost"), (again, "a second row")):
        if faulty.any():
            first = table[faulty].iloc[0]
            raise LandscapeError(
                f"travel-time table: {int(faulty.sum())} pair(s) with {told}, first from "
                f"{first['origin']} to {first['destination']}; mend or remove them"
            )
