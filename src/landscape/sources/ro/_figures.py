"""Figures of a column, and what has to be said of those that are not there."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.numbers import parse_numbers
from landscape.sources.contract import Ledger


def read_figures(
    frame: pd.DataFrame, text: pd.Series, what: str, ledger: Ledger, *, decimal: str = "."
) -> pd.Series:
    """The numbers in a column of text; a finding for each one that cannot be read.

    ``what`` is the figure's name in the findings. Blank ones are missing too,
    and not told here: where a figure is expected, the caller says so.
    """
    figures = parse_numbers(text, decimal=decimal)
    unreadable = frame[~figures["readable"]]
    said = f"{what}: " + text
    ledger.note(unreadable, "value_not_readable", said, severity="warning", action="set_missing")
    return figures["value"]
