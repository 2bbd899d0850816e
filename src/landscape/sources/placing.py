"""Giving each record its area: by name first, then by village, then by point."""

from __future__ import annotations

import pandas as pd

from landscape.matching import match_counties, match_names
from landscape.sources.contract import Context, Ledger

#: What a match by name says of the position of the record's point.
BY_SETTLEMENT = "settlement"


def place_records(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The frame with ``area_id`` and ``position``; rows that find no area are rejected.

    ``frame`` has ``place`` and ``county`` (names as typed), ``lon`` and
    ``lat`` (missing allowed), ``point_area_id``, the municipality that
    contains the point, and ``position``, what the point shows if it is right:
    ``exact``, or ``settlement`` for the middle of a town. A name that fits one
    municipality of the county decides; a name that stands for a whole county
    (a city shown by its sectors) or fits several is decided by the point,
    where that lies in the county or among the candidates; so is a name that
    is not known. The middle of a city does not tell its sector. Where name
    and point disagree the name is followed, the point is dropped and a
    finding says so. What is only known by its county stays there.
    """
    found = match_names(
        frame["place"], context.gazetteer, counties=frame["county"], listed="settlements"
    )
    county = match_counties(frame["county"], context.gazetteer)["area_id"]
    by_name = found["area_id"].where(
        (found["match_status"] == "matched")
        & found["area_id"].isin(context.area_ids("municipality"))
    )
    by_point = _area_of_point(frame, found, county, context).where(by_name.isna())
    frame = frame.assign(area_id=by_name.fillna(by_point))
    point = frame["point_area_id"]
    disagrees = by_name.notna() & point.notna() & (by_name != point)
    whole_county = frame["area_id"].isna() & county.notna()
    village = by_name.notna() & found["reason"].str.contains(BY_SETTLEMENT, na=False)
    where = frame["place"] + " (" + frame["county"] + ")"
    ledger.note(frame[village], "placed_by_settlement", where)
    ledger.note(frame[by_point.notna()], "placed_by_point", where)
    both = where + ": name " + by_name.astype("str") + ", point " + point.astype("str")
    ledger.note(frame[disagrees], "name_and_point_disagree", both, severity="warning")
    frame["area_id"] = frame["area_id"].fillna(county.where(whole_county))
    ledger.note(frame[whole_county], "ambiguous_area", where, severity="warning")
    frame["position"] = _positions(frame, disagrees, whole_county)
    frame[["lon", "lat"]] = frame[["lon", "lat"]].mask(disagrees | whole_county)
    message = "place " + frame["place"] + ", county " + frame["county"]
    return ledger.reject(frame, frame["area_id"].isna(), "unknown_area", message, severity="error")


def _area_of_point(
    frame: pd.DataFrame, found: pd.DataFrame, county: pd.Series, context: Context
) -> pd.Series:
    """The area of the point where it may decide: in the county, among the candidates."""
    point = frame["point_area_id"]
    parent = point.map(context.areas.set_index("area_id")["parent_id"])
    among = pd.Series(
        [
            isinstance(p, str) and (not c or p in c.split("|"))
            for p, c in zip(point, found["candidates"].fillna(""), strict=True)
        ],
        index=frame.index,
    )
    sector_unknown = (found["level"] == "county") & (frame["position"] != "exact")
    return point.where((parent == county).fillna(False).astype(bool) & among & ~sector_unknown)


def _positions(frame: pd.DataFrame, disagrees: pd.Series, whole_county: pd.Series) -> pd.Series:
    position = frame["position"].mask(frame["lon"].isna() | disagrees, "municipality")
    return position.mask(whole_county, "none")
