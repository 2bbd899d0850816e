"""Boundaries of the 42 counties of Romania, with residents at the censuses since 1992."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.geometry import size_columns, with_measures
from landscape.cleaning.sheets import read_features
from landscape.errors import SourceError
from landscape.matching import match_counties
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures

CENSUSES = (1992, 2002, 2011)
COLUMNS = {"name": "name", "mnemonic": "code"} | {f"pop{year}": f"pop{year}" for year in CENSUSES}


def read(raw: RawFolder) -> pd.DataFrame:
    """Shapes, names and residents at the censuses."""
    frame: pd.DataFrame = with_measures(read_features(raw.file(), COLUMNS))
    return frame


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Shapes and sizes of the counties; needs: residents at the censuses.

    The file has the county's mnemonic but no SIRUTA code: counties are found
    by name, and all 42 must be.
    """
    ledger = Ledger(context, frame)
    found = match_counties(frame["name"], context.gazetteer)
    if (found["match_status"] != "matched").any():
        names = frame.loc[found["match_status"] != "matched", "name"]
        raise SourceError(f"{context.source_id}: county not known: {', '.join(names)}")
    counts = {
        name: read_figures(frame, frame[name], name, ledger, whole=True)
        for name in (f"pop{year}" for year in CENSUSES)
    }
    frame = frame.assign(area_id=found["area_id"], **counts, **size_columns(frame))
    needs = [
        observations(frame, {f"pop{year}": "population"}, year=year, context=context)
        for year in CENSUSES
    ]
    areas = frame[["area_id", "area_km2", "lon", "lat", "geometry", "record"]]
    return ledger.close(
        areas=areas.assign(boundary_year=context.card.boundary_year),
        needs=pd.concat(needs, ignore_index=True),
    )
