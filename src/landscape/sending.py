"""Making the workbooks of a round: from a list of areas, or those of the worked example."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.cleaning.decoding import decode_text
from landscape.cleaning.delimited import find_delimiter, join_headers, parse_rows, read_bytes
from landscape.errors import LandscapeError
from landscape.inventory import Inventory, load
from landscape.workbook.authorities import prefill
from landscape.workbook.example import YEAR, load_example
from landscape.workbook.write import make_folder, workbook_path, write_workbook

#: A list of areas is never larger.
LARGEST_LIST = 20 * 2**20


def write_example_round(out: Path, lang: str | None, *, filled: bool) -> list[Path]:
    """The workbooks of the twelve fictive authorities, each in its country's language.

    ``lang`` sets one language for all; ``filled`` puts their fictive answers in.
    """
    make_folder(out)
    paths = []
    for each in load_example().values():
        reader = lang or each.language
        path = workbook_path(out, each.authority, reader)
        filling = each.filling if filled else None
        paths.append(write_workbook(path, each.authority, reader, YEAR, filling))
    return paths


def write_round(country: str, areas: Path, lang: str | None, year: int, out: Path) -> list[Path]:
    """A workbook for each area of a list (a CSV with a column ``area_id``), prefilled.

    Written in ``lang``, or the language of the country's names. Raises
    LandscapeError where the list cannot be read or names an area that is not there.
    """
    inventory = load(country)
    reader = lang or inventory.country.names_language
    ids = _read_ids(areas, inventory)
    make_folder(out)
    observations = pd.concat([inventory.needs, inventory.resources], ignore_index=True)
    titles = {name: card.title[reader] for name, card in inventory.sources.items()}
    paths = []
    for area_id in ids:
        authority = prefill(area_id, inventory.areas, observations, inventory.services, titles)
        path = workbook_path(out, authority, reader)
        paths.append(write_workbook(path, authority, reader, year))
    return paths


def _read_ids(path: Path, inventory: Inventory) -> list[str]:
    """The area ids of a list, in its order, each once. LandscapeError names what is wrong."""
    try:
        text = decode_text(read_bytes(path, LARGEST_LIST), inventory.country.names_language).text
        rows = parse_rows(text, find_delimiter(text, ["area_id"]))
    except FileNotFoundError:
        raise LandscapeError(f"{path}: no such file") from None
    except ValueError as error:
        raise LandscapeError(f"{path}: {error}") from None
    header = join_headers(rows[:1]) if rows else []
    if "area_id" not in header:
        raise LandscapeError(
            f"{path}: has no column area_id; 'landscape match' adds it to a list of names"
        )
    column = header.index("area_id")
    ids = [row[column].strip() for row in rows[1:] if row[column].strip()]
    known = inventory.areas.loc[inventory.areas["level"] != "country", "area_id"]
    unknown = [each for each in ids if each not in set(known)]
    if unknown or not ids:
        listed = ", ".join(unknown[:5]) or "it lists none"
        raise LandscapeError(f"{path}: not areas of {inventory.country.code}: {listed}")
    return list(dict.fromkeys(ids))
