"""Boundaries of the municipalities of Romania (ANCPI, geo-spatial.org) with INS population."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.geometry import size_columns, with_measures
from landscape.cleaning.sheets import read_features
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures

#: The figures of 2014, 2015 and 2020 count persons by domicile; those of 2011 to
#: 2013 follow an older definition (the country's sum jumps by a million in
#: 2014) and are left out.
YEARS = (2014, 2015, 2020)
COLUMNS = {"natcode": "code", "name": "name"} | {f"pop{year}": f"pop{year}" for year in YEARS}


def read(raw: RawFolder) -> pd.DataFrame:
    """Shapes, codes and population by domicile."""
    frame: pd.DataFrame = with_measures(read_features(raw.file(), COLUMNS))
    return frame


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Shapes and sizes of the areas; needs: population by domicile."""
    ledger = Ledger(context, frame)
    area_id = area_ids("RO", frame["code"])
    known = area_id.isin(context.area_ids("municipality"))
    frame = frame.assign(area_id=area_id.where(known))
    frame = ledger.reject(frame, ~known, "unknown_area", "code " + frame["code"], severity="error")
    counts = {
        name: read_figures(frame, frame[name], name, ledger, whole=True)
        for name in (f"pop{year}" for year in YEARS)
    }
    frame = frame.assign(**counts, **size_columns(frame))
    needs = [
        observations(frame, {f"pop{year}": "population_domicile"}, year=year, context=context)
        for year in YEARS
    ]
    areas = frame[["area_id", "area_km2", "lon", "lat", "geometry", "record"]]
    return ledger.close(
        areas=areas.assign(boundary_year=context.card.boundary_year),
        needs=pd.concat(needs, ignore_index=True),
    )
