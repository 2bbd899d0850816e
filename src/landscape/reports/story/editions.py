"""Editions of one notebook: all of it, two pages for elected officials, or a union's members.

A shorter edition is the same notebook with chapters left out of the page and
one of its own put in; nothing is computed in another way.
"""

from __future__ import annotations

import pandas as pd

from landscape.compare.spread import Spread
from landscape.errors import UsageError
from landscape.figures.figure import Figure
from landscape.reports import exhibits
from landscape.reports.blocks import Block
from landscape.reports.page import Finding, Page
from landscape.reports.reading import Reading
from landscape.reports.story.opening import find_findings, zeros_of
from landscape.reports.story.spreads import spread_of

#: Which chapters stay in a shorter edition; in two pages sources stand under the figures.
CHAPTERS = {"brief": ("discuss",), "digest": ("members", "sources")}
MOST_INDICATORS = 6
_LAYERS = ("needs", "resources", "services")


def form_of(reading: Reading, edition: str, members: list[str]) -> str:
    """``technical``, ``brief`` or ``digest``.

    Raises UsageError where a digest has no members, members are given to
    another edition, or one is no municipality or county of the country.
    """
    form = edition if edition in CHAPTERS else "technical"
    if (form == "digest") != bool(members):
        raise UsageError("the edition digest goes with members: -p members RO_1017,RO_1151")
    areas = reading.inventory.areas
    known = set(areas.loc[areas["level"].isin(("municipality", "county")), "area_id"])
    unknown = [each for each in members if each not in known]
    if unknown:
        code = reading.inventory.country.code
        raise UsageError(f"no municipality or county of {code}: {', '.join(unknown)}")
    return form


def key_findings(page: Page, reading: Reading, members: list[str]) -> Block:
    """Three findings; five in a brief; in a digest how far apart its members are."""
    if page.form == "digest":
        return page.findings(_findings_of(reading, members))
    return page.findings(find_findings(reading, 5 if page.form == "brief" else 3))


def show_edition(page: Page, reading: Reading, members: list[str]) -> list[Block]:
    """The chapter that only a shorter edition has; nothing in the technical one."""
    text = reading.language.text
    if page.form == "brief":
        second = _second_map(reading)
        return [
            page.chapter(
                text("What we propose to discuss"),
                text("Questions that the figures raise; none of them is a verdict."),
                anchor="discuss",
            ),
            page.points(*list_to_discuss(reading)),
            *([page.figure(second)] if second is not None else []),
        ]
    if page.form == "digest":
        return [
            page.chapter(
                text("The members beside each other"),
                text(
                    "In the order of names: not a ranking. Where intervals overlap, a "
                    "difference may be chance."
                ),
                anchor="members",
            ),
            page.table(
                list_members(reading, members),
                text("The members, with 95 % intervals and years"),
                source="; ".join(_credits(reading, members)),
            ),
        ]
    return []


def list_to_discuss(reading: Reading) -> list[str]:
    """Up to five questions: what has no source, what differs, what is zero, what is old."""
    text, topics = reading.language.text, reading.topics
    questions = []
    for layer in _LAYERS:
        spread = _spread(reading, layer)
        if spread is not None:
            questions.append(
                text(
                    "{title}, {year}: half of the {areas} lie between {low} and {high} ({unit}). "
                    "What do those at the two ends do differently, or count differently?",
                    title=reading.title(spread.indicator),
                    year=spread.year,
                    areas=reading.level("county"),
                    low=reading.number(spread.indicator, spread.lower_quartile),
                    high=reading.number(spread.indicator, spread.upper_quartile),
                    unit=reading.unit(spread.indicator),
                )
            )
    zeros = zeros_of(reading)
    if zeros is not None:
        questions.append(
            text(
                "In {zeros} of {known} {areas} the source lists no service. Are there services "
                "that it does not list, or where do residents go?",
                zeros=reading.language.number(zeros.zeros),
                known=reading.language.number(zeros.known),
                areas=reading.level("municipality"),
            )
        )
    unknown = int((topics["known"] == 0).sum())
    if unknown:
        questions.append(
            text(
                "Topics that are not inventoried: {unknown} of {asked}. Who holds figures on "
                "them, and what would it take to share them?",
                unknown=unknown,
                asked=len(topics),
            )
        )
    return questions[:5]


def list_members(reading: Reading, members: list[str]) -> pd.DataFrame:
    """A row a member, in the order of names: its figures with interval and year."""
    text, names = reading.language.text, reading.names
    order = sorted(members, key=lambda area: reading.language.sort_key(str(names[area])))
    columns: dict[str, list[str | None]] = {text("Area"): [str(names[area]) for area in order]}
    for name in _indicators(reading, members):
        rows = _rows(reading, name, order)
        columns[f"{reading.title(name)} ({reading.unit(name)})"] = [
            _figure(reading, name, row) for _, row in rows.iterrows()
        ]
    return pd.DataFrame(columns)


def _figure(reading: Reading, name: str, row: pd.Series) -> str | None:
    if pd.isna(row["value"]):
        return reading.language.text("confidential") if row["status"] == "C" else None
    value, year = reading.number(name, row["value"]), int(row["year"])
    if pd.isna(row["low"]):
        return f"{value}, {year}"
    return reading.language.text(
        "{value} ({low} to {high}), {year}",
        value=value,
        low=reading.number(name, row["low"]),
        high=reading.number(name, row["high"]),
        year=year,
    )


def _rows(reading: Reading, name: str, members: list[str]) -> pd.DataFrame:
    levels = [reading.values(name, level) for level in ("municipality", "county")]
    return pd.concat([rows for rows in levels if len(rows)] or levels[:1]).reindex(members)


def _indicators(reading: Reading, members: list[str]) -> list[str]:
    """Two indicators a layer, those that most members are known for."""
    chosen = []
    for layer in _LAYERS:
        known = {
            name: int(_rows(reading, name, members)["value"].notna().sum())
            for name in reading.known_indicators(layer)
        }
        best = sorted(filter(known.get, known), key=lambda name: -known[name])
        chosen += best[: MOST_INDICATORS // len(_LAYERS)]
    return chosen


def _findings_of(reading: Reading, members: list[str]) -> list[Finding]:
    """How far apart the members are, for the three indicators known for most of them."""
    text, found = reading.language.text, []
    for name in _indicators(reading, members)[::2]:
        rows = _rows(reading, name, members).dropna(subset=["value"])
        found.append(
            Finding(
                text(
                    "{low} to {high}",
                    low=reading.number(name, rows["value"].min()),
                    high=reading.number(name, rows["value"].max()),
                ),
                text(
                    "{unit}: from the lowest to the highest of the members. {title}.",
                    unit=reading.unit(name),
                    title=reading.title(name),
                ),
                int(rows["year"].max()),
                text("Known for {known} of {total}.", known=len(rows), total=len(members)),
            )
        )
    return found


def _credits(reading: Reading, members: list[str]) -> list[str]:
    ids: dict[str, None] = {}
    for name in _indicators(reading, members):
        rows = _rows(reading, name, members).dropna(subset=["value"])
        ids |= {each: None for row in rows["source_ids"] for each in str(row).split()}
    sources = reading.inventory.sources
    return [reading.credit(sources[each] for each in ids if each in sources)]


def _spread(reading: Reading, layer: str) -> Spread | None:
    """The spread over the counties of the layer's first indicator known for ten of them."""
    for name in reading.known_indicators(layer):
        spread = spread_of(reading, name, "county")
        if spread is not None and spread.known >= 10:
            return spread
    return None


def _second_map(reading: Reading) -> Figure | None:
    """A map of another layer than the one that opens the page."""
    first = exhibits.opening_indicator(reading)
    for layer in ("needs", "resources", "territory"):
        for name in reading.known_indicators(layer):
            drawn = reading.values(name, "county")["value"].notna().sum() >= 10
            if name != first and drawn and reading.can_draw(reading.counties):
                return exhibits.map_indicator(reading, name, "county", small=True)
    return None
