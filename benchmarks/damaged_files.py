"""The fixtures' files opened as grids, damaged, and packed again as they were."""

from __future__ import annotations

import csv
import io
import json
import lzma
import random
from pathlib import Path
from typing import Any

import damages
import xlsxwriter
from python_calamine import CalamineWorkbook

from landscape.cleaning.delimited import find_delimiter

TEXTS = (".csv", ".json", ".geojson")
WORKBOOKS = (".xlsx", ".xls")


def kinds_for(path: Path) -> list[str]:
    """The damages that a file of this name can suffer."""
    kinds = [*damages.OF_BYTES, *damages.OF_CELLS]
    suffix = _suffix(path)
    if suffix in (".json", ".geojson"):
        kinds.remove("row shifted")  # every cell bears its name there
    if suffix in TEXTS:
        kinds += damages.OF_TEXT
    if suffix == ".csv":
        kinds += damages.OF_LINES
    return kinds


def damage(kind: str, path: Path, rng: random.Random) -> tuple[bytes, bool]:
    """The file's bytes after a damage, and whether every cell kept its kind.

    Files packed by xz are unpacked before and packed again: xz would notice
    by itself. Raises LookupError where the file has nothing to damage so.
    """
    raw, packed = path.read_bytes(), path.suffix == ".xz"
    raw = lzma.decompress(raw) if packed else raw
    for group in (damages.OF_BYTES, damages.OF_TEXT, damages.OF_LINES):
        if kind in group:
            new, same_kind = group[kind](rng, raw)
            break
    else:
        new, same_kind = _damage_grid(kind, _suffix(path), raw, rng)
    return (lzma.compress(new, preset=0) if packed else new), same_kind


def _suffix(path: Path) -> str:
    return Path(path.stem).suffix if path.suffix == ".xz" else path.suffix


def _damage_grid(kind: str, suffix: str, raw: bytes, rng: random.Random) -> tuple[bytes, bool]:
    change = damages.OF_CELLS[kind]
    if suffix == ".csv":
        text = raw.decode("utf-8-sig")
        delimiter = find_delimiter(text)
        grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        grid, same_kind = change(rng, grid)
        written = io.StringIO()
        csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(grid)
        return written.getvalue().encode(), same_kind
    if suffix in WORKBOOKS:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False)
                  for n in book.sheet_names}  # fmt: skip
        name = max(sheets, key=lambda n: len(sheets[n]))
        sheets[name], same_kind = change(rng, [list(row) for row in sheets[name]])
        return _workbook(sheets), same_kind
    content = json.loads(raw)
    rows = _records(content)
    headers = list(dict.fromkeys(key for row in rows for key in row))
    grid = [headers, *([row.get(key, "") for key in headers] for row in rows)]
    grid, same_kind = change(rng, grid)
    new = [_Fields(zip(grid[0], row, strict=False)) for row in grid[1:]]
    _put_records(content, new)
    return _json(content).encode(), same_kind


class _Fields(tuple[tuple[str, Any], ...]):
    """The fields of an object in order; unlike a dict it can name one twice, as files do."""

    __slots__ = ()


def _json(content: Any) -> str:
    if isinstance(content, _Fields):
        return "{" + ",".join(f"{json.dumps(str(k))}:{_json(v)}" for k, v in content) + "}"
    if isinstance(content, dict):
        return _json(_Fields(content.items()))
    if isinstance(content, list):
        return "[" + ",".join(map(_json, content)) + "]"
    return json.dumps(content, ensure_ascii=False)


def _workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, grid in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(grid):
                for column, cell in enumerate(row):
                    if isinstance(cell, (int, float)):
                        page.write_number(number, column, cell)
                    elif cell:
                        page.write_string(number, column, str(cell))
    return held.getvalue()


def _records(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, dict) and "features" in content:
        return [dict(feature["properties"]) for feature in content["features"]]
    return list(_list_in(content))


def _list_in(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, list):
        return content
    return max((v for v in content.values() if isinstance(v, list)), key=len)


def _put_records(content: Any, rows: list[_Fields]) -> None:
    if isinstance(content, dict) and "features" in content:
        old = content["features"]
        by_place = [old[min(place, len(old) - 1)] for place in range(len(rows))]
        content["features"] = [
            {**feature, "properties": row} for feature, row in zip(by_place, rows, strict=True)
        ]
    else:
        _list_in(content)[:] = rows
