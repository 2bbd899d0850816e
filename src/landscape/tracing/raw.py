"""Records as they stand in the raw files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.errors import LandscapeError
from landscape.paths import project
from landscape.provenance import open_raw_folder
from landscape.sources.registry import source_module
from landscape.starter import read_starter


def read_rows(
    source_id: str, edition: str, records: pd.Series, raw: Path | None = None
) -> pd.DataFrame:
    """The records of one source, cell by cell, as text and before any cleaning.

    The columns are those that the project reads (never those about persons),
    under its own names. Records keep the numbers of the official file in both
    editions. Raises LandscapeError where a record is not in the file.
    """
    code, _, name = source_id.partition("/")
    folder = open_raw_folder(raw or project().raw, source_id, project().raw)
    frame = source_module(code, name).read(folder) if edition == "full" else read_starter(folder)
    rows = pd.DataFrame(frame).drop(columns="geometry", errors="ignore").set_index("record")
    absent = records[~records.isin(rows.index)]
    if len(absent):
        raise LandscapeError(
            f"{folder.path}: {absent.iloc[0]!r} is no single record of the file; "
            "the files or the tables are of another edition: run landscape tables"
        )
    return rows.loc[records].reset_index()
