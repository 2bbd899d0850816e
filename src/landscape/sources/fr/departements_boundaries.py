"""Boundaries of the 101 départements (ANCT, 2024)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.geometry import size_columns, with_measures
from landscape.cleaning.sheets import read_features
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger

COLUMNS = {"insee_dep": "code", "lib_dep": "name"}


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes, names, shapes and sizes; the overseas départements stand at their true place."""
    shapes: pd.DataFrame = with_measures(read_features(raw.file(), COLUMNS))
    return shapes


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas: shape and size of each département."""
    ledger = Ledger(context, frame)
    frame = frame.assign(area_id=area_ids("FR", frame["code"]), **size_columns(frame))
    unknown = ~frame["area_id"].isin(context.area_ids("county"))
    frame = ledger.reject(frame, unknown, "unknown_area", "code " + frame["code"], severity="error")
    areas = frame[["area_id", "area_km2", "lon", "lat", "geometry", "record"]]
    return ledger.close(areas=areas.assign(boundary_year=context.card.boundary_year))
