"""What the reports of a run will ask for, told to the server of forks before it starts."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from landscape.language import LANGUAGES
from landscape.sources.registry import countries

VARIABLE = "LANDSCAPE_PRELOAD"
#: The notebook whose reports each tell of a search that takes seconds.
SEARCHING = "innovation_zones"


@dataclass(frozen=True)
class Wanted:
    """A folder of tables, countries by code, the areas that have a profile, and languages.

    ``whole`` are the countries that reports tell of as a whole; ``searches`` the
    country and the theme of each search for zones that several reports tell of.
    """

    tables: str
    countries: list[str]
    areas: list[str]
    languages: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    searches: list[list[str]] = field(default_factory=list)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Leave word for the processes started meanwhile, and for none later."""
        os.environ[VARIABLE] = json.dumps(asdict(self))
        try:
            yield
        finally:
            del os.environ[VARIABLE]


def find_wanted(tables: Path, asked: Iterable[tuple[str, Mapping[str, object]]]) -> Wanted:
    """What reports will ask for: the names of their notebooks, with the values of parameters.

    A code of a country asks for its tables, the id of an area for those of all
    countries, among which its peers are found, that of a language for its words.
    """
    reports = [*asked]
    texts = {str(value) for _, values in reports for value in values.values()}
    areas = sorted(text for text in texts if "_" in text and text.partition("_")[0] in countries())
    whole = [code for code in countries() if code in texts]
    return Wanted(
        tables=str(tables.resolve()),
        countries=list(countries()) if areas else whole,
        areas=areas,
        languages=[code for code in LANGUAGES if code in texts],
        whole=whole,
        searches=_find_searches(reports),
    )


def _find_searches(reports: Iterable[tuple[str, Mapping[str, object]]]) -> list[list[str]]:
    """Searches that one report alone tells of are left to it, beside the other reports."""
    times = Counter(
        (str(values["country"]), str(values.get("theme", "")))
        for notebook, values in reports
        if notebook == SEARCHING and "country" in values
    )
    return [[*search] for search, count in times.items() if count > 1]


def read_word() -> Wanted | None:
    """What was left word of; None where nothing was."""
    word = os.environ.get(VARIABLE)
    return Wanted(**json.loads(word)) if word else None
