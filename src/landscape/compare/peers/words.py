"""Why an area is a peer, and what could not be matched, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from landscape.compare.peers.group import FEWEST_COMPARED, PeerGroup
from landscape.compare.peers.variables import load_variables_of_context
from landscape.language import Language


def explain_peer(group: PeerGroup, peer: Mapping[str, Any] | pd.Series, language: Language) -> str:
    """Why one row of ``group.peers`` is there: where it is close, apart, and not compared."""
    parts = []
    if peer["close"]:
        told = language.join(_figures(group, peer, peer["close"], language))
        parts.append(language.text("Close in: {variables}.", variables=told))
    if peer["apart"]:
        told = language.join(_figures(group, peer, peer["apart"], language))
        parts.append(language.text("Clearly apart in: {variables}.", variables=told))
    if peer["not_compared"]:
        told = language.join(_labels(peer["not_compared"], language))
        parts.append(language.text("Not compared: {variables}.", variables=told))
    if peer["origin"] == "added":
        parts.append(language.text("Added by hand."))
    if pd.notna(peer["stability"]):
        parts.append(_stability(group, peer, language))
    return " ".join(parts)


def _stability(group: PeerGroup, peer: Mapping[str, Any] | pd.Series, language: Language) -> str:
    return language.text(
        "Among the {k} nearest of its country in {share} % of the trials with other weights.",
        k=language.number(group.k[peer["country"]]),
        share=language.number(peer["stability"] * 100),
    )


def explain_group(group: PeerGroup, country_names: dict[str, str], language: Language) -> list[str]:
    """What could not be matched, country by country; no sentence where all is well.

    ``country_names``: the reader's name of each country, by code.
    """
    if not group.asked:
        return [
            language.text(
                "Nothing is known of the context of {name}: no area can be called a peer.",
                name=group.name,
            )
        ]
    if len(group.asked) < FEWEST_COMPARED:
        return [
            language.text(
                "Too little is known of the context of {name} to call any area a peer; "
                "those listed are near in: {variables}.",
                name=group.name,
                variables=language.join(_labels(group.asked, language)),
            )
        ]
    sentences = []
    for code in group.k:
        found = [r for r in group.rows if r["country"] == code and r["origin"] == "found"]
        if found:
            sentences += _told_of(group, code, found, country_names[code], language)
    return sentences


def _told_of(
    group: PeerGroup,
    code: str,
    found: list[dict[str, Any]],
    country: str,
    language: Language,
) -> list[str]:
    sentences = []
    compared = max(row["compared"] for row in found)
    if not any(row["alike"] for row in found) and compared >= FEWEST_COMPARED:
        sentences.append(
            language.text(
                "{country}: no area is close to {name}; those listed are the least unlike ones.",
                country=country, name=group.name,
            )
        )  # fmt: skip
    if group.unmatched[code]:
        sentences.append(
            language.text(
                "{country}: all areas listed are clearly apart from {name} in: {variables}.",
                country=country, name=group.name,
                variables=language.join(_labels(group.unmatched[code], language)),
            )
        )  # fmt: skip
    if compared < len(group.asked):
        sentences.append(
            language.text(
                "{country}: {compared} of the {asked} features known of {name} could be compared.",
                country=country, name=group.name,
                compared=language.number(compared), asked=language.number(len(group.asked)),
            )
        )  # fmt: skip
    return sentences


def _labels(names: Iterable[str], language: Language) -> list[str]:
    variables = load_variables_of_context()
    return [variables[name].label[language.code] for name in names]


def _figures(
    group: PeerGroup,
    peer: Mapping[str, Any] | pd.Series,
    names: Iterable[str],
    language: Language,
) -> list[str]:
    told = []
    for name in names:
        each = load_variables_of_context()[name]
        here, there = (group.context.value(i, name) for i in (group.area_id, peer["peer_id"]))
        told.append(
            language.text(
                "{label} {there} (here {here})", label=each.label[language.code],
                there=language.number(there, each.decimals),
                here=language.number(here, each.decimals),
            )
        )  # fmt: skip
    return told
