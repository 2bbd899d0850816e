"""The search for zones that one report tells of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landscape.compare.zones import ZoneSearch, find_zones
from landscape.errors import UsageError
from landscape.inventory import load
from landscape.language import Language
from landscape.reports.reading import Reading
from landscape.schemas import FUNCTIONS
from landscape.sources.registry import countries


@dataclass(frozen=True)
class Looked:
    """What was looked for in one country, in one language, and what was found."""

    reading: Reading
    themes: tuple[str, ...]
    search: ZoneSearch

    @property
    def zones(self) -> pd.DataFrame:
        """The zones in the order of the themes, then of the names: not a ranking."""
        return self._in_order(self.search.zones)

    @property
    def aside(self) -> pd.DataFrame:
        """What stood out and was set aside by a guard, in the same order."""
        return self._in_order(self.search.set_aside)

    @property
    def seen(self) -> tuple[str, ...]:
        """The themes that could be looked at in one way at least."""
        missing = self.search.missing
        if missing["theme"].isna().any():
            return ()
        kinds = missing.groupby("theme")["kind"].nunique()
        return tuple(theme for theme in self.themes if kinds.get(theme, 0) < len(KIND_ORDER))

    def theme(self, code: str) -> str:
        """The word for a theme, with a capital."""
        word = self.reading.term("function", code)
        return word[:1].upper() + word[1:]

    def _in_order(self, rows: pd.DataFrame) -> pd.DataFrame:
        named = rows.assign(
            name=rows["area_id"].map(self.reading.names),
            place=rows["theme"].map({theme: at for at, theme in enumerate(self.themes)}),
            way=rows["kind"].map({kind: at for at, kind in enumerate(KIND_ORDER)}),
        )
        key = self.reading.language.sort_key
        named["sorted"] = [key(str(name)) for name in named["name"]]
        return named.sort_values(["place", "sorted", "way"]).reset_index(drop=True)


#: The ways in which a zone may differ, in the order in which they are told.
KIND_ORDER = ("more", "associations", "day_outreach", "nearer")


def look_for_zones(country: str, theme: str, language: Language) -> Looked:
    """The zones of a country, in one theme or, with an empty one, in all.

    Raises UsageError for a code that is no country or no theme, and
    LandscapeError where the tables of the country have not been built.
    """
    if country not in countries():
        raise UsageError(f"no country {country!r}; choose one of: {', '.join(countries())}")
    if theme and theme not in FUNCTIONS:
        raise UsageError(f"no theme {theme!r}; choose one of: {', '.join(FUNCTIONS)}")
    reading = Reading(load(country), language)
    return Looked(reading, _themes(theme), search_zones(reading, theme))


def search_zones(reading: Reading, theme: str) -> ZoneSearch:
    """The search for zones in one theme or, with an empty one, in all: one for all languages.

    Its tables are asked for in any case, so that each report notes that it rests on them.
    """
    inventory = reading.inventory
    tables = inventory.areas, inventory.services, inventory.indicators
    exhaustive = [each for each, card in inventory.sources.items() if card.is_exhaustive]
    return reading.gathered(
        f"zones {theme}", lambda: find_zones(*tables, exhaustive, themes=_themes(theme))
    )


def _themes(theme: str) -> tuple[str, ...]:
    return (theme,) if theme else FUNCTIONS


def word_kind(kind: str, language: Language) -> str:
    """The way in which a zone differs, in a few words."""
    text = language.text
    return {
        "more": text("more services"),
        "associations": text("more run by associations"),
        "day_outreach": text("more day and outreach services"),
        "nearer": text("services nearer to people"),
    }[kind]
