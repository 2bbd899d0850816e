"""Choropleths: areas coloured by the class of their value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landscape.figures.classes import MISSING, MapClass, classify
from landscape.figures.describe import word_for_missing
from landscape.figures.figure import Figure, Shared, require_words
from landscape.figures.furniture import furnish, inset_names, patterns, point_out
from landscape.figures.inputs import AreaValues, geometry_of, read_values
from landscape.figures.layers import (
    FOCUSED_AREAS,
    NAMED_AREAS,
    Paint,
    draw_areas,
    draw_outline,
    scene_rings,
)
from landscape.figures.legend import (
    LegendRow,
    colour_swatch,
    dots_swatch,
    hatch_swatch,
    outline_swatch,
)
from landscape.figures.palette import HIGHLIGHT
from landscape.figures.paths import Ring
from landscape.figures.scene import Scene, build_scene
from landscape.figures.svg import element, prefix_for
from landscape.language import Language


def plot_choropleth(
    areas: gpd.GeoDataFrame,
    values: pd.Series[float],
    *,
    title: str,
    unit: str,
    source: str,
    language: Language,
    decimals: int = 1,
    classes: int = 5,
    scheme: str = "quantiles",
    outline: gpd.GeoDataFrame | None = None,
    highlight: Collection[str] = (),
    status: pd.Series[str] | None = None,
    note: str = "",
    small: bool = False,
) -> Figure:
    """A map of one value per area; what is not inventoried is hatched.

    areas: area_id, name, geometry (polygons; an area without geometry counts
    in the legend and the table and is not drawn). values: by area_id, in
    ``unit``; NA or absent means not inventoried. scheme: see
    ``classes.SCHEMES``. outline: borders drawn over, such as counties (its
    column ``name``, if any, labels the insets). highlight: area_ids to point
    out. status: by area_id; a missing value with status C is confidential.
    small: for half a page, with larger text. Parts of the territory far from
    the rest become insets. Raises ValueError where words, columns, codes or
    geometries do not fit.
    """
    require_words(title=title, unit=unit, source=source)
    painted = paint_choropleth(
        areas, values, unit=unit, source=source, language=language, decimals=decimals,
        classes=classes, scheme=scheme, outline=outline, status=status, small=small,
    )  # fmt: skip
    return painted.point_out(highlight, title=title, note=note)


#: Stands in a painted map where the ids of one figure begin: a letter for private use,
#: which is no text of any language and which escaping leaves as it is.
_PREFIX = "\ue000"


@dataclass(frozen=True, eq=False)
class PaintedMap:
    """A map without its title, from which figures are made that point out one area or other."""

    read: AreaValues
    made: list[MapClass]
    rings: list[list[Ring]]
    scene: Scene
    body: str
    insets: list[str]
    small: bool
    source: str
    digest: str

    @cached_property
    def alt(self) -> str:
        """What the map shows, in words."""
        areas = len(self.rings)
        return self.read.alt(
            self.read.language.plural("Map of {number} area.", "Map of {number} areas.", areas)
        )

    @cached_property
    def _table(self) -> pd.DataFrame:
        return self.read.table()

    @cached_property
    def _legend(self) -> tuple[LegendRow, ...]:
        return _legend(self.made, self.read)

    @cached_property
    def _note(self) -> str:
        return not_drawn(self.rings, self.read.language)

    @cached_property
    def _names(self) -> dict[str, tuple[int, str]]:
        """The position and the name of each area."""
        names = self.read.names
        return dict(zip(names.index, enumerate(names.tolist()), strict=True))

    @cached_property
    def _backdrop(self) -> str:
        return self._draw(self.alt, self.digest, "")

    def point_out(self, highlight: Collection[str], *, title: str, note: str = "") -> Figure:
        """The figure with some areas pointed out, by area_id."""
        read = self.read
        marked = sorted(self._names[area] for area in {*highlight} & self._names.keys())
        above = point_out([self.rings[place] for place, _ in marked])
        box = f"0 0 {self.scene.width} {self.scene.height}"
        own = element("svg", above, xmlns="http://www.w3.org/2000/svg", viewBox=box)
        return Figure(
            title=title,
            alt=self.alt,
            unit=read.unit,
            source=self.source,
            svg=self._draw(title, prefix_for(title, self.digest), above),
            table=self._table,
            legend=self._legend + _pointed_out([name for _, name in marked]),
            note=" ".join([note, self._note]).strip(),
            decimals=read.decimals,
            shared=Shared(self.digest, self._backdrop, own),
        )

    def _draw(self, title: str, prefix: str, above: str) -> str:
        return furnish(
            self.scene,
            self.body.replace(_PREFIX, prefix) + above,
            insets=self.insets,
            title=title,
            alt=self.alt,
            prefix=prefix,
            language=self.read.language,
            small=self.small,
            reachable=len(self.rings) <= FOCUSED_AREAS,
        )


def paint_choropleth(
    areas: gpd.GeoDataFrame,
    values: pd.Series[float],
    *,
    unit: str,
    source: str,
    language: Language,
    decimals: int = 1,
    classes: int = 5,
    scheme: str = "quantiles",
    outline: gpd.GeoDataFrame | None = None,
    status: pd.Series[str] | None = None,
    small: bool = False,
) -> PaintedMap:
    """``plot_choropleth`` up to the title and to what it points out."""
    read = read_values(
        areas, values, unit=unit, decimals=decimals, language=language, status=status
    )
    made, numbers = classify(
        read.numbers, language=language, classes=classes, scheme=scheme, decimals=decimals
    )
    tips = read.tips() if len(areas) <= NAMED_AREAS else []
    geoms = geometry_of(areas)
    scene = build_scene(geoms, small=small)
    rings = scene_rings(scene, len(areas))
    paint = _paint(made, numbers, read, _PREFIX, tips)
    body = [patterns(_PREFIX), draw_areas(scene, paint, _PREFIX)]
    if outline is not None:
        body.append(draw_outline(geometry_of(outline), scene, dense=len(areas) > NAMED_AREAS))
    return PaintedMap(
        read, made, rings, scene, "".join(body),
        inset_names(scene, areas if outline is None else outline), small, source,
        prefix_for(unit, language.code, repr(geoms.total_bounds), read.fingerprint()),
    )  # fmt: skip


def _paint(
    made: list[MapClass],
    numbers: NDArray[np.intp],
    read: AreaValues,
    prefix: str,
    tips: list[str],
) -> Paint:
    """Colours for the classes, then the hatching, then the dots."""
    unknown = len(made) + read.confidential.to_numpy().astype(int)
    language = read.language
    return Paint(
        group=np.where(numbers == MISSING, unknown, numbers),
        fills=[*(c.colour for c in made), f"url(#{prefix}h)", f"url(#{prefix}d)"],
        words=[
            *(f"{c.label} {read.unit}" for c in made),
            word_for_missing(language),
            language.text("confidential"),
        ],
        tips=tips,
    )


def _legend(made: list[MapClass], read: AreaValues) -> tuple[LegendRow, ...]:
    """A line per class with its count; the counts add up to the number of areas."""
    rows = [LegendRow(colour_swatch(c.colour), c.label, c.count) for c in made]
    secret = int(read.confidential.sum())
    missing = int(read.numbers.isna().sum()) - secret
    if missing:
        rows.append(LegendRow(hatch_swatch(), word_for_missing(read.language), missing))
    if secret:
        rows.append(LegendRow(dots_swatch(), read.language.text("confidential"), secret))
    return tuple(rows)


def _pointed_out(names: list[str]) -> tuple[LegendRow, ...]:
    return (LegendRow(outline_swatch(HIGHLIGHT), ", ".join(names[:3])),) if names else ()


def not_drawn(rings: list[list[Ring]], language: Language) -> str:
    """A sentence on the areas whose boundary is not known, or nothing."""
    without = sum(not ring for ring in rings)
    if not without:
        return ""
    return language.plural(
        "{number} area has no known boundary and is not drawn.",
        "{number} areas have no known boundary and are not drawn.",
        without,
    )


def plot_map_pair(
    areas: gpd.GeoDataFrame,
    left: pd.Series[float],
    right: pd.Series[float],
    *,
    title: str,
    titles: tuple[str, str],
    units: tuple[str, str],
    sources: tuple[str, str],
    language: Language,
    decimals: tuple[int, int] = (1, 1),
    classes: int = 5,
    scheme: str = "quantiles",
    outline: gpd.GeoDataFrame | None = None,
    highlight: Collection[str] = (),
    note: str = "",
) -> Figure:
    """Two indicators of the same areas, a map each; side by side where there is room.

    ``panels`` holds the two maps, each with its title, unit, source and
    legend; ``svg`` has both drawings one after the other. areas and values as
    for plot_choropleth; the table has a column per indicator.
    """
    panels = tuple(
        plot_choropleth(
            areas,
            values,
            title=titles[side],
            unit=units[side],
            source=sources[side],
            language=language,
            decimals=decimals[side],
            classes=classes,
            scheme=scheme,
            outline=outline,
            highlight=highlight,
            small=True,
        )
        for side, values in enumerate((left, right))
    )
    table = panels[0].table.iloc[:, :2].copy()
    for panel in panels:
        table[f"{panel.title}, {panel.unit}"] = panel.table.iloc[:, 2]
    return Figure(
        title=title,
        alt=" ".join(language.pair(panel.title, panel.alt) for panel in panels),
        unit="; ".join(dict.fromkeys(units)),
        source="; ".join(dict.fromkeys(sources)),
        svg="".join(panel.svg for panel in panels),
        table=table,
        note=note,
        panels=panels,
    )
