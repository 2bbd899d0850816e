"""`landscape match`: a CSV with names in, the same rows with their areas out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from landscape.cleaning.formulas import safe_cell
from landscape.errors import LandscapeError
from landscape.matching.csv_text import Sheet, read_sheet
from landscape.matching.gazetteer import Gazetteer
from landscape.matching.match import match_names
from landscape.matching.normal_form import fold
from landscape.matching.rules import NameRules

ADDED = ("area_id", "score", "match_status", "reason")


class NamesFileError(LandscapeError, ValueError):
    """A file of names that cannot be matched; one line that says where and why."""


def match_file(  # noqa: PLR0917 (the order that the command line and notebooks use)
    path: Path | str,
    country: str,
    name_col: str | None,
    county_col: str | None,
    out: Path | str,
    areas: pd.DataFrame,
    places: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Match the names of a CSV and write it with area_id, score, match_status and reason.

    ``areas`` and ``places`` are those of `Gazetteer.build`; of other
    countries' areas none is looked at. Without ``name_col`` the usual header
    of the country is looked for, or the only column taken; without
    ``county_col`` likewise, or none. Encoding (UTF-8, UTF-16 or one usual in
    the country) and delimiter are found out. ``out`` is written in UTF-8
    with the delimiter of ``path``, in one go: rows and their order are
    those of ``path`` (lines with nothing on them are no rows), the reason
    names the candidates of an ambiguous name, and cells that a spreadsheet
    would run as a formula begin with an apostrophe. Returns the table of
    `match_names`, one row a row of the file. Raises NamesFileError (a
    ValueError) in one line where the file or a column cannot be read or the
    output cannot be written.
    """
    path, out = Path(path), Path(out)
    if out.exists() and path.exists() and out.samefile(path):
        raise NamesFileError(f"{out}: would overwrite the list of names; choose another file")
    gazetteer = Gazetteer.build(areas, places, country=country.upper())
    rules = gazetteer.normal.rules
    try:
        sheet = read_sheet(path, rules.encodings, name_col, gazetteer)
    except (OSError, ValueError) as error:
        raise NamesFileError(f"{path}: {_plain(error)}") from None
    name_at, county_at = _columns(path, sheet.header, rules, name_col, county_col)
    names = pd.Series([row[name_at] for row in sheet.rows], dtype="str")
    counties = (
        None
        if county_at is None
        else pd.Series([row[county_at] for row in sheet.rows], dtype="str")
    )
    found = match_names(names, gazetteer, counties=counties)
    _write(out, sheet, found)
    return found


def _columns(
    path: Path, header: Sequence[str], rules: NameRules, name: str | None, county: str | None
) -> tuple[int, int | None]:
    taken = [column for column in header if column.strip() in ADDED]
    if taken:
        raise NamesFileError(f"{path}: already has a column {taken[0]!r}; rename or remove it")
    if name is None:
        guess = _usual(header, rules.columns.get("name", ()))
        name_at = guess if guess is not None else 0 if len(header) == 1 else None
    else:
        name_at = _named(path, header, name)
    if name_at is None:
        raise NamesFileError(f"{path}: which column holds the names? --name {_choices(header)}")
    if county is not None:
        return name_at, _named(path, header, county)
    usual = _usual(header, rules.columns.get("county", ()))
    return name_at, None if usual == name_at else usual


def _named(path: Path, header: Sequence[str], column: str) -> int:
    for same in (str.strip, fold):
        places = [i for i, title in enumerate(header) if same(title) == same(column)]
        if len(places) == 1:
            return places[0]
        if places:
            raise NamesFileError(f"{path}: {len(places)} columns are called {column!r}")
    raise NamesFileError(f"{path}: no column {column!r}; there are {_choices(header)}")


def _usual(header: Sequence[str], titles: Sequence[str]) -> int | None:
    folded = [fold(title) for title in header]
    return next((folded.index(title) for title in titles if folded.count(title) == 1), None)


def _choices(header: Sequence[str]) -> str:
    shown = ", ".join(title.strip()[:40] or "(no title)" for title in header[:12])
    return shown + (", ..." if len(header) > 12 else "")


def _write(out: Path, sheet: Sheet, found: pd.DataFrame) -> None:
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=sheet.delimiter, lineterminator="\n")
            writer.writerow([safe_cell(title) for title in (*sheet.header, *ADDED)])
            for row, added in zip(sheet.rows, _added(found), strict=True):
                writer.writerow([safe_cell(cell) for cell in (*row, *added)])
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NamesFileError(f"{out}: {_plain(error)}") from None


def _added(found: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    candidates = found["candidates"].fillna("")
    reasons = found["reason"] + candidates.map(lambda text: text and ": " + text)
    scores = found["score"].map(lambda score: f"{score:g}")
    columns = (found["area_id"].fillna(""), scores, found["match_status"], reasons)
    return list(zip(*columns, strict=True))


def _plain(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
