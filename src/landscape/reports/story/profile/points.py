"""Two strong points and two questions: what to show others, what to ask them."""

from __future__ import annotations

import pandas as pd

from landscape.compare.peers.variables import load_variables_of_context
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.portrait import Portrait
from landscape.reports.story.profile.layers import topics_not_known

MOST = 2
#: Topics of which more than the peers is something to show; of access, less distance is.
MORE_TO_SHOW = ("services", "places", "providers", "community_places", "associations")
LESS_TO_SHOW = ("access",)


def find_strong_points_here(portrait: Portrait) -> pd.DataFrame:
    """The figures that stand clearly apart from the peers on the side of provision, at most two.

    One a topic, of a theme rather than general where there is a choice. The
    order is that of the catalogue: not a ranking.
    """
    rows = portrait.figures
    more = (rows["position"] == "above") & _of_topics(rows, MORE_TO_SHOW)
    less = (rows["position"] == "below") & _of_topics(rows, LESS_TO_SHOW)
    return _one_a_topic(rows[more | less])


def find_open_questions(portrait: Portrait) -> pd.DataFrame:
    """Needs above the peers and provision below them, at most two, one a topic.

    What the peers were chosen by is left out: they are alike in that.
    """
    rows = portrait.figures[~portrait.figures.index.isin(_chosen_by())]
    catalogue = load_catalogue()
    need = pd.Series([catalogue[str(n)].direction == "more_need" for n in rows.index], rows.index)
    asked = (rows["position"] == "above") & need
    asked |= (rows["position"] == "below") & _of_topics(rows, MORE_TO_SHOW)
    asked |= (rows["position"] == "above") & _of_topics(rows, LESS_TO_SHOW)
    return _one_a_topic(rows[asked])


def _chosen_by() -> set[str]:
    """The indicators that peers are looked for by."""
    variables = load_variables_of_context().values()
    return {each.origin.indicator for each in variables if each.origin.indicator}


def _of_topics(rows: pd.DataFrame, topics: tuple[str, ...]) -> pd.Series:
    catalogue = load_catalogue()
    return pd.Series([catalogue[str(n)].topic in topics for n in rows.index], rows.index)


def _one_a_topic(rows: pd.DataFrame) -> pd.DataFrame:
    catalogue = load_catalogue()
    entries = [catalogue[str(name)] for name in rows.index]
    marked = rows.assign(
        topic=[entry.topic for entry in entries],
        general=[entry.theme == "general" for entry in entries],
    )
    first = marked.sort_values("general", kind="stable").drop_duplicates("topic")
    return rows.loc[[name for name in rows.index if name in first.index][:MOST]]


def describe_points(portrait: Portrait) -> list[str]:
    """What stands apart from the peers, or that nothing does."""
    language = portrait.reading.language
    strong = find_strong_points_here(portrait)
    if (portrait.figures["position"] == "not_told").all():
        return [
            language.text(
                "{name}: no figure can be set beside peers, so no strong point can be named yet.",
                name=portrait.name,
            )
        ]
    if strong.empty:
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
    strong = [
        _say(portrait, str(name), row) for name, row in find_strong_points_here(portrait).iterrows()
    ]
    asked = [
        _ask(portrait, str(name), row) for name, row in find_open_questions(portrait).iterrows()
    ]
    asked += _ask_for_the_unknown(portrait)
    blocks = [page.section(text("Worth a closer look")), page.points(*strong)] if strong else []
    return [*blocks, page.section(text("Questions to take along")), page.points(*asked[:MOST])]


def _say(portrait: Portrait, name: str, row: pd.Series) -> str:
    """One figure with its interval and year, beside the middle half of the peers."""
    reading = portrait.reading
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


def _ask(portrait: Portrait, name: str, row: pd.Series) -> str:
    """The figure, and the open question that it raises."""
    text = portrait.reading.language.text
    indicator = load_catalogue()[name]
    if indicator.layer == "needs":
        question = text("Which services answer this need here, and which do the peers have?")
    elif indicator.topic in LESS_TO_SHOW:
        question = text("How do people get there, and what do the peers do about distance?")
    else:
        question = text(
            "Is it provided in a way that this source does not see? What do the peers do?"
        )
    return f"{_say(portrait, name, row)} {question}"


def _ask_for_the_unknown(portrait: Portrait) -> list[str]:
    """A question for each topic of needs and services that no source answers here."""
    text = portrait.reading.language.text
    return [
        text("Not inventoried: {topic}. Who knows it locally?", topic=topic)
        for layer in ("services", "needs", "resources")
        for topic in topics_not_known(portrait, layer)
    ]
