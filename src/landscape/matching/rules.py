"""How names are written in a country: read from its names.yml, never coded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

ROLES = ("county", "municipality", "settlement")
_KEYS = {
    "types",
    "articles",
    "words",
    "letters",
    "letter_variants",
    "rewrites",
    "address_words",
    "transliterations",
    "loose",
    "aliases",
    "whole_cities",
    "columns",
    "encodings",
}


@dataclass(frozen=True)
class Alias:
    """Other spellings of one area: by its name, level and, if needed, county."""

    name: str
    level: str
    county: str | None
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class NameRules:
    """The habits of writing names in one country.

    ``types`` words before a name: by the first of them, role (`ROLES`) and
    folded words, longest first; ``articles`` may be left out or put behind;
    ``words`` abbreviation to its full forms; ``letters`` letters that a wrong encoding left behind;
    ``letter_variants`` letters with two traditions of folding; ``rewrites``
    patterns on the folded name; ``address_words`` begin an address;
    ``transliterations`` alphabets to Latin; ``loose`` patterns that make
    habits of transliteration alike; ``aliases``; ``whole_cities`` counties
    that are a city; ``columns`` usual headers; ``encodings`` usual ones.
    """

    country: str
    types: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    letters: dict[int, str] = field(default_factory=dict)
    letter_variants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rewrites: tuple[tuple[re.Pattern[str], str], ...] = ()
    address_words: frozenset[str] = frozenset()
    transliterations: tuple[dict[int, str], ...] = ()
    loose: tuple[tuple[re.Pattern[str], str], ...] = ()
    aliases: tuple[Alias, ...] = ()
    whole_cities: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    encodings: tuple[str, ...] = ()


@lru_cache
def load_rules(country: str) -> NameRules:
    """The rules of ``sources/<country>/names.yml``; a country without one has none.

    ``country`` is the two-letter code. Raises ValueError where the file has
    a key that nothing reads, because a misspelt rule would do nothing.
    """
    path = files("landscape.sources").joinpath(country.lower(), "names.yml")
    if not path.is_file():
        return NameRules(country)
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return read_rules(country, raw)


def read_rules(country: str, raw: dict[str, Any]) -> NameRules:
    """The rules out of the parsed content of a names.yml (see `load_rules`)."""
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise ValueError(f"names.yml of {country}: unknown key {', '.join(unknown)}")
    return NameRules(
        country=country,
        types=_types(country, raw.get("types", {})),
        articles=frozenset(raw.get("articles", ())),
        words={str(short): _texts(full) for short, full in raw.get("words", {}).items()},
        letters=str.maketrans(raw.get("letters", {})),
        letter_variants={k: _texts(v) for k, v in raw.get("letter_variants", {}).items()},
        rewrites=_patterns(raw.get("rewrites", ())),
        address_words=frozenset(raw.get("address_words", ())),
        transliterations=tuple(str.maketrans(t) for t in raw.get("transliterations", {}).values()),
        loose=_patterns(raw.get("loose", ())),
        aliases=tuple(_alias(entry) for entry in raw.get("aliases", ())),
        whole_cities=_texts(raw.get("whole_cities", ())),
        columns={k: _texts(v) for k, v in raw.get("columns", {}).items()},
        encodings=_texts(raw.get("encodings", ())),
    )


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)


def _types(country: str, raw: dict[str, list[str]]) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    unknown = sorted(set(raw) - set(ROLES))
    if unknown:
        raise ValueError(f"names.yml of {country}: unknown role {', '.join(unknown)}")
    phrases = [(role, tuple(text.split())) for role, texts in raw.items() for text in texts]
    by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    # The longest phrase first, so that "primaria comunei" is not read as "primaria".
    for role, phrase in sorted(phrases, key=lambda pair: -len(pair[1])):
        by_first.setdefault(phrase[0], []).append((role, phrase))
    return by_first


def _patterns(raw: Any) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in raw)


def _alias(entry: dict[str, Any]) -> Alias:
    return Alias(
        name=entry["name"],
        level=entry.get("level", "municipality"),
        county=entry.get("county"),
        spellings=_texts(entry["also"]),
    )
