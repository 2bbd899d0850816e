"""Official spelling of names that a register prints in capitals or with old letters."""

from __future__ import annotations

import re

import pandas as pd

from landscape.cleaning.text import comma_below, map_distinct

#: Words that stay lower case inside a name.
SMALL_WORDS = {
    "ro": {"de", "din", "la", "cu", "pe", "sub", "lui", "cea", "cel", "și", "în", "a", "al", "ale"},
    "bg": {"на", "и", "в"},
    "fr": {"de", "du", "des", "la", "le", "les", "sur", "sous", "en", "et", "aux", "au", "lès"},
}


def use_comma_below(text: pd.Series) -> pd.Series:
    """Romanian text with ș and ț instead of the cedilla letters of old code pages."""
    return map_distinct(text, comma_below)


def title_case(text: pd.Series, language: str) -> pd.Series:
    """Names in capitals as they are written: ``CETATEA DE BALTĂ`` is ``Cetatea de Baltă``.

    Words of ``SMALL_WORDS`` stay lower case unless they come first; parts
    joined by a hyphen each have their capital, initials too (``I. C. Brătianu``).
    """
    small = SMALL_WORDS.get(language, set())

    def one(name: str) -> str:
        parts = re.split(r"([\s\-.]+)", name.lower())
        words, signs = parts[::2], [*parts[1::2], ""]
        cased = [
            word
            if word in small and place and not sign.startswith(".")
            else word[:1].upper() + word[1:]
            for place, (word, sign) in enumerate(zip(words, signs, strict=True))
        ]
        return "".join(word + sign for word, sign in zip(cased, signs, strict=True))

    return text.map({name: one(name) for name in text.unique()})
