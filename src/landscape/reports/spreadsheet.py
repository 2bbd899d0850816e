"""A table as a file that a spreadsheet opens, carried inside the page as a link."""

from __future__ import annotations

import base64
import csv
import io

from markupsafe import Markup

from landscape.cleaning.formulas import safe_cell
from landscape.language import Language
from landscape.reports.blocks import pack
from landscape.reports.page_table import Table, column_of, count_rows, is_missing

MOST_ROWS = 5000
CSV_ADDRESS = "data:text/csv;charset=utf-8;base64,"
_ROWS_PLAIN = 200


def write_csv(table: Table, language: Language) -> str:
    """The table as CSV text; empty where a value is missing, and no live formula.

    Separators are those a spreadsheet set to the language expects: commas and
    a decimal point in English, semicolons and a decimal comma elsewhere.
    """
    english = language.code == "en"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="," if english else ";", lineterminator="\r\n")
    writer.writerow([safe_cell(str(column)) for column in table])
    for row in zip(*(column_of(table, name) for name in table), strict=True):
        writer.writerow([_cell(value, "." if english else ",") for value in row])
    return buffer.getvalue()


def _cell(value: object, decimal_mark: str) -> str:
    if is_missing(value):
        return ""
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0").replace(".", decimal_mark)
    return safe_cell(str(value))


def csv_link(table: Table, language: Language, file_name: str) -> Markup:
    """A link that saves the table, or a sentence where the table is too long for the page.

    A long table is carried compressed: the page's script makes the link when
    the table is unfolded.
    """
    rows = count_rows(table)
    if rows > MOST_ROWS:
        message = language.text(
            "The whole table has {rows} rows, too many to carry in this page.",
            rows=language.number(rows),
        )
        return Markup('<p class="download">{}</p>').format(message)
    # Without the byte order mark, Excel reads ș, é and Cyrillic letters as something else.
    content = "\ufeff" + write_csv(table, language)
    target = Markup('href="{}{}"').format(CSV_ADDRESS, base64.b64encode(content.encode()).decode())
    if rows > _ROWS_PLAIN:
        target = Markup('hidden data-packed="{}"').format(pack(content))
    return Markup('<p class="download"><a download="{name}" {target}>{label}</a></p>').format(
        name=file_name,
        target=target,
        label=language.plural(
            "Save this table as CSV ({number} row)", "Save this table as CSV ({number} rows)", rows
        ),
    )
