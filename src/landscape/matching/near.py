"""Doubtful names settled by the nearest known ones, county by county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

from landscape.matching.edits import CUTOFF, Near, find_nearest, is_safe
from landscape.matching.index import OWN_RANKS, NameIndex
from landscape.matching.normal_form import Keys
from landscape.matching.outcome import AMBIGUOUS, MATCHED, Doubt, Outcome, unmatched

Label = TypeVar("Label", bound=Hashable)


def settle(doubts: Mapping[Label, Doubt], index: NameIndex) -> dict[Label, Outcome]:
    """The outcome of each doubt: the nearest name if it is safely near, else none."""
    groups: dict[frozenset[str] | None, list[Label]] = defaultdict(list)
    for label, doubt in doubts.items():
        groups[doubt.counties].append(label)
    settled = {}
    for counties, labels in groups.items():
        keys, owners = index.targets(counties)
        nearest = find_nearest([doubts[label].key for label in labels], keys, owners)
        for label, near in zip(labels, nearest, strict=True):
            settled[label] = _judge(doubts[label], near, index)
    return settled


def _judge(doubt: Doubt, near: Near, index: NameIndex) -> Outcome:
    if not is_safe(doubt.key, near.key, near.distance, CUTOFF + 1):
        if doubt.within:
            return Outcome(AMBIGUOUS, doubt.reason, 0.5, tuple(sorted(doubt.within)))
        return unmatched(doubt.reason)
    score = round(1 - near.distance / max(len(doubt.key), len(near.key)), 3)
    if not is_safe(doubt.key, near.key, near.distance, near.next_distance):
        reason = "a typing error, but another name is nearly as close"
        return Outcome(AMBIGUOUS, reason, score, (near.owner, near.next_owner))
    if doubt.within and near.owner not in doubt.within:
        areas = tuple(sorted({*doubt.within, near.owner}))
        return Outcome(AMBIGUOUS, doubt.reason, score, areas)
    elsewhere = index.lookup(Keys((doubt.key,), ()), None)
    if elsewhere and elsewhere.rank < OWN_RANKS:
        reason = "a typing error here, or a name of another county"
        return Outcome(AMBIGUOUS, reason, score, tuple(sorted({near.owner, *elsewhere.areas})))
    letters = "1 letter" if near.distance == 1 else f"{near.distance} letters"
    return Outcome(MATCHED, f"fuzzy, {letters} from {near.key}", score, (near.owner,))
