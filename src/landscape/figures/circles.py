"""The marks of a proportional symbol map and the nested circles that explain their size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landscape.figures.layers import FOCUSED_AREAS
from landscape.figures.palette import ACCENT, HIGHLIGHT, INK, MUTED, WHITE
from landscape.figures.scene import UNITS, Scene
from landscape.figures.svg import element, focusable, label, tooltip
from landscape.language import Language

# All circles together may cover about this share of the map.
COVERED = 0.16
LARGEST_PX = 40.0
SMALLEST_PX = 4.0
# The smallest circle that is still seen; an exact zero is a ring, a missing value a cross.
SEEN_PX = 1.2
RING_PX = 2.0
ARM_PX = 2.2


@dataclass(frozen=True)
class CircleScale:
    """The value ``largest`` has a circle of ``radius`` px; surface grows with the value."""

    largest: float
    radius: float

    def radius_of(self, value: float) -> float:
        """In px; never too small to be seen."""
        return max(self.radius * float(np.sqrt(value / self.largest)), SEEN_PX)


def circle_scale(sizes: pd.Series[float], scene: Scene) -> CircleScale:
    """The largest circles that leave the map legible. sizes: 0 or more, NA for missing."""
    known = sizes.dropna()
    largest = float(known.max()) if len(known) else 0.0
    if largest == 0:
        return CircleScale(1.0, SMALLEST_PX)
    _, _, width, height = scene.frames[0].box
    surface = COVERED * width * height / UNITS**2
    radius = np.sqrt(surface / (np.pi * float((known / largest).sum())))
    return CircleScale(largest, float(np.clip(radius, SMALLEST_PX, LARGEST_PX)))


def draw_marks(
    xy: NDArray[np.float64],
    sizes: NDArray[np.floating],
    tips: list[str],
    *,
    pointed_out: NDArray[np.bool_],
    scale: CircleScale,
    prefix: str,
) -> str:
    """A mark per place, the largest first so that it hides no smaller one.

    xy in picture units, NaN where the place is not drawn; sizes NaN where
    missing; tips are plain text.
    """
    focused = len(xy) <= FOCUSED_AREAS
    marks = []
    for place in np.argsort(-np.nan_to_num(sizes, nan=-1.0), kind="stable").tolist():
        if np.isnan(xy[place]).any():
            continue
        x, y = np.rint(xy[place]).astype(int).tolist()
        name, shape = _shape(x, y, float(sizes[place]), scale, marked=bool(pointed_out[place]))
        reach = focusable(tips[place]) if focused else {}
        marks.append(element(name, tooltip(tips[place]), **shape, **reach))
    return element(
        "g",
        *marks,
        class_=prefix + "g",
        fill=ACCENT,
        fill_opacity=0.75,
        stroke=WHITE,
        stroke_width=5,
    )


def _shape(
    x: int, y: int, size: float, scale: CircleScale, *, marked: bool
) -> tuple[str, dict[str, object]]:
    """Element and attributes: a cross for a missing size, a ring for 0, else a circle."""
    if np.isnan(size):
        arm = round(ARM_PX * UNITS)
        cross = f"M{x - arm} {y - arm}l{2 * arm} {2 * arm}m0-{2 * arm}l-{2 * arm} {2 * arm}"
        return "path", {"d": cross, "stroke": HIGHLIGHT if marked else MUTED, "stroke_width": 9}
    if size == 0:
        ring = {"cx": x, "cy": y, "r": round(RING_PX * UNITS), "fill": WHITE, "stroke_width": 7}
        return "circle", ring | {"stroke": HIGHLIGHT if marked else ACCENT}
    circle: dict[str, object] = {"cx": x, "cy": y, "r": round(scale.radius_of(size) * UNITS)}
    return "circle", circle | ({"fill": HIGHLIGHT} if marked else {})


def round_sizes(largest: float) -> list[float]:
    """Up to three round values for the legend, about 1, 1/5 and 1/25 of the largest."""
    sizes = []
    for share in (1.0, 0.2, 0.04):
        power = 10.0 ** np.floor(np.log10(largest * share))
        step = max(s for s in (1, 2, 5) if s * power <= largest * share)
        sizes.append(float(step * power))
    return list(dict.fromkeys(sizes))


def nested_circles(
    scene: Scene, scale: CircleScale, *, prefix: str, decimals: int, language: Language
) -> str:
    """Circles of round values standing in one another, each with its value at its top.

    Set in the middle of the strip below the map, on the map's own scale. A size
    that its decimals would write as zero is left out: zero has no circle.
    """
    foot = scene.strip_height - 8 * UNITS
    x, end = round(scene.width * 0.47), round(scene.width * 0.47 + 56 * UNITS)
    drawn = []
    last = -np.inf
    for size in round_sizes(scale.largest):
        if round(size, 0 if size >= 1 else decimals) == 0:
            continue
        radius = round(scale.radius_of(size) * UNITS)
        top = foot - 2 * radius
        height = max(top + 40, last + 250)
        last = height
        drawn += [
            element(
                "circle", cx=x, cy=foot - radius, r=radius, fill="none", stroke=INK, stroke_width=8
            ),
            element("path", d=f"M{x} {top}L{end} {height - 40:.0f}", stroke=MUTED, stroke_width=5),
            label(
                language.number(size, 0 if size >= 1 else decimals),
                x=end + 30,
                y=round(height),
                class_=prefix + "t",
                fill=INK,
            ),
        ]
    return "".join(drawn)
