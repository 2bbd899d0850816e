"""Residents by municipality at the census of 2021 (INS), joined with fiscal codes."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids, clean_codes
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations

COLUMNS = {"cod_siruta": "code", "localitate": "name", "pop": "population"}


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes, names and residents."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: population of 2021. County rows repeat the sum of their municipalities."""
    ledger = Ledger(context, frame)
    frame = frame.assign(area_id=area_ids("RO", clean_codes(frame["code"])))
    is_uat = frame["area_id"].isin(context.area_ids("municipality"))
    frame = ledger.reject(
        frame, ~is_uat, "not_an_area", "total of " + frame["name"], severity="note"
    )
    figures = parse_numbers(frame["population"])
    frame = frame.assign(population=figures["value"])
    return ledger.close(
        needs=observations(frame, {"population": "population"}, year=2021, context=context)
    )
