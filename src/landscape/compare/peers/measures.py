"""Measures of context that have one definition in all countries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from landscape.errors import LandscapeError
from landscape.indicators.sphere import chord_of_km, km_of_chord, on_unit_sphere
from landscape.paths import SOURCE_MODULES

#: How far the surroundings reach.
SURROUNDINGS_KM = 20.0
#: A country lists its settlements where at least this share of the municipalities has one.
LISTED = 0.1


class Coded(Protocol):
    """Something with the code of a country."""

    @property
    def code(self) -> str:
        """Two capitals."""


class Country(Protocol):
    """What peers need of an inventory: its country and three tables."""

    @property
    def country(self) -> Coded:
        """The country's card."""

    @property
    def areas(self) -> pd.DataFrame:
        """The areas of all levels."""

    @property
    def places(self) -> pd.DataFrame:
        """Settlements and former names."""

    @property
    def indicators(self) -> pd.DataFrame:
        """Indicators of all levels."""


def population(country: Country, level: str) -> pd.Series:
    """Residents; NA where not known or none (a village destroyed in a war has no like)."""
    values = _areas(country, level)["population"].astype("Float64").astype("float64")
    return values.where(values > 0)


def density(country: Country, level: str) -> pd.Series:
    """Residents per km2."""
    area = _areas(country, level)["area_km2"].astype("Float64").astype("float64")
    return population(country, level) / area.where(area > 0)


def surroundings(country: Country, level: str) -> pd.Series:
    """Residents of the municipalities of the country within 20 km, its own among them.

    By great circle between their points; what lies beyond the border is not
    counted. NA where a point is not known, or the population of any of them.
    """
    areas = _areas(country, level)
    points = on_unit_sphere(areas["lon"], areas["lat"])
    placed = np.isfinite(points).all(axis=1)
    people = areas["population"].astype("Float64").astype("float64").to_numpy()[placed]
    radius = chord_of_km(SURROUNDINGS_KM)
    pairs = KDTree(points[placed]).query_pairs(radius, output_type="ndarray")
    around = people.copy()
    for one, other in ((0, 1), (1, 0)):
        # A neighbour not counted makes the sum NaN: what is missing is not zero.
        around += np.bincount(pairs[:, one], people[pairs[:, other]], minlength=len(people))
    found = pd.Series(np.nan, index=areas.index)
    found[placed] = around
    return found.where(found > 0)


def settlement_size(country: Country, level: str) -> pd.Series:
    """Residents per settlement (village, town) of the register of places.

    An area without a place of its own in the register is one settlement. NA
    in a country that lists no settlements.
    """
    listed = country.places.loc[country.places["kind"] == "settlement", "area_id"]
    municipalities = _areas(country, "municipality")
    people = population(country, level)
    if municipalities.index.isin(listed).mean() < LISTED:
        return people * np.nan
    number = listed.value_counts().reindex(municipalities.index).fillna(1.0)
    if level == "county":
        number = number.groupby(municipalities["parent_id"]).sum().reindex(people.index)
    return people / number


def seat_distance(country: Country, level: str) -> pd.Series:
    """Kilometres by great circle to the point of the county's seat.

    Seats stand in ``sources/<country>/country.seats.csv``. NA where the county
    has none or a point is not known.
    """
    areas = _areas(country, level)
    seats = areas["parent_id"].map(_seats(country.country.code))
    everything = country.areas.drop_duplicates("area_id").set_index("area_id")
    there = everything.reindex(seats)
    here = on_unit_sphere(areas["lon"], areas["lat"])
    chord = np.linalg.norm(here - on_unit_sphere(there["lon"], there["lat"]), axis=1)
    return pd.Series(km_of_chord(chord), index=areas.index)


def _areas(country: Country, level: str) -> pd.DataFrame:
    areas = pd.DataFrame(country.areas)
    return areas[areas["level"] == level].set_index("area_id")


def _seats(code: str) -> Mapping[str, str]:
    path = SOURCE_MODULES / code.lower() / "country.seats.csv"
    if not path.exists():
        return {}
    table = pd.read_csv(path, dtype="str")
    if list(table.columns) != ["county_id", "seat_id"] or table["county_id"].duplicated().any():
        raise LandscapeError(f"{path.name} of {code}: needs county_id, seat_id, a county once")
    return dict(zip(table["county_id"], table["seat_id"], strict=True))


MEASURES: dict[str, Callable[[Country, str], pd.Series]] = {
    "population": population,
    "density": density,
    "surroundings": surroundings,
    "settlement_size": settlement_size,
    "seat_distance": seat_distance,
}
