"""The project's dictionaries: variables and the rules of cleaning, each entry explained once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from landscape.paths import PACKAGE
from landscape.yaml_files import read_mapping


@lru_cache
def load_variables() -> dict[str, dict[str, Any]]:
    """``variables.yml``: name -> unit, sum (whether the values of parts add up), meaning."""
    return _load("variables.yml")


@lru_cache
def load_rules() -> dict[str, dict[str, str]]:
    """``rules.yml``: what cleaning can notice, name -> sentence in each language."""
    return _load("rules.yml")


@lru_cache
def load_columns() -> dict[str, dict[str, str]]:
    """``columns.yml``: what a column means, name (or table.name) -> sentence in each language."""
    return _load("columns.yml")


def explain_column(table: str, column: str, code: str) -> str:
    """What a column of a table means, in a language.

    >>> explain_column("places", "lat", "en")
    'Latitude in degrees, EPSG:4326.'
    """
    columns = load_columns()
    return columns.get(f"{table}.{column}", columns[column])[code]


def _load(name: str) -> dict[str, Any]:
    return read_mapping(PACKAGE / name)


@lru_cache
def load_terms() -> dict[str, dict[str, dict[str, str]]]:
    """``terms.yml``: the words for coded values, dimension -> code -> language -> word."""
    return _load("terms.yml")


@lru_cache
def load_credits() -> dict[str, dict[str, str]]:
    """``credits.yml``: what a ``source.yml`` says in words of its producer and licence."""
    return _load("credits.yml")


def word_credit(phrase: str, code: str) -> str:
    """A producer or licence in a language; names of bodies and licences stay as they are."""
    return load_credits().get(phrase, {}).get(code, phrase)


@lru_cache
def load_topics() -> dict[str, dict[str, str]]:
    """``topics.yml``: what an inventory asks of every country, topic -> layer and words."""
    return _load("topics.yml")
