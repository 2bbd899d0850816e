"""The colours of every figure: one sequential scale, one accent, a few greys.

The sequential scale runs from light to dark in steps of lightness that stay
apart in grey print, and through green and blue, which the common kinds of
colour blindness tell apart by lightness alone.
"""

from __future__ import annotations

import numpy as np

INK = "#22303a"
MUTED = "#5f6b73"
GRID = "#dde2e5"
LAND = "#eef0ee"
WHITE = "#ffffff"
BLACK = "#000000"
ACCENT = "#0b6285"
HIGHLIGHT = "#b8400e"
HATCH = "#8b9196"
UNKNOWN = "#f0f1f2"
ZERO = "#f5f1e6"
# Dark, light and middling by turns: neighbours in a bar differ in grey print too.
CATEGORIES = (
    "#14507d",
    "#a9d6cc",
    "#c07f1f",
    "#5b4a78",
    "#dfcd9c",
    "#4f7f4a",
    "#e3b7b0",
    "#39444b",
)

_SCALE = ("#dcebd5", "#a5d3bd", "#5fb0b3", "#2a7d9c", "#164a78", "#0c2350")


def sequential(number: int) -> list[str]:
    """So many colours from light to dark, as ``#rrggbb``.

    One colour comes from the middle of the scale. Raises ValueError below 1.
    """
    if number < 1:
        raise ValueError(f"a scale has at least one colour, not {number}")
    anchors = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in _SCALE])
    at = np.linspace(0, 1, number) if number > 1 else np.array([0.6])
    steps = np.linspace(0, 1, len(anchors))
    channels = [
        np.interp(at, steps, anchors[:, channel]).round().astype(int) for channel in range(3)
    ]
    return [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in zip(*channels, strict=True)]


def lightness(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG 2 defines it: 0 black, 1 white."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def ink_on(colour: str) -> str:
    """Black or white, whichever contrasts more with the background: always 4.5 to 1 or better."""
    light = lightness(colour) + 0.05
    return WHITE if 1.05 / light > light / 0.05 else BLACK
