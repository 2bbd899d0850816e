"""A returned workbook of the worked example, and ways to change it as people do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from landscape.workbook.check import tell_problems
from landscape.workbook.example import YEAR, load_example
from landscape.workbook.read import read_workbook
from landscape.workbook.write import write_workbook
from returned_workbook import Hand, answers

#: The authority whose workbook is damaged: it answers nearly every sheet, in French.
AREA = "FR_EX1"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled workbook of one fictive authority, never to be changed itself."""
    each = load_example()[AREA]
    path = tmp_path_factory.mktemp("filled") / f"{AREA}.xlsx"
    return write_workbook(path, each.authority, each.language, YEAR, each.filling)


@pytest.fixture
def hand(filled: Path, tmp_path: Path) -> Hand:
    """A copy of the filled workbook, open for changes."""
    return Hand(Path(shutil.copy(filled, tmp_path / filled.name)))


@pytest.fixture
def lines_of() -> Callable[[Path], list[str]]:
    """The lines that ``landscape check`` prints of a workbook."""
    return lambda path: tell_problems(read_workbook(path))


@pytest.fixture(scope="session")
def right(filled: Path) -> dict[str, list[tuple[str, dict[str, object]]]]:
    """The answers of the workbook as it was filled in."""
    return answers(read_workbook(filled))
