"""Text as offices publish it, made comparable without changing what it says.

Nothing here knows of names or places: these forms are right for any cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pandas as pd

_CEDILLA_TO_COMMA = str.maketrans("şŞţŢ", "șȘțȚ")

# Letters that look the same in print, pair by pair: Latin, then Cyrillic.
_LATIN = "aeiojpcxyBEKMHOPCTAXSI"
_CYRILLIC = "аеіојрсхуВЕКМНОРСТАХЅІ"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(
    "".join(latin for latin in _LATIN if latin not in "ijSI"),
    "".join(other for latin, other in zip(_LATIN, _CYRILLIC, strict=True) if latin not in "ijSI"),
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00C0-\u024F\u1E00-\u1EFF]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04FF]")


class _Invisible(dict[int, str | None]):
    """Remembers, letter by letter, what stays, what becomes a blank and what goes."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        category = unicodedata.category(letter)
        kept: str | None = letter
        if letter.isspace() or category in ("Zs", "Zl", "Zp"):
            kept = " "
        elif category in ("Cc", "Cf", "Cs", "Co", "Cn"):
            kept = None
        self[code] = kept
        return kept


_INVISIBLE = _Invisible()


def tidy(text: str) -> str:
    """The same text in composed letters, with single blanks and nothing invisible.

    Control, bidirectional and zero-width characters, soft hyphens and byte
    order marks are dropped; every kind of blank or line break becomes one
    blank; the ends are trimmed. Letters, case and punctuation stay.

    >>> tidy(" Alba\\u00a0 Iulia\\u200e\\n")
    'Alba Iulia'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def comma_below(text: str) -> str:
    """Romanian s and t with the comma that the language asks for, not the cedilla.

    >>> comma_below("Timişoara, Constanţa")
    'Timișoara, Constanța'
    """
    return text.translate(_CEDILLA_TO_COMMA)


def one_alphabet(text: str) -> str:
    """Words that mix Latin and Cyrillic letters, written in one alphabet.

    The letters that look alike are turned into the alphabet of the letters
    that do not, so that a Latin word with a Cyrillic ``е`` in it is found by
    its Latin spelling, and the reverse. A word all of whose letters exist in
    both goes with the majority; a word that mixes letters proper to either
    alphabet is left alone. Words in one alphabet are never touched.

    >>> one_alphabet("P\\u0435linia")
    'Pelinia'
    """
    if text.isascii() or not (_CYRILLIC_LETTER.search(text) and _LATIN_LETTER.search(text)):
        return text
    return _WORD.sub(lambda found: _word_in_one_alphabet(found.group()), text)


def _word_in_one_alphabet(word: str) -> str:
    latin = len(_LATIN_LETTER.findall(word))
    cyrillic = len(_CYRILLIC_LETTER.findall(word))
    if not latin or not cyrillic:
        return word
    as_latin, as_cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    fits_latin = not _CYRILLIC_LETTER.search(as_latin)
    fits_cyrillic = not _LATIN_LETTER.search(as_cyrillic)
    if fits_latin and (latin >= cyrillic or not fits_cyrillic):
        return as_latin
    return as_cyrillic if fits_cyrillic else word


def map_distinct(values: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """A text column with each distinct value changed once.

    Missing values stay missing, the index and the order stay; values that are
    not text raise TypeError, because a number here means a wrong column.
    """
    distinct = values.dropna().unique()
    for value in distinct:
        if not isinstance(value, str):
            raise TypeError(f"column {values.name!r} holds {value!r}, which is not text")
    return values.map({value: change(value) for value in distinct}).astype("str")


def clean_text(values: pd.Series) -> pd.Series:
    """A text column made tidy, in one alphabet a word, with comma-below letters.

    What `tidy`, `one_alphabet` and `comma_below` do, in this order. Texts
    with nothing visible in them become missing.
    """
    cleaned = map_distinct(values, lambda text: comma_below(one_alphabet(tidy(text))))
    return cleaned.mask(cleaned == "")
