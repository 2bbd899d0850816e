"""Lists of written names to area_ids: three outcomes, never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from landscape.matching.decide import Decider
from landscape.matching.gazetteer import Gazetteer
from landscape.matching.index import NameIndex
from landscape.matching.near import settle
from landscape.matching.outcome import MATCHED, UNMATCHED, Doubt, Outcome, unmatched

COLUMNS = ("area_id", "level", "score", "match_status", "reason", "candidates")


@dataclass(frozen=True, slots=True)
class CountyFilter:
    """Where to look: ``area_ids`` of counties, None for the whole country.

    ``problem`` says why the county typed is not usable; then nothing is matched.
    """

    area_ids: frozenset[str] | None
    problem: str = ""


def match_names(
    names: pd.Series,
    gazetteer: Gazetteer,
    *,
    level: str = "municipality",
    counties: pd.Series | None = None,
    listed: Literal["municipalities", "settlements"] = "municipalities",
) -> pd.DataFrame:
    """The area that each written name means, or why none is said.

    ``names`` may carry type words, lack marks, use another alphabet or be a
    short address; ``counties``, with the same index, holds names, mnemonics
    or codes of counties as typed, missing where not known; ``listed`` says
    what the names are where no type word tells: with "settlements", a village
    is not passed over for a municipality of the same or nearly the same name
    in its county, and such names become ambiguous. Result, indexed
    and ordered like ``names``: ``area_id`` (missing unless matched),
    ``level`` of that area (a county that is one city, such as București, is
    found among municipalities with level ``county``), ``score`` (1 for the
    official name, less for other ways, 0 where unmatched), ``match_status``
    (matched, ambiguous, unmatched), ``reason``, and ``candidates``
    (area_ids joined by ``|`` where there are several, else missing).
    Raises ValueError if the index of ``counties`` differs, or the gazetteer
    has no such level.
    """
    if counties is not None and not counties.index.equals(names.index):
        raise ValueError("names and counties must have the same index")
    texts = _texts(names)
    typed = _texts(counties) if counties is not None else [""] * len(texts)
    filters = {text: _county_filter(text, gazetteer) for text in dict.fromkeys(typed)}
    decider = Decider(gazetteer, level, listed)
    outcomes: dict[tuple[str, str], Outcome] = {}
    doubts: dict[tuple[str, str], Doubt] = {}
    for pair in dict.fromkeys(zip(texts, typed, strict=True)):
        area_filter = filters[pair[1]]
        if area_filter.problem:
            outcomes[pair] = unmatched(area_filter.problem)
            continue
        decision = decider.decide(pair[0], area_filter.area_ids)
        if isinstance(decision, Doubt):
            doubts[pair] = decision
        else:
            outcomes[pair] = decision
    outcomes.update(settle(doubts, decider.index))
    rows = [outcomes[pair] for pair in zip(texts, typed, strict=True)]
    return _table(rows, decider.index, names.index)


def match_counties(names: pd.Series, gazetteer: Gazetteer) -> pd.DataFrame:
    """The county-level area that each name, mnemonic or code means.

    The same table as `match_names` gives, for level ``county``.
    """
    return match_names(names, gazetteer, level="county")


def _texts(values: pd.Series) -> list[str]:
    """Each value as text; missing ones as an empty text."""
    return ["" if missing else str(v) for v, missing in zip(values, values.isna(), strict=True)]


def _county_filter(text: str, gazetteer: Gazetteer) -> CountyFilter:
    if not text.strip():
        return CountyFilter(None)
    decider = Decider(gazetteer, "county")
    decision = decider.decide(text, None)
    if isinstance(decision, Doubt):
        decision = settle({("", ""): decision}, decider.index)["", ""]
    if decision.status == UNMATCHED:
        blank = decision.reason in ("blank", "not given")
        return CountyFilter(None, "" if blank else f"unknown county {text!r}")
    also = decider.index.lookup_all(decider.normal.keys(decider.normal.words(text)))
    areas = {*decision.areas, *also}
    return CountyFilter(frozenset(decider.index.area_ids[area] for area in areas))


def _table(rows: list[Outcome], index: NameIndex, labels: pd.Index) -> pd.DataFrame:
    matched = [row.areas[0] if row.status == MATCHED else None for row in rows]
    text = pd.StringDtype(na_value=float("nan"))
    columns = {
        "area_id": pd.array([None if a is None else index.area_ids[a] for a in matched], text),
        "level": pd.array([None if a is None else index.area_levels[a] for a in matched], text),
        "score": pd.array([row.score for row in rows], "float64"),
        "match_status": pd.array([row.status for row in rows], text),
        "reason": pd.array([row.reason for row in rows], text),
        "candidates": pd.array([_candidates(row, index) for row in rows], text),
    }
    return pd.DataFrame(columns, index=labels)


def _candidates(row: Outcome, index: NameIndex) -> str | None:
    if row.status == MATCHED or not row.areas:
        return None
    return "|".join(dict.fromkeys(index.area_ids[area] for area in row.areas))
