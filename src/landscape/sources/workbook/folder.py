"""A folder of returned workbooks: which there are, and which stands where one came twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from landscape.cleaning.open_workbook import saved_on
from landscape.errors import LandscapeError, SourceError
from landscape.workbook.read import Returned, read_workbook

SUFFIXES = (".xlsx", ".ods", ".xls", ".xlsm")


@dataclass(frozen=True)
class Sent:
    """A returned workbook and the day that its answers are of."""

    returned: Returned
    day: str  # ISO

    @property
    def area_id(self) -> str:
        """The authority's area."""
        return self.returned.marker.area_id


def read_folder(folder: Path) -> list[Sent]:
    """Every workbook of a folder, in the order of authorities and days, the latest last.

    The day is the one that the authority gives, else the day on which the file
    was saved. Raises SourceError naming every file that cannot be read: a
    workbook is never left out in silence. Files whose name begins with a dot
    or ``~$`` (open elsewhere) are not workbooks.
    """
    if not folder.is_dir():
        raise SourceError(f"{folder}: no such folder of returned workbooks")
    sent, broken = [], []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.suffix.lower() not in SUFFIXES:
            continue
        try:
            returned = read_workbook(path)
        except LandscapeError as error:
            broken.append(str(error))
            continue
        sent.append(Sent(returned, _day_of(returned)))
    if broken:
        more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
        raise SourceError(f"{broken[0]}{more}; mend it or take it out of the folder")
    _refuse_mixed(folder, sent)
    return sorted(sent, key=lambda each: (each.area_id, each.day, each.returned.path.name))


def latest(sent: Iterable[Sent]) -> dict[str, Sent]:
    """The workbook that stands, by area: the last one sent. ``sent`` as ``read_folder`` gives."""
    return {each.area_id: each for each in sent}


def is_example(sent: Iterable[Sent]) -> bool:
    """Whether the workbooks are those of the worked example."""
    return any(each.returned.marker.fictive for each in sent)


def _day_of(returned: Returned) -> str:
    told = returned.answer("authority", "answered_on")
    return str(told) if told else saved_on(returned.path)


def _refuse_mixed(folder: Path, sent: list[Sent]) -> None:
    """The worked example never stands beside real authorities."""
    fictive = [each for each in sent if each.returned.marker.fictive]
    if fictive and len(fictive) < len(sent):
        raise SourceError(
            f"{folder}: {fictive[0].returned.path.name} is of a fictive authority of the worked "
            "example, others are of real ones; keep them in two folders"
        )
