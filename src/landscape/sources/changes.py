"""The crosswalk of a country: how its areas became those of today, with dates and references.

Built from two things. The table ``places`` tells which former areas went into
which of today's and, with dates, which areas were split. The file
``country.changes.csv`` beside ``country.yml`` completes it, each line with its
reference: dates, changes of code, areas that registers of today tell nothing
about. `trace_codes` then says where the codes of an older file lie today.
``date`` is the first day on the new territory or, where the reference
says "in force by", the first day for which an official list has it; a blank
date is not known.
"""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import among, area_ids
from landscape.cleaning.crosswalk import WHOLE, trace_areas
from landscape.errors import SourceError
from landscape.paths import SOURCE_MODULES
from landscape.schemas import CHANGES, check_table, empty_table
from landscape.sources.contract import Context

COLUMNS = ["date", "kind", "code_from", "code_to", "share", "reference"]
KEY = ["area_id_from", "area_id_to", "date"]
ISO_DATE = r"(?:\d{4}-\d{2}-\d{2})?"


def build_crosswalk(
    country: str, source_id: str, areas: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """The table ``crosswalk`` of a country.

    ``source_id`` is the source of the register of areas, which the cited file
    completes. A part of an area that fell apart has the share given, else that
    of its present population (status E; NA and M where that is not known). A
    former area that the dated changes already bring to its area of today is
    not told again without a date. Changes of areas that are not among ``areas``
    are left out. Raises SourceError for a cited line that is not clear.
    """
    cited = _cited(country, source_id)
    splits = _splits(country, places)
    changes = pd.concat([cited, splits], ignore_index=True)
    changes = _with_shares(changes.drop_duplicates(KEY, keep="last"), areas)
    former = _former(country, places, areas)
    dated = trace_areas(former["area_id_from"], changes, on="")
    told = dated[dated["code"] != dated["area_id"]].set_index("code")["area_id"]
    known = former["area_id_from"].map(told[~told.index.duplicated()])
    changes = pd.concat([changes, former[known != former["area_id_to"]]], ignore_index=True)
    changes = changes[_leads_to(areas, changes)]
    changes = changes.sort_values(["date", *KEY[:2]], ignore_index=True, na_position="first")
    return check_table("crosswalk", pd.concat([empty_table("crosswalk"), changes]), source_id)


def trace_codes(
    codes: pd.Series, context: Context, *, on: str, level: str = "municipality"
) -> pd.DataFrame:
    """The areas of today that each code, as used on the ISO date ``on``, stands for.

    A code of a place inside an area (an arrondissement of a city) stands for
    that area; one that was gone by then, as registers keep them for years, for
    what it was on its last day. Returns ``code``, ``area_id`` and ``share`` as
    `trace_areas` does; a code that leads to no area of the ``level`` has no row.
    """
    country = context.source_id.split("/", maxsplit=1)[0].upper()
    asked = pd.DataFrame({"code": codes.drop_duplicates()})
    ids = area_ids(country, asked["code"])
    places = context.places[context.places["kind"] == "settlement"].dropna(subset=["code"])
    inside = asked["code"].map(places.drop_duplicates("code").set_index("code")["area_id"])
    known = among(ids, context.areas["area_id"]) | among(ids, context.crosswalk["area_id_from"])
    asked = asked.assign(start=ids.where(known | inside.isna(), inside))
    links = trace_areas(asked["start"], context.crosswalk, on=on)
    lost = links[~among(links["area_id"], context.areas["area_id"])]
    late = _trace_gone(lost["code"], context.crosswalk)
    links = pd.concat([links.drop(lost.index), late]).rename(columns={"code": "start"})
    found = asked.merge(links, on="start").drop(columns="start")
    return found[among(found["area_id"], context.area_ids(level))].reset_index(drop=True)


def _trace_gone(gone: pd.Series, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Where areas lie today that went into others, each from its last day on."""
    went = crosswalk[crosswalk["area_id_from"].isin(gone) & crosswalk["kind"].isin(WHOLE)]
    last = went.dropna(subset=["date"]).groupby("area_id_from")["date"].max()
    days = (pd.to_datetime(last) - pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    parts = [trace_areas(ids.index, crosswalk, on=str(day)) for day, ids in days.groupby(days)]
    return pd.concat([trace_areas([], crosswalk, on=""), *parts], ignore_index=True)


def _cited(country: str, source_id: str) -> pd.DataFrame:
    """The lines of ``country.changes.csv``, none where the country has no such file."""
    path = SOURCE_MODULES / country.lower() / "country.changes.csv"
    if not path.exists():
        return empty_table("crosswalk")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if list(table.columns) != COLUMNS:
        raise SourceError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
    line = pd.Series([f"{path.name} line {number}" for number in range(2, len(table) + 2)])
    clear = table["date"].str.fullmatch(ISO_DATE) & table["kind"].isin(CHANGES)
    clear &= (table[["code_from", "code_to", "reference"]] != "").all(axis=1)
    if not clear.all():
        raise SourceError(f"{line[~clear].iloc[0]}: date, kind, codes or reference are not clear")
    return pd.DataFrame(
        {
            "area_id_from": area_ids(country, table["code_from"]),
            "area_id_to": area_ids(country, table["code_to"]),
            "date": table["date"].where(table["date"] != "", None),
            "kind": table["kind"],
            "share": pd.to_numeric(table["share"].replace("", None)).astype("Float64"),
            "status": "A",
            "source_id": source_id,
            "record": line + ": " + table["reference"],
        }
    )


def _splits(country: str, places: pd.DataFrame) -> pd.DataFrame:
    """Former areas with a last day: on the next one they fell apart."""
    rows = places[places["code"].notna() & places["valid_to"].notna()]
    end = pd.to_datetime(rows["valid_to"]) + pd.Timedelta(days=1)
    return _rows(country, rows).assign(date=end.dt.strftime("%Y-%m-%d"), kind="split", status="A")


def _former(country: str, places: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Former areas without dates, but for those whose id is an area's again or still."""
    rows = places[(places["kind"] == "former_area") & places["code"].notna()]
    rows = _rows(country, rows[rows["valid_to"].isna()])
    rows = rows[~among(rows["area_id_from"], areas["area_id"])].drop_duplicates("area_id_from")
    return rows.assign(date=None, kind="merger", share=1.0, status="A")


def _rows(country: str, places: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_id_from": area_ids(country, places["code"]),
            "area_id_to": places["area_id"],
            "source_id": places["source_id"],
            "record": places["record"],
        }
    )


def _with_shares(changes: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Shares of 1 for whole areas; of parts as given, else by present population."""
    whole = changes["kind"].isin(WHOLE)
    people = areas.set_index("area_id")["population"]
    size = pd.to_numeric(changes["area_id_to"].map(people)).astype("Float64")
    event = changes["area_id_from"] + " " + changes["date"].fillna("")
    groups = size.groupby(event)
    total = groups.transform("sum").where(groups.transform("count") == groups.transform("size"))
    given = pd.to_numeric(changes["share"]).astype("Float64")
    share = given.fillna(size / total.where(total > 0)).where(~whole, 1.0)
    status = pd.Series("E", index=changes.index).where(~whole, "A").where(share.notna(), "M")
    return changes.assign(share=share, status=status)


def _leads_to(areas: pd.DataFrame, changes: pd.DataFrame) -> pd.Series:
    """Whether a change ends in areas of today: those of an extract may lack some."""
    ids = pd.concat([changes["area_id_from"], changes["area_id_to"]])
    ends = trace_areas(ids, changes, on="")
    lost = set(ends.loc[~among(ends["area_id"], areas["area_id"]), "code"])
    return ~changes["area_id_from"].isin(lost) & ~changes["area_id_to"].isin(lost)
