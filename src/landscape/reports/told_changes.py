"""What an edition changed, in the reader's words, for the index."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from landscape.indicators.catalogue import load_catalogue
from landscape.language import Language
from landscape.reports.blocks import paragraph
from landscape.reports.page_table import folded, table_element
from landscape.reports.snapshots import Changes

#: More rows than this are counted, not listed.
MOST_ROWS = 200


def tell_changes(changes: Changes, language: Language, anchor: str) -> Markup:
    """The heading, one sentence a change, and the figures that moved in a folded table."""
    heading = Markup("<h3>{}</h3>").format(
        language.text("What changed since the edition of {day}", day=language.date(changes.since))
    )
    told = Markup("").join(paragraph([each]) for each in describe_changes(changes, language))
    if changes.moved.empty:
        return heading + told
    table = list_moved(changes.moved.head(MOST_ROWS), language)
    caption = language.text("Figures that moved beyond their intervals")
    inside = table_element(table, caption, language, anchor)
    return heading + told + folded(caption, inside, len(table))


def describe_changes(changes: Changes, language: Language) -> list[str]:
    """How many figures moved, of how many compared; services and sources, new and gone."""
    text, number = language.text, language.number
    if changes.moved.empty:
        told = [
            text(
                "No figure of the country or its counties moved beyond its interval; "
                "figures compared: {compared}.",
                compared=number(changes.compared),
            )
        ]
    else:
        told = [
            text(
                "Figures of the country and its counties that moved beyond their intervals: "
                "{moved} of {compared}.",
                moved=number(len(changes.moved)),
                compared=number(changes.compared),
            )
        ]
    for source in sorted({*changes.opened, *changes.closed}):
        title = changes.titles.get(source, {})
        told.append(
            text(
                "Services in this source: {source}. Newly listed: {opened}. "
                "Closed or no longer listed: {closed}.",
                source=title.get(language.code, source),
                opened=number(changes.opened.get(source, 0)),
                closed=number(changes.closed.get(source, 0)),
            )
        )
    told += [text("New source: {source}.", source=each[language.code]) for each in changes.sources]
    return told + [
        text("Source with a new period or new files: {source}.", source=each[language.code])
        for each in changes.renewed
    ]


def list_moved(moved: pd.DataFrame, language: Language) -> pd.DataFrame:
    """A row a figure: the indicator, the area, and the values with intervals and years."""
    text = language.text
    names = moved["name_latin"].fillna(moved["name"]) if language.reads_latin else moved["name"]
    return pd.DataFrame(
        {
            text("Indicator"): [_title(name, language) for name in moved["indicator"]],
            text("Area"): names.to_list(),
            text("Before"): [_value(row, "_before", language) for row in moved.to_dict("records")],
            text("Now"): [_value(row, "", language) for row in moved.to_dict("records")],
        }
    )


def _title(name: str, language: Language) -> str:
    """An indicator's title; its name where the catalogue no longer has it."""
    entry = load_catalogue().get(name)
    return f"{entry.title[language.code]} ({entry.unit[language.code]})" if entry else name


def _value(row: dict[object, object], when: str, language: Language) -> str:
    entry = load_catalogue().get(str(row["indicator"]))
    places = entry.decimals if entry else 1
    value, low, high = (
        language.number(float(str(row[name + when])), places) for name in ("value", "low", "high")
    )
    return language.text(
        "{value} ({low} to {high}), {year}",
        value=value,
        low=low,
        high=high,
        year=row[f"year{when}"],
    )
