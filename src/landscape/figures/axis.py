"""Axes with round ticks, and positions along them as shares of the width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from landscape.language import Language


@dataclass(frozen=True)
class Axis:
    """From low to high, with ticks on round numbers and the decimals that they need."""

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int

    def share(self, value: float) -> float:
        """Where the value stands between low (0) and high (1)."""
        return (value - self.low) / (self.high - self.low)

    def percent(self, value: float) -> str:
        """The same as an SVG length."""
        return percent(self.share(value))

    def label(self, tick: float, language: Language) -> str:
        """The tick as the reader writes it."""
        return language.number(tick, self.decimals)


def percent(share: float) -> str:
    """A share of the width as an SVG length."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def nice_axis(values: Iterable[float], *, zero: bool = False, ticks: int = 5) -> Axis:
    """An axis on round numbers around the values, missing ones left out.

    zero: begin at 0 where no value is negative. Without any value the axis
    runs from 0 to 1. Raises ValueError for infinite values.
    """
    known = np.array([value for value in values if not np.isnan(value)], dtype=float)
    if np.isinf(known).any():
        raise ValueError("a value is infinite")
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    # Where zero is near anyway, leaving it out would make small differences look large.
    if zero or 0 < low < 0.5 * high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = low - abs(low) * 0.1 - 0.5, high + abs(high) * 0.1 + 0.5
    step = _round_step((high - low) / max(ticks - 1, 1))
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    marks = tuple(float(f"{number * step:.12g}") for number in np.arange(first, last + 1))
    return Axis(marks[0], marks[-1], marks, max(0, -int(np.floor(np.log10(step) + 1e-9))))


def _round_step(step: float) -> float:
    """1, 2 or 5 times a power of ten, whichever is nearest in proportion."""
    power = 10.0 ** np.floor(np.log10(step))
    return float(power * min((1, 2, 5, 10), key=lambda s: abs(np.log(s * power / step))))
