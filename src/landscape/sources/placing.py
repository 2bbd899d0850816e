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
    ``lat`` (missing allowed) and ``point_area_id``, the municipality that
    contains the point. A name that fits one municipality of the county
    decides; a name that stands for a whole county (a city shown by its
    sectors) or fits several is decided by the point, where that lies in the
    county or among the candidates; so is a name that is not known. Where name
    and point disagree the name is followed and a finding says so.
    """
    found = match_names(frame["place"], context.gazetteer, counties=frame["county"])
    county = match_counties(frame["county"], context.gazetteer)["area_id"]
    parent = context.areas.set_index("area_id")["parent_id"]
    municipalities = context.area_ids("municipality")
    by_name = found["area_id"].where(
        (found["match_status"] == "matched") & found["area_id"].isin(municipalities)
    )
    point = frame["point_area_id"]
    in_county = point.map(parent).eq(county).fillna(False)
    among = pd.Series(
        [
            isinstance(p, str) and (not c or p in c.split("|"))
            for p, c in zip(point, found["candidates"].fillna(""), strict=True)
        ],
        index=frame.index,
    )
    by_point = point.where(by_name.isna() & in_county.astype(bool) & among)
    frame = frame.assign(area_id=by_name.fillna(by_point), point_area_id=point)
    _tell(frame, found, by_name, by_point, ledger)
    whole_county = frame["area_id"].isna() & county.notna()
    frame["area_id"] = frame["area_id"].fillna(county.where(whole_county))
    disagrees = by_name.notna() & point.notna() & (by_name != point)
    frame["position"] = _positions(frame, disagrees, whole_county)
    message = "place " + frame["place"] + ", county " + frame["county"]
    return ledger.reject(frame, frame["area_id"].isna(), "unknown_area", message, severity="error")


def _positions(frame: pd.DataFrame, disagrees: pd.Series, whole_county: pd.Series) -> pd.Series:
    position = pd.Series("exact", index=frame.index)
    position = position.mask(frame["lon"].isna() | disagrees, "municipality")
    return position.mask(whole_county, "none")


def _tell(
    frame: pd.DataFrame,
    found: pd.DataFrame,
    by_name: pd.Series,
    by_point: pd.Series,
    ledger: Ledger,
) -> None:
    where = frame["place"] + " (" + frame["county"] + ")"
    village = by_name.notna() & found["reason"].str.contains(BY_SETTLEMENT, na=False)
    ledger.note(frame[village], "placed_by_settlement", where[village], action="kept")
    ledger.note(frame[by_point.notna()], "placed_by_point", where[by_point.notna()])
    point = frame["point_area_id"]
    disagrees = by_name.notna() & point.notna() & (by_name != point)
    text = where + ": name " + by_name.astype("str") + ", point " + point.astype("str")
    ledger.note(
        frame[disagrees], "name_and_point_disagree", text[disagrees], severity="warning"
    )
    lost = frame["area_id"].isna()
    ledger.note(frame[lost], "ambiguous_area", where[lost], severity="warning")
