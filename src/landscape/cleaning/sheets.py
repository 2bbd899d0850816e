"""Reading what offices publish as frames of text, each row with its place in the file."""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from landscape.cleaning.apart import read_sheet_apart
from landscape.cleaning.decoding import (
    decode_certain,
    decode_text,
    has_lost_letters,
    is_twice_encoded,
)
from landscape.cleaning.delimited import (
    LARGEST_TEXT,
    find_delimiter,
    join_headers,
    parse_rows,
    read_bytes,
)
from landscape.cleaning.geometry import mend_shapes
from landscape.errors import SourceError

#: The largest sum of sizes inside a zipped workbook that is still opened.
LARGEST_UNZIPPED = 400 * 2**20
#: Objects take twenty times the text that they were written in.
LARGEST_JSON = 64 * 2**20


def read_csv(
    path: Path,
    columns: dict[str, str],
    *,
    sep: str | None = None,
    header: int = 1,
    language: str | None = None,
) -> pd.DataFrame:
    """The named columns of a delimited file as text, renamed, with ``record`` ("row 1").

    ``columns`` maps the file's headers to ours; where the header is several
    rows high (``header``), the texts of a column are joined by " / ". The
    delimiter is the one under which the headers stand, unless ``sep`` names
    it. Files packed by xz are read as they are. The text is UTF-8, or UTF-16
    with its mark; in another encoding only where ``language`` makes it
    sure (`decode_text`). Raises SourceError naming absent columns, the line of
    a row with more or fewer cells than the header, text that cannot be read,
    and text that was encoded twice. Rows count from the first row of data.
    """
    text = _text_of(path, language)
    try:
        rows = parse_rows(text, sep or find_delimiter(text, columns))
    except ValueError as error:
        raise SourceError(f"{path}: {error}; the file is damaged: fetch it again") from None
    if len(rows) < header:
        raise SourceError(f"{path}: not readable: no header of {header} row(s)")
    names = join_headers(rows[:header])
    _require_columns(names, columns, path)
    at = {name: names.index(source) for source, name in columns.items()}
    content = {name: [row[place] for row in rows[header:]] for name, place in at.items()}
    content["record"] = [f"row {number}" for number in range(1, len(rows) - header + 1)]
    return pd.DataFrame(content, dtype="str")


def column_names(path: Path) -> list[str]:
    """The names in the first row of a delimited file; SourceError where it cannot be read."""
    lines = _text_of(path, None).splitlines()
    head = parse_rows(lines[0], find_delimiter(lines[0])) if lines else []
    return head[0] if head else []


def _text_of(path: Path, language: str | None, largest: int = LARGEST_TEXT) -> str:
    try:
        raw = read_bytes(path, largest)
        decoded = decode_certain(raw) if language is None else decode_text(raw, language)
    except (ValueError, OSError) as error:
        raise SourceError(f"{path}: not readable: {error}") from None
    if decoded is None or not decoded.is_sure:
        raise SourceError(f"{path}: not readable as UTF-8 text, and its encoding is not sure")
    if is_twice_encoded(decoded.text) or has_lost_letters(decoded.text):
        raise SourceError(
            f'{path}: letters were lost ("Ã©" or "?" for "é") when it was saved in another '
            "encoding; fetch it again"
        )
    return decoded.text


def rename_columns(frame: pd.DataFrame, columns: dict[str, str], path: Path) -> pd.DataFrame:
    """Only the columns asked for, under our names.

    SourceError names those that are absent, or there twice.
    """
    _require_columns([str(name) for name in frame.columns], columns, path)
    return frame[list(columns)].rename(columns=columns)


def _require_columns(names: Sequence[str], columns: Collection[str], path: Path) -> None:
    for found, what in ((0, "are missing"), (2, "stand there twice")):
        wrong = [column for column in columns if min(names.count(column), 2) == found]
        if wrong:
            raise SourceError(
                f"{path}: column(s) {', '.join(map(repr, wrong))} {what}; "
                "the layout changed: compare with the source module"
            )


def read_sheet(path: Path, sheet: str | int = 0) -> pd.DataFrame:
    """A sheet of an .xls, .xlsx or .ods workbook as text, no header taken, blank cells ``""``.

    Columns are numbered from 0; the index is the row number that a spreadsheet
    program shows (from 1). Whole numbers lose their ``.0``. Raises SourceError
    for an unknown sheet, an unreadable file or one that unzips to too much.
    """
    return _sheet_cells(path, sheet).map(_cell_text)


def _sheet_cells(path: Path, sheet: str | int) -> pd.DataFrame:
    refuse_zip_bomb(path)
    try:
        rows = read_sheet_apart(path, sheet)
    except (OSError, ValueError) as error:
        raise SourceError(f"{path}: sheet {sheet!r} cannot be read: {error}") from None
    frame = pd.DataFrame(rows, dtype="object")
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame


def read_sheet_table(
    path: Path, columns: dict[str, str], *, sheet: str | int = 0, header: int | range = 1
) -> pd.DataFrame:
    """The named columns of a sheet, as text, with ``record`` ("row 2").

    ``header`` is the row number of the headers, as a spreadsheet program shows
    it, or the range of such rows where headers are several rows high: their
    texts are then joined by " / ". Records bear such numbers too. Raises
    SourceError naming absent columns.
    """
    rows = _sheet_cells(path, sheet)
    heights = [header] if isinstance(header, int) else list(header)
    heads = rows.reindex(heights).map(_property_text)
    names = [" / ".join(filter(None, heads[column])) for column in rows.columns]
    frame = rows.loc[heights[-1] + 1 :].set_axis(names, axis="columns")
    # Only the columns asked for are turned into text: a wide sheet would take seconds.
    frame = rename_columns(frame, columns, path).map(_cell_text)
    return frame.assign(record="row " + frame.index.astype(str)).reset_index(drop=True)


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def refuse_zip_bomb(path: Path, largest: int | None = None) -> None:
    """SourceError where a zipped workbook holds more bytes than ``largest`` (400 MB)."""
    largest = LARGEST_UNZIPPED if largest is None else largest
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise SourceError(f"{path}: not readable as a workbook: {error}") from None
    if size > largest:
        raise SourceError(
            f"{path}: unzips to {size // 2**20} MB, more than {largest // 2**20} MB; not opened"
        )


def read_features(path: Path, columns: dict[str, str]) -> gpd.GeoDataFrame:
    """The named properties of a GeoJSON file as text, with ``geometry`` (EPSG:4326) and ``record``.

    Records are "feature 1", "feature 2", ... Invalid shapes are made valid,
    Z coordinates dropped. Raises SourceError where the file is no GeoJSON or
    lacks a property.
    """
    content = read_json(path)
    if not isinstance(content, dict) or "features" not in content:
        raise SourceError(f"{path}: is not a GeoJSON feature collection")
    features = content["features"]
    try:
        frame = pd.DataFrame([feature["properties"] for feature in features])
        drawn = [feature["geometry"] for feature in features]
        shapes = shapely.from_geojson([json.dumps(shape) if shape else None for shape in drawn])
    except (KeyError, TypeError, shapely.GEOSException) as error:
        raise SourceError(f"{path}: a feature lacks its properties or shape: {error}") from None
    bounds = shapely.bounds(shapes)
    if (abs(bounds) > [180, 90, 180, 90]).any():
        raise SourceError(f"{path}: a shape lies outside the globe; the coordinates are damaged")
    frame = rename_columns(frame, columns, path).map(_property_text)
    frame["record"] = [f"feature {number}" for number in range(1, len(features) + 1)]
    return gpd.GeoDataFrame(frame, geometry=mend_shapes(shapely.force_2d(shapes)), crs="EPSG:4326")


def _property_text(value: object) -> str:
    blank = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if blank else _cell_text(value)


def read_json(path: Path) -> Any:
    """The content of a JSON file, compressed by xz or not.

    SourceError where it is broken, names a field of one object twice, or has lost its letters.
    """
    text = _text_of(path, None, LARGEST_JSON)
    try:
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: not readable as JSON: {error}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        twice = sorted({name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1})
        raise ValueError(f"field {twice[0]!r} stands twice in one object")
    return fields


def read_records(path: Path, key: str = "") -> pd.DataFrame:
    """A list of JSON objects as text, with ``record`` ("item 1"); lists inside are left out.

    ``key`` names the list where the file is an object of several lists.
    """
    content = read_json(path)
    rows = content.get(key) if key and isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceError(f"{path}: is not a list of records" + (f" under {key!r}" if key else ""))
    flat = [{k: v for k, v in row.items() if not isinstance(v, (list, dict))} for row in rows]
    frame = pd.DataFrame(flat).map(_property_text)
    frame["record"] = [f"item {number}" for number in range(1, len(frame) + 1)]
    return frame
