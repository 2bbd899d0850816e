"""The register of Exampland: its shires and parishes, and their residents in 2020."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations

YEAR = 2020
COLUMNS = {
    "Code": "code",
    "Name": "name",
    "Shire": "shire",
    "Lon": "lon",
    "Lat": "lat",
    "Residents": "people",
}


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes, names, places and residents as printed."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas of both levels, as points; needs: residents, missing where the cell is blank."""
    ledger = Ledger(context, frame)
    is_shire = frame["shire"] == ""
    numbers = {name: parse_numbers(frame[name])["value"] for name in ("lon", "lat", "people")}
    areas = frame.assign(
        **numbers,
        area_id=area_ids("XA", frame["code"]),
        country="XA",
        level=is_shire.map({True: "county", False: "municipality"}),
        parent_id=area_ids("XA", frame["shire"]).mask(is_shire, "XA"),
        boundary_year=YEAR,
    )
    needs = observations(areas, {"people": "population"}, year=YEAR, context=context)
    kept = ["area_id", "country", "level", "code", "name", "parent_id", "lon", "lat"]
    return ledger.close(areas=areas[[*kept, "boundary_year", "record"]], needs=needs)
