"""The first screen of a report on zones: what was found, where, and what was not seen."""

from __future__ import annotations

import pandas as pd

from landscape.compare.zones.provision import choose_source
from landscape.figures.figure import Figure
from landscape.figures.symbols import plot_symbols
from landscape.reports.blocks import Block
from landscape.reports.page import Finding, Page
from landscape.reports.story.opening import edition_line
from landscape.reports.story.zones.closing import explain_missing
from landscape.reports.story.zones.looking import Looked


def open_zones(looked: Looked, edition: str) -> Page:
    """The page of one country's zones, with one sentence on what a zone is."""
    reading, language = looked.reading, looked.reading.language
    title = language.text("{country}: zones of innovation", country=reading.country)
    if len(looked.themes) == 1:
        title = language.text(
            "{country}: zones of innovation, {theme}",
            country=reading.country,
            theme=reading.term("function", looked.themes[0]),
        )
    return Page(
        language,
        title,
        language.text(
            "Municipalities and groups of neighbours where services are more, or otherwise, than "
            "where needs and resources are the same: worth a closer look, not a ranking."
        ),
        edition=edition_line(reading, edition),
        country=reading.inventory.country.code,
        theme=language.text("Zones of innovation"),
    )


def findings_of_zones(looked: Looked) -> list[Finding]:
    """How many zones, how many finds were set aside, how many themes could be looked at."""
    language = looked.reading.language
    found = [_finding_themes(looked)]
    if looked.seen:
        zones, aside = looked.zones, looked.aside
        year = _years(looked)
        found = [
            Finding(
                language.number(len(zones)),
                language.plural(
                    "zone is worth a closer look.",
                    "zones are worth a closer look.",
                    len(zones),
                ),
                year,
                language.text("Chance may still explain some of them.")
                if len(zones)
                else language.text("As complete as the source."),
            ),
            Finding(
                language.number(len(aside)),
                language.plural(
                    "find was set aside: the register itself may have made it.",
                    "finds were set aside: the register itself may have made them.",
                    len(aside),
                ),
                year,
                language.text("Each with its reason, below."),
            ),
            *found,
        ]
    return found


def _finding_themes(looked: Looked) -> Finding:
    language = looked.reading.language
    return Finding(
        language.text("{known} of {asked}", known=len(looked.seen), asked=len(looked.themes)),
        language.text("themes could be looked at in {country}.", country=looked.reading.country),
        _years(looked),
        _word_lack(looked),
    )


def _word_lack(looked: Looked) -> str:
    """What hinders the search of the other themes, or of all."""
    text = looked.reading.language.text
    if not looked.seen:
        return text("A register or figures to compare on are lacking.")
    if len(looked.seen) == len(looked.themes):
        return text("As complete as the source.")
    return text("The others lack a register or figures to compare on.")


def _years(looked: Looked) -> str:
    """The years of the registers that were searched; of the newest figures where none was."""
    inventory = looked.reading.inventory
    exhaustive = frozenset(each for each, card in inventory.sources.items() if card.is_exhaustive)
    chosen = [choose_source(inventory.services, theme, exhaustive) for theme in looked.seen]
    services = inventory.services
    years = services.loc[services["source_id"].isin(chosen), "year"]
    if years.empty:
        return str(max(_all_years(looked)))
    ends = dict.fromkeys([str(int(years.min())), str(int(years.max()))])
    return looked.reading.language.period("/".join(ends))


def _all_years(looked: Looked) -> list[int]:
    years = looked.reading.inventory.indicators["year"].dropna()
    return [int(year) for year in years.unique()]


def list_not_seen(looked: Looked) -> list[str]:
    """What could not be looked at and why, theme by theme or for the whole country."""
    text = looked.reading.language.text
    return [
        *explain_missing(looked),
        text("A municipality that is not named here may do as well: it was not told apart."),
    ]


def map_zones(looked: Looked) -> Figure | None:
    """A circle where each zone has its middle; None where there is none or no map to draw on."""
    reading, zones = looked.reading, looked.zones
    counties = reading.counties
    if zones.empty or not reading.can_draw(counties):
        return None
    counts = zones.groupby("area_id").size().astype("float64")
    points = reading.points("municipality")
    years = sorted({int(year) for year in zones["year"]})
    ids = sorted(zones["source_id"].unique())
    text = reading.language.text
    return plot_symbols(
        points[points["area_id"].isin(counts.index)].reset_index(drop=True),
        counts,
        background=counties,
        title=text(
            "Zones worth a closer look in {country}, {year}",
            country=reading.country,
            year="–".join(dict.fromkeys([str(years[0]), str(years[-1])])),
        ),
        unit=text("number"),
        source=reading.credit(reading.inventory.sources[each] for each in ids),
        language=reading.language,
        note=reading.age_note(years[-1]),
    )


def describe_search(looked: Looked) -> list[str]:
    """What a zone is, and what authorities were compared on."""
    text = looked.reading.language.text
    if not looked.seen:
        return [
            text("{country}: no zone can be looked for yet.", country=looked.reading.country),
            *explain_missing(looked),
        ]
    return [
        text(
            "Each municipality is set against what authorities of the same size with the same "
            "needs and the same resources have in {country}.",
            country=looked.reading.country,
        ),
        text(
            "Four ways to differ were looked for: more services, more of them run by "
            "associations, more day and outreach services, services nearer to people."
        ),
        text("No zone is compared with one of another country."),
    ]


def show_compared_on(page: Page, looked: Looked) -> list[Block]:
    """The figures that authorities were compared on, with their years; none where none is."""
    if not looked.seen:
        return []
    reading, search = looked.reading, looked.search
    text = reading.language.text
    rows = [
        {
            text("Side"): _capital(reading.term("layer", layer)),
            text("Indicator"): reading.title(name),
            text("Year"): _year_of(looked, name),
            text("Known by"): reading.level(
                "county" if name in search.by_county else "municipality", many=False
            ),
        }
        for layer in ("needs", "resources", "territory")
        for name in getattr(search, layer)
    ]
    return [
        page.table(
            pd.DataFrame(rows),
            text("What authorities were compared on, beside their size and density"),
            source=_credit(looked, [*search.needs, *search.resources, *search.territory]),
        )
    ]


def _year_of(looked: Looked, name: str) -> int:
    rows = looked.reading.inventory.indicators
    return int(rows.loc[(rows["indicator"] == name) & rows["value"].notna(), "year"].max())


def _credit(looked: Looked, names: list[str]) -> str:
    rows = looked.reading.inventory.indicators
    used = rows.loc[rows["indicator"].isin(names), "source_ids"].unique()
    ids = sorted({each for row in used for each in str(row).split()})
    return looked.reading.credit(looked.reading.inventory.sources[each] for each in ids)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
