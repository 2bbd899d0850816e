"""Telling an authority what to put right in its workbook, one line a problem."""

from __future__ import annotations

from pathlib import Path

from landscape.workbook.questionnaire import load_words
from landscape.workbook.read import Returned, count_answered, read_workbook


def check_workbook(path: Path) -> tuple[list[str], str]:
    """One line for each problem, and the line to print where there is none.

    Both in the workbook's language. Raises SourceError or WorkbookError where
    the file cannot be read at all.
    """
    returned = read_workbook(path)
    return tell_problems(returned), _all_well(returned)


def tell_problems(returned: Returned) -> list[str]:
    """The problems of a workbook: sheet, cell, what is wrong and what to write instead."""
    reader = returned.marker.language
    form = load_words()["problem"][reader]
    lines = []
    for problem in returned.problems:
        place = problem.place
        if place.cell:
            lines.append(form.format(sheet=place.sheet, cell=place.cell, text=problem.text))
        else:
            pair = form.replace("{sheet}, {cell}", "{sheet}")
            lines.append(pair.format(sheet=place.sheet, text=problem.text))
    return lines


def _all_well(returned: Returned) -> str:
    answered, asked = count_answered(returned)
    form = load_words()["all_well"][returned.marker.language]
    return form.format(file=returned.path.name, answered=answered, asked=asked)
