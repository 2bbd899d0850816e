"""What changed in a source since the vintage that ``source.yml`` describes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from landscape.cleaning.sheets import column_names, read_json
from landscape.errors import LandscapeError, SourceError
from landscape.provenance import RawFolder
from landscape.sources.reading import read_rows
from landscape.sources.registry import source_module
from landscape.starter import read_starter

#: Columns of what source modules read that hold codes: of areas, of records, of kinds.
CODES = re.compile(r"code|id|number|post|identifier|(local_)?type|kind|legal_form|programme|tier")
#: A new vintage with fewer of the rows than this was cut, and no office means it.
LEAST_ROWS = 0.5
LISTED = 5


@dataclass(frozen=True)
class Told:
    """The new vintage in figures, and one sentence on what changed."""

    rows: int
    changes: str


def compare_vintages(pinned: RawFolder, new: RawFolder) -> Told:
    """Rows, columns and codes gained and lost by the files in ``new``.

    ``pinned`` is compared with as far as it is here: its official files, else
    its starter extract, else its number of rows. Raises SourceError where the source
    module cannot read the new files, or where more than half of the rows are gone.
    """
    module = source_module(*_parts(pinned))
    frame = read_rows(module, new)
    before = _pinned_frame(pinned)
    promised = pinned.card.rows or (len(before) if before is not None else None)
    if promised and len(frame) < LEAST_ROWS * promised:
        raise SourceError(
            f"{len(frame):,} rows where {promised:,} are known: it seems cut short; if the "
            "producer means it, record its sha256 and rows in source.yml by hand"
        )
    parts = [_of_rows(promised, len(frame)), *_of_columns(pinned, new)]
    if before is not None:
        parts += _of_codes(before, frame)
    return Told(len(frame), "; ".join(parts))


def _parts(folder: RawFolder) -> tuple[str, str]:
    code, _, name = folder.card.source_id.partition("/")
    return code.upper(), name


def _pinned_frame(pinned: RawFolder) -> pd.DataFrame | None:
    try:
        if pinned.is_complete:
            return read_rows(source_module(*_parts(pinned)), pinned)
        return read_starter(pinned) if pinned.has_starter else None
    except LandscapeError:  # damaged here: that is why it is fetched
        return read_starter(pinned) if pinned.has_starter else None


def _of_rows(before: int | None, now: int) -> str:
    if before is None:
        return f"{now:,} rows"
    change = f"{now - before:+,}" if now != before else "as many"
    return f"{now:,} rows, {before:,} before ({change})"


def _of_columns(pinned: RawFolder, new: RawFolder) -> list[str]:
    """Columns as published that came and went, where the pinned file is here to be looked into."""
    parts = []
    for name in new.card.files:
        then, now = columns_of(pinned.path / name), columns_of(new.path / name)
        if then is None or now is None:
            parts.append(f"{name}: the columns that are read are there")
        elif then != now:
            parts += [f"{name}: {text}" for text in gained_and_lost("column", then, now)]
    return parts or ["the same columns"]


def columns_of(path: Path) -> list[str] | None:
    """The names of the columns or fields of a published file; None where it is no table of text.

    >>> columns_of(Path("absent.csv")) is None
    True
    """
    name = path.name.removesuffix(".xz")
    if not path.is_file():
        return None
    try:
        if name.endswith(".csv"):
            return column_names(path)
        if name.endswith((".json", ".geojson")):
            return _fields(read_json(path))
    except SourceError:
        return None
    return None


def _fields(content: object) -> list[str]:
    """The fields of the records of a JSON file, wherever its list of them stands."""
    if isinstance(content, dict):
        content = max((each for each in content.values() if isinstance(each, list)), key=len)
    rows = [row.get("properties", row) for row in content if isinstance(row, dict)]  # type: ignore[attr-defined]
    return list(dict.fromkeys(name for row in rows for name in row or {}))


def _of_codes(before: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    shared = [c for c in now.columns if c in before.columns and CODES.fullmatch(str(c))]
    parts = []
    for column in shared:
        values = [frame[column].drop_duplicates().tolist() for frame in (before, now)]
        parts += gained_and_lost(str(column), *values)
    return parts or ["the same codes" if shared else "no column of codes to compare"]


def gained_and_lost(what: str, before: list[str], now: list[str]) -> list[str]:
    """The values that came and those that went, the first few of them named.

    >>> gained_and_lost("code", ["1", "2"], ["2", "3"])
    ["1 code gained ('3')", "1 code lost ('1')"]
    """
    told = []
    for word, these, those in (("gained", now, set(before)), ("lost", before, set(now))):
        found = [value for value in these if value not in those]
        if found:
            listed = ", ".join(repr(value) for value in found[:LISTED])
            more = f" and {len(found) - LISTED:,} more" if len(found) > LISTED else ""
            told.append(f"{len(found):,} {what} {word} ({listed}{more})")
    return told
