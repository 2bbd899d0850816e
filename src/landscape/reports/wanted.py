"""What the reports of a run will ask for, told to the server of forks before it starts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from landscape.language import LANGUAGES
from landscape.sources.registry import countries

VARIABLE = "LANDSCAPE_PRELOAD"


@dataclass(frozen=True)
class Wanted:
    """A folder of tables, countries by code, the areas that have a profile, and languages.

    ``whole`` are the countries that reports tell of as a whole.
    """

    tables: str
    countries: list[str]
    areas: list[str]
    languages: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Leave word for the processes started meanwhile, and for none later."""
        os.environ[VARIABLE] = json.dumps(asdict(self))
        try:
            yield
        finally:
            del os.environ[VARIABLE]


def find_wanted(tables: Path, values: Iterable[object]) -> Wanted:
    """What reports with these values of their parameters will ask for.

    A code of a country asks for its tables, the id of an area for those of all
    countries, among which its peers are found, that of a language for its words.
    """
    texts = {str(value) for value in values}
    areas = sorted(text for text in texts if "_" in text and text.partition("_")[0] in countries())
    whole = [code for code in countries() if code in texts]
    codes = list(countries()) if areas else whole
    return Wanted(str(tables.resolve()), codes, areas, [c for c in LANGUAGES if c in texts], whole)


def read_word() -> Wanted | None:
    """What was left word of; None where nothing was."""
    word = os.environ.get(VARIABLE)
    return Wanted(**json.loads(word)) if word else None
