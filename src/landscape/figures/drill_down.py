"""Maps to look into: one drawing of the areas, an indicator at a time, areas found by name.

The drawing is made on the screen, from what stands here; paper has the static
map of the first indicator.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from landscape.errors import LandscapeError
from landscape.figures.classes import MISSING, classify
from landscape.figures.describe import word_for_missing
from landscape.figures.figure import Figure, require_words
from landscape.figures.grid_borders import place_areas
from landscape.figures.inputs import AreaValues, align_values, read_values
from landscape.figures.maps import plot_choropleth
from landscape.figures.svg import clean_text
from landscape.language import Language

#: More areas make a browser slow and a report heavy.
MOST_AREAS = 3000


@dataclass(frozen=True, eq=False)
class MapLayer:
    """One indicator of a map to look into.

    values, low, high (95 % interval) and status (SDMX) are by area_id; a
    missing value is not inventoried, or confidential where its status is C.
    group is the heading below which the indicator is listed.
    """

    title: str
    unit: str
    source: str
    values: pd.Series[float]
    low: pd.Series[float] | None = None
    high: pd.Series[float] | None = None
    status: pd.Series[str] | None = None
    decimals: int = 1
    group: str = ""
    note: str = ""


def plot_drill_down(
    areas: gpd.GeoDataFrame,
    layers: Sequence[MapLayer],
    *,
    title: str,
    language: Language,
    source: str = "",
    outline: gpd.GeoDataFrame | None = None,
    highlight: Collection[str] = (),
) -> Figure:
    """A map of the areas with one layer an indicator, to switch, to search and to look into.

    areas: area_id, name, geometry as for ``plot_choropleth``, and ``besides``,
    if there is one: what tells areas of one name apart (official spelling, county).
    source: of all layers, where theirs one after the other would say a thing twice.
    ``drill_down`` of the figure holds what the screen draws: plain data, every
    text of it to be shown as text and never as markup. svg and legend are those
    of the first layer, the table has a column a layer. Raises LandscapeError
    for more than MOST_AREAS areas and ValueError where there is no layer or
    words, columns, codes or geometries do not fit.
    """
    if not layers:
        raise ValueError("a map to look into needs a layer")
    for layer in layers:
        require_words(title=layer.title, unit=layer.unit, source=layer.source)
    if len(areas) > MOST_AREAS:
        raise LandscapeError(
            f"{len(areas):,} areas are too many for a map to look into ({MOST_AREAS:,} at most): "
            "take those of one county, or the level above"
        )
    read = [_read(areas, layer, language) for layer in layers]
    still = _still(areas, layers[0], language, outline, highlight)
    said = language.plural(
        "Map with {number} indicator; shown here: {title}.",
        "Map with {number} indicators to choose from; shown here: {title}.",
        len(layers),
        title=layers[0].title,
    )
    paper = language.text("On paper: {title} ({unit}).", title=still.title, unit=still.unit)
    return Figure(
        title=title,
        alt=f"{said} {still.alt}",
        unit=language.text("each indicator in its own unit"),
        source=source or language.join(dict.fromkeys(layer.source for layer in layers)),
        svg=still.svg,
        table=_table(read, layers),
        legend=still.legend,
        note=f"{paper} {still.note}".strip(),
        drill_down=_clean(
            {
                "title": title,
                "language": language.code,
                "words": _words(language),
                **place_areas(areas, outline),
                **_name_areas(areas, read[0].names, highlight),
                "layers": [_layer(*pair) for pair in zip(read, layers, strict=True)],
            }
        ),
    )


def _read(areas: gpd.GeoDataFrame, layer: MapLayer, language: Language) -> AreaValues:
    return read_values(
        areas,
        layer.values,
        unit=layer.unit,
        decimals=layer.decimals,
        language=language,
        status=layer.status,
    )


def _still(
    areas: gpd.GeoDataFrame,
    layer: MapLayer,
    language: Language,
    outline: gpd.GeoDataFrame | None,
    highlight: Collection[str],
) -> Figure:
    return plot_choropleth(
        areas,
        layer.values,
        title=layer.title,
        unit=layer.unit,
        source=layer.source,
        language=language,
        decimals=layer.decimals,
        outline=outline,
        highlight=highlight,
        status=layer.status,
        note=layer.note,
        small=True,
    )


def _table(read: Sequence[AreaValues], layers: Sequence[MapLayer]) -> pd.DataFrame:
    """Area, code, and a column a layer."""
    table = read[0].table().iloc[:, :2]
    for values, layer in zip(read, layers, strict=True):
        table[f"{layer.title} ({layer.unit})"] = values.numbers.to_numpy()
    return table


def _words(language: Language) -> dict[str, str]:
    """What the map says of itself."""
    text = language.text
    return {
        "indicator": text("Indicator"),
        "search": text("Search by name"),
        "found": text("Areas found: {number}"),
        "whole": text("Whole map"),
        "nearer": text("Zoom in"),
        "farther": text("Zoom out"),
        "map": text("Map: the arrow keys move it, plus and minus zoom."),
        "hint": text("Choose an area on the map, or by its name, to read all its figures."),
        "source": text("Source:"),
    }


def _layer(read: AreaValues, layer: MapLayer) -> dict[str, Any]:
    """Words and legend of a layer, and for each area its line of the legend and its value."""
    language = read.language
    made, numbers = classify(read.numbers, language=language, decimals=read.decimals)
    secret = read.confidential.to_numpy().astype(int)
    lines = np.where(numbers == MISSING, len(made) + secret, numbers)
    fills = [*(each.colour for each in made), "url(#hatch)", "url(#dots)"]
    labels = [
        *(each.label for each in made),
        word_for_missing(language),
        language.text("confidential"),
    ]
    counts = np.bincount(lines, minlength=len(fills)).tolist()
    return {
        "title": layer.title,
        "unit": layer.unit,
        "source": layer.source,
        "note": layer.note,
        "group": layer.group,
        "legend": [
            {"fill": fill, "label": label, "count": language.number(count) if count else ""}
            for fill, label, count in zip(fills, labels, counts, strict=True)
        ],
        "lines": lines.tolist(),
        "said": _said(read, layer),
    }


def _said(read: AreaValues, layer: MapLayer) -> list[str]:
    """The value of each area with its unit, and its interval where it has one."""
    said = read.said()
    if layer.low is None or layer.high is None:
        return said
    language, ids = read.language, read.names.index
    low, high = (align_values(each, ids).to_numpy() for each in (layer.low, layer.high))
    known = np.flatnonzero(~np.isnan(read.numbers.to_numpy() + low + high)).tolist()
    for place in known:
        lowest, highest = (
            language.number(float(each[place]), read.decimals) for each in (low, high)
        )
        said[place] += " " + language.text("(between {low} and {high})", low=lowest, high=highest)
    return said


def _name_areas(
    areas: gpd.GeoDataFrame, names: pd.Series[str], highlight: Collection[str]
) -> dict[str, Any]:
    besides = areas["besides"].astype(str).tolist() if "besides" in areas.columns else []
    return {
        "names": names.tolist(),
        "also": besides or [""] * len(names),
        "marked": np.flatnonzero(names.index.isin(list(highlight))).tolist(),
    }


def _clean(value: Any) -> Any:
    """The same data without control and direction characters in any text."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return value if value and isinstance(value[0], int) else [_clean(each) for each in value]
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    return value
