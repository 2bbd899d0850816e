"""The areas of a map as SVG: one path each where they are few, one per class where many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from landscape.figures.palette import INK, MUTED, WHITE
from landscape.figures.paths import Ring, borders, dissolve, path_data, rings_of
from landscape.figures.scene import UNITS, Boundaries, Frame, Scene
from landscape.figures.simplify import simplify_for_map
from landscape.figures.svg import element, focusable, tooltip

# Up to here each area has its own path with its name and value.
NAMED_AREAS = 400
# Up to here each area is a stop for the keyboard; more would be a trap.
FOCUSED_AREAS = 60
# Borders between areas smaller than this would hide the colours.
BORDERED_PX2 = 30.0


@dataclass(frozen=True)
class Paint:
    """How the areas are filled: one entry per area, in the order of the areas.

    group: a number per area; fills and words are indexed by group. tips: what
    a pointer or a screen reader says of the area; empty where the areas are
    too many to be drawn one by one.
    """

    group: NDArray[np.intp]
    fills: Sequence[str]
    words: Sequence[str]
    tips: Sequence[str]


def scene_rings(scene: Scene, number: int) -> list[list[Ring]]:
    """The rings of each area, in the order of the input; none where it has no geometry.

    Maps of the same areas share them: they are not to be changed.
    """
    return _rings_in(scene.frames, number)


# What all maps of the same areas have in common is drawn once for all of them.
@lru_cache(maxsize=24)
def _rings_in(frames: tuple[Frame, ...], number: int) -> list[list[Ring]]:
    rings: list[list[Ring]] = [[] for _ in range(number)]
    for frame in frames:
        for position, found in zip(frame.members.tolist(), rings_of(frame.shapes), strict=True):
            rings[position] = found
    return rings


def draw_areas(scene: Scene, paint: Paint, prefix: str) -> str:
    """The painted areas: each by itself up to NAMED_AREAS, otherwise class by class."""
    rings = scene_rings(scene, len(paint.group))
    if len(rings) <= NAMED_AREAS:
        return _draw_each(rings, paint, prefix)
    return _draw_classes(rings, paint) + draw_borders(scene.frames, len(rings))


def _draw_each(rings: list[list[Ring]], paint: Paint, prefix: str) -> str:
    focused = len(rings) <= FOCUSED_AREAS
    paths = []
    for area, ring in enumerate(rings):
        if not ring:
            continue
        tip = paint.tips[area]
        paths.append(
            element(
                "path",
                tooltip(tip),
                d=path_data(ring),
                fill=paint.fills[paint.group[area]],
                **(focusable(tip) if focused else {}),
            )
        )
    return element(
        "g", *paths, class_=prefix + "g", stroke=WHITE, stroke_width=6, stroke_linejoin="round"
    )


def _draw_classes(rings: list[list[Ring]], paint: Paint) -> str:
    paths = []
    for group, (fill, words) in enumerate(zip(paint.fills, paint.words, strict=True)):
        members = [ring for area in np.flatnonzero(paint.group == group) for ring in rings[area]]
        if members:
            paths.append(element("path", tooltip(words), d=path_data(dissolve(members)), fill=fill))
    return "".join(paths)


@lru_cache(maxsize=24)
def draw_borders(frames: tuple[Frame, ...], number: int) -> str:
    """The borders between so many areas; none where they would hide the colours."""
    flat = [ring for area in _rings_in(frames, number) for ring in area]
    if _area_px2(flat) / number < BORDERED_PX2:
        return ""
    return element(
        "path", d=path_data(borders(flat), closed=False), fill="none", stroke=WHITE, stroke_width=4
    )


def _area_px2(rings: Sequence[Ring]) -> float:
    """Surface by the shoelace formula; holes turn the other way and count against it."""
    doubled = sum(float((r[:-1, 0] * r[1:, 1] - r[1:, 0] * r[:-1, 1]).sum()) for r in rings)
    return abs(doubled) / 2 / UNITS**2


def draw_outline(outline: gpd.GeoSeries, scene: Scene, *, dense: bool) -> str:
    """Borders of the level above, drawn over the areas; each frame has those that it shows.

    outline: polygons in EPSG:4326. dense: below them are thousands of areas.
    """
    return _draw_outline(Boundaries.of(outline), scene.frames, dense)


@lru_cache(maxsize=24)
def _draw_outline(outline: Boundaries, frames: tuple[Frame, ...], dense: bool) -> str:
    lines = []
    for frame in frames:
        inside = frame.select(outline.geoms)
        if len(inside):
            simplified = simplify_for_map(inside, frame.box[2] / UNITS * frame.shown, frame.crs)
            rings = [ring for area in rings_of(frame.place(simplified)) for ring in area]
            lines.append(path_data(borders(rings), closed=False))
    colour, width = (INK, 7) if dense else (MUTED, 9)
    return element(
        "path",
        d="".join(lines),
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_opacity=0.75,
        stroke_linejoin="round",
        pointer_events="none",
    )
