"""What came of looking a name up, and what still has to be tried."""

from __future__ import annotations

from dataclasses import dataclass

MATCHED, AMBIGUOUS, UNMATCHED = "matched", "ambiguous", "unmatched"

# How sure each kind of exact match is, by convention; a typing error multiplies
# by the share of letters that agree.
SCORES = {
    "own": 1.0,
    "code": 1.0,
    "whole city": 1.0,
    "alias": 0.98,
    "former_name": 0.95,
    "settlement": 0.95,
}
REASONS = {
    "own": "exact name",
    "code": "code",
    "whole city": "whole city",
    "alias": "alias",
    "former_name": "former name",
    "settlement": "settlement",
    "former_area": "former area",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one name; ``areas`` are numbers in the level's index."""

    status: str
    reason: str
    score: float = 0.0
    areas: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """No exact name: what to look for among the near ones, and what must agree.

    ``keys`` are searched in ``counties``, one after the other until one is
    near something; ``role`` says whether to look among settlements at once
    or among municipalities first; ``within`` are the areas that the other
    parts of the text allow, empty if they say nothing; ``reason`` is given
    if nothing is near enough. With ``otherwise`` the name is known, as that
    says, and only municipalities a letter away could call it in doubt.
    """

    keys: tuple[str, ...]
    counties: frozenset[str] | None
    reason: str
    role: str | None = None
    within: frozenset[int] = frozenset()
    otherwise: Outcome | None = None


def unmatched(reason: str) -> Outcome:
    """Nothing found, and why."""
    return Outcome(UNMATCHED, reason)


def exact(areas: tuple[int, ...], kind: str, note: str = "") -> Outcome:
    """An exact name of that kind: matched if it leads to one area, else ambiguous."""
    score = SCORES.get(kind, SCORES["settlement"])
    reason = REASONS.get(kind, kind)
    if len(areas) == 1:
        return Outcome(MATCHED, reason + note, score, areas)
    return Outcome(AMBIGUOUS, f"{len(areas)} areas of this name ({reason})", score, areas)
