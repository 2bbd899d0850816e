"""SIRUTA: the counties, municipalities (UAT) and localities of Romania (INS)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.sheets import read_csv
from landscape.cleaning.spelling import title_case, use_comma_below
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger
from landscape.sources.figures import require_shapes

COLUMNS = {"SIRUTA": "code", "DENLOC": "name", "SIRSUP": "parent", "TIP": "type", "NIV": "level"}

#: TIP of the municipalities, with the words that stand before their names.
KINDS = {"1": "municipiu", "4": "municipiu", "2": "oraș", "3": "comună", "6": "sector"}
CITY_OR_COUNTY = {True: "municipiu", False: "județ"}
PREFIX = r"^(?:JUDEȚUL|MUNICIPIUL|ORAȘ|COMUNA)\s+"
COUNTY, BUCHAREST_CITY = "40", "9"
SHAPES = {"code": r"\d{2,6}", "parent": r"\d{1,6}", "type": r"\d{1,2}", "level": "[123]"}
SHAPES["name"] = r".*[^\W\d_].*"


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes, names and hierarchy of all levels."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas (counties and municipalities) and the settlements that belong to them.

    The UATs are the rows of level 2, but for București, whose six sectors
    (level 3) stand for the municipality level, as in the boundary file.
    """
    ledger = Ledger(context, frame)
    require_shapes(frame, SHAPES, context)
    frame = frame.assign(area_id=area_ids("RO", frame["code"]))
    is_county = frame["type"] == COUNTY
    is_city = (frame["type"] == BUCHAREST_CITY) & (frame["level"] == "2")
    is_uat = ((frame["level"] == "2") & ~is_city) | (frame["type"] == "6")
    county_kind = frame["name"].str.startswith("MUNICIPIUL").map(CITY_OR_COUNTY)
    frame = frame.assign(
        name=_names(frame["name"]), kind=frame["type"].map(KINDS).mask(is_county, county_kind)
    )
    unknown = sorted(set(frame.loc[is_uat & frame["kind"].isna(), "type"]))
    if unknown:
        raise SourceError(f"{context.source_id}: TIP not known: {', '.join(unknown)}")
    counties = frame[is_county].assign(level="county", parent_id="RO")
    city_county = dict(zip(frame.loc[is_city, "code"], frame.loc[is_city, "parent"], strict=True))
    uats = frame[is_uat]
    parents = area_ids("RO", uats["parent"].replace(city_county))
    uats = uats.assign(level="municipality", parent_id=parents)
    areas = pd.concat([counties, uats]).assign(country="RO")
    return ledger.close(
        areas=areas.drop(columns=["type", "parent"]),
        places=_places(frame[~is_county & ~is_uat], city_county),
    )


def _names(printed: pd.Series) -> pd.Series:
    """Names as they are written: no word for the type, hyphens tight, initials set apart."""
    names = use_comma_below(printed).str.replace(PREFIX, "", regex=True)
    names = names.str.replace(r"\s*-\s*", "-", regex=True)
    return title_case(names.str.replace(r"\.(?=\w{2})", ". ", regex=True), "ro")


def _places(rows: pd.DataFrame, city_county: dict[str, str]) -> pd.DataFrame:
    """Localities, filed under their municipality; București as a whole, under its county."""
    is_city = rows["code"].isin(city_county)
    owner = rows["parent"].where(~rows["parent"].isin(city_county), rows["code"])
    return pd.DataFrame(
        {
            "area_id": area_ids("RO", owner),
            "name": rows["name"],
            "kind": is_city.map({True: "alias", False: "settlement"}),
            "code": rows["code"],
            "record": rows["record"],
        }
    )
