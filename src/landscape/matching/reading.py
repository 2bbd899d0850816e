"""What a written name consists of: village, commune, county, and an address to drop."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landscape.matching.normal_form import NormalForm, fold
from landscape.matching.rules import NameRules

_SEPARATORS = re.compile(r"[,;/()\[\]:\"„”“|]")
# A one- or two-letter abbreviation inside an address is more often something else.
_SHORTEST_INSIDE_ADDRESS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A name inside a text: its folded words and the role that a word before it gives.

    ``role`` is one of `rules.ROLES`, or None where no such word stands.
    """

    words: str
    role: str | None


def read_parts(text: str, normal: NormalForm) -> list[Part]:
    """The names in a text, in order, without the address between them.

    "SAT SUSANI NR. 95, COMUNA TRAIAN VUIA" has the settlement ``susani`` and
    the municipality ``traian vuia``. A type word at the end of a segment
    speaks of the next one ("SAT, DUMBRAVENI").
    """
    parts: list[Part] = []
    pending: str | None = None
    for segment in _SEPARATORS.split(normal.clean(text)):
        found, pending = _read_segment(fold(segment).split(), normal.rules, pending)
        parts += found
    return [Part(_rewritten(part.words, normal.rules), part.role) for part in parts]


def leading_type(words: str, rules: NameRules) -> tuple[str | None, str]:
    """The role that a type word before a folded name gives, and the name without it.

    None and the words as they are where no type word stands before.

    >>> from landscape.matching.rules import load_rules
    >>> leading_type("comuna albac", load_rules("RO"))
    ('municipality', 'albac')
    """
    tokens = words.split()
    role, length = _type_at(tokens, 0, rules) if tokens else (None, 0)
    if role is None or length == len(tokens):
        return None, words
    return role, _rewritten(" ".join(tokens[length:]), rules)


def _rewritten(words: str, rules: NameRules) -> str:
    for pattern, replacement in rules.rewrites:
        words = pattern.sub(replacement, words)
    return words


def _read_segment(
    tokens: list[str], rules: NameRules, role: str | None
) -> tuple[list[Part], str | None]:
    """The parts of one segment, and the role that its last word gives to the next."""
    parts: list[Part] = []
    words: list[str] = []
    in_address = False
    position = 0
    while position < len(tokens):
        phrase_role, length = _type_at(tokens, position, rules)
        inside = len("".join(tokens[position : position + length])) < _SHORTEST_INSIDE_ADDRESS
        if phrase_role and not (in_address and inside):
            _close(parts, words, role)
            words, role, in_address = [], phrase_role, False
            position += length
            continue
        in_address = in_address or tokens[position] in rules.address_words
        if not in_address:
            words.append(tokens[position])
        position += 1
    if words:
        _close(parts, words, role)
        role = None
    return parts, role if not in_address else None


def _close(parts: list[Part], words: list[str], role: str | None) -> None:
    if words:
        parts.append(Part(" ".join(words), role))


def _type_at(tokens: list[str], position: int, rules: NameRules) -> tuple[str | None, int]:
    for role, phrase in rules.types.get(tokens[position], ()):
        end = position + len(phrase)
        if tuple(tokens[position:end]) == phrase:
            return role, len(phrase)
    return None, 0
