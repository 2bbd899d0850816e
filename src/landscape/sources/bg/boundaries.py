"""Boundaries of the municipalities and counties of Bulgaria, 2018."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.geometry import size_columns, with_measures
from landscape.cleaning.sheets import read_features
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger

FILES = {
    "municipality": ("municipalities.geojson", {"LAU_CODE": "code"}),
    "county": ("provinces.geojson", {"PROVINCE_CODE": "code"}),
}


def read(raw: RawFolder) -> pd.DataFrame:
    """Shapes and codes of both levels, with sizes measured on the official shapes."""
    parts = []
    for level, (name, columns) in FILES.items():
        part = with_measures(read_features(raw.file(name), columns))
        parts.append(part.assign(level=level, record=level + " " + part["record"]))
    both: pd.DataFrame = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=parts[0].crs)
    return both


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Shapes and sizes of the areas. Names are taken from EKATTE, not from here."""
    ledger = Ledger(context, frame)
    frame = frame.assign(area_id=area_ids("BG", frame["code"]), **size_columns(frame))
    known = context.area_ids("municipality") | context.area_ids("county")
    unknown = ~frame["area_id"].isin(known)
    frame = ledger.reject(frame, unknown, "unknown_area", "code " + frame["code"], severity="error")
    areas = frame[["area_id", "area_km2", "lon", "lat", "geometry", "record"]]
    return ledger.close(areas=areas.assign(boundary_year=context.card.boundary_year))
