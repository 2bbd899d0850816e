"""What stands in each area, theme by theme: counts, who runs it, where, and on how many sites."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landscape.compare.providers import select_telling_sources
from landscape.compare.zones.context import Context
from landscape.indicators.distance import distance_to_nearest_km

COUNTY_WIDE = ("county", "state")
BY_ASSOCIATIONS = ("association", "church")
#: Below this share of services at a place of their own, distances say where town halls are.
ENOUGH_PLACED = 0.5


@dataclass(frozen=True)
class Provision:
    """The services of one theme and source, a row an area in the order of the context.

    ``table`` has ``services``, ``sites``, ``own`` (not run by county or
    state), ``by_associations`` and ``told`` (services whose provider is known),
    ``day`` and ``cared`` (day or outreach; those or residential), each also by
    sites (``site_...``), and ``largest`` (services on the largest site);
    ``inventoried`` tells where the source covers the area; ``rows`` are the
    services themselves.
    """

    theme: str
    source_id: str
    year: int
    rows: pd.DataFrame
    table: pd.DataFrame
    inventoried: np.ndarray
    distance: np.ndarray | None
    tells_providers: bool


def choose_source(services: pd.DataFrame, theme: str, exhaustive: frozenset[str]) -> str | None:
    """The exhaustive source with most services of the theme; two sources are never added up.

    They may list the same service twice. None where no exhaustive source has
    the theme: its silence would not mean that there is none.
    """
    rows = services[
        (services["function"] == theme)
        & services["closed"].isna()
        & services["source_id"].isin(exhaustive)
    ]
    total = rows.groupby("source_id")["count"].sum()
    return str(total.sort_index().idxmax()) if len(total) else None


def gather_provision(
    services: pd.DataFrame, context: Context, theme: str, source_id: str
) -> Provision:
    """What the source lists of the theme in each area of the context.

    Services known by county only are left out. An area is inventoried where
    the source lists anything at all in its county.
    """
    listed = services[(services["source_id"] == source_id) & services["closed"].isna()]
    index = context.areas.index
    counties = set(listed["area_id"].map(context.areas["parent_id"]).dropna())
    counties |= set(listed["area_id"]) & set(context.areas["parent_id"].dropna())
    covered = context.areas["parent_id"].isin(counties) | context.areas["parent_id"].isna()
    rows = listed[(listed["function"] == theme) & listed["area_id"].isin(index)]
    rows = rows.assign(site=site_keys(rows), units=rows["count"].astype("float64"))
    tells = source_id in set(select_telling_sources(listed)["source_id"])
    return Provision(
        theme=theme,
        source_id=source_id,
        year=int(listed["year"].max()),
        rows=rows,
        table=_count(rows).reindex(index).fillna(0.0),
        inventoried=covered.to_numpy() & context.known,
        distance=_distances(rows, context),
        tells_providers=tells,
    )


def site_keys(rows: pd.DataFrame) -> pd.Series:
    """One key a site: services of one provider at one point of one area stand on one site.

    A register that gives the headquarters for every service of a provider, and
    a home licensed in eight parts, then count as one. NA where the source names
    no provider.
    """
    exact = rows["position"] == "exact"
    point = rows["lon"].round(3).astype("str") + " " + rows["lat"].round(3).astype("str")
    place = point.where(exact, "in the area")
    key = rows["area_id"] + "|" + rows["provider_name"].str.casefold() + "|" + place
    return key.where(rows["provider_name"].notna())


def _count(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of ``Provision.table``, for the areas with a service."""
    kind, setting = rows["provider_type"], rows["setting"]
    marks = pd.DataFrame(
        {
            "services": True,
            "own": ~kind.isin(COUNTY_WIDE),
            "by_associations": kind.isin(BY_ASSOCIATIONS),
            "told": kind != "unknown",
            "day": setting == "day_outreach",
            "cared": setting.isin(["day_outreach", "residential"]),
        },
        index=rows.index,
    ).astype("float64")
    listed = marks.mul(rows["units"], axis=0)
    return _count_sites(rows, marks, listed).join(listed.groupby(rows["area_id"]).sum())


def _count_sites(rows: pd.DataFrame, marks: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """The columns by site, and ``largest``.

    Where no provider is named, all kinds of facilities of an area may stand on
    one campus; two of one kind do not. The sites of an area are then at least
    as many as its facilities of the commonest kind.
    """
    area, named = rows["area_id"], rows["site"].notna()
    by_site = marks[named].groupby([area[named], rows["site"][named]]).max()
    kinds = listed[~named].groupby([area[~named], rows["local_type"][~named]]).sum()
    sites = by_site.groupby(level=0).sum().add(kinds.groupby(level=0).max(), fill_value=0)
    size = rows["units"][named].groupby([area[named], rows["site"][named]]).sum()
    campus = kinds[kinds["services"] > 0].groupby(level=0).size()
    largest = pd.concat([size.groupby(level=0).max(), campus], axis=1).max(axis=1)
    return sites.rename(columns=lambda name: f"site_{name}").assign(largest=largest)


def _distances(rows: pd.DataFrame, context: Context) -> np.ndarray | None:
    """Kilometres to the nearest service of the theme; None where few have a place of their own."""
    if rows.empty or (rows["position"] == "exact").mean() < ENOUGH_PLACED:
        return None
    return distance_to_nearest_km(context.areas, rows).astype("float64").to_numpy()
