"""What authorities are alike in: size, place, needs and resources."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import norm, rankdata

from landscape.compare.zones.neighbours import find_neighbours, widen
from landscape.indicators.catalogue import load_catalogue

#: An indicator is compared on where it is known for this share of the areas.
ENOUGH_KNOWN = 0.5
#: Sizes of windows, in steps from the middle; a window may hold this share of the areas.
STEPS = 3
LARGEST_WINDOW = 0.15
#: Where the effect of size may bend: shares of the areas with fewer residents.
BENDS = (0.5, 0.8, 0.95, 0.99)


@dataclass(frozen=True)
class Context:
    """The areas of one level with all that their provision is expected from.

    ``areas`` indexed by area_id; ``design`` a row an area, the intercept
    first, standardised, none missing; ``needs``, ``resources`` and ``territory``
    the indicators in it; ``by_county`` those of them known by county only;
    ``known`` whether the area's size is known; ``seat`` whether it is the most
    populous of its county; ``windows`` by steps.
    """

    areas: gpd.GeoDataFrame
    design: np.ndarray
    needs: tuple[str, ...]
    resources: tuple[str, ...]
    territory: tuple[str, ...]
    by_county: tuple[str, ...]
    known: np.ndarray
    seat: np.ndarray
    neighbours: csr_array
    windows: tuple[csr_array, ...]


def gather_context(
    areas: gpd.GeoDataFrame, indicators: pd.DataFrame, level: str = "municipality"
) -> Context:
    """What the areas of a level are alike in, from the tables of one country.

    Needs, resources and territory are the indicators of those layers of the
    catalogue, each in the normal scores of its ranks (so that one odd value
    weighs little). An indicator known for fewer than half of the areas is
    taken by county where the counties know it; an area that lacks one is put
    at the middle and marked by a column of its own, never at zero.
    """
    chosen = areas[areas["level"] == level].set_index("area_id")
    columns, by_county = _indicator_columns(chosen, indicators, level)
    layers = {name: load_catalogue()[name].layer for name in columns}
    population = chosen["population"].astype("float64").to_numpy()
    known = np.isfinite(population) & (population > 0)
    seat = _seats(chosen, population, known)
    parts = [np.ones(len(chosen)), *_size_columns(population, known), seat.astype("float64")]
    density = population / chosen["area_km2"].astype("float64").to_numpy()
    parts += _score_columns(density) if np.isfinite(density).any() else []
    for values in columns.values():
        parts += _score_columns(values)
    neighbours = find_neighbours(chosen.reset_index())
    windows = tuple(_windows(neighbours))

    def of(layer: str) -> tuple[str, ...]:
        return tuple(name for name in columns if layers[name] == layer)

    return Context(
        chosen, _standardise(np.column_stack(parts)), of("needs"), of("resources"),
        of("territory"), by_county, known, seat, neighbours, windows,
    )  # fmt: skip


def _indicator_columns(
    chosen: pd.DataFrame, indicators: pd.DataFrame, level: str
) -> tuple[dict[str, np.ndarray], tuple[str, ...]]:
    catalogue = load_catalogue()
    latest = indicators.sort_values("year").drop_duplicates(["area_id", "indicator"], keep="last")
    columns: dict[str, np.ndarray] = {}
    by_county: list[str] = []
    for name, rows in latest.groupby("indicator", sort=True):
        if name not in catalogue or catalogue[str(name)].layer == "services":
            continue
        values = rows.set_index("area_id")["value"]
        own = values.reindex(chosen.index).astype("float64").to_numpy()
        if np.isfinite(own).mean() < ENOUGH_KNOWN:
            own = chosen["parent_id"].map(values).astype("float64").to_numpy()
            if level != "municipality" or np.isfinite(own).mean() < ENOUGH_KNOWN:
                continue
            by_county.append(str(name))
        columns[str(name)] = own
    return columns, tuple(by_county)


def _size_columns(population: np.ndarray, known: np.ndarray) -> list[np.ndarray]:
    """The logarithm of the population, and where its effect may bend."""
    size = np.log(np.where(known, population, 1.0))
    middle = float(np.median(size[known])) if known.any() else 0.0
    size = np.where(known, size, middle)
    bends: np.ndarray = np.unique(np.quantile(size[known], BENDS)) if known.any() else np.empty(0)
    return [size, *(np.maximum(size - bend, 0) for bend in bends)]


def _score_columns(values: np.ndarray) -> list[np.ndarray]:
    """Normal scores of the ranks (Blom 1958), 0 where missing, and a mark for the missing."""
    known = np.isfinite(values)
    scores = np.zeros(len(values))
    scores[known] = norm.ppf((rankdata(values[known]) - 0.375) / (known.sum() + 0.25))
    return [scores] if known.all() else [scores, (~known).astype("float64")]


def _seats(chosen: pd.DataFrame, population: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The most populous area of each county: where services for the whole county tend to stand."""
    size = pd.Series(np.where(known, population, -1.0), index=chosen.index)
    most = size.groupby(chosen["parent_id"]).transform("max")
    return np.asarray((size == most) & (size > 0))


def _standardise(design: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and deviation 1, the intercept as it is; constant ones left out."""
    centred = design - design.mean(axis=0)
    spread = centred.std(axis=0)
    kept = spread > 1e-9
    return np.column_stack([np.ones(len(design)), centred[:, kept] / spread[kept]])


def _windows(neighbours: csr_array) -> list[csr_array]:
    found: list[csr_array] = []
    for steps in range(STEPS + 1):
        window = widen(neighbours, steps)
        size = window.sum(axis=1)
        if steps > 1 and np.median(size) > LARGEST_WINDOW * window.shape[0]:
            break
        found.append(window)
    return found
