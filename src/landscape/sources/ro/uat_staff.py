"""Town-hall posts allowed and filled (Ministry of Development, September 2025)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids, clean_codes
from landscape.sources.corrections import apply_corrections
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations

COLUMNS = {
    "Codul SIRUTA": "code",
    "Denumire UAT": "name",
    "Populatia UAT": "population",
    "TOTAL ACTUAL": "allowed",
    "POSTURI OCUPATE": "filled",
}
YEAR = 2025

#: The city hall of București, which serves the whole city: the county level here.
BUCHAREST_CITY = "179132"
BUCHAREST_COUNTY = "403"


def read(raw: RawFolder) -> pd.DataFrame:
    """Posts allowed by the law in force and posts filled, one row an authority."""
    return read_csv(raw.file(), COLUMNS, sep=";")


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Resources: posts of town halls; those of the 42 county councils apart.

    The population printed beside (persons by domicile) only tells homonyms
    apart; it is not used as a denominator.
    """
    ledger = Ledger(context, frame)
    frame = apply_corrections(frame, __file__, ledger, key=["name", "population"])
    code = clean_codes(frame["code"]).replace(BUCHAREST_CITY, BUCHAREST_COUNTY)
    allowed, filled = parse_numbers(frame["allowed"]), parse_numbers(frame["filled"])
    frame = frame.assign(
        area_id=area_ids("RO", code), allowed=allowed["value"], filled=filled["value"]
    )
    known = context.area_ids("municipality") | context.area_ids("county")
    unknown = ~frame["area_id"].isin(known)
    frame = ledger.reject(frame, unknown, "unknown_area", "code " + frame["code"], severity="error")
    ledger.note(
        frame[frame["filled"].isna()], "value_missing", "posts filled", action="set_missing"
    )
    is_county = frame["area_id"].isin(context.area_ids("county"))
    town_hall = {"allowed": "posts_allowed", "filled": "posts_filled"}
    council = {name: f"county_council_{variable}" for name, variable in town_hall.items()}
    rows = [
        observations(frame[~is_county], town_hall, year=YEAR, context=context),
        observations(frame[is_county], council, year=YEAR, context=context),
    ]
    return ledger.close(resources=pd.concat(rows, ignore_index=True))
