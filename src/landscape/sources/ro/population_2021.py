"""Residents by municipality at the census of 2021 (INS), joined with fiscal codes."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids, clean_codes
from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures

#: Totals bear a county's letters, or the code of București as a whole.
COUNTY, BUCHAREST_CITY = "[A-Z]{1,2}", "179132"
COLUMNS = {"cod_siruta": "code", "localitate": "name", "pop": "population"}


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes, names and residents."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: population of 2021. County rows repeat the sum of their municipalities."""
    ledger = Ledger(context, frame)
    codes = clean_codes(frame["code"])
    area_id = area_ids("RO", codes)
    known = area_id.isin(context.area_ids("municipality"))
    frame = frame.assign(area_id=area_id.where(known))
    is_total = codes.str.fullmatch(COUNTY) | (codes == BUCHAREST_CITY)
    said = "total of " + frame["name"]
    frame = ledger.reject(frame, is_total, "not_an_area", said, severity="note")
    said = "code " + codes + ": " + frame["name"]
    frame = ledger.reject(frame, ~known, "unknown_area", said, severity="error")
    frame = frame.assign(
        population=read_figures(frame, frame["population"], "residents", ledger, whole=True)
    )
    return ledger.close(
        needs=observations(frame, {"population": "population"}, year=2021, context=context)
    )
