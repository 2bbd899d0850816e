"""Which countries and sources there are, found by looking into the folders."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from landscape.errors import SourceError, UsageError
from landscape.paths import SOURCE_MODULES
from landscape.yaml_files import read_mapping


class LevelCard(BaseModel):
    """One level of a country's hierarchy: how many areas, and what one is called.

    ``counted`` is the plural after a number, in the languages where it differs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    expected: int
    one: dict[str, str]
    many: dict[str, str]
    counted: dict[str, str] = {}


class StarterCard(BaseModel):
    """What the starter edition keeps of a country's shapes.

    ``tolerance`` in metres by source; ``shapes_in`` lists the counties whose
    municipalities keep their shapes (all, where it is empty).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    tolerance: dict[str, float] = {}
    shapes_in: list[str] = []


class CountryCard(BaseModel):
    """The content of a ``country.yml``: a country's facts, as data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[A-Z]{2}$")
    iso3: str = ""  # three letters of ISO 3166, as catalogues of data name a country
    name: dict[str, str]
    names_language: str
    code_list: str = ""  # the register that gives its areas their codes, as partners call it
    area_sources: list[str] = Field(min_length=1)
    population: list[str] = Field(min_length=1)
    levels: dict[str, LevelCard]
    notes: list[dict[str, str]] = []
    covered_as: dict[str, str] = {}  # what "the country as a whole" means in its figures
    placed_by_name: list[str] = []  # sources whose records name their area and bear no code
    starter: StarterCard = StarterCard()


@lru_cache
def countries() -> dict[str, CountryCard]:
    """The countries by code, in alphabetical order of their folders."""
    cards = (_load_card(path) for path in sorted(SOURCE_MODULES.glob("*/country.yml")))
    return {card.code: card for card in cards}


def country(code: str) -> CountryCard:
    """The card of a country; UsageError names the choices."""
    known = countries()
    if code.upper() not in known:
        raise UsageError(f"unknown country {code!r}: choose one of {', '.join(known)}")
    return known[code.upper()]


def source_names(code: str) -> list[str]:
    """The source modules of a country: those of areas first, in their order, then the others."""
    card = country(code)
    folder = SOURCE_MODULES / card.code.lower()
    found = sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_"))
    absent = [name for name in card.area_sources if name not in found]
    if absent:
        raise SourceError(f"{folder / 'country.yml'}: no source module {', '.join(absent)}")
    return card.area_sources + [name for name in found if name not in card.area_sources]


def source_module(code: str, name: str) -> ModuleType:
    """The module of one source, with its ``read`` and ``clean``."""
    module = import_module(f"landscape.sources.{code.lower()}.{name}")
    for function in ("read", "clean"):
        if not hasattr(module, function):
            raise SourceError(f"source module {code.lower()}/{name} has no {function}()")
    return module


def _load_card(path: Path) -> CountryCard:
    try:
        return CountryCard(**read_mapping(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{path}: {field}: {first['msg'].lower()}") from None
