"""Corrections of published files, kept as data beside the source module."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.errors import SourceError
from landscape.sources.contract import Ledger

COLUMNS = ["key", "column", "old", "new", "reason", "reported"]


def apply_corrections(
    frame: pd.DataFrame, module_file: str, ledger: Ledger, *, key: list[str]
) -> pd.DataFrame:
    """The frame with the corrections of ``<module>.corrections.csv``, each told as a finding.

    A correction finds its row by ``key``: the values of the key columns,
    joined by ``|``. It fails (SourceError) when its row is not there once or
    the old value no longer stands, so that a mended file is noticed. The
    frame given stays as it is.
    """
    frame = frame.copy()
    path = Path(module_file).with_suffix(".corrections.csv")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if list(table.columns) != COLUMNS:
        raise SourceError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
    keys = frame[key].agg("|".join, axis=1)
    for line, fix in enumerate(table.to_dict("records"), start=2):
        if fix["column"] not in frame:
            raise SourceError(f"{path.name} line {line}: there is no column {fix['column']!r}")
        rows = frame[(keys == fix["key"]) & (frame[fix["column"]] == fix["old"])]
        if len(rows) != 1:
            raise SourceError(
                f"{path.name} line {line}: {fix['column']} {fix['old']!r} of {fix['key']!r} "
                f"stands in {len(rows)} rows, not one; if the file was mended, remove the line"
            )
        frame.loc[rows.index, fix["column"]] = fix["new"]
        message = f"{fix['column']}: {fix['old']} -> {fix['new']}: {fix['reason']}"
        ledger.note(rows, "figure_corrected", message, severity="warning", action="corrected")
    return frame
