"""A card for each zone, and why something could not be looked for, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from landscape.compare.zones.evidence import DECIMALS
from landscape.dictionaries import load_terms
from landscape.language import Language

#: Names of areas a card lists; the rest are counted.
MOST_NAMES = 12


@dataclass(frozen=True)
class Card:
    """What a reader is told of one zone.

    ``title`` names it; ``sentences`` say what stands out, against what, and
    what was checked; ``evidence`` are pairs of label and value.
    """

    title: str
    sentences: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]


def describe_zone(zone: Mapping[str, Any], names: Mapping[str, str], language: Language) -> Card:
    """The card of one row of ``ZoneSearch.zones`` or ``set_aside``.

    ``names`` gives each area_id the name to show. Names and the source's own
    types come from registers: escape them in HTML.
    """
    theme = load_terms()["function"][zone["theme"]][language.code]
    shown = [names[area] for area in zone["area_ids"][:MOST_NAMES]]
    more = zone["areas"] - len(shown)
    if more:
        shown.append(language.plural("{number} more", "{number} more", more))
    sentences = [_say_kind(zone["kind"], language)]
    if zone["unit"] == "cluster":
        sentences.append(
            language.text("Neighbours taken together: {names}.", names=", ".join(shown))
        )
    sentences += [word_guard(guard, language) for guard in zone["guards_failed"]]
    if not zone["guards_failed"]:
        sentences.append(
            language.text(
                "It still stands out when each site counts once, without its largest site and "
                "without what may serve the whole county."
            )
        )
    return Card(
        language.pair(names[zone["area_id"]], theme),
        tuple(sentences),
        tuple(_list_evidence(zone, language)),
    )


def _say_kind(kind: str, language: Language) -> str:
    text = language.text
    if kind == "more":
        return text(
            "Worth a closer look: clearly more services are listed than where authorities have "
            "the same size, needs and resources."
        )
    if kind == "associations":
        return text(
            "Worth a closer look: a clearly larger share of services is run by associations than "
            "where authorities have the same size, needs and resources."
        )
    if kind == "day_outreach":
        return text(
            "Worth a closer look: a clearly larger share is day and outreach services than where "
            "authorities have the same size, needs and resources."
        )
    return text(
        "Worth a closer look: services stand clearly nearer to people than where authorities have "
        "the same size, needs and resources."
    )


def _list_evidence(zone: Mapping[str, Any], language: Language) -> Iterable[tuple[str, str]]:
    text, number = language.text, language.number
    yield text("Services listed"), number(zone["services"])
    yield text("Sites, at least"), number(zone["sites"])
    kind = zone["kind"]
    decimals = 1 if kind == "nearer" else 0
    yield _label_seen(kind, language), number(zone["observed"], decimals)
    yield text("Expected"), number(zone["expected"], 1 if zone["expected"] >= 1 else 2)
    interval = text(
        "between {low} and {high}",
        low=number(zone["low"], DECIMALS),
        high=number(zone["high"], DECIMALS),
    )
    yield _label_estimate(kind, zone["unit"] == "cluster", language), interval
    terms = load_terms()
    for dimension, column in (("provider_type", "provider_types"), ("setting", "settings")):
        words = [
            language.pair(terms[dimension][code][language.code], number(count))
            for code, count in zone[column].items()
        ]
        label = text("Run by") if dimension == "provider_type" else text("Setting")
        yield label, language.join(words)
    yield text("Year of the services"), str(zone["year"])


def _label_seen(kind: str, language: Language) -> str:
    text = language.text
    return {
        "more": text("Counted"),
        "associations": text("Of them run by associations"),
        "day_outreach": text("Of them day and outreach"),
        "nearer": text("Kilometres to the nearest"),
    }[kind]


def _label_estimate(kind: str, several: bool, language: Language) -> str:
    text = language.text
    if kind == "more" and several:
        return text("Times as many as expected, in the mean of its municipalities (95 % interval)")
    if kind == "more":
        return text("Times as many as expected (95 % interval)")
    if kind == "nearer":
        return text("Distance as a multiple of the expected one (95 % interval)")
    return text("Percentage points above the expected share (95 % interval)")


def word_guard(guard: str, language: Language) -> str:
    """Why a guard sets a find aside, in a sentence."""
    text = language.text
    return {
        "few_services": text("Set aside: too few services to tell."),
        "register_edge": text(
            "Set aside: it lies beside areas that the register does not cover; services for them "
            "may be counted here."
        ),
        "headquarters": text(
            "Set aside: it no longer stands out when services of one provider at one address "
            "count once."
        ),
        "single_site": text("Set aside: it rests on a single site."),
        "one_institution": text(
            "Set aside: where so few people live, not even one service is expected; a single "
            "institution for people from elsewhere may be all of it."
        ),
        "county_host": text(
            "Set aside: it rests on services that county or State run here, or on the county's "
            "largest town, which may serve the whole county."
        ),
        "one_area_alone": text("Set aside: the cluster rests on one of its areas alone."),
        "interval": text("Set aside: its interval does not exclude that nothing is unusual."),
    }[guard]


def word_missing(reason: str, language: Language) -> str:
    """What the data lack, from the codes of ``ZoneSearch.missing``, in a sentence."""
    text = language.text
    sentences = {
        "needs": text("Needs are not inventoried: authorities with the same needs are not known."),
        "resources": text(
            "Resources are not inventoried: authorities with the same resources are not known."
        ),
        "source": text("No complete register of services is at hand for this theme."),
        "few_services": text("Too few services are listed to say what is usual."),
        "providers": text("The source does not tell who runs the services."),
        "one_way": text("Nearly all services listed are of one kind; there is nothing to compare."),
        "places": text("Services are placed by municipality only; distances cannot be compared."),
    }
    return " ".join(sentences[code] for code in reason.split())
