"""Class breaks that a reader can remember, and how many areas fall in each class."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landscape.figures.classifiers import EqualInterval, FisherJenks, Quantiles
from landscape.figures.palette import ZERO, sequential
from landscape.language import Language

SCHEMES = {
    "quantiles": Quantiles,
    "equal_interval": EqualInterval,
    "fisher_jenks": FisherJenks,
}
MISSING = -1
# From this share of exact zeros on, zero is a class of its own.
MANY_ZEROS = 0.1
# An edge may move by this share of the way to its neighbour to become a round number.
ROUNDING = 0.15
# Fisher-Jenks takes time with the square of the number of values; beyond this
# many it works on evenly spaced ones of their sorted list.
JENKS_VALUES = 400
# No label has more decimals than this.
MOST_PLACES = 9


@dataclass(frozen=True)
class MapClass:
    """A class of a choropleth: ``low <= value < high``; the last one includes high.

    label is in the reader's language, count is the number of areas.
    """

    low: float
    high: float
    label: str
    count: int
    colour: str


def classify(
    values: pd.Series[float],
    *,
    language: Language,
    classes: int = 5,
    scheme: str = "quantiles",
    decimals: int = 1,
) -> tuple[list[MapClass], NDArray[np.intp]]:
    """The classes from low to high, and the class number of each value.

    A missing value has the number MISSING. Edges are rounded to the coarsest
    number that moves them little. Where no more than ``classes`` values
    differ, each is a class; where a tenth or more of the values are exactly
    0 and none is negative, 0 is a class; where both signs occur, 0 is an
    edge. Classes without areas are left out, so there may be fewer. Raises
    ValueError for an unknown scheme, fewer than 2 classes or infinite values.
    """
    _check(values, classes, scheme)
    known = values.dropna().to_numpy(float)
    distinct: NDArray[np.floating] = np.unique(known)
    lows: NDArray[np.floating]
    highs: NDArray[np.floating]
    if len(distinct) <= classes:
        lows, highs = distinct, distinct
    else:
        lows, highs = _limits(known, classes, SCHEMES[scheme])
    numbers = np.full(len(values), MISSING, dtype=np.intp)
    present = values.notna().to_numpy()
    numbers[present] = np.searchsorted(lows, known, side="right") - 1
    counts = np.bincount(numbers[present], minlength=len(lows))
    labels = _labels(lows, highs, decimals, language)
    colours = _colours(lows, highs)
    made = [
        MapClass(float(low), float(high), label, int(count), colour)
        for low, high, label, count, colour in zip(
            lows, highs, labels, counts, colours, strict=True
        )
    ]
    return made, numbers


def _check(values: pd.Series[float], classes: int, scheme: str) -> None:
    if scheme not in SCHEMES:
        raise ValueError(f"unknown scheme {scheme!r}: choose one of {', '.join(SCHEMES)}")
    if classes < 2:
        raise ValueError(f"a map needs at least 2 classes, not {classes}")
    if np.isinf(values.dropna().to_numpy(float)).any():
        raise ValueError("a value is infinite")


def _limits(
    known: NDArray[np.floating], classes: int, scheme: type
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Lower and upper limits of the classes, zero apart where zeros are many."""
    zeros = known == 0
    apart = known.min() == 0 and zeros.mean() >= MANY_ZEROS
    rest = known[~zeros] if apart else known
    edges = _edges(rest, classes - 1 if apart else classes, scheme)
    lows = np.array([rest.min(), *edges])
    highs = np.array([*edges, rest.max()])
    if apart:
        lows, highs = np.r_[0.0, lows], np.r_[0.0, highs]
    return lows, highs


def _edges(known: NDArray[np.floating], classes: int, scheme: type) -> list[float]:
    """Inner edges, strictly rising, with at least one value on either side of each."""
    low, high = float(known.min()), float(known.max())
    if classes < 2 or low == high:
        return []
    with warnings.catch_warnings():
        # mapclassify advises to install numba and remarks on ties; both are dealt with here
        warnings.simplefilter("ignore", UserWarning)
        raw = scheme(_thinned(known, scheme), k=classes)
    edges = sorted({float(edge) for edge in raw.bins[:-1] if low < edge < high})
    if edges and low < 0 < high:
        nearest = min(range(len(edges)), key=lambda i: abs(edges[i]))
        edges[nearest] = 0.0
    rounded = [
        _round_edge(edge, min(edge - before, after - edge))
        for before, edge, after in zip([low, *edges], edges, [*edges[1:], high], strict=False)
    ]
    return _drop_empty(known, rounded)


def _thinned(known: NDArray[np.floating], scheme: type) -> NDArray[np.floating]:
    if scheme is not FisherJenks or len(known) <= JENKS_VALUES:
        return known
    positions = np.linspace(0, len(known) - 1, JENKS_VALUES).round().astype(int)
    thinned: NDArray[np.floating] = np.sort(known)[positions]
    return thinned


def _round_edge(edge: float, room: float) -> float:
    """The edge on the coarsest grid of 1, 2 or 5 times a power of ten that moves it little."""
    power = 10.0 ** np.floor(np.log10(room))
    for step in (5 * power, 2 * power, power, power / 2, power / 5, power / 10):
        rounded = round(edge / step) * step
        if abs(rounded - edge) <= ROUNDING * room:
            return float(f"{rounded:.12g}")
    return edge


def _drop_empty(known: NDArray[np.floating], edges: list[float]) -> list[float]:
    kept: list[float] = []
    ordered = np.sort(known)
    before = 0
    for edge in edges:
        below = int(np.searchsorted(ordered, edge, side="left"))
        if before < below < len(ordered):
            kept.append(edge)
            before = below
    return kept


def _colours(lows: NDArray[np.floating], highs: NDArray[np.floating]) -> list[str]:
    """Light to dark; a class of zeros below all others has a colour of its own."""
    if len(lows) == 0:
        return []
    if len(lows) > 1 and lows[0] == highs[0] == 0:
        return [ZERO, *sequential(len(lows) - 1)]
    return sequential(len(lows))


def _labels(
    lows: NDArray[np.floating], highs: NDArray[np.floating], decimals: int, language: Language
) -> list[str]:
    """What each class is called: edges as round as they are, extremes with ``decimals`` places."""
    if np.array_equal(lows, highs):
        return _single_labels(lows.tolist(), decimals, language)
    edges = [high for high in highs[:-1].tolist() if high in lows]
    edge_places = max((_places(edge) for edge in edges), default=0)
    labels = []
    for number, (low, high) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True)):
        from_places = edge_places if low in edges else min(_places(low), decimals)
        to_places = edge_places if high in edges else min(_places(high), decimals)
        first, second = _apart(low, high, from_places, to_places)
        smallest, largest = language.number(low, first), language.number(high, second)
        if low == high:
            labels.append(smallest)
        elif low > 0 and round(low, first) == 0:
            labels.append(language.text("above 0 and under {high}", high=largest))
        elif number == len(lows) - 1:
            labels.append(language.text("{low} to {high}", low=smallest, high=largest))
        else:
            labels.append(language.text("{low} to under {high}", low=smallest, high=largest))
    return labels


def _single_labels(values: list[float], decimals: int, language: Language) -> list[str]:
    """Single values, with more decimals where two would read the same."""
    places = max((min(_places(value), decimals) for value in values), default=0)
    while places < MOST_PLACES and len({round(value, places) for value in values}) < len(values):
        places += 1
    return [language.number(value, places) for value in values]


def _apart(low: float, high: float, first: int, second: int) -> tuple[int, int]:
    """The decimals at which two different limits do not read the same."""
    while (
        low != high
        and max(first, second) < MOST_PLACES
        and round(low, first) == round(high, second)
    ):
        first, second = first + 1, second + 1
    return first, second


def _places(value: float) -> int:
    """Decimals needed to write the value to 6 significant digits."""
    text = f"{value:.6g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        return min(MOST_PLACES, max(0, len(mantissa.partition(".")[2]) - int(exponent)))
    return len(text.partition(".")[2])
