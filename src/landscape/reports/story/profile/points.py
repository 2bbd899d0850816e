"""Two strong points and two questions: what to show others, what to ask them."""

from __future__ import annotations

import pandas as pd

from landscape.compare.peers.variables import load_variables_of_context
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.portrait import Portrait, Row
from landscape.reports.story.profile.layers import topics_not_known

MOST = 2
#: Topics of which more than the peers is something to show; of access, less distance is.
MORE_TO_SHOW = ("services", "places", "providers", "community_places", "associations")
LESS_TO_SHOW = ("access",)


def find_strong_points_here(portrait: Portrait) -> list[Row]:
    """The figures that stand clearly apart from the peers on the side of provision, at most two.

    One a topic, of a theme rather than general where there is a choice. The
    order is that of the catalogue: not a ranking.
    """
    chosen = {"above": MORE_TO_SHOW, "below": LESS_TO_SHOW}
    return _one_a_topic(
        [row for row in portrait.told if _topic(row) in chosen.get(row["position"], ())]
    )


def find_open_questions(portrait: Portrait) -> list[Row]:
    """Needs above the peers and provision below them, at most two, one a topic.

    What the peers were chosen by is left out: they are alike in that.
    """
    chosen_by, catalogue = _chosen_by(), load_catalogue()
    asked = []
    for row in portrait.told:
        above, below = row["position"] == "above", row["position"] == "below"
        need = catalogue[row["indicator"]].direction == "more_need"
        raised = above and (need or _topic(row) in LESS_TO_SHOW)
        if row["indicator"] not in chosen_by and (
            raised or (below and _topic(row) in MORE_TO_SHOW)
        ):
            asked.append(row)
    return _one_a_topic(asked)


def _chosen_by() -> set[str]:
    """The indicators that peers are looked for by."""
    variables = load_variables_of_context().values()
    return {each.origin.indicator for each in variables if each.origin.indicator}


def _topic(row: Row) -> str:
    return load_catalogue()[row["indicator"]].topic


def _one_a_topic(rows: list[Row]) -> list[Row]:
    first: dict[str, str] = {}
    for general in (False, True):
        for row in rows:
            if (load_catalogue()[row["indicator"]].theme == "general") == general:
                first.setdefault(_topic(row), row["indicator"])
    return [row for row in rows if row["indicator"] in first.values()][:MOST]


def describe_points(portrait: Portrait) -> list[str]:
    """What stands apart from the peers, or that nothing does."""
    language = portrait.reading.language
    strong = find_strong_points_here(portrait)
    if not portrait.told:
        return [
            language.text(
                "{name}: no figure can be set beside peers, so no strong point can be named yet.",
                name=portrait.name,
            )
        ]
    if not strong:
        return [
            language.text(
                "{name}: no service figure stands clearly above the peers. That says something "
                "about the figures at hand, not about the work done.",
                name=portrait.name,
            )
        ]
    return [
        language.plural(
            "{name}: {number} point worth a closer look, and questions to take to the peers.",
            "{name}: {number} points worth a closer look, and questions to take to the peers.",
            len(strong),
            name=portrait.name,
        )
    ]


def show_points(page: Page, portrait: Portrait) -> list[Block]:
    """The strong points, then the questions; where figures ask none, what is not known asks."""
    text = portrait.reading.language.text
    strong = [_say(portrait, row) for row in find_strong_points_here(portrait)]
    asked = [_ask(portrait, row) for row in find_open_questions(portrait)]
    asked += _ask_for_the_unknown(portrait)
    blocks = [page.section(text("Worth a closer look")), page.points(*strong)] if strong else []
    return [*blocks, page.section(text("Questions to take along")), page.points(*asked[:MOST])]


def _say(portrait: Portrait, row: Row) -> str:
    """One figure with its interval and year, beside the middle half of the peers."""
    reading, name = portrait.reading, row["indicator"]
    words = {
        "title": reading.title(name),
        "value": reading.language.amount(
            row["value"], reading.unit(name), reading.indicator(name).decimals
        ),
        "year": int(row["year"]),
        "lower": reading.number(name, row["peers_lower"]),
        "upper": reading.number(name, row["peers_upper"]),
    }
    if pd.isna(row["low"]):
        said = reading.language.text(
            "{title}: {value} ({year}); half of the peers lie between {lower} and {upper}.", **words
        )
    else:
        said = reading.language.text(
            "{title}: {value} ({year}; 95 % interval {low} to {high}); half of the peers lie "
            "between {lower} and {upper}.",
            **words,
            low=reading.number(name, row["low"]),
            high=reading.number(name, row["high"]),
        )
    return f"{said} {reading.age_note(int(row['year']))}".strip()


def _ask(portrait: Portrait, row: Row) -> str:
    """The figure, and the open question that it raises."""
    text = portrait.reading.language.text
    indicator = load_catalogue()[row["indicator"]]
    if indicator.layer == "needs":
        question = text("Which services answer this need here, and which do the peers have?")
    elif indicator.topic in LESS_TO_SHOW:
        question = text("How do people get there, and what do the peers do about distance?")
    else:
        question = text(
            "Is it provided in a way that this source does not see? What do the peers do?"
        )
    return f"{_say(portrait, row)} {question}"


def _ask_for_the_unknown(portrait: Portrait) -> list[str]:
    """A question for each topic of needs and services that no source answers here."""
    text = portrait.reading.language.text
    return [
        text("Not inventoried: {topic}. Who knows it locally?", topic=topic)
        for layer in ("services", "needs", "resources")
        for topic in topics_not_known(portrait, layer)
    ]
