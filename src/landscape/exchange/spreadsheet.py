"""An edition as one spreadsheet: explanations first, then the tables; no live formula."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from landscape.dictionaries import explain_column, word_credit
from landscape.exchange.sharing import Edition
from landscape.exchange.writing import Left, standard
from landscape.language import Language, language

#: A longer sheet takes a laptop minutes to open.
MOST_ROWS = 100_000
LONGEST_CELL = 32_767
WIDEST, NARROWEST, LOOKED_AT = 60, 8, 200
NUMBERS = ("Int64", "Float64")
#: The style of a line, then its cells.
Line = tuple[str, ...]


def write_spreadsheet(edition: Edition, folder: Path) -> list[Left]:
    """Write ``landscape_<country>.xlsx``; returns the rows that long tables leave out."""
    reader = language(edition.lang)
    tables, left = _tables(edition)
    path = folder / f"landscape_{edition.code}.xlsx"
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        country = edition.inventory.country.name[reader.code]
        book.set_properties({"title": country, "subject": "landscape", "author": ""})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "text": book.add_format({"num_format": "@"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        page = book.add_worksheet(reader.text("Explanations"))
        _write_lines(page, styles, _explanations(edition, reader, tables, left))
        for name, table in tables.items():
            _write_table(book.add_worksheet(name), styles, table)
    return left


def _tables(edition: Edition) -> tuple[dict[str, pd.DataFrame], list[Left]]:
    """The tables by name; a long one without the rows of municipalities."""
    tables, left = {}, []
    levels = edition.areas.set_index("area_id")["level"]
    for name in standard("xlsx")["tables"]:
        table = edition.table(name)
        if len(table) > MOST_ROWS:
            short = table["area_id"].map(levels) != "municipality"
            why = "a sheet of so many rows does not open well; the Data Package has them"
            left.append(Left(f"{name}: municipalities", int((~short).sum()), why))
            table = table[short]
        tables[name] = table
    return tables, left


def _explanations(
    edition: Edition, reader: Language, tables: dict[str, pd.DataFrame], left: list[Left]
) -> list[Line]:
    """The lines of the first sheet: what this is, how to read it, each column, each source."""
    text = reader.text
    lines: list[Line] = [
        ("title", edition.inventory.country.name[reader.code]),
        ("", text("A blank cell is not known; it is not zero.")),
        ("", text("Codes are text: leading zeros belong to them.")),
        ("", text("Counts of fewer than ten persons are withheld (status C).")),
    ]
    for each in left:
        said = text(
            "{table}: {number} rows of municipalities are left out, so that the file opens.",
            table=each.what.partition(":")[0],
            number=reader.number(each.rows),
        )
        lines.append(("", said))
    lines += [("",), ("head", text("Table"), text("Column"), text("What it means"))]
    lines += [
        ("wrap", name, column, explain_column(name, column, reader.code))
        for name, table in tables.items()
        for column in table.columns
    ]
    lines += [("",), ("head", text("Source"), text("Licence"), text("Citation"))]
    lines += [
        ("wrap", name, word_credit(card.licence, reader.code), card.citation)
        for name, card in edition.inventory.sources.items()
    ]
    return lines


def _write_lines(page: Any, styles: dict[str, Any], lines: list[Line]) -> None:
    for column, width in enumerate((24, 24, 90)):
        page.set_column(column, column, width)
    for row, (style, *cells) in enumerate(lines):
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell, styles.get(style))


def _write_table(page: Any, styles: dict[str, Any], table: pd.DataFrame) -> None:
    """One sheet: header frozen and filtered, text as text, numbers as numbers, blank where NA."""
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    is_number = [str(table[column].dtype) in NUMBERS for column in table.columns]
    for place, column in enumerate(table.columns):
        shown = table[column].head(LOOKED_AT).astype("str").str.len().max()
        width = min(max(NARROWEST, len(column) + 3, int(shown) if pd.notna(shown) else 0), WIDEST)
        page.set_column(place, place, width, None if is_number[place] else styles["text"])
        page.write_string(0, place, column, styles["head"])
    columns = [_plain(table[column]) for column in table.columns]
    for row, cells in enumerate(zip(*columns, strict=True), start=1):
        for place, cell in enumerate(cells):
            if cell is None:
                continue
            if is_number[place]:
                page.write_number(row, place, cell)
            else:
                page.write_string(row, place, cell[:LONGEST_CELL], styles["text"])


def _plain(column: pd.Series) -> list[Any]:
    """The values as Python's own; None where missing."""
    return column.astype("object").where(column.notna(), None).tolist()
