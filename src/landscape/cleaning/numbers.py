"""Figures as offices print them: separators, secret marks, dashes."""

from __future__ import annotations

import re

import pandas as pd

#: Marks that stand for a missing figure, and the SDMX status they tell.
MARKS = {"": "M", "-": "M", "–": "M", "—": "M", "…": "M", "...": "M", ":": "M", "nd": "M",
         "n.d.": "M", "n/a": "M", "na": "M", "s": "C", "c": "C"}  # fmt: skip


#: Blanks that printers set between groups of three digits.
BLANKS = " \u00a0\u202f\u2009"
#: How figures are printed, the plainest first: decimal mark, and marks between groups.
WAYS = tuple((decimal, group) for decimal in ".," for group in ("", BLANKS, "'", ".", ",")
             if group != decimal)  # fmt: skip


def find_marks(text: pd.Series) -> tuple[str, str]:
    """The decimal mark and the marks between thousands with which a column is printed.

    As ``decimal`` and ``thousands`` of `parse_numbers`. Only what can be meant
    in one way is told: some figure must show which mark is which (``12,5``,
    ``1.234.567``, ``1.234,5``). Missing marks, and text that is a figure in no
    way of printing, are left aside. Raises ValueError naming a figure that can be
    read in two ways (``1.234`` alone), or two that contradict each other.

    >>> find_marks(pd.Series(["1.234", "12,5", "s"]))
    (',', '.')
    >>> find_marks(pd.Series(["1.234"]))
    Traceback (most recent call last):
    ...
    ValueError: '1.234' may be 1.234 or 1234.0
    """
    cells = pd.Series(text.fillna("").str.strip().unique(), dtype="str")
    cells = cells[~cells.str.lower().isin(MARKS)]
    read = pd.concat(
        [_strictly(cells, *way) for way in WAYS], axis="columns", keys=range(len(WAYS))
    )
    read = read.dropna(how="all")
    ways = [number for number in range(len(WAYS)) if read[number].notna().all()]
    if not ways:
        raise ValueError(f"the marks contradict each other: {', '.join(cells[read.index[:3]])}")
    low, high = read[ways].min(axis="columns"), read[ways].max(axis="columns")
    for figure, least, most in zip(cells[read.index], low, high, strict=True):
        if least != most:
            raise ValueError(f"{figure!r} may be {least} or {most}")
    return WAYS[ways[0]]


def _strictly(cells: pd.Series, decimal: str, group: str) -> pd.Series:
    """The figures in one way of printing, NaN where a text is none in it; no group is left out."""
    between = rf"[1-9][0-9]{{0,2}}(?:[{re.escape(group)}][0-9]{{3}})+|" if group else ""
    shape = rf"[+-]?(?:{between}[0-9]+)(?:{re.escape(decimal)}[0-9]+)?"
    plain = cells.where(cells.str.fullmatch(shape))
    if group:
        plain = plain.str.replace(rf"[{re.escape(group)}]", "", regex=True)
    return pd.to_numeric(plain.str.replace(decimal, ".", regex=False)).astype("float64")


def parse_numbers(
    text: pd.Series,
    *,
    decimal: str = ".",
    thousands: str = "",
    marks: dict[str, str] | None = None,
    signed: bool = False,
) -> pd.DataFrame:
    """Figures and their status from text.

    Returns ``value`` (Float64), ``status`` (SDMX: A, or M and C for the marks
    of ``MARKS``, which ``marks`` may extend or override) and ``readable``
    (False where the text is neither a number nor a known mark: the caller must
    say so, the value is missing then). ``thousands`` lists characters that may
    stand between groups of three digits. Blanks around are ignored. Only
    where figures may be ``signed`` (coordinates) is a minus read: a count
    below zero is a damaged one.

    >>> parse_numbers(pd.Series(["1 234,5", "s", "x"]), decimal=",", thousands=" ").to_dict("list")
    {'value': [1234.5, None, None], 'status': ['A', 'C', 'M'], 'readable': [True, True, False]}
    """
    stripped = text.fillna("").str.strip()
    status = stripped.str.lower().map({**MARKS, **(marks or {})})
    plain = stripped
    if thousands:
        plain = plain.str.replace(
            rf"(?<=[0-9])[{re.escape(thousands)}](?=[0-9]{{3}}(?![0-9]))", "", regex=True
        )
    sign = "[+-]?" if signed else r"\+?"
    shape = rf"{sign}[0-9]+(?:{re.escape(decimal)}[0-9]+)?"
    fits = plain.str.fullmatch(shape) & status.isna()
    value = pd.to_numeric(plain.where(fits).str.replace(decimal, ".", regex=False))
    return pd.DataFrame(
        {
            "value": value.astype("Float64"),
            "status": status.where(~fits, "A").fillna("M"),
            "readable": fits | status.notna(),
        }
    )
