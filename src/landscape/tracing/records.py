"""The single records behind observations that name several, or only how many there are."""

from __future__ import annotations

import re

import pandas as pd

#: What a record is called in a file: "row 12", "2021 row 7", "item 302", "feature 5".
PLACE = r"[^,]*(?:row|item|feature) \d+"
LISTED = re.compile(rf"{PLACE}(?:, {PLACE})*(?: and \d+ more)?")
REST = re.compile(r" and (\d+) more$")
COUNTED = re.compile(r"records: (\d+)")
COLUMNS = ["source_id", "record", "area_id"]


def list_records(observations: pd.DataFrame, used: pd.DataFrame) -> pd.DataFrame:
    """One row a record: ``source_id``, ``record``, ``area_id``.

    ``observations`` has these columns; a sum names its first records and how
    many there are besides ("row 4, row 9, row 12 and 3 more", "records: 6").
    ``used`` (``Inventory.used``) knows them all: those of the same source and
    area, and of the same part of the file. Where their number is not the one
    told, the text stays as it is; so does one that names no record
    ("not listed": the source is complete and does not list the area).
    """
    rows = observations[COLUMNS].drop_duplicates()
    short = rows["record"].str.contains(r" and \d+ more$") | rows["record"].str.fullmatch(
        r"records: \d+"
    )
    whole = _split(rows[~short])
    return pd.concat([whole, _complete(rows[short], used)]).drop_duplicates(ignore_index=True)


def _split(rows: pd.DataFrame) -> pd.DataFrame:
    """Lists of records as one row a record."""
    texts = rows["record"].tolist()
    parts = [text.split(", ") if LISTED.fullmatch(text) else [text] for text in texts]
    return rows.assign(record=pd.Series(parts, index=rows.index, dtype="object")).explode("record")


def _complete(rows: pd.DataFrame, used: pd.DataFrame) -> pd.DataFrame:
    """The records that a shortened text stands for, from those used for its area."""
    if rows.empty:
        return rows
    texts = rows["record"].tolist()
    told = rows.rename(columns={"record": "told"}).assign(
        file_part=pd.Series(map(_part, texts), index=rows.index, dtype="object"),
        number=pd.Series(map(_number, texts), index=rows.index),
    )
    here = used.merge(told, on=["source_id", "area_id"])
    pairs = zip(here["file_part"], here["record"], strict=True)
    own = [part is None or _part(record) == part for part, record in pairs]
    here = here[pd.Series(own, index=here.index, dtype=bool)].drop_duplicates([*COLUMNS, "told"])
    found = here.groupby(["source_id", "area_id", "told"])["record"].transform("size")
    here = here[found == here["number"]]
    complete = here[["source_id", "area_id", "told"]].drop_duplicates()
    rest = told.merge(complete, how="left", indicator=True, on=["source_id", "area_id", "told"])
    rest = rest[(rest["_merge"] == "left_only") & (rest["number"] > 0)]
    return pd.concat([here[COLUMNS], rest.rename(columns={"told": "record"})[COLUMNS]])


def _part(text: str) -> str | None:
    """The file or sheet that the (first) record stands in; None where none is named."""
    first = REST.sub("", text).partition(", ")[0]
    return None if COUNTED.fullmatch(first) else re.sub(r"(?:row|item|feature) \d+$", "", first)


def _number(text: str) -> int:
    """How many records a shortened text stands for."""
    counted, rest = COUNTED.fullmatch(text), REST.search(text)
    if counted:
        return int(counted[1])
    return text.count(", ") + 1 + (int(rest[1]) if rest else 0)
