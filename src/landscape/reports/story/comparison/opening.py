"""The first screen of a comparison: which countries, which theme, what is known at all."""

from __future__ import annotations

from datetime import date

import pandas as pd

from landscape.compare.composites.themes import LAYERS, SIDES
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.blocks import Block
from landscape.reports.page import Finding, Page
from landscape.reports.reading import Reading
from landscape.reports.render import today
from landscape.reports.story.comparison.compared import Compared
from landscape.reports.story.comparison.strong import strong_points_of

#: Indicators named in one cell; the rest are counted.
MOST_NAMED = 4


def open_comparison(compared: Compared, edition: str) -> Page:
    """The page of the comparison, with one sentence on what it is."""
    language = compared.language
    names = ", ".join(reading.country for reading in compared.readings.values())
    starter = any(each.inventory.edition == "starter" for each in compared.readings.values())
    made = language.text("Made on {day}.", day=language.date(today()))
    kind = language.text(
        "Starter edition: boundaries are simplified; figures are those of the official files."
    )
    return Page(
        language,
        language.text("{theme}: {countries}", theme=_theme(compared), countries=names),
        language.text(
            "What each country can show, and the few figures that mean the same on both sides of "
            "a border. No ranking of countries."
        ),
        edition=f"{kind} {made}" if starter else made,
        theme=language.text("Comparison"),
    )


def _theme(compared: Compared) -> str:
    return compared.theme_word[:1].upper() + compared.theme_word[1:]


def findings_of_comparison(compared: Compared) -> list[Finding]:
    """How many figures cross the border, who knows the services, where strong points are."""
    language = compared.language
    asked = _asked(compared)
    strong = [r for r in compared.readings.values() if len(strong_points_of(compared, r))]
    served = [r for r in compared.readings.values() if compared.of_theme(r, "services")]
    return [
        Finding(
            language.text("{known} of {asked}", known=len(compared.chosen), asked=len(asked)),
            language.text(
                "figures mean the same, or nearly, in two of these countries at least, and are "
                "set side by side."
            ),
            _years(compared),
            language.text("Counted from the catalogue of indicators."),
        ),
        _finding_countries(
            compared,
            served,
            language.text("countries have a source on services of this theme: {countries}."),
        ),
        _finding_countries(
            compared,
            strong,
            language.text("countries have counties clearly above their own average: {countries}."),
        ),
    ]


def _finding_countries(compared: Compared, found: list[Reading], sentence: str) -> Finding:
    language = compared.language
    names = ", ".join(reading.country for reading in found) or language.text("none")
    return Finding(
        language.text("{known} of {asked}", known=len(found), asked=len(compared.readings)),
        sentence.format(countries=names),
        date.today().year,
        language.text("Where a country is not named, nothing is inventoried or told apart."),
    )


def _asked(compared: Compared) -> list[str]:
    """The indicators of the theme, and the general ones, that any of the countries has."""
    present = {
        name
        for rows in compared.tables.values()
        for name in rows.loc[rows["value"].notna(), "indicator"].unique()
    }
    themes = (compared.theme, "general")
    return [
        name
        for name, entry in load_catalogue().items()
        if name in present and not entry.is_declared and (entry.theme in themes)
    ]


def _years(compared: Compared) -> str:
    names = compared.chosen or _asked(compared)
    years = {
        int(year)
        for rows in compared.tables.values()
        for year in rows.loc[rows["indicator"].isin(names) & rows["value"].notna(), "year"].unique()
    }
    if not years:
        return str(today().year)
    return compared.language.period("/".join(dict.fromkeys([str(min(years)), str(max(years))])))


def describe_known(compared: Compared) -> list[str]:
    """What the table of what is known means."""
    text = compared.language.text
    return [
        text("Before figures are compared: who has any."),
        text(
            "Each cell names the figures that a country has, with their year; by what definition "
            "is told in the inventory of the country. Not inventoried is not zero."
        ),
    ]


def show_known(page: Page, compared: Compared) -> list[Block]:
    """Countries by sides, the titles and years of what each has; no values."""
    language = compared.language
    text = language.text
    rows = []
    for reading in compared.readings.values():
        row: dict[str, object] = {text("Country"): reading.country}
        for side in SIDES:
            layer = LAYERS[side][0]
            word = reading.term("layer", layer)
            row[word[:1].upper() + word[1:]] = _titles(compared, reading, layer)
        rows.append(row)
    caption = text("What each country has figures for: {theme}", theme=compared.theme_word)
    return [page.table(pd.DataFrame(rows), caption)]


def _titles(compared: Compared, reading: Reading, layer: str) -> str | None:
    """The first indicators with their years, the others counted; None where there is none."""
    families = [
        name
        for name in compared.of_theme(reading, layer)
        if not compared.is_general or load_catalogue()[name].function == name
    ]
    if not families:
        return None
    rows = reading.inventory.indicators
    years = rows[rows["value"].notna()].groupby("indicator")["year"].max()
    told = [
        f"{reading.title(name)} ({int(years[name])})" for name in families if name in years.index
    ]
    more = len(told) - MOST_NAMED
    shown = told[:MOST_NAMED]
    if more > 0:
        shown.append(compared.language.plural("{number} more", "{number} more", more))
    return compared.language.join(shown) or None
