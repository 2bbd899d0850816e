"""Names with a typing error: the nearest one, and how much nearer than the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist

# Distances beyond this are all the same to the decision.
CUTOFF = 3
_CELLS_AT_ONCE = 20_000_000
_THREADS_FROM = 1_000_000
_APART = 4
#: From so many comparisons on, an index of single errors is quicker than comparing all.
_MANY = 5_000_000
# Where one error is not enough, two are allowed from `_TWO_ERRORS` letters on; and
# below `_SURE_MARGIN` letters the next name must be farther off than one error more.
_TWO_ERRORS, _SURE_MARGIN = 12, 5


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


FAR = Near(-1, "", CUTOFF + 1, -1, CUTOFF + 1)


@dataclass(frozen=True)
class Targets:
    """Keys to search among, and whose each is: ``owners[i]`` is the owner of ``keys[i]``."""

    keys: Sequence[str]
    owners: Sequence[int]

    @cached_property
    def errors(self) -> dict[str, list[int]]:
        """The places of the keys that each text is, with at most one letter dropped."""
        errors: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self.keys):
            for text in _with_one_dropped(key):
                errors[text].append(place)
        return errors


def find_nearest(queries: Sequence[str], targets: Targets) -> list[Near]:
    """The nearest key of each query and the distance to the next key of another owner.

    several keys may have one
    owner. Owners that do not exist are -1, at distance ``CUTOFF + 1``. In long
    lists what `is_safe` refuses in any case is not searched for: then the next
    owner may be -1 at distance 2 (no other within one error), and a short
    query without a key at distance 1 has none.
    """
    if not targets.keys:
        return [FAR] * len(queries)
    if len(queries) * len(targets.keys) < _MANY:
        return _compare_all(queries, targets)
    found = [_by_one_error(query, targets) for query in queries]
    left = [place for place, near in enumerate(found) if near is None]
    compared = _compare_all([queries[place] for place in left], targets) if left else []
    settled = dict(zip(left, compared, strict=True))
    return [near or settled[place] for place, near in enumerate(found)]


def _with_one_dropped(text: str) -> set[str]:
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _by_one_error(query: str, targets: Targets) -> Near | None:
    """The nearest within one error, as `is_safe` would judge it; None if all must be compared.

    Texts one error apart become the same by dropping at most one letter of each.
    """
    if len(query) < _SURE_MARGIN:
        return None
    keys, owners, errors = targets.keys, targets.owners, targets.errors
    places = {place for text in _with_one_dropped(query) for place in errors.get(text, ())}
    near = sorted(
        (distance, owners[place], place)
        for place in places
        if (distance := OSA.distance(query, keys[place], score_cutoff=1)) <= 1
    )
    if not near:
        return FAR if len(query) < _TWO_ERRORS else None
    distance, owner, place = near[0]
    after = next(((d, other) for d, other, _ in near if other != owner), (2, -1))
    return Near(owner, keys[place], distance, after[1], after[0])


def _compare_all(queries: Sequence[str], targets: Targets) -> list[Near]:
    keys, owners = targets.keys, targets.owners
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
    # Starting threads takes longer than comparing the names of one county.
    workers = -1 if len(queries) * len(keys) > _THREADS_FROM else 1
    distances = cdist(
        queries, keys, scorer=OSA.distance, score_cutoff=CUTOFF, dtype=np.uint8, workers=workers
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
    allowed = 0 if length < 3 else 1 if length < _TWO_ERRORS else 2
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
