"""The countries and the theme that one comparison is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from landscape.compare.across import choose_compared
from landscape.errors import UsageError
from landscape.indicators.catalogue import load_catalogue
from landscape.inventory import load
from landscape.language import Language
from landscape.reports.reading import Reading
from landscape.schemas import FUNCTIONS
from landscape.sources.registry import countries as known_countries

GENERAL = "general"
FEWEST = 2


@dataclass(frozen=True)
class Compared:
    """Some countries in one language, and an ESSPROS function or ``general``."""

    readings: dict[str, Reading]
    theme: str

    @property
    def language(self) -> Language:
        """The reader's."""
        return next(iter(self.readings.values())).language

    @property
    def is_general(self) -> bool:
        """Whether no theme was chosen."""
        return self.theme == GENERAL

    @property
    def theme_word(self) -> str:
        """The theme in words."""
        if self.is_general:
            return self.language.text("all themes")
        return next(iter(self.readings.values())).term("function", self.theme)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables of indicators, by country."""
        return {code: each.inventory.indicators for code, each in self.readings.items()}

    @cached_property
    def areas(self) -> dict[str, pd.DataFrame]:
        """The tables of areas, by country."""
        return {code: each.inventory.areas for code, each in self.readings.items()}

    @cached_property
    def chosen(self) -> list[str]:
        """The two or three indicators that are set side by side across countries."""
        return choose_compared(self.tables, self.theme)

    def of_theme(self, reading: Reading, layer: str) -> list[str]:
        """The indicators of a layer and of the theme that a country has; all for ``general``.

        The general means of an authority serve all its themes, as in composites.
        """
        themes = (self.theme, GENERAL) if layer == "resources" else (self.theme,)
        return [
            name
            for name in reading.known_indicators(layer)
            if self.is_general or load_catalogue()[name].theme in themes
        ]


def read_countries(countries: Sequence[str], theme: str, language: Language) -> Compared:
    """The inventories of the countries, each once, in the order given.

    Raises UsageError for fewer than two countries, one that is not known, or a
    theme that is neither an ESSPROS function nor ``general``; LandscapeError
    where the tables of one have not been built.
    """
    codes = list(dict.fromkeys(countries))
    unknown = [code for code in codes if code not in known_countries()]
    if unknown:
        raise UsageError(f"no country {unknown[0]!r}; choose among: {', '.join(known_countries())}")
    if len(codes) < FEWEST:
        raise UsageError("a comparison takes two countries or more, such as: countries RO,FR")
    if theme not in (*FUNCTIONS, GENERAL):
        raise UsageError(f"no theme {theme!r}; choose one of: {', '.join((GENERAL, *FUNCTIONS))}")
    return Compared({code: Reading(load(code), language) for code in codes}, theme)
