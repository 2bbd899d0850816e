"""One name against the gazetteer: exact forms first, then the parts of the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from landscape.matching.gazetteer import Gazetteer
from landscape.matching.index import Found
from landscape.matching.normal_form import why_not_a_name
from landscape.matching.outcome import AMBIGUOUS, Doubt, Outcome, exact, unmatched
from landscape.matching.reading import Part, leading_type, read_parts

_LONGEST_KEY = 40
# A commune's name so unlike the one its village belongs to is another name.
_LIKE_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Resolved:
    """A part of the text and the areas that its exact name leads to."""

    part: Part
    found: Found


class Decider:
    """Decides names of one level of one gazetteer; see `decide`.

    ``listed`` says what names without a type word are: those of
    "municipalities", or of "settlements".
    """

    def __init__(self, gazetteer: Gazetteer, level: str, listed: str = "municipalities"):
        self.gazetteer = gazetteer
        self.level = level
        self.normal = gazetteer.normal
        self.index = gazetteer.index(level)
        self.role = "either" if listed == "settlements" else None

    def decide(self, text: str, counties: frozenset[str] | None) -> Outcome | Doubt:
        """What a written name leads to in the counties, or what to search nearby.

        Official names win; then what is no name is refused; then the text is
        read without its type word, then part by part.
        """
        words = self.normal.words(text)
        found = self._lookup(words, counties, self.role)
        # CJ is Cluj in a column of counties; before a name it is a county council.
        if found and (found.is_own or self.level == "county"):
            return exact(found.areas, found.kind)
        role, rest = leading_type(words, self.normal.rules)
        refusal = why_not_a_name(words) or why_not_a_name(rest)
        if refusal:
            return unmatched(refusal)
        if found:
            return self._unless_contested(words, found, counties)
        if role in ("municipality", "settlement"):
            found = self._lookup(rest, counties, role)
            if found:
                return exact(found.areas, found.kind)
        outcome = self._by_parts(read_parts(text, self.normal), counties)
        if isinstance(outcome, Doubt):
            keys = (rest.replace(" ", ""), *outcome.keys)
            keys = tuple(key for key in dict.fromkeys(keys) if 0 < len(key) <= _LONGEST_KEY)
            return replace(outcome, keys=keys, role=outcome.role or role or self.role)
        return outcome

    def _unless_contested(
        self, words: str, found: Found, counties: frozenset[str] | None
    ) -> Outcome | Doubt:
        """A settlement's bare name in a list of municipalities may be one of those misspelt."""
        outcome = exact(found.areas, found.kind)
        if not found.is_inside or self.role or len(found.areas) > 1:
            return outcome
        return Doubt((words.replace(" ", ""),), counties, "", otherwise=outcome)

    def _lookup(
        self, words: str, counties: frozenset[str] | None, role: str | None
    ) -> Found | None:
        return self.index.lookup(self.normal.keys(words), counties, role) if words else None

    def _by_parts(self, parts: list[Part], counties: frozenset[str] | None) -> Outcome | Doubt:
        named = [part for part in parts if part.role == "county"]
        others = [part for part in parts if part.role != "county"]
        if self.level == "county":
            return self._county_by_parts(named or others)
        refusals = [why_not_a_name(part.words) for part in others]
        if any(refusal not in (None, "country") for refusal in refusals):
            return unmatched(next(r for r in refusals if r not in (None, "country")))
        others = [part for part, refusal in zip(others, refusals, strict=True) if not refusal]
        if not others:
            return unmatched("names a county" if named else "an address without a place")
        said = self._counties_named(named)
        if said and counties and not said & counties:
            return self._contradiction(others, counties | said)
        narrowed = (said & counties) if said and counties else (said or counties)
        if narrowed is None and len(others) > 1 and others[-1].role is None:
            last = self._counties_named(others[-1:])
            if last:
                return self._resolve(others[:-1], last)
        return self._resolve(others, narrowed)

    def _county_by_parts(self, parts: list[Part]) -> Outcome | Doubt:
        for part in parts:
            found = self._lookup(part.words, None, None)
            if found:
                return exact(found.areas, found.kind)
        return Doubt((), None, "no county of this name")

    def _counties_named(self, parts: list[Part]) -> frozenset[str]:
        index = self.gazetteer.levels.get("county")
        if index is None:
            return frozenset()
        found = [index.lookup(self.normal.keys(part.words), None) for part in parts]
        return frozenset(index.area_ids[area] for hit in found if hit for area in hit.areas)

    def _contradiction(self, parts: list[Part], counties: frozenset[str]) -> Outcome:
        """The text names another county than the list: candidates from both, no choice."""
        outcome = self._resolve(parts, counties)
        reason = "the name says another county than the list"
        if isinstance(outcome, Outcome) and outcome.areas:
            return Outcome(AMBIGUOUS, reason, outcome.score, outcome.areas)
        return unmatched(reason)

    def _resolve(self, parts: list[Part], counties: frozenset[str] | None) -> Outcome | Doubt:
        resolved = []
        for part in parts:
            found = self._lookup(part.words, counties, part.role or self.role)
            if found:
                resolved.append(Resolved(part, found))
        if len(resolved) > 1:
            resolved = self._without_county_names(resolved, counties) or resolved
        head = next((part for part in parts if part.role == "municipality"), parts[0])
        if not resolved:
            return self._doubt(head, counties)
        if head.role == "municipality" and all(hit.part is not head for hit in resolved):
            return self._settlement_of_unknown(head, resolved, counties)
        return self._combine(resolved, len(parts))

    def _without_county_names(
        self, resolved: list[Resolved], counties: frozenset[str] | None
    ) -> list[Resolved]:
        """Leave out a bare word that only repeats the county: "Miroslava, Iași"."""
        if counties is None:
            return resolved
        return [
            hit
            for hit in resolved
            if hit.part.role is not None or not self._counties_named([hit.part]) & counties
        ]

    def _settlement_of_unknown(
        self, head: Part, resolved: list[Resolved], counties: frozenset[str] | None
    ) -> Outcome | Doubt:
        """A village is known, its commune is not: right only if the commune's name is like it."""
        outcome = self._combine(resolved, len(resolved))
        key = head.words.replace(" ", "")
        if len(outcome.areas) == 1:
            own = self.normal.keys(self.normal.words(self.index.names[outcome.areas[0]])).full
            if any(OSA.normalized_similarity(key, other) >= _LIKE_ENOUGH for other in own):
                return outcome
        reason = "village and commune disagree"
        return Doubt((key,), counties, reason, "municipality", frozenset(outcome.areas))

    def _combine(self, resolved: list[Resolved], parts: int) -> Outcome:
        """The area on which all known parts agree, or all that they lead to."""
        sets = [set(hit.found.areas) for hit in resolved]
        union = set().union(*sets)
        # București and its sector agree: the sector is the closer word.
        wider = {area for area in union if self._holds_another(area, union)}
        narrowed = [areas - wider for areas in sets if areas - wider]
        common = set.intersection(*narrowed)
        best = min(resolved, key=lambda hit: hit.found.rank)
        kind = best.found.kind
        note = "" if len(resolved) == parts else ", other words left aside"
        if len(common) == 1:
            return exact(tuple(common), kind, note)
        if common:
            return exact(tuple(sorted(common)), kind)
        reason = "its parts name different areas"
        return Outcome(AMBIGUOUS, reason, 0.5, tuple(sorted(union - wider)))

    def _holds_another(self, area: int, others: set[int]) -> bool:
        index = self.index
        area_id = index.area_ids[area]
        return index.area_levels[area] == "county" and any(
            other != area and index.counties[other] == area_id for other in others
        )

    def _doubt(self, part: Part, counties: frozenset[str] | None) -> Outcome | Doubt:
        key = part.words.replace(" ", "")
        if len(key) > _LONGEST_KEY:
            return unmatched("no known name in this text")
        county = self._counties_named([part])
        if county and (counties is None or county & counties):
            return unmatched("the name of a county, not of a municipality")
        return Doubt(
            (key,), counties, "no such name" + (" in the county" if counties else ""), part.role
        )
