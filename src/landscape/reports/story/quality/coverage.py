"""What is known where, as maps and a table."""

from __future__ import annotations

import pandas as pd

from landscape.figures.figure import Figure
from landscape.figures.maps import plot_choropleth
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.story.quality.measures import Quality

#: Maps of single indicators; more would make the page long and say little else.
MOST_MAPS = 8
#: A map is drawn where so many counties know an indicator for less than that share.
EVERYWHERE, FEWEST_PARTLY = 0.95, 2


def describe_coverage(quality: Quality) -> list[str]:
    """How many indicators there are for municipalities, and for what share they are known."""
    reading = quality.reading
    text, known = reading.language.text, quality.known
    whole = int(known.all(axis=1).sum())
    return [
        reading.language.plural(
            "{country}, {areas}: {number} indicator is known; for {whole} of {total} areas "
            "nothing of it is missing.",
            "{country}, {areas}: {number} indicators are known; for {whole} of {total} areas "
            "none of them is missing.",
            known.shape[1],
            areas=reading.level("municipality"),
            country=reading.country,
            whole=reading.language.number(whole),
            total=reading.language.number(len(known)),
        ),
        text("What is not known is missing in every sum and rate; it is never taken for zero."),
    ]


def opening_map(quality: Quality) -> Figure | None:
    """Counties by the share of the municipal figures that is known; None where none can be drawn.

    Each indicator counts alike, each municipality by its residents.
    """
    reading = quality.reading
    if quality.covered.empty or not reading.can_draw(reading.counties):
        return None
    rows = reading.inventory.indicators
    here = rows["indicator"].isin(quality.known.columns) & (rows["level"] == "municipality")
    years = rows.loc[here & rows["value"].notna(), "year"]
    return plot_choropleth(
        reading.counties,
        _percent(quality.covered.mean(axis=1)),
        title=reading.language.text(
            "Share of the figures that is known, {areas}, {years}",
            areas=reading.level("municipality"),
            years="–".join(str(year) for year in sorted({int(years.min()), int(years.max())})),
        ),
        unit=reading.language.text("% of the figures, by residents"),
        source=reading.language.text("the sources listed at the end of this page"),
        language=reading.language,
        note=reading.age_note(int(years.max())),
        small=True,
    )


def show_coverage(page: Page, quality: Quality) -> list[Block]:
    """A map for each indicator that is known in some places only, and all indicators in a table."""
    partly = [str(n) for n, share in quality.covered.items() if _varies(share)][:MOST_MAPS]
    reading = quality.reading
    maps = [_map(quality, name) for name in partly] if reading.can_draw(reading.counties) else []
    caption = reading.language.text("For whom each indicator is known")
    return [*(page.figure(each) for each in maps), page.table(_table(quality), caption)]


def _varies(covered: pd.Series) -> bool:
    return bool((covered < EVERYWHERE).sum() >= FEWEST_PARTLY and covered.max() > 0)


def _map(quality: Quality, name: str) -> Figure:
    """Counties by the share of residents for whose municipality the indicator is known."""
    reading = quality.reading
    year = _year(quality, name)
    return plot_choropleth(
        reading.counties,
        _percent(quality.covered[name]),
        title=reading.language.text(
            "Where it is known, {areas}: {indicator}, {year}",
            areas=reading.level("municipality"),
            indicator=reading.title(name),
            year=year,
        ),
        unit=reading.language.text("% of residents"),
        source=reading.source_line(name, "municipality"),
        language=reading.language,
        scheme="equal_interval",
        note=reading.age_note(year),
    )


def _percent(share: pd.Series) -> pd.Series:
    """Per cent; a county where nothing is known is not inventoried, which is not a value."""
    return 100 * share.where(share > 0)


def _year(quality: Quality, name: str) -> int:
    rows = quality.reading.values(name, "municipality")
    return int(rows.loc[rows["value"].notna(), "year"].max())


def _table(quality: Quality) -> pd.DataFrame:
    """Each indicator: year, municipalities known, residents covered, the least covered county."""
    reading = quality.reading
    text, rows = reading.language.text, []
    people = reading.inventory.areas.set_index("area_id")["population"]
    for name in quality.known.columns.astype(str):
        known, covered = quality.known[name], quality.covered[name]
        weight = people.reindex(known.index).astype("float64").fillna(0)
        lowest = str(covered.idxmin())
        rows.append(
            {
                text("Indicator"): reading.title(name),
                text("Year"): str(_year(quality, name)),
                _capital(reading.level("municipality")): text(
                    "{known} of {areas}",
                    known=reading.language.number(int(known.sum())),
                    areas=reading.language.number(len(known)),
                ),
                text("% of residents"): round(100 * float(weight[known].sum() / weight.sum()), 1),
                text("Least covered"): reading.language.pair(
                    str(reading.names[lowest]),
                    text("{share} %", share=reading.language.number(100 * covered[lowest])),
                ),
            }
        )
    return pd.DataFrame(rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
