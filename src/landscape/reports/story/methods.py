"""What stands at the end of every report: how its figures are made, in a few sentences.

A reader who opens one file offline has no other page at hand, so the short
statement of each method is in the file; ``docs/methods.md`` has the formulas,
their references, assumptions and limits under the headings of ``HEADINGS``.
"""

from __future__ import annotations

from collections.abc import Callable

from landscape.language import Language
from landscape.reports.blocks import Block
from landscape.reports.page import Page

PAGE = "docs/methods.md"
#: What a report may ask for -> the heading of the methods page that says it in full.
HEADINGS = {
    "intervals": "Intervals",
    "ranks": "Ranks",
    "access": "Access",
    "composites": "Composites and gaps",
    "peers": "Peers",
    "zones": "Zones of innovation",
}


def show_methods(page: Page, *methods: str) -> list[Block]:
    """The section on how the figures of this report are made.

    ``methods`` are keys of ``HEADINGS``. Raises KeyError for another.
    """
    language = page.language
    said = [_STATEMENTS[HEADINGS[name]](language) for name in methods]
    return [
        page.section(language.text("How the figures are made")),
        page.points(*said),
        page.text(
            language.text(
                "Formulas, references, assumptions and limits stand in the methods page of the "
                "software ({page}, in English).",
                page=PAGE,
            )
        ),
    ]


def _intervals(language: Language) -> str:
    return language.text(
        "Intervals are 95 %: Wilson (1927) for shares, exact Poisson (Garwood 1936) for rates. "
        "They say how much chance explains, nothing of errors in the source. What is not "
        "inventoried is left out of sums and rates, never taken as zero."
    )


def _ranks(language: Language) -> str:
    return language.text(
        "Ranks are told as intervals only: values, weights and scale are drawn 500 times within "
        "what is known, and 95 % of the ranks that come out lie within the interval "
        "(Goldstein and Spiegelhalter 1996; Saisana, Saltelli and Tarantola 2005)."
    )


def _access(language: Language) -> str:
    return language.text(
        "Distances are straight lines on the sphere, from a point inside the municipality to "
        "the service; roads are longer."
    )


def _composites(language: Language) -> str:
    return language.text(
        "A composite is one side (needs, means or services) of one theme: each indicator is "
        "placed from 0 to 100 in its country by its distance from the median, then averaged "
        "with declared weights. A gap is needs less the other side. Nothing is added up across "
        "themes."
    )


def _peers(language: Language) -> str:
    return language.text(
        "Peers are the authorities of the same tier nearest in context: population, density, "
        "settlements, age, trend, income, distance to the seat of the county; never services. "
        "The middle half lies between their quartiles."
    )


def _zones(language: Language) -> str:
    return language.text(
        "Zones are positive deviance: what a municipality or its neighbours provide, against what "
        "a regression on size, density, needs and resources expects, with the false finds held "
        "down (Kulldorff 1997) and the guards told on this page."
    )


_STATEMENTS: dict[str, Callable[[Language], str]] = {
    "Intervals": _intervals,
    "Ranks": _ranks,
    "Access": _access,
    "Composites and gaps": _composites,
    "Peers": _peers,
    "Zones of innovation": _zones,
}
