"""Figures as offices print them: separators, secret marks, dashes."""

from __future__ import annotations

import re

import pandas as pd

#: Marks that stand for a missing figure, and the SDMX status they tell.
MARKS = {"": "M", "-": "M", "–": "M", "—": "M", "…": "M", "...": "M", ":": "M", "nd": "M",
         "n.d.": "M", "n/a": "M", "na": "M", "s": "C", "c": "C"}  # fmt: skip


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
