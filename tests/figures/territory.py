"""Small territories with wiggly shared borders, and names that mean harm."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely

HOSTILE = (
    '"><script>alert(1)</script>',
    "]]>",
    "</title></desc></svg>",
    "a\x00b\x08c\x1bd",
    "abc\u202edef\u2066ghi",
    "' onload='x",
    "&lt;&amp;&#x3c;",
    "{0} {name} %s ${x}",
    "<a href='javascript:1'>x</a>",
    "line\none\ttwo",
)


def wiggle(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """The same wavy line for the same pair of ends, whichever comes first."""
    if start > end:
        return wiggle(end, start)[::-1]
    at = np.linspace(0, 1, 25)
    phase = round(10 * (start[0] + start[1])) % 7
    wave = 0.04 * np.sin(at * np.pi * 6 + phase) * np.sin(at * np.pi)
    dx, dy = end[0] - start[0], end[1] - start[1]
    x = start[0] + at * dx - wave * dy
    y = start[1] + at * dy + wave * dx
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def make_grid(
    columns: int, rows: int, *, west: float = 24.0, south: float = 44.0, cell: float = 0.5
):
    """Areas side by side with wavy borders that neighbours share point by point."""
    shapes, ids = [], []
    for row in range(rows):
        for column in range(columns):
            x, y = west + column * cell, south + row * cell
            # counted from the grid, so that neighbours have the very same corner
            right, top = west + (column + 1) * cell, south + (row + 1) * cell
            corners = [(x, y), (right, y), (right, top), (x, top), (x, y)]
            ring = [p for a, b in pairwise(corners) for p in wiggle(a, b)[:-1]]
            shapes.append(shapely.Polygon(ring))
            ids.append(f"XX_{row:02d}{column:02d}")
    names = [f"Area {code}" for code in ids]
    return gpd.GeoDataFrame({"area_id": ids, "name": names}, geometry=shapes, crs=4326)
