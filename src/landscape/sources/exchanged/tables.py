"""Tables of an exchange package: files whose columns may be there or not."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landscape.cleaning.formulas import bare_cell
from landscape.cleaning.sheets import column_names, read_csv
from landscape.errors import SourceError
from landscape.provenance import RawFolder


def find_file(raw: RawFolder, names: Sequence[str]) -> str | None:
    """Which of the names stands in ``source.yml``; None where none does."""
    return next((name for name in names if name in raw.card.files), None)


def read_table(
    raw: RawFolder, names: Sequence[str], needed: Sequence[str], optional: Sequence[str] = ()
) -> pd.DataFrame:
    """The columns asked for of a CSV of the package, as text; absent optional ones are blank.

    No other column is read: what is not asked for (contacts, telephones,
    descriptions) never enters. ``names`` are the names that the file may have. An apostrophe
    that an export put before a formula is taken away. Raises SourceError where
    the file or a needed column is missing.
    """
    name = find_file(raw, names)
    if name is None:
        raise SourceError(
            f"{raw.card.source_id}: source.yml lists no {names[0]}; the package is incomplete"
        )
    path = raw.file(name)
    there = [column for column in optional if column in column_names(path)]
    frame = read_csv(path, {column: column for column in (*needed, *there)})
    text = frame.drop(columns="record").map(bare_cell)
    absent = {column: "" for column in optional if column not in there}
    return text.assign(record=frame["record"], **absent)
