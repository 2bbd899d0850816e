"""Doubtful names settled by the nearest known ones, county by county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

from landscape.matching.edits import CUTOFF, Near, find_nearest, is_safe
from landscape.matching.index import NameIndex
from landscape.matching.normal_form import Keys
from landscape.matching.outcome import AMBIGUOUS, MATCHED, Doubt, Outcome, unmatched

Label = TypeVar("Label", bound=Hashable)


def settle(doubts: Mapping[Label, Doubt], index: NameIndex) -> dict[Label, Outcome]:
    """The outcome of each doubt: the nearest name if it is safely near, else none.

    Municipalities are searched first, then settlements too, unless the name
    may be a settlement's; each key of the doubt in turn.
    """
    settled: dict[Label, Outcome] = {}
    turns = max((len(doubt.keys) for doubt in doubts.values()), default=0)
    for turn in range(turns):
        for settlements in (False, True):
            open_ones = {
                label: doubt
                for label, doubt in doubts.items()
                if label not in settled and turn < len(doubt.keys) and settlements in _rounds(doubt)
            }
            settled |= _settle_turn(open_ones, index, turn, settlements)
    for label, doubt in doubts.items():
        settled.setdefault(label, _without_near(doubt))
    return settled


def _rounds(doubt: Doubt) -> tuple[bool, ...]:
    """Whether to look without settlements, with them, or first the one, then the other."""
    if doubt.otherwise:
        return (False,)
    return (True,) if doubt.role in ("settlement", "either") else (False, True)


def _without_near(doubt: Doubt) -> Outcome:
    if doubt.otherwise:
        return doubt.otherwise
    if doubt.within:
        return Outcome(AMBIGUOUS, doubt.reason, 0.5, tuple(sorted(doubt.within)))
    return unmatched(doubt.reason)


def _settle_turn(
    doubts: Mapping[Label, Doubt], index: NameIndex, turn: int, settlements: bool
) -> dict[Label, Outcome]:
    groups: dict[frozenset[str] | None, list[Label]] = defaultdict(list)
    for label, doubt in doubts.items():
        groups[doubt.counties].append(label)
    settled = {}
    for counties, labels in groups.items():
        targets = index.targets(counties, settlements)
        queries = [doubts[label].keys[turn] for label in labels]
        for label, query, near in zip(labels, queries, find_nearest(queries, targets), strict=True):
            outcome = _judge(query, doubts[label], near, index)
            if outcome is not None:
                settled[label] = outcome
    return settled


def _judge(query: str, doubt: Doubt, near: Near, index: NameIndex) -> Outcome | None:
    """What the nearest name says; None if it is too far to say anything."""
    if not is_safe(query, near.key, near.distance, CUTOFF + 1):
        return None
    if doubt.otherwise:
        return _contested(doubt.otherwise, near)
    score = round(1 - near.distance / max(len(query), len(near.key)), 3)
    if not is_safe(query, near.key, near.distance, near.next_distance):
        reason = "a typing error, but another name is nearly as close"
        return Outcome(AMBIGUOUS, reason, score, (near.owner, near.next_owner))
    if doubt.within and near.owner not in doubt.within:
        areas = tuple(sorted({*doubt.within, near.owner}))
        return Outcome(AMBIGUOUS, doubt.reason, score, areas)
    elsewhere = index.lookup(Keys((query,), ()), None)
    if elsewhere and elsewhere.is_own:
        reason = "a typing error here, or a name of another county"
        return Outcome(AMBIGUOUS, reason, score, tuple(sorted({near.owner, *elsewhere.areas})))
    letters = "1 letter" if near.distance == 1 else f"{near.distance} letters"
    return Outcome(MATCHED, f"fuzzy, {letters} from {near.key}", score, (near.owner,))


def _contested(settlement: Outcome, near: Near) -> Outcome:
    """A settlement's exact name, a letter away from a municipality's: either may be meant."""
    if near.owner in settlement.areas or near.distance > 1:
        return settlement
    reason = "a settlement, or a typing error for a municipality"
    areas = tuple(sorted({*settlement.areas, near.owner}))
    return Outcome(AMBIGUOUS, reason, settlement.score, areas)
