"""What was set aside, what could not be looked at, and the limits of the search."""

from __future__ import annotations

import pandas as pd

from landscape.compare.zones import word_guard, word_missing
from landscape.provenance import SourceCard
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.story.zones.looking import KIND_ORDER, Looked, word_kind


def describe_aside(looked: Looked) -> list[str]:
    """That guards are asked of every find, and how many did not pass."""
    language, number = looked.reading.language, len(looked.aside)
    if not looked.seen:
        return [language.text("Nothing was searched, so nothing was set aside.")]
    return [
        language.plural(
            "{number} find stood out and was set aside, because the register may have made it.",
            "{number} finds stood out and were set aside, because the register may have made them.",
            number,
        ),
        language.text(
            "Each find is asked whether it still stands out with each site counted once, without "
            "its largest site, without what serves the whole county, without its strongest "
            "municipality, and away from the edge of the register."
        ),
    ]


def show_aside(page: Page, looked: Looked) -> list[Block]:
    """A line a find that was set aside, with the reasons; nothing where there is none."""
    rows = looked.aside
    if rows.empty:
        return []
    reading, text = looked.reading, looked.reading.language.text
    table = pd.DataFrame(
        {
            text("Where"): rows["name"].to_numpy(),
            text("Theme"): [looked.theme(each) for each in rows["theme"]],
            text("What stood out"): [word_kind(each, reading.language) for each in rows["kind"]],
            text("Municipalities"): rows["areas"].astype(int).to_numpy(),
            text("Year"): rows["year"].astype(int).to_numpy(),
            text("Why it was set aside"): [
                " ".join(word_guard(guard, reading.language) for guard in guards)
                for guards in rows["guards_failed"]
            ],
        }
    )
    ids = sorted(rows["source_id"].unique())
    credit = reading.credit(reading.inventory.sources[each] for each in ids)
    return [page.table(table, text("Set aside, and why"), source=credit)]


def explain_missing(looked: Looked) -> list[str]:
    """One sentence a reason that keeps themes from being looked at in any way."""
    language = looked.reading.language
    return [
        language.pair(_name_themes(looked, themes), word_missing(reason, language))
        for (reason, kinds), themes in _group_missing(looked).items()
        if len(kinds) == len(KIND_ORDER)
    ]


def _group_missing(looked: Looked) -> dict[tuple[str, tuple[str, ...]], list[str]]:
    """Reason and ways -> the themes, in order; an empty list where it is all of them."""
    missing = looked.search.missing
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (theme, reason), rows in missing.groupby(["theme", "missing"], sort=False, dropna=False):
        kinds = tuple(kind for kind in KIND_ORDER if kind in set(rows["kind"]))
        themes = found.setdefault((str(reason), kinds), [])
        themes += [theme] if isinstance(theme, str) else []
    return found


def _name_themes(looked: Looked, themes: list[str]) -> str:
    if not themes or len(themes) == len(looked.themes) > 1:
        return looked.reading.language.text("All themes")
    words = ", ".join(looked.reading.term("function", each) for each in themes)
    return words[:1].upper() + words[1:]


def describe_not_looked_at(looked: Looked) -> list[str]:
    """What the table of missing things is, or that every theme was looked at in every way."""
    text = looked.reading.language.text
    if looked.search.missing.empty:
        return [text("Every theme could be looked at in all four ways.")]
    return [
        text(
            "Where a source is missing, nothing was searched; that nothing is named is no finding."
        ),
        text("Not inventoried is not zero."),
    ]


def show_not_looked_at(page: Page, looked: Looked) -> list[Block]:
    """A line a reason: the themes and the ways that it keeps from being looked at."""
    missing = looked.search.missing
    if missing.empty:
        return []
    language = looked.reading.language
    text = language.text
    rows = [
        {
            text("Theme"): _name_themes(looked, themes),
            text("What could not be looked for"): text("All four ways")
            if len(kinds) == len(KIND_ORDER)
            else ", ".join(word_kind(kind, language) for kind in kinds),
            text("Why"): word_missing(reason, language),
        }
        for (reason, kinds), themes in _group_missing(looked).items()
    ]
    table = pd.DataFrame(rows)
    return [page.table(table, text("What could not be looked at, and why"))]


def list_limits(looked: Looked) -> list[str]:
    """How zones are found, and what the method cannot see."""
    text = looked.reading.language.text
    return [
        text(
            "Expected: regressions on size, density, needs and resources of all municipalities "
            "of the country; chance includes what neighbours have in common."
        ),
        text(
            "All that was tried in a theme is judged together: where there is no zone at all, at "
            "most one search in ten should name one (Kulldorff 1997)."
        ),
        text(
            "A zone was found because it stands out: measured again, it would on average stand "
            "out a little less."
        ),
        text(
            "The multiple of a zone is a mean of its municipalities in which a city weighs little "
            "more than a town: it may differ from the number counted over the number expected."
        ),
        text("A register lists what is licensed or declared, not what is good."),
        text(
            "Areas are compared by their residents: where many visitors come, as to a mountain "
            "resort, services for them may be the reason."
        ),
        text(
            "A single municipality has to stand out far to be told from chance among thousands; "
            "many that do well are not seen."
        ),
    ]


def list_sources_of_zones(looked: Looked) -> list[SourceCard]:
    """The sources of the services searched, of the figures compared on, and of the areas."""
    inventory, search = looked.reading.inventory, looked.search
    used = set(pd.concat([search.zones["source_id"], search.set_aside["source_id"]]))
    rows = inventory.indicators
    names = [*search.needs, *search.resources, *search.territory]
    lines = rows.loc[rows["indicator"].isin(names), "source_ids"].unique()
    used |= {each for line in lines for each in str(line).split()}
    code = inventory.country.code.lower()
    used |= {f"{code}/{each}" for each in inventory.country.area_sources}
    services = inventory.services
    used |= set(services.loc[services["function"].isin(looked.seen), "source_id"])
    return [card for each, card in inventory.sources.items() if each in used]


def describe_sources_of_zones(looked: Looked) -> list[str]:
    """What the search rests on."""
    return [
        looked.reading.language.plural(
            "The search rests on this {number} source.",
            "The search rests on these {number} sources.",
            len(list_sources_of_zones(looked)),
        )
    ]
