"""An edition as a Frictionless Data Package: a descriptor and one CSV a table."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from landscape import __version__
from landscape.exchange.fields import table_schema
from landscape.exchange.sharing import Edition
from landscape.exchange.writing import Left, standard, write_csv, write_json
from landscape.provenance import SourceCard
from landscape.yaml_files import read_mapping

DESCRIPTOR = "datapackage.json"
LICENCES = Path(__file__).with_name("licences.yml")


def write_datapackage(edition: Edition, folder: Path) -> list[Left]:
    """Write ``datapackage.json`` and one CSV a table; nothing is left out."""
    resources = []
    for name in standard("datapackage")["tables"]:
        table = edition.table(name)
        write_csv(folder / f"{name}.csv", table)
        resources.append(_resource(name, table, edition))
    country = edition.inventory.country
    cards = edition.inventory.sources
    write_json(
        folder / DESCRIPTOR,
        {
            "profile": "tabular-data-package",
            "name": f"landscape-{edition.code.lower()}",
            "title": f"Needs, resources and services of local social policy: {country.name['en']}",
            "description": (
                f"The {edition.inventory.edition} edition. A missing value is not known; it is "
                "not zero. Values stand beside their year, status, interval and coverage."
            ),
            "version": __version__,
            "keywords": ["social policy", "local authorities", country.name["en"]],
            "licenses": licences(cards),
            "sources": [_source(card) for card in cards.values()],
            "resources": resources,
        },
    )
    return []


def _resource(name: str, table: pd.DataFrame, edition: Edition) -> dict[str, Any]:
    cards = {s: card for s, card in edition.inventory.sources.items() if s in sources_of(table)}
    resource: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": table_schema(name, list(table.columns)),
    }
    if cards:
        resource["licenses"] = licences(cards)
        resource["sources"] = [_source(card) for card in cards.values()]
    return resource


def sources_of(table: pd.DataFrame) -> set[str]:
    """The sources that the rows of a table name; none where they do not."""
    if "source_ids" in table:
        return {one for joined in table["source_ids"].dropna().unique() for one in joined.split()}
    return set(table["source_id"].dropna().unique()) if "source_id" in table else set()


def _source(card: SourceCard) -> dict[str, str]:
    return {"title": f"{card.citation} ({card.licence})", "path": card.url}


def licences(cards: dict[str, SourceCard]) -> list[dict[str, str]]:
    """The licences of the sources, each once, named as the Open Definition or SPDX names them."""
    found = {card.licence: licence_of(card) for card in cards.values()}
    return list(found.values())


def licence_of(card: SourceCard) -> dict[str, str]:
    """The licence of one source; where it is not on the list, the source's page stands for it."""
    return {**_known().get(card.licence, {"path": card.url}), "title": card.licence}


@lru_cache
def _known() -> dict[str, dict[str, str]]:
    return read_mapping(LICENCES)
