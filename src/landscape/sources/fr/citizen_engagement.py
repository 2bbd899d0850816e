"""Support for local democracy that authorities joined (ANCT, Territoires d'engagement)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids, clean_codes
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, join_records
from landscape.sources.fr._codes import observed_everywhere, place_by_code

#: The list runs from 2021 to 2025 and gives most entries no year of their own.
YEAR, BOUNDARIES = 2025, "2025-01-01"
COLUMNS = {"codgeo": "code", "libgeo": "name", "echelon": "tier", "dispositif": "programme"}
#: Advice at a distance, workshops, a three-year course, and projects shared by several authorities.
PROGRAMMES = ("CCO", "AI", "PATDE", "PPTDE")
COMMUNE, DEPARTEMENT = "commune", "departement"
OTHER_TIERS = ("epci", "region")
#: What the publisher's spreadsheet left where it knew no code.
NO_CODE = "#Invalid Ref"


def read(raw: RawFolder) -> pd.DataFrame:
    """One row an authority and kind of support; themes and links are left behind."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Resources: kinds of support that a commune, or the council of a département, joined.

    The codes have lost their zeros (``6`` for 06, ``9306`` for 09306). An
    authority that joined the same support again counts once. The list is
    complete: an authority without a row joined none. Intercommunal bodies and
    regions are no level here.
    """
    ledger = Ledger(context, frame)
    frame = _of_known_tiers(frame, context, ledger)
    communes = frame[frame["tier"] == COMMUNE]
    communes = communes.assign(code=clean_codes(communes["code"], width=5))
    communes = place_by_code(communes, context, ledger, on=BOUNDARIES)
    councils = frame[frame["tier"] == DEPARTEMENT]
    codes = clean_codes(councils["code"], width=2)
    councils = councils.assign(code=codes, area_id=area_ids("FR", codes))
    unknown = ~councils["area_id"].isin(context.area_ids("county"))
    message = "département " + councils["code"]
    councils = ledger.reject(councils, unknown, "unknown_area", message, severity="error")
    parts, used = [], []
    for joined, level, variable in (
        (communes, "municipality", "participation_programmes"),
        (councils, "county", "participation_programmes_county_council"),
    ):
        rows = _once(joined, ledger)
        areas = context.areas.loc[context.areas["level"] == level, "area_id"]
        sums = rows.groupby("area_id", as_index=False).agg(
            programmes=("programme", "size"), record=("record", join_records)
        )
        names = {"programmes": variable}
        parts.append(observed_everywhere(sums, names, areas, year=YEAR, context=context))
        used.append(rows[["record", "area_id"]])
    resources = pd.concat(parts, ignore_index=True)
    return ledger.close(resources=resources, used=pd.concat(used, ignore_index=True))


def _of_known_tiers(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The rows of communes and départements; SourceError for an unknown tier or programme."""
    no_code = frame["tier"].str.startswith(NO_CODE)
    known = no_code | frame["tier"].isin([COMMUNE, DEPARTEMENT, *OTHER_TIERS])
    for column, fits in (("tier", known), ("programme", frame["programme"].isin(PROGRAMMES))):
        if not fits.all():
            strange = ", ".join(map(repr, frame.loc[~fits, column].unique()[:5]))
            raise SourceError(f"{context.source_id}: {column} not known: {strange}")
    outside = no_code | frame["tier"].isin(OTHER_TIERS)
    tier = frame["tier"].mask(no_code, "no code")
    message = frame["programme"] + ": " + frame["name"] + " (" + tier + ")"
    return ledger.reject(frame, outside, "outside_scope", message, severity="note")


def _once(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    again = rows.duplicated(["area_id", "programme"])
    message = rows["programme"] + " joined again: " + rows["name"]
    return ledger.reject(rows, again, "duplicate_record", message, severity="note")
