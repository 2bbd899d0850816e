"""The two sheets of the census of 2014 as rows: headers checked, levels told by order."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.cleaning.layout import fill_down
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_sheet
from landscape.errors import SourceError

POPULATION, ABROAD = "population", "abroad"
RESIDENTS = {
    "Municipiul/Raionul": "name",
    "Total": "total",
    "masculin": "men",
    "feminin": "women",
    "0-17": "aged_0_17",
    "18-64": "aged_18_64",
    "65+": "aged_65_over",
}
GONE = {"Grupa de vîrstă, ani": "name", "Total": "total", "Masculin": "men", "Feminin": "women"}
#: The age groups of the second table, and the wider group that each is part of.
AGES = {
    **dict.fromkeys(["0-4", "5-9", "10-14"], "0_14"),
    **{f"{age}-{age + 4}": "15_64" for age in range(15, 65, 5)},
    **dict.fromkeys(["65-69", "70 și peste"], "65_over"),
}
WHOLE = "Total"
RAION = r"(?:Municipiul|Raionul|U\.T\.A\.) "


def read_residents(path: Path) -> pd.DataFrame:
    """Sheet 1: ``level`` (country, county, municipality), ``raion``, name and figures."""
    rows = _table_below(path, "1", RESIDENTS, header_rows=2)
    ends = rows.index[rows["name"] == ""]
    rows = rows.loc[: ends[0] - 1] if len(ends) else rows
    levels = _levels_by_order(path, rows)
    return rows.assign(table=POPULATION, level=levels["level"], raion=levels["raion"])


def read_abroad(path: Path) -> pd.DataFrame:
    """Sheet 2: blocks of a raion's total and its age groups; blank rows and the note are left."""
    rows = _table_below(path, "2 Teritorial", GONE, header_rows=1)
    rows = rows[(rows["name"] != "") & ~rows["name"].str.startswith("-")]
    is_age = rows["name"].isin(list(AGES))
    raion = fill_down(rows["name"].mask(is_age, ""))
    unknown = rows[~is_age & ~rows["name"].str.match(RAION)]
    if not unknown.empty or (raion == "").any():
        wrong = unknown if not unknown.empty else rows
        raise SourceError(
            f"{path}: row {wrong.index[0]}: {wrong['name'].iloc[0]!r} is neither a raion "
            "nor an age group below one; the layout changed"
        )
    return rows.assign(table=ABROAD, level="county", raion=raion)


def _table_below(path: Path, sheet: str, columns: dict[str, str], header_rows: int) -> pd.DataFrame:
    """The rows below a header of one or two rows, whose first lines must be as ``columns`` says."""
    cells = read_sheet(path, sheet)
    first = next(iter(columns))
    start = cells.index[cells[0].str.startswith(first)]
    if len(start) != 1:
        raise SourceError(f"{path}: sheet {sheet!r} has no header beginning {first!r}")
    header = cells.loc[start[0] : start[0] + header_rows - 1]
    lines = header.map(lambda cell: cell.split("\n")[0].strip()).replace("", None)
    found = lines.ffill().iloc[-1].fillna("").tolist()[: len(columns)]
    if found != list(columns):
        raise SourceError(f"{path}: sheet {sheet!r}: the header reads {found}; the layout changed")
    rows = cells.loc[start[0] + header_rows :, list(range(len(columns)))]
    rows.columns = list(columns.values())
    return rows.assign(record=[f"sheet {sheet} row {number}" for number in rows.index])


def _levels_by_order(path: Path, rows: pd.DataFrame) -> pd.DataFrame:
    """The level of each row, and the raion above it.

    After the country's row, a row that finds no residents left of the raion
    before it begins the next; rows without a figure never do.
    """
    totals = parse_numbers(rows["total"])["value"]
    found: list[tuple[str, str]] = []
    raion, left = "", 0.0
    for number, name, total in zip(rows.index, rows["name"], totals, strict=True):
        if name == WHOLE:
            found.append(("country", ""))
        elif left == 0 and pd.notna(total):
            raion, left = name, float(total)
            found.append(("county", raion))
        else:
            left -= 0.0 if pd.isna(total) else float(total)
            found.append(("municipality", raion))
        if left < 0 or not (raion or name == WHOLE):
            raise SourceError(
                f"{path}: row {number}: the communes do not add up to the raion {raion!r}; "
                "the layout changed"
            )
    if left:
        raise SourceError(f"{path}: the communes of the last raion {raion!r} are not all there")
    return pd.DataFrame(found, columns=["level", "raion"], index=rows.index)
