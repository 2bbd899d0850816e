"""Writing a workbook: sheets from the questionnaire, with lists, limits, help and hidden ids."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from landscape.errors import LandscapeError
from landscape.workbook.authorities import Authority
from landscape.workbook.drop_downs import Lists
from landscape.workbook.filling import Filling
from landscape.workbook.forms import write_form
from landscape.workbook.marker import LISTS, Marker
from landscape.workbook.pens import FITS, LINE_POINTS, Pen, make_styles
from landscape.workbook.questionnaire import VERSION, load_questionnaire, load_words
from landscape.workbook.rows import write_grid, write_list

#: A name that begins with "=" or "http" is a name.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}
WRITERS = {"form": write_form, "grid": write_grid, "list": write_list}


def write_workbook(
    path: Path, authority: Authority, reader: str, year: int, filling: Filling | None = None
) -> Path:
    """Write the workbook of one authority, in one language, for the round of a year.

    ``filling`` puts answers into it, as the worked example and the tests do.
    Raises LandscapeError where the file cannot be written.
    """
    marker = Marker(VERSION, "", authority.area_id, reader, year, authority.fictive)
    try:
        with xlsxwriter.Workbook(
            path, {"strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            book.set_properties({"title": authority.name, "subject": "landscape"})
            styles = make_styles(book)
            titles = [sheet.title[reader] for sheet in load_questionnaire().values()]
            pages = [book.add_worksheet(title) for title in titles]
            lists = Lists(book.add_worksheet(LISTS), reader, marker.of_sheet(LISTS).text)
            for page, sheet in zip(pages, load_questionnaire().values(), strict=True):
                pen = Pen(page, styles, sheet, reader, lists, authority, filling or Filling())
                page.write_string(0, 0, marker.of_sheet(sheet.name).text)
                _head(pen)
                WRITERS[sheet.shape](pen)
                _finish(pen)
            lists.close()
            pages[0].activate()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise LandscapeError(f"{path}: cannot be written: {error}; check the folder") from None
    return path


def make_folder(out: Path) -> None:
    """Make the folder for workbooks; LandscapeError where that is not possible."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LandscapeError(f"{out}: no folder can be made there: {error.strerror}") from None


def workbook_path(out: Path, authority: Authority, reader: str) -> Path:
    """Where an authority's workbook goes: ``<area_id>_<language>.xlsx``."""
    return out / f"{authority.area_id}_{reader}.xlsx"


def _head(pen: Pen) -> None:
    """Title and introduction; on the first sheet also how to fill in the workbook."""
    words = load_words()
    title = f"{pen.authority.name} – {pen.sheet.title[pen.reader]}"
    pen.page.write_string(1, 0, "#title")
    pen.page.write_string(1, 1, title, pen.styles["title"])
    pen.page.write_string(2, 0, "#intro")
    lines = [pen.sheet.intro[pen.reader]]
    if pen.sheet.name == "authority":
        lines.insert(0, words["how_to"][pen.reader])
    if pen.authority.fictive:
        lines.insert(0, words["fictive"][pen.reader])
    pen.page.merge_range(2, 1, 2, pen.last_column, "\n".join(lines), pen.styles["intro"])
    width = sum(pen.width_of(column) for column in range(1, pen.last_column + 1))
    needed = sum(-(-len(line) // int(width * FITS)) for line in lines)
    pen.page.set_row(1, 24)
    pen.page.set_row(2, LINE_POINTS * needed + 8)


def _finish(pen: Pen) -> None:
    """Hide the identifiers, lock what is not an answer, and set the page for printing."""
    page = pen.page
    page.set_row(0, None, None, {"hidden": True})
    page.set_column(0, 0, 4, None, {"hidden": True})
    page.freeze_panes(pen.first_row, 2)
    page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(3, pen.first_row - 1)
    page.set_footer(f"&L{pen.authority.name.replace('&', '&&')}&R&P / &N")
    page.hide_gridlines(2)
