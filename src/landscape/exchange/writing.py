"""Files of an export: CSV without live formulas, JSON, and the manifest that tells what is lost."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from landscape import __version__
from landscape.cleaning.formulas import safe_cell
from landscape.errors import LandscapeError
from landscape.exchange.sharing import Edition
from landscape.paths import PACKAGE
from landscape.provenance import sha256_of
from landscape.yaml_files import read_mapping

MANIFEST = "export.json"
STANDARDS = PACKAGE / "exchange" / "standards.yml"


@dataclass(frozen=True)
class Left:
    """Rows that do not go into an export, and why."""

    what: str
    rows: int
    why: str


def write_csv(path: Path, table: pd.DataFrame, *, second_row: list[str] | None = None) -> None:
    """Write a table as CSV: UTF-8, commas, decimal points, blank where missing, no live formula.

    ``second_row`` stands below the header (the tags of HXL). Whole numbers have
    no ``.0``; other numbers have as many digits as tell them apart.
    """
    columns = [_cells(table[column]) for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([safe_cell(str(column)) for column in table.columns])
        if second_row is not None:
            writer.writerow(second_row)
        writer.writerows(zip(*columns, strict=True))


def _cells(column: pd.Series) -> list[str]:
    """The column as text, its few different values turned once."""
    codes, values = pd.factorize(column)
    texts = [*(_cell(value) for value in values), ""]  # a missing value has the code -1
    return [texts[code] for code in codes]


def _cell(value: object) -> str:
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0")
    return safe_cell(value) if isinstance(value, str) else str(value)


def write_json(path: Path, content: Any) -> None:
    """Write JSON, in UTF-8 and the same for the same content."""
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def standard(form: str) -> dict[str, Any]:
    """The entry of ``standards.yml``: title, version, url, tables and what is lost."""
    entry: dict[str, Any] = read_mapping(STANDARDS)[form]
    return entry


def write_manifest(folder: Path, form: str, edition: Edition, left: list[Left]) -> None:
    """Write ``export.json``: the standard, the files, the sources, and what others will miss."""
    entry = standard(form)
    write_json(
        folder / MANIFEST,
        {
            "country": edition.code,
            "edition": edition.inventory.edition,
            "landscape": __version__,
            "form": form,
            "standard": {key: entry[key] for key in ("title", "version", "url")},
            "files": [_described(path, folder) for path in exported_files(folder)],
            "left_out": [vars(each) for each in left if each.rows],
            "withheld": {what: count for what, count in edition.withheld.items() if count},
            "lost": entry["lost"],
            "sources": [
                {
                    "source_id": name,
                    "title": card.title["en"],
                    "producer": card.producer,
                    "licence": card.licence,
                    "url": card.url,
                    "citation": card.citation,
                }
                for name, card in edition.inventory.sources.items()
            ],
        },
    )


def exported_files(folder: Path) -> list[Path]:
    """The files of an export, without its manifest."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if path.name != MANIFEST]


def _described(path: Path, folder: Path) -> dict[str, Any]:
    name = path.relative_to(folder).as_posix()
    return {"path": name, "bytes": path.stat().st_size, "sha256": sha256_of(path)}


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of ``folder`` when all went well, and not before.

    LandscapeError where it cannot be written, or where ``folder`` holds what no
    export made.
    """
    _refuse_strange(folder)
    fresh = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        yield fresh
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    except OSError as error:
        reason = error.strerror or error
        raise LandscapeError(
            f"{folder}: cannot be written: {reason}; check the space and the permissions there"
        ) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_strange(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise LandscapeError(
            f"{folder}: holds files that no export made; give another folder with --out"
        )
