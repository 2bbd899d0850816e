"""The first screen of a profile: whose it is, three findings, one map."""

from __future__ import annotations

import pandas as pd

from landscape.figures.figure import Figure
from landscape.figures.maps import PaintedMap, paint_choropleth
from landscape.reports.page import Finding, Page
from landscape.reports.portrait import Portrait, Row
from landscape.reports.reading import Reading
from landscape.reports.story.opening import edition_line

#: The indicator of the first map, the first of them that has a value around the area.
MAPPED = (
    "services_per_10000",
    "community_centres_per_10000",
    "aged_65_over",
    "population_change",
)


def open_profile(portrait: Portrait, edition: str, kind: type[Page] = Page) -> Page:
    """The page of one area, of some kind, with its title and one sentence on what it is."""
    reading = portrait.reading
    language = reading.language
    return kind(
        language,
        name_with_county(portrait),
        language.text(
            "What public registers and censuses tell of one authority, beside authorities "
            "with a similar context, and what they do not tell."
        ),
        edition=edition_line(reading, edition),
        country=reading.inventory.country.code,
        theme=language.text("Local profile"),
    )


def name_with_county(portrait: Portrait) -> str:
    """The name of the area, with its county in brackets."""
    if portrait.parent is None:
        return portrait.name
    return portrait.reading.language.text(
        "{name} ({county})",
        name=portrait.name,
        county=portrait.reading.name(portrait.parent),
    )


def findings_of_profile(portrait: Portrait) -> list[Finding]:
    """Residents, services listed, and where the figures stand among the peers."""
    found = [_finding_residents(portrait), _finding_services(portrait), _finding_peers(portrait)]
    return [finding for finding in found if finding is not None]


def _finding_residents(portrait: Portrait) -> Finding | None:
    area, language = portrait.area, portrait.reading.language
    if pd.isna(area["population"]):
        return None
    year = int(area["population_year"])
    return Finding(
        language.number(int(area["population"])),
        language.text("residents, in {year}.", year=year) + _trend(portrait),
        year,
        language.text("From the census or the yearly estimate; no interval is published."),
    )


def _trend(portrait: Portrait) -> str:
    """How the population changes, where it is known; else nothing."""
    reading = portrait.reading
    known = {row["indicator"]: row["value"] for row in portrait.rows if pd.notna(row["value"])}
    for name in ("population_change", "population_change_domicile"):
        if name in known:
            said = reading.language.amount(
                float(known[name]), reading.unit(name), reading.indicator(name).decimals
            )
            return " " + reading.language.pair(reading.title(name), said) + "."
    return ""


def _finding_services(portrait: Portrait) -> Finding | None:
    """Services per 10,000 residents with their interval; what is not inventoried is left out."""
    reading = portrait.reading
    listed = portrait.of_layer("services")
    rows = {row["indicator"]: row for row in listed if pd.notna(row["value"])}
    for name in ("services_per_10000", "community_centres_per_10000", "france_services_per_10000"):
        if name not in rows:
            continue
        row = rows[name]
        return Finding(
            reading.number(name, row["value"]),
            f"{reading.language.pair(reading.unit(name), reading.title(name))}. "
            f"{reading.counted(name)}",
            int(row["year"]),
            _interval(reading, name, row),
        )
    return None


def _interval(reading: Reading, name: str, row: Row) -> str:
    """The interval of a value, and that the value is old where it is."""
    told = ""
    if pd.notna(row["low"]):
        told = reading.language.text(
            "95 % interval: {low} to {high}.",
            low=reading.number(name, row["low"]),
            high=reading.number(name, row["high"]),
        )
    return f"{told} {reading.age_note(int(row['year']))}".strip()


def _finding_peers(portrait: Portrait) -> Finding | None:
    """How many figures stand apart from the peers."""
    language = portrait.reading.language
    positions = [row["position"] for row in portrait.told]
    if not positions:
        return None
    years = [int(row["year"]) for row in portrait.told]
    return Finding(
        language.text("{known} of {asked}", known=positions.count("within"), asked=len(positions)),
        language.text(
            "figures lie within, or cannot be told apart from, the middle half of the peers. "
            "Above it: {above}. Below it: {below}.",
            above=positions.count("above"),
            below=positions.count("below"),
        ),
        language.period("/".join(dict.fromkeys([str(min(years)), str(max(years))]))),
        language.text("Above or below only where the whole 95 % interval is."),
    )


def map_around(portrait: Portrait) -> Figure | None:
    """The areas around: those of the same county (or the counties), the area pointed out."""
    reading = portrait.reading
    found = reading.once(
        ("map around", portrait.level, portrait.parent),
        lambda: _paint_around(reading, portrait.level, portrait.parent),
    )
    if found is None:
        return None
    painted, name, year = found
    return painted.point_out(
        [portrait.area_id],
        title=reading.language.text(
            "{title}, {year}: {name} and around",
            title=reading.title(name),
            year=year,
            name=portrait.name,
        ),
        note=reading.age_note(year),
    )


def _paint_around(
    reading: Reading, level: str, parent: str | None
) -> tuple[PaintedMap, str, int] | None:
    """The map of a county (or of the counties), its indicator and year; None without shapes."""
    areas = reading.areas(level)
    if parent is not None:
        areas = areas[areas["parent_id"] == parent]
    if not reading.can_draw(areas):
        return None
    for name in MAPPED:
        rows = reading.values(name, level)
        rows = rows[rows.index.isin(areas["area_id"])]
        if rows["value"].notna().any():
            painted = paint_choropleth(
                areas.reset_index(drop=True),
                rows["value"],
                unit=reading.unit(name),
                source=reading.source_line(name, level),
                language=reading.language,
                decimals=reading.indicator(name).decimals,
                status=rows["status"],
            )
            return painted, name, int(rows["year"].max())
    return None
