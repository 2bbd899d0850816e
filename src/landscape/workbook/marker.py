"""The hidden identifiers by which a sheet is known, whatever became of its name and place."""

from __future__ import annotations

from dataclasses import dataclass, replace

PREFIX = "landscape"
#: Rows whose identifier begins so hold headings and help, not answers.
HEADING = "#"
#: Rows of a list that come from a register: this prefix and the service's id.
KEY = "key:"
#: Column of a list that tells whether a row from the register was changed.
WAS = "was"
#: Column of a form with what the registers say, as a value.
KNOWN = "known"
LISTS = "lists"


@dataclass(frozen=True)
class Marker:
    """What the first cell of every sheet says: whose workbook it is and which sheet.

    ``fictive`` marks the worked example. ``year`` is that of the round.
    """

    version: int
    sheet: str
    area_id: str
    language: str
    year: int
    fictive: bool = False

    @property
    def country(self) -> str:
        """Two letters."""
        return self.area_id[:2]

    def of_sheet(self, sheet: str) -> Marker:
        """The same for another sheet."""
        return replace(self, sheet=sheet)

    @property
    def text(self) -> str:
        """As it is written into the cell."""
        kind = "example" if self.fictive else "round"
        parts = (self.version, self.sheet, self.area_id, self.language, self.year, kind)
        return "|".join([PREFIX, *map(str, parts)])


def parse_marker(cell: object) -> Marker | None:
    """The marker in a cell; None where the cell holds something else."""
    if not isinstance(cell, str) or not cell.startswith(f"{PREFIX}|"):
        return None
    parts = cell.split("|")
    if len(parts) != 7 or not (parts[1].isdecimal() and parts[5].isdecimal()):
        return None
    _, version, sheet, area_id, language, year, kind = parts
    return Marker(int(version), sheet, area_id, language, int(year), kind == "example")
