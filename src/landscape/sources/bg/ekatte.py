"""EKATTE: the counties, municipalities and settlements of Bulgaria (NSI)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.sheets import read_records, read_sheet_table, rename_columns
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger
from landscape.sources.figures import require_shapes

COUNTY = {"oblast": "code", "name": "name", "name_en": "name_latin", "nuts3": "nuts3"}
MUNICIPALITY = {"obshtina": "code", "name": "name", "name_en": "name_latin", "nuts3": "nuts3"}
SETTLEMENT = {"ekatte": "code", "name": "name", "obstina": "parent"}
KINDS = {"county": "област", "municipality": "община"}
#: How codes are written, level by level.
SHAPES = {
    "county": {"code": "[A-Z]{3}", "nuts3": r"BG\d{3}"},
    "municipality": {"code": r"[A-Z]{3}\d{2}", "nuts3": r"BG\d{3}"},
    "settlement": {"code": r"\d{5}", "parent": r"[A-Z]{3}\d{2}"},
}


def read(raw: RawFolder) -> pd.DataFrame:
    """The three lists, one below the other; ``level`` says which list a row is from.

    The code of a municipality begins with that of its county, which becomes
    its ``parent``.
    """
    counties = _read_list(raw, "ek_obl_2023-01.json", COUNTY)
    municipalities = _read_list(raw, "ek_obst_2023-01.json", MUNICIPALITY)
    settlements = read_sheet_table(raw.file("Ek_atte.xlsx"), SETTLEMENT)
    parts = [
        counties.assign(level="county"),
        municipalities.assign(level="municipality", parent=municipalities["code"].str[:3]),
        settlements.assign(level="settlement", record="Ek_atte " + settlements["record"]),
    ]
    return pd.concat(parts, ignore_index=True).fillna("")


def _read_list(raw: RawFolder, name: str, columns: dict[str, str]) -> pd.DataFrame:
    path = raw.file(name)
    frame = rename_columns(read_records(path), {**columns, "record": "record"}, path)
    return frame.assign(record=name.partition("_2023")[0] + " " + frame["record"])


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas (counties and municipalities) and the settlements that belong to them.

    The last element of each of the two lists tells the date of the extract.
    """
    ledger = Ledger(context, frame)
    frame = ledger.reject(
        frame, frame["code"] == "", "not_an_area", "date of the extract", severity="note"
    )
    for level, shapes in SHAPES.items():
        require_shapes(frame[frame["level"] == level], shapes, context)
    is_settlement = frame["level"] == "settlement"
    areas = frame[~is_settlement]
    parent = areas["parent"].where(areas["parent"] == "", "BG_" + areas["parent"])
    areas = areas.assign(
        area_id=area_ids("BG", areas["code"]),
        country="BG",
        kind=areas["level"].map(KINDS),
        parent_id=parent.replace("", "BG"),
    )
    places = frame.loc[is_settlement, ["code", "name", "parent", "record"]]
    places = places.assign(area_id=area_ids("BG", places["parent"]), kind="settlement")
    return ledger.close(areas=areas.drop(columns="parent"), places=places.drop(columns="parent"))
