"""Proportional symbols: circles over areas, for places that have no boundary."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from landscape.figures.circles import LARGEST_PX, circle_scale, draw_marks, nested_circles
from landscape.figures.describe import word_for_missing
from landscape.figures.figure import Figure, require_words
from landscape.figures.furniture import furnish, inset_names
from landscape.figures.inputs import AreaValues, geometry_of, read_values
from landscape.figures.layers import FOCUSED_AREAS, draw_outline, scene_rings
from landscape.figures.legend import LegendRow, circle_swatch, cross_swatch
from landscape.figures.palette import ACCENT, HIGHLIGHT, LAND, WHITE
from landscape.figures.paths import path_data
from landscape.figures.scene import Scene, build_scene
from landscape.figures.svg import element, prefix_for
from landscape.language import Language


def plot_symbols(
    points: pd.DataFrame,
    sizes: pd.Series[float],
    *,
    background: gpd.GeoDataFrame,
    title: str,
    unit: str,
    source: str,
    language: Language,
    decimals: int = 0,
    highlight: Collection[str] = (),
    status: pd.Series[str] | None = None,
    note: str = "",
) -> Figure:
    """A circle per place, its surface in proportion to the value, over grey areas.

    points: area_id, name and either point geometry with a CRS or lon and lat
    in degrees (a place without a position counts in the legend and is not
    drawn). sizes: by area_id, in ``unit``, 0 or more; NA or absent is drawn
    as a small cross, exact 0 as a small ring. background: area_id, name,
    geometry (polygons). highlight: area_ids drawn in another colour. Raises
    ValueError for a negative size and where words, columns or codes do not fit.
    """
    require_words(title=title, unit=unit, source=source)
    read = read_values(
        points, sizes, unit=unit, decimals=decimals, language=language, status=status
    )
    if (read.numbers < 0).any():
        raise ValueError("a circle cannot show a negative value")
    land = geometry_of(background)
    scene = build_scene(land, strip_px=round(2 * LARGEST_PX) + 16)
    scale = circle_scale(read.numbers, scene)
    xy = _placed(_positions(points), scene)
    marked = read.names.index.isin(list(highlight))
    alt = read.alt(
        language.plural(
            "Map with a circle for {number} place.",
            "Map with circles for {number} places.",
            len(points),
        )
    )
    tips = read.tips()
    prefix = prefix_for(title, unit, repr(land.total_bounds), *tips)
    marks = draw_marks(
        xy, read.numbers.to_numpy(), tips, pointed_out=marked, scale=scale, prefix=prefix
    )
    svg = furnish(
        scene,
        _draw_land(scene, len(land)) + draw_outline(land, scene, dense=False) + marks,
        insets=inset_names(scene, background),
        title=title,
        alt=alt,
        prefix=prefix,
        language=language,
        small=False,
        reachable=len(points) <= FOCUSED_AREAS,
        below=nested_circles(scene, scale, prefix=prefix, decimals=decimals, language=language),
    )
    return Figure(
        title=title,
        alt=alt,
        unit=unit,
        source=source,
        svg=svg,
        table=read.table(),
        legend=_legend(read, read.names[marked].tolist()),
        note=" ".join([note, _not_placed(xy, language)]).strip(),
        decimals=decimals,
    )


def _positions(points: pd.DataFrame) -> gpd.GeoSeries:
    """The places as points in EPSG:4326; None where there is no position."""
    if isinstance(points, gpd.GeoDataFrame) and points.crs is not None:
        if not set(points.geometry.dropna().geom_type) <= {"Point"}:
            raise ValueError("symbols need points, not areas")
        return gpd.GeoSeries(points.geometry.to_numpy(), crs=points.crs).to_crs("EPSG:4326")
    if not {"lon", "lat"} <= set(points.columns):
        raise ValueError("symbols need point geometry with a CRS, or the columns lon and lat")
    degrees = points[["lon", "lat"]].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(degrees).any(axis=1)
    placed = np.full(len(points), None, dtype=object)
    placed[known] = shapely.points(degrees[known])
    return gpd.GeoSeries(placed, crs="EPSG:4326")


def _placed(places: gpd.GeoSeries, scene: Scene) -> NDArray[np.float64]:
    """Picture units, one row per place; NaN where it has no position or is in no frame."""
    xy = np.full((len(places), 2), np.nan)
    for frame in scene.frames:
        inside = frame.select(places)
        xy[inside.index.to_numpy()] = shapely.get_coordinates(frame.place(inside))
    return xy


def _draw_land(scene: Scene, number: int) -> str:
    rings = [ring for area in scene_rings(scene, number) for ring in area]
    return element("path", d=path_data(rings), fill=LAND)


def _legend(read: AreaValues, pointed_out: list[str]) -> tuple[LegendRow, ...]:
    """A line per kind of mark; the counts add up to the number of places."""
    language = read.language
    zeros = int((read.numbers == 0).sum())
    missing = int(read.numbers.isna().sum())
    rows = []
    if len(read.numbers) - zeros - missing:
        words = language.text("surface of the circle: {unit}", unit=read.unit)
        rows.append(LegendRow(circle_swatch(ACCENT), words, len(read.numbers) - zeros - missing))
    if zeros:
        rows.append(LegendRow(circle_swatch(WHITE, 2.2, ACCENT), language.number(0), zeros))
    if missing:
        words = word_for_missing(language)
        if read.confidential.any():
            words = language.text("not inventoried or confidential")
        rows.append(LegendRow(cross_swatch(), words, missing))
    if pointed_out:
        rows.append(LegendRow(circle_swatch(HIGHLIGHT), ", ".join(pointed_out[:3])))
    return tuple(rows)


def _not_placed(xy: NDArray[np.float64], language: Language) -> str:
    """A sentence on the places whose position is not known, or nothing."""
    without = int(np.isnan(xy).any(axis=1).sum())
    if not without:
        return ""
    return language.plural(
        "{number} place has no known position and is not drawn.",
        "{number} places have no known position and are not drawn.",
        without,
    )
