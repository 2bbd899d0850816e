"""A returned workbook as somebody has it open: sheets by identifier, cells by question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from landscape.workbook.marker import parse_marker
from landscape.workbook.read import Returned


class Hand:
    """A workbook in the hands of somebody: sheets by their identifiers, cells by questions."""

    def __init__(self, path: Path):
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def sheet(self, name: str) -> Any:
        """The sheet with that identifier."""
        for page in self.book.worksheets:
            marker = parse_marker(page.cell(1, 1).value)
            if marker is not None and marker.sheet == name:
                return page
        raise KeyError(name)

    def cell(self, sheet: str, item: str | int, column: str = "answer") -> Any:
        """The cell of a question; ``item`` is a row's identifier, or the number of a list's row."""
        page = self.sheet(sheet)
        heads = {page.cell(1, c).value: c for c in range(1, page.max_column + 1)}
        ids = [page.cell(r, 1).value for r in range(1, page.max_row + 1)]
        row = ids.index(item) + 1 if isinstance(item, str) else ids.index("#help") + 1 + item
        return page.cell(row, heads[column])

    def put(self, sheet: str, item: str | int, value: object, column: str = "answer") -> str:
        """Write into a question's cell; returns the cell's name."""
        cell = self.cell(sheet, item, column)
        cell.value = value
        return str(cell.coordinate)

    def save(self) -> Path:
        """Write the file."""
        self.book.save(self.path)
        return self.path


def answers(returned: Returned) -> dict[str, list[tuple[str, dict[str, object]]]]:
    """All answers of a workbook by sheet, without the places that they stood in."""
    sheets: dict[str, list[tuple[str, dict[str, object]]]] = {}
    for row in returned.rows:
        if row.answers:
            sheets.setdefault(row.sheet, []).append((row.item, dict(row.answers)))
    return sheets
