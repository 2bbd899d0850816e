"""Facilities renovated by UNHCR in Moldova (list of projects, to July 2026).

A list of building projects, not a register of services: it says that a centre
stood there when works were done, not who runs it, how many places it has or whether
it is still open, and a service that UNHCR did not renovate is not on it. So

- it fills ``services``, and its card is not exhaustive: no row is never zero;
- ``year`` is the year in which the works ended, or began where they go on;
- provider, delivery and capacity are not known (the file names the owner of the
  building, often a university or a town hall, not the provider);
- only facilities that give a social service are kept: accommodation of refugees
  (ESSPROS social exclusion), community service centres (general) and
  kindergartens with their crèche groups (family and children). Schools, sports
  fields, parks, town halls, a hospital, a stage and a dormitory are outside.

The points are exact and lie in the raion named. The municipality named is often
only the raion's chief town, with the facility in a village far from it; such
rows go to the municipality of the nearest locality.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from landscape.cleaning.geometry import locate_points
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.matching import match_counties, match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, load_mapping, require_mapped
from landscape.sources.figures import require_shapes

COLUMNS = {
    "project_id": "id",
    "project_name": "name",
    "district": "raion",
    "municipality": "municipality",
    "latitude": "lat",
    "longitude": "lon",
    "facility_type": "local_type",
    "start_date": "start",
    "completion_date": "completion",
}
#: A point further than this from every locality of the municipality named is not
#: in it. The sectors of Chișinău and the largest towns reach 4 km from their points.
NEAR_KM = 5.0
EARTH_RADIUS_KM = 6371.0


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a project. Addresses, descriptions, owners and photographs are left behind."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services: the facilities that give a social service, placed by name and point."""
    ledger = Ledger(context, frame)
    mapping = load_mapping(__file__, context, "local_type")
    require_shapes(frame, {"id": r"[A-Za-z_]+\d+"}, context)
    require_mapped(frame["local_type"], mapping, context)
    outside = frame["local_type"].map(mapping["in_scope"]) == "no"
    frame = ledger.reject(frame, outside, "outside_scope", frame["local_type"], severity="note")
    frame = _with_point(frame, context)
    frame = _place(frame, context, ledger)
    frame = frame.assign(
        service_id=context.source_id + "/" + frame["id"],
        count=1,
        function=frame["local_type"].map(mapping["function"]).replace("", pd.NA),
        setting=frame["local_type"].map(mapping["setting"]),
        provider_type="unknown",
        delivery="unknown",
        year=_years(frame, context),
    )
    columns = ["service_id", "count", "name", "function", "setting", "local_type"]
    columns += ["provider_type", "delivery", "lon", "lat", "position", "area_id", "year", "record"]
    return ledger.close(services=frame[columns])


def _years(frame: pd.DataFrame, context: Context) -> pd.Series:
    """The year in which the works ended, or began where no end is given (``Feb 2025``)."""
    dates = frame["completion"].where(frame["completion"] != "", frame["start"])
    years = dates.str.extract(r"\b(20\d\d)$", expand=False)
    if years.isna().any():
        raise SourceError(f"{context.source_id}: no year in {dates[years.isna()].iloc[0]!r}")
    return years.astype("Int64")


def _with_point(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The frame with numeric ``lon`` and ``lat``, ``raion_id``, and whether the point is in it."""
    found = match_counties(frame["raion"], context.gazetteer)
    if (found["match_status"] != "matched").any():
        names = frame.loc[found["match_status"] != "matched", "raion"]
        raise SourceError(f"{context.source_id}: raion not known: {', '.join(names.unique())}")
    point = {name: parse_numbers(frame[name], signed=True)["value"] for name in ("lon", "lat")}
    frame = frame.assign(raion_id=found["area_id"], **point)
    raions = context.areas[context.areas["level"] == "county"]
    inside = locate_points(frame["lon"], frame["lat"], raions)
    return frame.assign(
        point_raion=inside.map(raions.set_index("area_id")["name"]),
        in_raion=(inside == frame["raion_id"]),
        no_point=frame["lon"].isna() | frame["lat"].isna(),
    )


def _place(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The frame with ``area_id`` and ``position``; points outside the raion named are not used."""
    found = match_names(frame["municipality"], context.gazetteer, counties=frame["raion"])
    named = found["area_id"].where(found["match_status"] == "matched")
    in_raion = frame["in_raion"].astype(bool)
    points = frame[["lon", "lat"]].where(in_raion)
    localities = _localities(context)
    of_name = _nearest(points, localities, "area_id", named.fillna(found["candidates"]))
    of_raion = _nearest(points, localities, "parent_id", frame["raion_id"])
    by_name = of_name["area_id"].where(of_name["km"] <= NEAR_KM)
    by_point = of_raion["area_id"].where((of_raion["km"] <= NEAR_KM) & by_name.isna())
    frame = frame.assign(
        area_id=by_name.fillna(by_point).fillna(named),
        position=in_raion.map({True: "exact", False: "municipality"}),
        lon=points["lon"],
        lat=points["lat"],
    )
    decided = by_point.notna() | (named.isna() & by_name.notna())
    away = of_name["km"].map("{:.0f} km away".format).where(of_name["km"].notna(), "not known")
    text = "named " + frame["municipality"] + " (" + away + "), nearest " + of_raion["name"]
    ledger.note(frame[decided], "placed_by_point", text[decided])
    _tell_astray(frame, in_raion, ledger)
    where = frame["municipality"] + ", raion " + frame["raion"]
    return ledger.reject(frame, frame["area_id"].isna(), "unknown_area", where, severity="error")


def _tell_astray(frame: pd.DataFrame, in_raion: pd.Series, ledger: Ledger) -> None:
    """Findings for points that are missing, or outside the raion named (swapped or wrong)."""
    missing = frame["no_point"].astype(bool)
    ledger.note(frame[missing], "value_missing", "coordinates", severity="warning")
    astray = ~in_raion & ~missing
    point = frame["point_raion"].fillna("no raion")
    text = frame["municipality"] + ", raion " + frame["raion"] + "; point in " + point
    ledger.note(frame[astray], "name_and_point_disagree", text[astray], severity="warning")


def _localities(context: Context) -> pd.DataFrame:
    """The points of all towns, communes and villages: ``area_id``, ``parent_id``, name, point."""
    areas = context.areas[context.areas["level"] == "municipality"]
    points = pd.concat([areas, context.places])[["area_id", "name", "lon", "lat"]]
    parents = areas.set_index("area_id")["parent_id"]
    return points.dropna(subset=["lon", "lat"]).assign(
        parent_id=lambda p: p["area_id"].map(parents)
    )


def _nearest(
    points: pd.DataFrame, localities: pd.DataFrame, column: str, owners: pd.Series
) -> pd.DataFrame:
    """For each point the nearest of the localities whose ``column`` is among the row's owners.

    ``owners`` are ids, several joined by ``|``. Gives ``area_id``, ``name`` and
    ``km`` (great circle), all missing where there is no owner or no point.
    """
    rows = [
        _nearest_of(lon, lat, localities[localities[column].isin(ids.split("|"))])
        if isinstance(ids, str) and pd.notna(lon) and pd.notna(lat)
        else (None, None, float("nan"))
        for lon, lat, ids in zip(points["lon"], points["lat"], owners, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["area_id", "name", "km"], index=points.index)
    return table.astype({"area_id": "str", "name": "str"})


def _nearest_of(
    lon: float, lat: float, localities: pd.DataFrame
) -> tuple[str | None, str | None, float]:
    if localities.empty:
        return None, None, float("nan")
    east, north = (np.radians(localities[name].to_numpy("float64")) for name in ("lon", "lat"))
    east_here, north_here = np.radians([float(lon), float(lat)])
    half = (
        np.sin((north - north_here) / 2) ** 2
        + np.cos(north) * np.cos(north_here) * np.sin((east - east_here) / 2) ** 2
    )
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    nearest = localities.iloc[int(km.argmin())]
    return str(nearest["area_id"]), str(nearest["name"]), float(km.min())
