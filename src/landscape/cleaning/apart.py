"""Workbooks opened in a process of their own, whose memory has a limit.

A workbook of a few kilobytes may claim cells at the far end of a sheet, by
malice or by one wrong byte; the reader then makes the whole rectangle of
cells in between, and no check of sizes inside the file tells beforehand. In a
process of its own it ends alone. Run as a script, this file is that process:
it imports no more than the reader.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

#: What reading one workbook may take; the largest official one takes a third of it.
MOST_MEMORY, MOST_SECONDS = 2 * 2**30, 300


def read_sheet_apart(path: Path, sheet: str | int) -> list[list[object]]:
    """The cells of one sheet of an .xls, .xlsx or .ods workbook, from its first row and column.

    Cells are text, numbers, truth values, dates or times; blank ones ``""``. Raises
    ValueError in words for an unknown sheet, an unreadable file, and one that
    needs more than ``MOST_MEMORY``.
    """
    return list(_ask(path, f"{type(sheet).__name__}:{sheet}"))


def read_sheets_apart(path: Path) -> list[tuple[str, list[list[object]]]]:
    """Name and cells of every sheet, in order, as ``read_sheet_apart`` gives those of one."""
    return list(_ask(path, "all:"))


def _ask(path: Path, which: str) -> list[Any]:
    wanted = [sys.executable, "-I", __file__, str(path), which]
    try:
        done = subprocess.run(wanted, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ValueError(f"takes more than {MOST_SECONDS} seconds; not read") from None
    if done.returncode:
        raise ValueError(
            f"its cells would fill more than {MOST_MEMORY // 2**30} GB of memory; it is damaged"
        )
    # Only our own child writes there.
    rows = pickle.loads(done.stdout)
    if isinstance(rows, str):
        raise ValueError(rows)
    return list(rows)


def _read(path: str, wanted: str) -> list[Any] | str:
    kind, _, name = wanted.partition(":")
    try:
        with Path(path).open("rb") as file:  # by content: offices name .xlsx files .xls
            workbook = CalamineWorkbook.from_filelike(file)
            if kind == "all":
                named = [(each, workbook.get_sheet_by_name(each)) for each in workbook.sheet_names]
                return [(each, page.to_python(skip_empty_area=False)) for each, page in named]
            chosen = (
                workbook.get_sheet_by_name(name)
                if kind == "str"
                else workbook.get_sheet_by_index(int(name))
            )
            return [*chosen.to_python(skip_empty_area=False)]
    except MemoryError:
        raise
    except Exception as error:
        return " ".join(str(error).split())[:300]


def main() -> None:
    """Read the workbook named on the command line; the cells go to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(pickle.dumps(_read(*sys.argv[1:]), protocol=5))


if __name__ == "__main__":
    main()
