"""Access of a country's areas to the services of a register."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from landscape.compare.access.catchments import count_within, find_nearest, two_step_access
from landscape.compare.access.decay import Decay
from landscape.compare.access.reach import Reach, reach_by_table, reach_within_km
from landscape.indicators.distance import distance_to_nearest_km, locate_services

Supply = Literal["services", "places"]


def compare_access(
    areas: pd.DataFrame,
    services: pd.DataFrame,
    limit: float,
    *,
    supply: Supply = "services",
    exhaustive: bool = False,
    decay: Decay | None = None,
    travel: pd.DataFrame | None = None,
    per: int = 10_000,
) -> pd.DataFrame:
    """Nearest service, services within the limit and 2SFCA of each area.

    ``areas`` (of one level, with ``population``) and ``services`` are tables of
    the inventory; closed services are left out. ``limit`` is in great-circle
    km, or in the unit of ``travel``, a table of origin (area_id), destination
    (service_id) and cost. What is supplied are ``services``, each counting as
    its ``count``, or ``places``, where a service that tells none is left out
    and counted in ``untold``: a missing capacity is neither 0 nor 1 place.

    Indexed by area_id: ``nearest`` (km wherever it stands, or the least cost in
    ``travel``), ``services`` within the limit, ``access`` (supply per so many
    residents, 2SFCA), ``untold``, ``unplaced`` (open services that have no place
    to measure from, the same for all areas) and ``partial``. Where the list is
    not ``exhaustive``, no service listed is NA and not 0, and every value is
    partial.
    """
    opened = services[services["closed"].isna()].set_index("service_id")
    residents = areas.set_index("area_id") if "area_id" in areas else areas
    reach = _reach(residents, opened, limit, travel)
    access = two_step_access(reach, residents["population"], _supply(opened, supply), decay)
    listed = _listed(reach, opened["count"])
    partial = access["partial"] | (not exhaustive) | (reach.unplaced_services > 0)
    table = pd.DataFrame(
        {
            "nearest": _nearest(reach, residents, opened, travel),
            "services": listed,
            "access": access["value"] * per,
            "untold": access["untold"],
            "unplaced": reach.unplaced_services,
            "partial": partial,
        }
    )
    if not exhaustive:
        none = (table["services"] == 0).fillna(False).astype(bool)
        table[["services", "access"]] = table[["services", "access"]].mask(none)
    return table


def _reach(
    areas: pd.DataFrame, services: pd.DataFrame, limit: float, travel: pd.DataFrame | None
) -> Reach:
    if travel is not None:
        return reach_by_table(travel, areas.index, services.index, limit)
    return reach_within_km(areas, locate_services(areas, services), limit)


def _supply(services: pd.DataFrame, supply: Supply) -> pd.Series:
    return services["count" if supply == "services" else "capacity"].astype("Float64")


def _listed(reach: Reach, count: pd.Series) -> pd.Series:
    """Services within reach, a row that stands for several counting as so many."""
    return count_within(reach, count)["value"].round().astype("Int64")


def _nearest(
    reach: Reach, areas: pd.DataFrame, services: pd.DataFrame, travel: pd.DataFrame | None
) -> pd.Series:
    return find_nearest(reach) if travel is not None else distance_to_nearest_km(areas, services)
