"""Town-hall posts allowed and filled (Ministry of Development, September 2025)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids, clean_codes
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.corrections import apply_corrections
from landscape.sources.figures import read_figures, tell_sums

COLUMNS = {
    "Codul SIRUTA": "code",
    "Denumire UAT": "name",
    "Populatia UAT": "population",
    "TOTAL ACTUAL": "allowed",
    "TOTAL CU REDUCERE 40%": "reduced",
    "POSTURI OCUPATE": "filled",
    "Diferență reducere 40% vs. posturi ocupate": "left",
}
YEAR = 2025
#: The share of authorities above their number of posts; 26 of 3,228 are.
MOST_ABOVE = 0.3

#: Printed beside, and used to check what is filled.
PRINTED = ("reduced", "left")

#: The city hall of București, which serves the whole city: the county level here.
BUCHAREST_CITY = "179132"
BUCHAREST_COUNTY = "403"


def read(raw: RawFolder) -> pd.DataFrame:
    """Posts allowed by the law in force and posts filled, one row an authority."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Resources: posts of town halls; those of the 42 county councils apart.

    The population printed beside (persons by domicile) only tells homonyms
    apart; it is not used as a denominator.
    """
    ledger = Ledger(context, frame)
    frame = apply_corrections(frame, __file__, ledger, key=["name", "population"])
    code = clean_codes(frame["code"]).replace(BUCHAREST_CITY, BUCHAREST_COUNTY)
    area_id = area_ids("RO", code)
    known = area_id.isin(context.area_ids("municipality") | context.area_ids("county"))
    frame = frame.assign(area_id=area_id.where(known))
    frame = ledger.reject(frame, ~known, "unknown_area", "code " + frame["code"], severity="error")
    frame = frame.assign(allowed=_posts(frame, "allowed", ledger))
    frame["filled"] = _posts(frame, "filled", ledger)
    if (frame["filled"] > frame["allowed"]).mean() > MOST_ABOVE:
        raise SourceError(f"{context.source_id}: more posts filled than allowed nearly everywhere")
    _tell_differences(frame, ledger)
    frame["filled"] = frame["filled"].mask(_without_staff(frame, ledger))
    is_county = frame["area_id"].isin(context.area_ids("county"))
    town_hall = {"allowed": "posts_allowed", "filled": "posts_filled"}
    council = {name: f"county_council_{variable}" for name, variable in town_hall.items()}
    rows = [
        observations(frame[~is_county], town_hall, year=YEAR, context=context),
        observations(frame[is_county], council, year=YEAR, context=context),
    ]
    return ledger.close(resources=pd.concat(rows, ignore_index=True))


def _posts(frame: pd.DataFrame, column: str, ledger: Ledger) -> pd.Series:
    """Posts, of which some are halves (``50,5``)."""
    what = f"posts {column}"
    ledger.note(frame[frame[column] == ""], "value_missing", what)
    return read_figures(frame, frame[column], what, ledger, decimal=",")


def _tell_differences(frame: pd.DataFrame, ledger: Ledger) -> None:
    """The file's own arithmetic: posts left after a cut of 40 % are those less the filled."""
    read = {name: parse_numbers(frame[name], decimal=",", signed=True) for name in PRINTED}
    printed = frame.assign(**{name: figures["value"] for name, figures in read.items()})
    # Half posts are rounded in the file: a gap of one half is none.
    what = "posts after a cut of 40 %"
    tell_sums(printed, "reduced", ["filled", "left"], ledger, what, rounding=1)


def _without_staff(frame: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """Town halls that are said to have filled none of their posts: they did not report."""
    none_filled = (frame["filled"] == 0).fillna(False) & (frame["allowed"] > 0).fillna(False)
    said = "posts filled: 0 of " + frame["allowed"].map("{:g}".format, na_action="ignore")
    rows = frame[none_filled]
    ledger.note(rows, "value_implausible", said, severity="warning", action="set_missing")
    return none_filled
