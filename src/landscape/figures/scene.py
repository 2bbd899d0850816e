"""Where on the picture each part of the territory stands, and at which scale."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from landscape.figures.insets import split_far_areas
from landscape.figures.simplify import MAP_CRS, simplify_for_map

# A picture unit is a tenth of a pixel of a drawing WIDTH_PX wide.
UNITS = 10
WIDTH_PX = 720
TALLEST_PX = 740
STRIP_PX = 40
INSET_PX = 96
# Two drawings side by side are each shown at half their width.
HALF_PAGE = 0.5
INSET_GAP_PX = 8
# Above and below an inset's shapes: room for its name and for its scale bar.
INSET_HEAD_PX = 28
INSET_FOOT_PX = 40


@dataclass(frozen=True, eq=False)
class Frame:
    """A part of the territory placed on the picture; equal to itself alone.

    members: positions of its areas in the input. bounds: of these in
    longitude and latitude. crs: the projection.
    turn: radians to turn it by so that north is up in its middle.
    scale: picture units per metre. shift: units to add. box: x, y, width,
    height in units. shapes: the members' polygons in units (None if absent).
    shown: the part of its own width at which a page shows the drawing.
    """

    members: NDArray[np.intp]
    bounds: tuple[float, float, float, float]
    crs: str
    turn: float
    scale: float
    shift: tuple[float, float]
    box: tuple[float, float, float, float]
    shapes: NDArray[np.object_]
    shown: float = 1.0

    def select(self, geoms: gpd.GeoSeries) -> gpd.GeoSeries:
        """Those of other geometries (EPSG:4326) whose inner point falls within the frame."""
        present = geoms[~(geoms.isna() | geoms.is_empty)]
        points = present.representative_point()
        left, bottom, right, top = self.bounds
        pad = 0.05 * max(right - left, top - bottom)
        inside = points.x.between(left - pad, right + pad) & points.y.between(
            bottom - pad, top + pad
        )
        return present[inside]

    def place(self, geoms: gpd.GeoSeries) -> NDArray[np.object_]:
        """Geometries of any CRS in picture units, y growing downwards."""
        return _placed(self, Boundaries.of(geoms)).copy()


@lru_cache(maxsize=64)
def _placed(frame: Frame, boundaries: Boundaries) -> NDArray[np.object_]:
    projected = boundaries.geoms.to_crs(frame.crs).to_numpy()
    return _to_units(projected, frame.turn, frame.scale, frame.shift)


@dataclass(frozen=True)
class Scene:
    """The frames, main map first, and the size in units of the whole drawing.

    strip_top and strip_height: the band below the main map for scale bar,
    north mark and a legend of sizes.
    """

    frames: tuple[Frame, ...]
    width: int
    height: int
    strip_top: int
    strip_height: int


def build_scene(geoms: gpd.GeoSeries, strip_px: int = STRIP_PX, *, small: bool = False) -> Scene:
    """The areas simplified and placed: main map, a strip so high, a row of insets.

    geoms: polygons in EPSG:4326. small: the drawing will stand in half a page,
    so that its borders need half the detail. The last few scenes are remembered, since a
    report draws many maps of the same areas; scenes that differ in their strip
    share the frame of the main map. Raises ValueError where none has a geometry.
    """
    return _compose(Boundaries.of(geoms), strip_px, HALF_PAGE if small else 1.0)


@dataclass(frozen=True)
class Boundaries:
    """Geometries that compare by their content."""

    digest: str
    geoms: gpd.GeoSeries = field(compare=False)

    @staticmethod
    def of(geoms: gpd.GeoSeries) -> Boundaries:
        """With the digest of their well-known binary form and their CRS."""
        content = b"".join(wkb or b"-" for wkb in geoms.to_wkb()) + str(geoms.crs).encode()
        return Boundaries(blake2b(content, digest_size=16).hexdigest(), geoms)


@lru_cache(maxsize=24)
def _main_frame(boundaries: Boundaries, shown: float) -> tuple[Frame, list[NDArray[np.intp]]]:
    """The frame of the main map, and the groups of areas that are too far away for it."""
    groups = split_far_areas(boundaries.geoms)
    if not groups:
        raise ValueError("no area has a boundary: there is nothing to draw a map of")
    box = (0, 0, WIDTH_PX * UNITS, TALLEST_PX * UNITS)
    return _frame(boundaries.geoms, groups[0], box, shown, shrink=True), groups[1:]


@lru_cache(maxsize=24)
def _compose(boundaries: Boundaries, strip_px: int, shown: float) -> Scene:
    geoms, width = boundaries.geoms, WIDTH_PX * UNITS
    main, far = _main_frame(boundaries, shown)
    frames, strip_top = [main], round(main.box[3])
    height = strip_top + strip_px * UNITS
    if far:
        gap = INSET_GAP_PX * UNITS
        top = height + gap + INSET_HEAD_PX * UNITS
        across = min((width - gap * (len(far) - 1)) / len(far), 2.2 * INSET_PX * UNITS)
        for number, group in enumerate(far):
            box = (number * (across + gap), top, across, INSET_PX * UNITS)
            frames.append(_frame(geoms, group, box, shown, shrink=False))
        height += gap + (INSET_HEAD_PX + INSET_PX + INSET_FOOT_PX) * UNITS
    return Scene(tuple(frames), width, height, strip_top, strip_px * UNITS)


def _frame(
    geoms: gpd.GeoSeries,
    members: NDArray[np.intp],
    box: tuple[float, float, float, float],
    shown: float,
    *,
    shrink: bool,
) -> Frame:
    """The members fitted into the box; with shrink the box loses the height it does not need."""
    part = geoms.iloc[members]
    left, bottom, right, top = part.total_bounds
    lon, lat = (left + right) / 2, (bottom + top) / 2
    crs = MAP_CRS if shrink else local_crs(lon, lat)
    simplified = simplify_for_map(part, _shown_width(part.total_bounds, box) * shown, crs)
    turn = _turn_to_north(crs, lon, lat)
    flat = _turned(shapely.get_coordinates(simplified.to_numpy()), turn, 1.0, (0.0, 0.0))
    (x0, y0), (x1, y1) = flat.min(axis=0), flat.max(axis=0)
    margin = 0.02 * box[2]
    scale = min(
        (box[2] - 2 * margin) / max(x1 - x0, 1.0), (box[3] - 2 * margin) / max(y1 - y0, 1.0)
    )
    height = (y1 - y0) * scale + 2 * margin if shrink else box[3]
    shift = (
        box[0] + box[2] / 2 - scale * (x0 + x1) / 2,
        box[1] + height / 2 - scale * (y0 + y1) / 2,
    )
    shapes = _to_units(simplified.to_numpy(), turn, scale, shift)
    bounds = (float(left), float(bottom), float(right), float(top))
    box = (box[0], box[1], box[2], height)
    return Frame(members, bounds, crs, turn, scale, shift, box, shapes, shown)


def local_crs(lon: float, lat: float) -> str:
    """Equal-area around the place: EPSG:3035 would shear what is not in Europe."""
    return f"+proj=laea +lat_0={lat:.2f} +lon_0={lon:.2f} +datum=WGS84 +units=m"


def _shown_width(bounds: NDArray[np.float64], box: tuple[float, float, float, float]) -> float:
    """About how many pixels wide the territory will be in the box."""
    left, bottom, right, top = bounds
    across = max((right - left) * np.cos(np.radians((bottom + top) / 2)), 1e-6)
    up = max(top - bottom, 1e-6)
    return float(max(min(box[2], box[3] * across / up) / UNITS, 1.0))


@lru_cache(maxsize=64)
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)


@lru_cache(maxsize=256)
def _turn_to_north(crs: str, lon: float, lat: float) -> float:
    """The grid of EPSG:3035 leans by 11 degrees in Romania; a reader expects north above."""
    to_map = _transformer(crs)
    (x0, y0), (x1, y1) = to_map.transform(lon, lat - 0.05), to_map.transform(lon, lat + 0.05)
    return float(np.arctan2(x1 - x0, y1 - y0))


def _to_units(
    shapes: NDArray[np.object_], turn: float, scale: float, shift: tuple[float, float]
) -> NDArray[np.object_]:
    moved: NDArray[np.object_] = shapely.transform(
        shapes, lambda xy: _turned(xy, turn, scale, shift)
    )
    return moved


def _turned(
    xy: NDArray[np.float64], turn: float, scale: float, shift: tuple[float, float]
) -> NDArray[np.float64]:
    """Metres turned to the north, in picture units, y growing downwards."""
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    x = xy[:, 0] * cos - xy[:, 1] * sin + shift[0]
    y = -xy[:, 0] * sin - xy[:, 1] * cos + shift[1]
    return np.stack([x, y], axis=1)
