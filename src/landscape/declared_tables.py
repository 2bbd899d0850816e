"""The tables of a country with what its authorities declare, and those of the worked example."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from landscape.answer_schemas import ANSWER_TABLES
from landscape.errors import SourceError
from landscape.schemas import check_table, empty_table
from landscape.sources.contract import Cleaned
from landscape.sources.registry import country
from landscape.sources.workbook.clean import clean_workbooks
from landscape.sources.workbook.folder import Sent, is_example
from landscape.tables import CountryTables, country_row
from landscape.workbook.example import example_areas

#: The tables that registers and authorities both fill.
SHARED = ("needs", "resources", "services")
#: The folder of an edition made of fictive authorities alone, below the processed tables.
EXAMPLE = "example"


def with_declared(cleaned: CountryTables, sent: list[Sent], folder: Path) -> CountryTables:
    """The tables with a column ``evidence``, and what the returned workbooks declare.

    ``sent`` are all workbooks of ``folder``; those of other countries are left
    to them. Without workbooks the tables of answers are there and empty.
    Raises SourceError where the workbooks are those of the worked example:
    they never stand beside real areas.
    """
    if is_example(sent) and cleaned.edition != EXAMPLE:
        raise SourceError(
            f"{folder}: holds workbooks of the worked example, whose authorities are fictive; "
            "take them out of the folder of real ones"
        )
    tables = dict(cleaned.tables)
    for name in SHARED:
        tables[name] = check_table(name, tables[name].assign(evidence="register"))
    tables |= {name: empty_table(name) for name in ANSWER_TABLES}
    whole = replace(cleaned, tables=tables)
    own = [each for each in sent if each.returned.marker.country == cleaned.card.code]
    return _add(whole, own, folder) if own else whole


def _add(cleaned: CountryTables, sent: list[Sent], folder: Path) -> CountryTables:
    source, declared = clean_workbooks(sent, folder, cleaned.card, cleaned.tables)
    tables = dict(cleaned.tables)
    for name, rows in {**declared.tables, "findings": declared.findings}.items():
        checked = check_table(name, rows, source.card.source_id)
        tables[name] = check_table(name, pd.concat([tables[name], checked], ignore_index=True))
    return replace(
        cleaned,
        tables=tables,
        accounting=pd.concat(
            [cleaned.accounting, _accounting(source.card.source_id, declared)], ignore_index=True
        ),
        used=pd.concat(
            [cleaned.used, declared.used.assign(source_id=source.card.source_id)],
            ignore_index=True,
        ),
        sources=[*cleaned.sources, source],
    )


def _accounting(source_id: str, declared: Cleaned) -> pd.DataFrame:
    counts = {
        "source_id": source_id,
        "rows_read": declared.rows_read,
        "rows_kept": declared.rows_kept,
        "rows_rejected": declared.rows_rejected,
    }
    return pd.DataFrame([counts])


def example_tables(code: str, sent: list[Sent], folder: Path) -> CountryTables:
    """An edition of fictive authorities alone: no register, no real area."""
    card = country(code)
    areas = pd.concat([country_row(card), example_areas(card.code)], ignore_index=True)
    areas["geometry"] = pd.Series([None] * len(areas), index=areas.index, dtype="object")
    names = ("places", "crosswalk", "needs", "resources", "services", "findings")
    tables = {"areas": check_table("areas", areas), **{name: empty_table(name) for name in names}}
    columns = ["source_id", "rows_read", "rows_kept", "rows_rejected"]
    bare = CountryTables(
        card,
        EXAMPLE,
        tables,
        pd.DataFrame(columns=columns),
        pd.DataFrame(columns=["source_id", "record", "area_id"]),
        [],
    )
    return with_declared(bare, sent, folder)
