"""The forms under which two spellings of one name become the same text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import product

import yaml

from landscape.cleaning.text import one_alphabet, tidy
from landscape.matching.rules import NameRules

MAX_VARIANTS = 8
# "POPLACA*10", "Or. Chișinău**", "Sibiu²": the mark of a note below the table.
_FOOTNOTE = re.compile(r"(?:\s*\*+\s*\d{0,2}|[¹²³⁰⁴-⁹]+)\s*$")
_LONE_MARK = re.compile(r"(?<!\w)\?+|\?+(?!\w)")
# What no decomposition of Unicode takes apart.
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "�": "?"}
_SIGNS = {"&": " ", "№": " nr ", "?": "?"}


class _Folded(dict[int, str]):
    """Each letter without its marks; anything that is no letter or digit is a blank."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        known = _LETTERS.get(letter, _SIGNS.get(letter))
        bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if c.isalnum())
        folded = known if known is not None else bare.casefold() or " "
        self[code] = "" if unicodedata.combining(letter) else folded
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Small letters without marks, words parted by one blank.

    Hyphens, apostrophes, brackets and points part words; a question mark
    inside a word stays, since it holds the place of a letter that was lost.
    ``fold(fold(text)) == fold(text)``.

    >>> fold("  L'Abergement-Clémenciat ")
    'l abergement clemenciat'
    """
    folded = text.casefold().translate(_FOLDED)
    if "?" in folded:
        folded = _LONE_MARK.sub(" ", folded)
    return " ".join(folded.split())


@dataclass(frozen=True, slots=True)
class Keys:
    """What a name is looked up by: ``full`` forms, ``bare`` ones (no article), ``loose`` ones."""

    full: tuple[str, ...]
    bare: tuple[str, ...]


class NormalForm:
    """Turns names of one country into lookup keys, by that country's rules."""

    def __init__(self, rules: NameRules):
        self.rules = rules

    def __repr__(self) -> str:
        return f"NormalForm({self.rules.country!r})"

    def clean(self, text: str) -> str:
        """The text tidy, without footnote marks, in one alphabet a word, wrong letters mended."""
        mended = _FOOTNOTE.sub("", tidy(text))
        if mended.isascii():
            return mended
        if self.rules.letters:
            mended = mended.translate(self.rules.letters)
        return one_alphabet(mended)

    def words(self, text: str) -> str:
        """The folded name with this country's rewrites applied; words still parted."""
        folded = fold(self.clean(text))
        for pattern, replacement in self.rules.rewrites:
            folded = pattern.sub(replacement, folded)
        return folded

    def keys(self, words: str) -> Keys:
        """The lookup keys of a folded name, closest form first.

        A key has no blanks: hyphens, blanks and apostrophes that are missing
        or one too many change nothing.
        """
        tokens = words.split()
        tokens, article = self._article_in_front(tokens)
        full = self._compact(tokens)
        bare = self._compact(tokens[1:]) if article and len(tokens) > 1 else ()
        return Keys(full, bare)

    def spelling_keys(self, name: str) -> Keys:
        """All keys of an official name: both traditions of its letters, all Latin forms."""
        spellings = [name, *self._letter_spellings(name), *self.latin(name)]
        found = [self.keys(self.words(spelling)) for spelling in spellings]
        return Keys(
            tuple(dict.fromkeys(key for keys in found for key in keys.full)),
            tuple(dict.fromkeys(key for keys in found for key in keys.bare)),
        )

    def latin(self, name: str) -> list[str]:
        """The name in Latin letters by each transliteration of the country, the law's first."""
        if name.isascii() or not self.rules.transliterations:
            return []
        small = name.casefold()
        latin = [small.translate(table) for table in self.rules.transliterations]
        return [text for text in dict.fromkeys(latin) if text != small]

    def loosen(self, key: str) -> str:
        """A key in which the usual habits of transliteration look the same."""
        if not key.isascii():
            return key
        for pattern, replacement in self.rules.loose:
            key = pattern.sub(replacement, key)
        return key

    def _article_in_front(self, tokens: list[str]) -> tuple[list[str], bool]:
        """Tokens with an article that stood behind moved before; whether one is there."""
        articles = self.rules.articles
        if len(tokens) < 2 or not articles:
            return tokens, False
        if tokens[0] in articles:
            return tokens, True
        if tokens[-1] in articles:
            return [tokens[-1], *tokens[:-1]], True
        return tokens, False

    def _compact(self, tokens: list[str]) -> tuple[str, ...]:
        words = self.rules.words
        if words.keys().isdisjoint(tokens):
            return ("".join(tokens),)
        choices = [words.get(token, (token,)) for token in tokens]
        forms = ("".join(choice).replace(" ", "") for choice in product(*choices))
        return tuple(
            form for form, _ in zip(dict.fromkeys(forms), range(MAX_VARIANTS), strict=False)
        )

    def _letter_spellings(self, name: str) -> list[str]:
        variants = self.rules.letter_variants
        if name.isascii() or not variants:
            return []
        small = name.casefold()
        choices = [variants.get(letter, (letter,)) for letter in small]
        if all(len(choice) == 1 for choice in choices):
            return []
        spellings = ("".join(choice) for choice in product(*choices))
        return [text for text, _ in zip(spellings, range(MAX_VARIANTS), strict=False)]


@lru_cache
def _not_names() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    path = files("landscape.matching").joinpath("not_names.yml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        (
            kind,
            frozenset(fold(text) for text in (*words["is"], *words["begins"])),
            tuple(fold(text) + ("" if kind == "not given" else " ") for text in words["begins"]),
        )
        for kind, words in raw.items()
    )


def why_not_a_name(words: str) -> str | None:
    """Why a folded cell names no place: blank, total, not given, county council; else None.

    >>> why_not_a_name("total judet")
    'total'
    """
    if not any(letter.isalnum() for letter in words):
        return "blank"
    for kind, whole, beginnings in _not_names():
        if words in whole or words.startswith(beginnings):
            return kind
    return None
