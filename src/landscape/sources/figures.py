"""Figures and codes of a source: what is not as it should be is told, or stops the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from landscape.cleaning.numbers import parse_numbers
from landscape.errors import SourceError
from landscape.sources.contract import Context, Ledger


def read_figures(
    frame: pd.DataFrame,
    text: pd.Series,
    what: str,
    ledger: Ledger,
    *,
    decimal: str = ".",
    whole: bool = False,
    most: float | None = None,
) -> pd.Series:
    """The numbers in a column of text; a finding for each one that cannot be read.

    ``what`` is the figure's name in the findings. ``whole`` figures (persons,
    dwellings) have no decimals but zeros; one above ``most`` cannot be, and
    is set missing with a finding of its own. Blank ones are missing too, and
    not told here: where a figure is expected, the caller says so.
    """
    figures = parse_numbers(text, decimal=decimal)
    value = figures["value"]
    broken = (value % 1 != 0).fillna(False).astype(bool) if whole else value.isna() & False
    unreadable = ~figures["readable"] | broken
    said = f"{what}: " + text
    note = {"severity": "warning", "action": "set_missing"}
    ledger.note(frame[unreadable], "value_not_readable", said, **note)
    beyond = (value > most).fillna(False).astype(bool) if most is not None else broken & False
    ledger.note(frame[beyond], "value_implausible", said, **note)
    return value.mask(unreadable | beyond)


def require_shapes(frame: pd.DataFrame, shapes: Mapping[str, str], context: Context) -> None:
    """SourceError naming the column, the value and the record where a text has not its shape.

    ``shapes`` gives columns the pattern that the whole text must match. It
    guards codes: a damaged one would become an area or a place of its own.
    """
    for column, pattern in shapes.items():
        wrong = frame[~frame[column].fillna("").str.fullmatch(pattern)]
        if not wrong.empty:
            first = wrong.iloc[0]
            raise SourceError(
                f"{context.source_id}: {first['record']}: {column} {first[column]!r} is not as the "
                f"others ({len(wrong)} such); the file is damaged or its layout changed"
            )


def tell_sums(
    frame: pd.DataFrame,
    total: str,
    parts: Sequence[str],
    ledger: Ledger,
    what: str,
    *,
    rounding: float = 0.5,
) -> None:
    """A finding for each row in which the numeric ``parts`` do not add up to the ``total``.

    Rows in which one of them is missing are not judged; a gap of less than
    ``rounding`` is none.
    """
    gap = frame[total] - frame[list(parts)].sum(axis=1, skipna=False)
    wrong = frame[(gap.abs() >= rounding).fillna(False).astype(bool)]
    if wrong.empty:
        return
    printed = wrong[list(parts)].astype("str").agg(" + ".join, axis=1)
    said = f"{what}: " + wrong[total].astype("str") + ", parts " + printed
    ledger.note(wrong, "parts_do_not_add_up", said, severity="warning")
