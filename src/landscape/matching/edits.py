"""Names with a typing error: the nearest one, and how much nearer than the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist

# Distances beyond this are all the same to the decision.
CUTOFF = 3
_CELLS_AT_ONCE = 20_000_000
_APART = 4


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest owner of a query, its key and distance; the next owner and its distance.

    Distances count single letters dropped, added, changed or swapped with
    their neighbour (optimal string alignment); ``CUTOFF + 1`` means farther.
    """

    owner: int
    key: str
    distance: int
    next_owner: int
    next_distance: int


def find_nearest(queries: Sequence[str], keys: Sequence[str], owners: Sequence[int]) -> list[Near]:
    """The nearest key of each query and the distance to the next key of another owner.

    ``owners[i]`` is whose key ``keys[i]`` is; several keys may have one
    owner. Owners that do not exist are -1, at distance ``CUTOFF + 1``.
    """
    if not keys:
        return [Near(-1, "", CUTOFF + 1, -1, CUTOFF + 1)] * len(queries)
    order = np.argsort(np.asarray(owners), kind="stable")
    of_column = np.asarray(owners, dtype=np.int64)[order]
    starts = np.flatnonzero(np.r_[True, of_column[1:] != of_column[:-1]])
    in_order = [keys[i] for i in order]
    rows = max(1, _CELLS_AT_ONCE // len(keys))
    found = []
    for i in range(0, len(queries), rows):
        chunk = _nearest_of_chunk(queries[i : i + rows], in_order, starts)
        found += [
            Near(int(of_column[column]), in_order[column], distance, int(of_column[after]), beyond)
            for column, distance, after, beyond in zip(*chunk, strict=True)
        ]
    return found


def _nearest_of_chunk(
    queries: Sequence[str], keys: Sequence[str], starts: NDArray[np.int64]
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Per query: column and distance of the nearest, column and distance of the next owner."""
    distances = cdist(
        queries, keys, scorer=OSA.distance, score_cutoff=CUTOFF, dtype=np.uint8, workers=-1
    )
    by_owner = np.minimum.reduceat(distances, starts, axis=1)
    line = np.arange(len(queries))
    column = distances.argmin(axis=1)
    by_owner[line, np.searchsorted(starts, column, side="right") - 1] = CUTOFF + 1
    after = by_owner.argmin(axis=1)
    return (
        column.tolist(),
        distances[line, column].tolist(),
        starts[after].tolist(),
        by_owner[line, after].tolist(),
    )


def is_safe(query: str, key: str, distance: int, next_distance: int) -> bool:
    """Whether a name so near, with the next so far, may be taken for a typing error.

    One error is allowed from three letters on, two from twelve on if they
    stand apart: two errors side by side are more often another word (Valea
    de Sus, Valea de Jos). The next name must be farther off by one error,
    by two where the name is shorter than four letters or has two errors.
    Figures are never typing errors: "Sector 1" is not "Sector 2".
    """
    length = min(len(query), len(key))
    allowed = 0 if length < 3 else 1 if length < 12 else 2
    if not 0 < distance <= allowed or _figures(query) != _figures(key):
        return False
    if distance == 2 and not _stand_apart(query, key):
        return False
    return next_distance - distance >= (2 if distance == 2 or length < 4 else 1)


def _stand_apart(query: str, key: str) -> bool:
    places = [edit.dest_pos for edit in Levenshtein.editops(query, key)]
    return max(places) - min(places) >= _APART


def _figures(text: str) -> str:
    return "" if text.isalpha() else "".join(letter for letter in text if letter.isdigit())
