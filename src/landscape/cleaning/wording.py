"""Whether two names say the same: their words, typing errors, the numbers of houses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

#: A name that is contained in a longer one is never more alike than this.
CONTAINED = 0.84
#: One word with a typing error; two words that may be two names as well.
TYPING_ERROR, PERHAPS_ERROR = 0.98, 0.8
#: A word of so many rows is a word; one that a row alone has may be an error for it.
KNOWN, RARE = 3, 1
#: Letters from which on a word has few neighbours.
LONG = 8
_ROMAN = re.compile(r"(?=[ivx]{2,})x{0,3}(?:ix|iv|v?i{0,3})")
_AGAIN = {"bis", "ter"}


@dataclass(frozen=True, slots=True)
class Wording:
    """A name in normal form: its words in order, and its marks (numbers, letters of houses)."""

    words: tuple[str, ...]
    marks: tuple[str, ...]


@lru_cache(maxsize=100_000)
def read_wording(form: str) -> Wording:
    """The words and marks of a name in normal form (small letters, blanks between words).

    A mark tells one house from the next: what holds a digit, a Roman number of
    two letters or more, ``bis``, a single letter at the end or behind a number.

    >>> read_wording("casa tip familial 2 bis")
    Wording(words=('casa', 'tip', 'familial'), marks=('2', 'bis'))
    """
    tokens = form.split()
    is_mark = [
        any(letter.isdigit() for letter in token)
        or token in _AGAIN
        or _ROMAN.fullmatch(token) is not None
        or (len(token) == 1 and (place + 1 == len(tokens) or tokens[place - 1].isdigit()))
        for place, token in enumerate(tokens)
    ]
    pairs = list(zip(tokens, is_mark, strict=True))
    words = tuple(token for token, mark in pairs if not mark)
    return Wording(words, tuple(sorted(token for token, mark in pairs if mark)))


def mend_common_words(texts: pd.Series) -> pd.Series:
    """Folded texts in which a rare word one letter from a common one is that word.

    Common is what stands in one text of twenty, and in twenty: the words that
    say what kind of service it is, not whose name it bears. Rare is what
    stands in three at most. A word that is near two common words stays.
    """
    words = texts.str.split().map(set).explode().dropna()
    rows = words.value_counts()
    common = [w for w in rows.index[rows >= max(20, 0.05 * len(texts))] if len(w) >= 4]
    rare = [word for word in rows.index[rows <= KNOWN] if len(word) >= 3]
    if not common or not rare:
        return texts
    near = cdist(rare, common, scorer=OSA.distance, score_cutoff=1) <= 1
    mended = {
        word: common[int(found.argmax())]
        for word, found in zip(rare, near, strict=True)
        if found.sum() == 1
    }
    return texts.map(lambda text: " ".join(mended.get(word, word) for word in text.split()))


def compare_wordings(
    one: Wording,
    other: Wording,
    rows_of_word: Mapping[str, int],
    understood: frozenset[str] = frozenset(),
) -> float:
    """How surely two names name the same, from 0 to 1; the same in either order.

    1 where the words are the same in any order; a little less with typing
    errors; at most ``CONTAINED`` where one name says more than the other; 0
    where each has a word of its own or their marks differ. ``rows_of_word``
    tells in how many rows a word stands, ``understood`` are words that may be
    left unsaid (the name of the place) where nothing else differs.
    """
    if one.marks != other.marks:
        return 0.0
    left, right = _own_words(one, other), _own_words(other, one)
    shared = len(one.words) - len(left)
    if not left and not right:
        return 1.0
    if "".join(left) == "".join(right):
        return TYPING_ERROR
    alike, matched = _match_errors(left, right, rows_of_word)
    left = [word for word in left if word not in matched]
    right = [word for word in right if word not in matched]
    if understood.issuperset(left) and understood.issuperset(right):
        left = right = []
    elif not (left and right):
        left, right = ([w for w in each if w not in understood] for each in (left, right))
    shared += len(matched) // 2
    if (left and right) or not shared:
        return 0.0
    said_more = 2 * shared / (2 * shared + len(left) + len(right))
    return alike if not left and not right else min(alike, CONTAINED, said_more)


def _own_words(one: Wording, other: Wording) -> list[str]:
    """The words of a name beyond those of the other, as often as it says them."""
    spare = Counter(other.words)
    spare.subtract(one.words)
    return [word for word in dict.fromkeys(one.words) for _ in range(-spare[word])]


def _match_errors(
    left: list[str], right: list[str], rows_of_word: Mapping[str, int]
) -> tuple[float, set[str]]:
    """How sure the typing errors are, and the words that they join, the nearest first."""
    near = sorted(
        (OSA.distance(a, b), min(a, b), max(a, b), a, b)
        for a in left
        for b in right
        if is_near(a, b) and not (min(rows_of_word.get(w, 0) for w in (a, b)) >= KNOWN)
    )
    alike, matched = 1.0, set[str]()
    for _, _, _, a, b in near:
        if a not in matched and b not in matched:
            matched |= {a, b}
            alike *= TYPING_ERROR if _is_error(a, b, rows_of_word) else PERHAPS_ERROR
    return alike, matched


def is_near(one: str, other: str) -> bool:
    """Whether one word may be the other with one error, or two where both are long."""
    length = min(len(one), len(other))
    return length >= 4 and OSA.distance(one, other) <= (2 if length >= LONG else 1)


def _is_error(one: str, other: str, rows_of_word: Mapping[str, int]) -> bool:
    """A long word, or a rare spelling of a known one; Maria and Marina may be two houses."""
    rows = sorted(rows_of_word.get(word, 0) for word in (one, other))
    length = min(len(one), len(other))
    return length >= LONG or (length >= 6 and rows[0] <= RARE and rows[1] >= KNOWN)
