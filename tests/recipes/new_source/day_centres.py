"""Day centres: the fictive register of Exampland of 2021, one centre a row."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, load_mapping, require_mapped

YEAR = 2021
COLUMNS = {"No": "number", "Parish": "code", "Type": "local_type", "Places": "places"}


def read(raw: RawFolder) -> pd.DataFrame:
    """Parish, type and places of each centre; the name of the person in charge is left behind."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services: one row a centre, by its parish's code; places missing where blank."""
    ledger = Ledger(context, frame)
    mapping = load_mapping(__file__, context, "local_type")
    require_mapped(frame["local_type"], mapping, context)
    frame = frame.assign(area_id=area_ids("XA", frame["code"]))
    unknown = ~frame["area_id"].isin(context.area_ids("municipality"))
    frame = ledger.reject(frame, unknown, "unknown_area", "code " + frame["code"])
    services = frame[["area_id", "local_type", "record"]].assign(
        service_id=context.source_id + "/" + frame["number"],
        count=1,
        function=frame["local_type"].map(mapping["function"]),
        setting=frame["local_type"].map(mapping["setting"]),
        provider_type="unknown",
        delivery="unknown",
        capacity=parse_numbers(frame["places"])["value"],
        position="municipality",
        year=YEAR,
    )
    return ledger.close(services=services)
