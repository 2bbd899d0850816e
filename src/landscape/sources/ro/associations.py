"""Associations and foundations by locality as typed (Ministry of Justice, March 2026)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.sheets import read_csv
from landscape.matching import match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, join_records, observations
from landscape.sources.figures import read_figures

YEAR = 2026
COLUMNS = {"judet": "county", "localitate": "place", "total_active": "associations"}

#: Pieces of an address that some registrars typed into the locality.
ADDRESS = (
    r"(?i)\b(?:strada|str|bulevardul|b-?dul|bd|aleea|al|calea|intrarea|pia[țţt]a|[sșş]oseaua|[sșş]os"
    r"|nr|bl|bloc|sc|scara|etaj|et|apartament|apart|apt|ap|parter|mansard[aăã]|demisol|subsol"
    r"|vila|cam|camera|c[aăãâ]minul?|lot|corp|hala|km|punct de lucru|sediul|cod po[sșş]tal|cod|tel"
    r"|cvartal|cart)(?![a-zăâîșțşţ])\.?\s*[^,;]*"
)


def read(raw: RawFolder) -> pd.DataFrame:
    """Counts by county and locality as the registrars typed them, without addresses."""
    frame = read_csv(raw.file(), COLUMNS)
    place = frame["place"].str.replace(ADDRESS, "", regex=True)
    place = place.str.replace(r"[\s,;]*[,;][\s,;]*", ", ", regex=True).str.strip(" ,;.")
    return frame.assign(place=place.where(place != "", "NEPRECIZAT"))


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Resources: active associations and foundations by municipality.

    Spellings that find no municipality are rejected, with the number of
    associations that they stand for.
    """
    ledger = Ledger(context, frame)
    printed = frame["associations"]
    found = match_names(
        frame["place"], context.gazetteer, counties=frame["county"], listed="settlements"
    )
    frame = frame.assign(
        area_id=found["area_id"].where(found["match_status"] == "matched"),
        associations=read_figures(frame, frame["associations"], "associations", ledger, whole=True),
    )
    ledger.note(frame[printed == ""], "value_missing", "associations: " + frame["place"])
    message = printed + " associations: " + frame["place"]
    message = message + " (" + frame["county"] + "): " + found["reason"]
    ambiguous = found["match_status"] == "ambiguous"
    frame = ledger.reject(frame, ambiguous, "ambiguous_area", message)
    frame = ledger.reject(frame, frame["area_id"].isna(), "unknown_area", message)
    frame = frame.assign(area_id=_whole_city(frame["area_id"], context))
    sums = frame.groupby("area_id", as_index=False).agg(
        associations=("associations", "sum"), record=("record", join_records)
    )
    # A part that is not told makes the whole not known.
    untold = frame.loc[frame["associations"].isna(), "area_id"]
    sums["associations"] = sums["associations"].mask(sums["area_id"].isin(untold))
    return ledger.close(
        used=frame[["record", "area_id"]],
        resources=observations(
            sums, {"associations": "associations_active"}, year=YEAR, context=context
        ),
    )


def _whole_city(area_ids: pd.Series, context: Context) -> pd.Series:
    """Everything at the county where some records name a city without its sector.

    Most records of București name no sector; the few that do would make the
    sectors look all but empty.
    """
    counties = set(area_ids) & context.area_ids("county")
    parent = area_ids.map(context.areas.set_index("area_id")["parent_id"])
    return area_ids.mask(parent.isin(counties), parent)
