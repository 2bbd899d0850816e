"""The two or three figures that cross borders: values with intervals, spreads on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from landscape.compare.across import compare_across
from landscape.figures.bars import plot_bars_with_intervals
from landscape.figures.distribution import plot_distribution
from landscape.figures.figure import Figure
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story.comparison.compared import Compared


def describe_across(compared: Compared) -> list[str]:
    """What crosses the border and why so little does."""
    language = compared.language
    if not compared.chosen:
        return [
            language.text(
                "No figure of this theme is defined alike in two of these countries, so none is "
                "set side by side."
            ),
            language.text(
                "That is a finding: a common definition would be a first thing to agree on."
            ),
        ]
    own = [n for n in compared.chosen if load_catalogue()[n].theme == compared.theme]
    sentences = [
        language.plural(
            "{number} figure means the same, or nearly, in two of these countries at least.",
            "{number} figures mean the same, or nearly, in two of these countries at least.",
            len(compared.chosen),
        ),
        language.text(
            "A is the same definition, B near enough with a note; the rest stays at home."
        ),
    ]
    if not own and not compared.is_general:
        sentences.append(
            language.text("These are not of this theme; they tell what the countries start from.")
        )
    return sentences


def show_across(page: Page, compared: Compared) -> list[Block]:
    """Each chosen indicator: how it is defined, values, spreads, and the table."""
    blocks: list[Block] = []
    for name in compared.chosen:
        table = compare_across(compared.tables, compared.areas, name)
        blocks.append(page.section(_any(compared).title(name)))
        blocks.append(page.points(*_definitions(compared, table, name)))
        if table["low"].notna().any():
            blocks.append(page.figure(_bars(compared, table, name)))
        drawn = _spreads(compared, table, name)
        blocks += [page.figures(*drawn[at : at + 2]) for at in range(0, len(drawn), 2)]
        blocks.append(_table(page, compared, table, name))
    return blocks


def _definitions(compared: Compared, table: pd.DataFrame, name: str) -> list[str]:
    """What is counted in each country, with the grade and the year; or that nothing is."""
    text = compared.language.text
    said = []
    for row in table.to_dict("records"):
        reading = compared.readings[row["country"]]
        if pd.isna(row["year"]):
            said.append(_say_absent(reading, row["grade"]))
            continue
        said.append(
            text(
                "{country} ({year}, grade {grade}): {counted}",
                country=reading.whole,
                year=int(row["year"]),
                grade=row["grade"],
                counted=reading.counted(name),
            )
            + f" {reading.age_note(int(row['year']))}".rstrip()
        )
    return said


def _say_absent(reading: Reading, grade: str | None) -> str:
    text = reading.language.text
    if grade == "C":
        return text(
            "{country}: its own definition; the figure is not comparable and not shown here.",
            country=reading.country,
        )
    return text("{country}: not inventoried, which is not zero.", country=reading.country)


def _bars(compared: Compared, table: pd.DataFrame, name: str) -> Figure:
    """The value of each country with its interval, in the order given: not a ranking."""
    reading = _any(compared)
    rows = table.assign(
        area_id=table["country"],
        name=[_label(compared, row) for row in table.to_dict("records")],
    )
    years = table["year"].dropna()
    return plot_bars_with_intervals(
        rows[["area_id", "name", "value", "low", "high"]],
        title=reading.language.text(
            "{title}: countries, {years}", title=reading.title(name), years=_span(years)
        ),
        unit=reading.unit(name),
        source=_credit(compared, table, name),
        language=reading.language,
        decimals=reading.indicator(name).decimals,
        note=" ".join(
            [
                reading.language.text("The years differ; the order is not a ranking."),
                reading.age_note(int(years.max())),
            ]
        ).strip(),
    )


def _label(compared: Compared, row: Mapping[Any, Any]) -> str:
    reading = compared.readings[row["country"]]
    year = row["year"]
    return reading.country if pd.isna(year) else f"{reading.country} ({int(year)})"


def _spreads(compared: Compared, table: pd.DataFrame, name: str) -> list[Figure]:
    """The counties of each country that has the figure, all on one scale."""
    known = table.dropna(subset=["lowest"])
    span = (float(known["lowest"].min()), float(known["highest"].max()))
    figures = []
    for row in known.to_dict("records"):
        reading = compared.readings[row["country"]]
        figures.append(
            plot_distribution(
                pd.DataFrame(reading.counties.drop(columns="geometry")),
                reading.values(name, "county")["value"],
                title=reading.language.text(
                    "{country}: {title}, {areas}, {year}",
                    country=reading.country,
                    title=reading.title(name),
                    areas=reading.level("county"),
                    year=int(row["year"]),
                ),
                unit=reading.unit(name),
                source=reading.source_line(name, "county"),
                language=reading.language,
                decimals=reading.indicator(name).decimals,
                span=span,
                note=reading.age_note(int(row["year"])),
            )
        )
    return figures


def _table(page: Page, compared: Compared, table: pd.DataFrame, name: str) -> Block:
    """The figures behind: value, interval, middle half, how many areas are known."""
    reading = _any(compared)
    text = reading.language.text
    rows = [
        {
            text("Country"): compared.readings[row["country"]].whole,
            text("Year"): row["year"],
            text("Grade"): None if pd.isna(row["year"]) else row["grade"],
            text("Value"): _number(reading, name, row["value"]),
            text("95 % interval"): _range(reading, name, row, ("low", "high")),
            text("Middle half of its areas"): _range(
                reading, name, row, ("lower_quartile", "upper_quartile")
            ),
            text("Areas known"): None
            if pd.isna(row["known"])
            else text("{known} of {areas}", known=int(row["known"]), areas=int(row["areas"])),
        }
        for row in table.to_dict("records")
    ]
    shown = pd.DataFrame(rows).astype({text("Year"): "Int64"})
    caption = reading.language.pair(reading.title(name), reading.unit(name))
    return page.table(shown, caption, source=_credit(compared, table, name))


def _range(
    reading: Reading, name: str, row: Mapping[Any, Any], ends: tuple[str, str]
) -> str | None:
    low, high = (_number(reading, name, row[end]) for end in ends)
    if low is None or high is None:
        known = not pd.isna(row["year"])
        return reading.language.text("none published") if known and ends[0] == "low" else None
    return reading.language.text("{low} to {high}", low=low, high=high)


def _number(reading: Reading, name: str, value: Any) -> str | None:
    return None if pd.isna(value) else reading.number(name, float(value))


def _credit(compared: Compared, table: pd.DataFrame, name: str) -> str:
    lines = [
        compared.readings[code].source_line(name, "county")
        for code in table.loc[table["year"].notna(), "country"]
    ]
    return compared.language.join(dict.fromkeys(lines))


def _span(years: pd.Series) -> str:
    return "–".join(dict.fromkeys([str(int(years.min())), str(int(years.max()))]))


def _any(compared: Compared) -> Reading:
    """Any of the readings: titles and units are the same in every country."""
    return next(iter(compared.readings.values()))
