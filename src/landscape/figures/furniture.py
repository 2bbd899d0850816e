"""What a map carries besides its areas: patterns, scale bar, north mark, names of insets."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from landscape.figures.palette import HATCH, HIGHLIGHT, INK, MUTED, UNKNOWN
from landscape.figures.paths import Ring, path_data
from landscape.figures.scene import INSET_HEAD_PX, UNITS, Frame, Scene
from landscape.figures.svg import document, element, label, shorten
from landscape.language import Language

INSET_NAME_LONGEST = 13


def style(prefix: str, *, small: bool) -> str:
    """Text sizes that hold on a phone, and a visible focus; classes bear the figure's prefix.

    small: the drawing will stand in half a page, so its text is large at once.
    """
    large = f".{prefix}t{{font-size:{22 * UNITS}px}}"
    normal = large if small else f".{prefix}t{{font-size:{13 * UNITS}px}}"
    narrow = "" if small else f"@media screen and (max-width:600px){{{large}}}"
    reached = (
        f".{prefix}g>:hover,.{prefix}g>:focus{{stroke:{INK};stroke-width:20;outline:none}}"
        f".{prefix}g>:focus-visible{{stroke:{HIGHLIGHT};stroke-width:34}}"
    )
    return element("style", normal + narrow + reached)


def patterns(prefix: str) -> str:
    """The fills of what has no value: hatched (``h``) unknown, dotted (``d``) confidential."""
    strokes = element("path", d="M0 0V44", stroke=HATCH, stroke_width=22)
    dot = element("circle", cx=22, cy=22, r=10, fill=MUTED)
    return _pattern(prefix + "h", strokes, "rotate(45)") + _pattern(prefix + "d", dot, None)


def _pattern(pattern_id: str, content: str, turned: str | None) -> str:
    return element(
        "pattern",
        element("rect", width=44, height=44, fill=UNKNOWN),
        content,
        id=pattern_id,
        width=44,
        height=44,
        patternUnits="userSpaceOnUse",
        patternTransform=turned,
    )


def point_out(areas: list[list[Ring]]) -> str:
    """Strong outlines around single areas; nothing where there is none."""
    if not areas:
        return ""
    return element(
        "path",
        d="".join(path_data(rings) for rings in areas),
        fill="none",
        stroke=HIGHLIGHT,
        stroke_width=26,
        stroke_linejoin="round",
        pointer_events="none",
    )


def _bar_length(units_per_metre: float, longest_px: float) -> tuple[int, float]:
    """The longest of 1, 2, 5, 10 ... km that fits, and its length in units."""
    fits = longest_px * UNITS / units_per_metre / 1000
    power = 10.0 ** np.floor(np.log10(max(fits, 1.0)))
    step = max(s for s in (1, 2, 5) if s * power <= max(fits, 1.0))
    kilometres = int(step * power)
    return kilometres, kilometres * 1000 * units_per_metre


def scale_bar(
    frame: Frame, x: float, y: float, *, longest_px: float, prefix: str, language: Language
) -> str:
    """A bar from (x, y) to the right, with its length in kilometres above it."""
    kilometres, length = _bar_length(frame.scale, longest_px)
    words = language.text("{distance} km", distance=language.number(kilometres))
    bar = element(
        "path",
        d=f"M{x:.0f} {y - 40:.0f}v40h{length:.0f}v-40",
        fill="none",
        stroke=MUTED,
        stroke_width=12,
    )
    return bar + label(words, x=round(x), y=round(y - 70), class_=prefix + "t", fill=MUTED)


def north_mark(x: float, y: float, prefix: str, language: Language) -> str:
    """An arrow with the letter for north; (x, y) is the foot of the arrow."""
    arrow = element("path", d=f"M{x:.0f} {y:.0f}l-70 60l70-200l70 200z", fill=MUTED)
    letter = language.text("N")
    words = label(
        letter, x=round(x - 110), y=round(y), class_=prefix + "t", fill=MUTED, text_anchor="end"
    )
    return element("g", arrow, words, aria_label=language.text("North is up"), role="img")


def inset_box(frame: Frame, name: str, prefix: str, language: Language) -> str:
    """The frame of an inset, with its name above and its own scale bar below."""
    x, y, width, height = frame.box
    border = element(
        "rect",
        x=round(x + 5),
        y=round(y),
        width=round(width - 10),
        height=round(height),
        fill="none",
        stroke="#c3cacf",
        stroke_width=8,
    )
    words = label(
        shorten(name, INSET_NAME_LONGEST),
        x=round(x + 10),
        y=round(y - (INSET_HEAD_PX - 20) * UNITS),
        class_=prefix + "t",
        fill=INK,
    )
    bar = scale_bar(
        frame, x + 20, y + height + 34 * UNITS, longest_px=40, prefix=prefix, language=language
    )
    return border + (words if name else "") + bar


def inset_names(scene: Scene, labels: gpd.GeoDataFrame) -> list[str]:
    """For each inset the name of the one area that it shows; empty where there are more."""
    names = []
    for frame in scene.frames[1:]:
        inside = frame.select(labels.geometry.to_crs("EPSG:4326"))
        one = len(inside) == 1 and "name" in labels.columns
        names.append(str(labels.loc[inside.index[0], "name"]) if one else "")
    return names


def furnish(
    scene: Scene,
    body: str,
    *,
    insets: list[str],
    title: str,
    alt: str,
    prefix: str,
    language: Language,
    small: bool,
    reachable: bool,
    below: str = "",
) -> str:
    """The finished drawing: the body with its insets' frames, scale bar, north mark and name.

    insets: their names. reachable: single areas can be focused by keyboard.
    below: markup for the strip under the main map, from its upper left corner.
    """
    boxes = [
        inset_box(frame, name, prefix, language)
        for frame, name in zip(scene.frames[1:], insets, strict=True)
    ]
    foot = scene.strip_top + scene.strip_height - 8 * UNITS
    main = scene.frames[0]
    parts = [
        style(prefix, small=small),
        body,
        *boxes,
        scale_bar(main, 20, foot, longest_px=150, prefix=prefix, language=language),
        north_mark(scene.width - 110, foot, prefix, language),
        element("g", below, transform=f"translate(0 {scene.strip_top})") if below else "",
    ]
    return document(
        "".join(parts),
        title=title,
        alt=alt,
        prefix=prefix,
        role="group" if reachable else "img",
        viewBox=f"0 0 {scene.width} {scene.height}",
        width="100%",
    )
