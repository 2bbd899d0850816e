"""Polygons as SVG path data: whole numbers, relative moves, shared borders cancelled.

A ring is an integer array of shape (n, 2), closed, outer rings turning one
way and holes the other, so that the non-zero fill rule paints them rightly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

Ring = NDArray[np.int64]

# Room for coordinates of either sign in one 64-bit key.
_OFFSET = 1 << 24
_SHIFT = 1 << 26


def rings_of(shapes: NDArray[np.object_]) -> list[list[Ring]]:
    """The rings of each polygon, in the order given; no ring where it is None.

    shapes are in picture units already and are rounded here to whole numbers.
    A ring that rounding reduces to a line or a point is left out, unless the
    polygon would have none: then a square of two units stands in for it.
    """
    oriented = shapely.orient_polygons(shapes)
    parts, owner = shapely.get_parts(oriented, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring_index = shapely.get_coordinates(rings, return_index=True)
    whole = np.rint(xy).astype(np.int64)
    same_ring = np.diff(ring_index, prepend=-1) == 0
    repeated = np.r_[False, (whole[1:] == whole[:-1]).all(axis=1)] & same_ring
    whole, ring_index = whole[~repeated], ring_index[~repeated]
    starts = np.searchsorted(ring_index, np.arange(len(rings) + 1)).tolist()
    found: list[list[Ring]] = [[] for _ in range(len(shapes))]
    for number, area in enumerate(owner[part].tolist()):
        # a closed ring with any surface has four points or more
        if starts[number + 1] - starts[number] >= 4:
            found[area].append(whole[starts[number] : starts[number + 1]])
    for area in np.unique(owner).tolist():
        if not found[area]:
            found[area] = [_square(shapely.get_coordinates(shapes[area])[0])]
    return found


def _square(at: NDArray[np.float64]) -> Ring:
    x, y = np.rint(at).astype(np.int64)
    return np.array([(x, y), (x + 2, y), (x + 2, y + 2), (x, y + 2), (x, y)])


def dissolve(rings: Sequence[Ring]) -> list[Ring]:
    """The outline of the areas together: borders between them are left out.

    Each side of a border that two areas share is walked once in each
    direction; the two cancel. What is left encloses every point as often as
    the areas did, so overlaps and gaps in the input stay what they were and
    nothing can fail on them.
    """
    if not rings:
        return []
    start = np.concatenate([ring[:-1] for ring in rings])
    end = np.concatenate([ring[1:] for ring in rings])
    a, b = _key(start), _key(end)
    forward = a < b
    low, high = np.where(forward, a, b), np.where(forward, b, a)
    order = np.lexsort((high, low))
    low, high, turn = low[order], high[order], np.where(forward, 1, -1)[order]
    first = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
    net = np.add.reduceat(turn, first)
    left = net != 0
    low, high, net = low[first][left], high[first][left], net[left]
    tail = np.repeat(np.where(net > 0, low, high), np.abs(net))
    head = np.repeat(np.where(net > 0, high, low), np.abs(net))
    return _chain(tail.tolist(), head.tolist())


def borders(rings: Sequence[Ring]) -> list[Ring]:
    """Each border between areas once, as open lines of two points or more."""
    start = np.concatenate([ring[:-1] for ring in rings])
    end = np.concatenate([ring[1:] for ring in rings])
    a, b = _key(start), _key(end)
    pairs = np.unique(np.stack([np.minimum(a, b), np.maximum(a, b)], axis=1), axis=0)
    return _lines(pairs.tolist())


def _key(points: Ring) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = (points[:, 0] + _OFFSET) * _SHIFT + points[:, 1] + _OFFSET
    return keys


def _points(keys: list[int]) -> Ring:
    array = np.array(keys, dtype=np.int64)
    return np.stack([array // _SHIFT - _OFFSET, array % _SHIFT - _OFFSET], axis=1)


def _chain(tails: list[int], heads: list[int]) -> list[Ring]:
    """Directed sides joined into closed rings; which way a crossing is taken does not matter."""
    leads: defaultdict[int, list[int]] = defaultdict(list)
    for tail, head in zip(tails, heads, strict=True):
        leads[tail].append(head)
    rings = []
    for origin in list(leads):
        while leads[origin]:
            walk = [origin, leads[origin].pop()]
            while walk[-1] != origin:
                walk.append(leads[walk[-1]].pop())
            rings.append(_points(walk))
    return rings


def _lines(pairs: list[list[int]]) -> list[Ring]:
    """Undirected sides joined into lines as long as they run without a stop."""
    near: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for a, b in pairs:
        near[a][b] = None
        near[b][a] = None
    lines = []
    junctions_first = sorted(near, key=lambda point: len(near[point]) == 2)
    for origin in junctions_first:
        while near[origin]:
            walk = [origin]
            while near[walk[-1]]:
                following = next(iter(near[walk[-1]]))
                del near[walk[-1]][following], near[following][walk[-1]]
                walk.append(following)
            lines.append(_points(walk))
    return lines


def path_data(rings: Sequence[Ring], *, closed: bool = True) -> str:
    """The ``d`` attribute of a path through all rings, or lines where not closed."""
    written = []
    for ring in rings:
        points = ring[:-1] if closed else ring
        moves = np.diff(points, axis=0).ravel().tolist()
        steps = "".join(f" {move}" if move >= 0 else str(move) for move in moves)
        x, y = points[0].tolist()
        written.append(f"M{x} {y}l{steps.lstrip()}" + ("z" if closed else ""))
    return "".join(written)
