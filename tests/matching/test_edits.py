"""Which differences are typing errors, and which are other words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.matching import edits
from landscape.matching.edits import CUTOFF, Near, Targets, find_nearest, is_safe


def test_the_next_name_is_that_of_another_owner() -> None:
    keys, owners = ["albac", "albak", "abrud", "albon"], [7, 7, 2, 5]
    near = find_nearest(["albax", "zzzzzzzz"], Targets(keys, owners))
    assert (near[0].owner, near[0].distance) == (7, 1)
    assert (near[0].next_owner, near[0].next_distance) == (5, 2)
    assert near[1].distance == near[1].next_distance == CUTOFF + 1


def test_no_keys_no_neighbours() -> None:
    assert [near.owner for near in find_nearest(["a", "b"], Targets([], []))] == [-1, -1]


def test_one_owner_has_no_next() -> None:
    (near,) = find_nearest(["albax"], Targets(["albac", "albak"], [4, 4]))
    assert (near.owner, near.distance, near.next_distance) == (4, 1, CUTOFF + 1)


NAMES = st.text("abc", min_size=1, max_size=14)


def verdict(query: str, near: Near) -> tuple[object, ...]:
    """What the matching makes of the nearest names: nothing, one owner, or a doubt."""
    if not is_safe(query, near.key, near.distance, CUTOFF + 1):
        return ("none",)
    if not is_safe(query, near.key, near.distance, near.next_distance):
        return ("doubt", near.distance)
    return ("one", near.owner, near.distance)


@settings(max_examples=200)
@given(
    queries=st.lists(NAMES, min_size=1, max_size=8), keys=st.lists(NAMES, min_size=1, unique=True)
)
def test_long_lists_are_judged_as_short_ones(queries: list[str], keys: list[str]) -> None:
    """The index of single errors is only quicker."""
    targets = Targets(keys, [number // 2 for number in range(len(keys))])
    short = find_nearest(queries, targets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits, "_MANY", 0)
        long = find_nearest(queries, targets)
    assert list(map(verdict, queries, long)) == list(map(verdict, queries, short))


@pytest.mark.parametrize(
    ("query", "key", "distance", "next_distance", "safe"),
    [
        ("albca", "albac", 1, 2, True),
        ("albca", "albac", 1, 1, False),
        ("arad", "aradd", 1, 2, True),
        ("cut", "cot", 1, 2, False),
        ("cut", "cot", 1, 3, True),
        ("ip", "pi", 1, 4, False),
        ("albac", "albac", 0, 4, False),
        ("sector1", "sector2", 1, 4, False),
        ("odorheiulsecuesc", "odorheiusecuiesc", 2, 4, True),
        ("odorheiulsecuesc", "odorheiusecuiesc", 2, 3, False),
        ("valeadesusmare", "valeadejosmare", 2, 4, False),
        ("aghires", "aghireas", 2, 4, False),
    ],
)
def test_what_may_be_mended(
    query: str, key: str, distance: int, next_distance: int, safe: bool
) -> None:
    assert is_safe(query, key, distance, next_distance) is safe
