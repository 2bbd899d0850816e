"""Reading a source whole: as many rows as its ``source.yml`` promises, not one less."""

from __future__ import annotations

from types import ModuleType

import pandas as pd

from landscape.errors import SourceError
from landscape.provenance import RawFolder


def read_rows(module: ModuleType, raw: RawFolder) -> pd.DataFrame:
    """What the module's ``read`` gives; SourceError where rows are lost or too many.

    A file that was cut at the end of a line, or saved again with a row less, is
    a good file to any reader. Only the number of rows that was promised tells.
    """
    frame: pd.DataFrame = module.read(raw)
    promised = raw.card.rows
    if promised is not None and len(frame) != promised:
        raise SourceError(
            f"{raw.path}: {len(frame):,} rows read, source.yml promises {promised:,}; "
            "fetch the file again, or check the new vintage and record its rows"
        )
    return frame
