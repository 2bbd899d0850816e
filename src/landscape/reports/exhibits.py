"""The figures of a report: an inventory's tables handed to the plot functions."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from landscape.dictionaries import load_topics
from landscape.figures.bars import plot_bars_with_intervals
from landscape.figures.distribution import plot_distribution
from landscape.figures.figure import Figure
from landscape.figures.maps import plot_choropleth
from landscape.figures.matrix import plot_matrix
from landscape.figures.scatter import plot_scatter_need_service
from landscape.figures.symbols import plot_symbols
from landscape.reports.of_year import rows_of_year
from landscape.reports.reading import Reading

#: Bars for more areas than this would not fit a page.
MOST_BARS = 50
MOST_CIRCLES = 1000
MOST_COUNTY_MAPS = 4
#: A map of one county with fewer known areas shows little but that they are not known.
SHARE_KNOWN_IN_COUNTY = 0.25


def show_indicator(reading: Reading, name: str) -> list[Figure]:
    """The figures for one indicator: a map, unless it opened the page, and the county bars."""
    seen = name == opening_indicator(reading) and reading.map_level(name) == "county"
    figures = [] if seen else [map_indicator(reading, name)]
    rows = reading.values(name, "county")
    if len(rows) <= MOST_BARS and rows["value"].notna().sum() > 3 and rows["low"].notna().any():
        figures.append(bars_of_counties(reading, name))
    return [figure for figure in figures if figure is not None]


def map_indicator(
    reading: Reading,
    name: str,
    level: str | None = None,
    *,
    small: bool = False,
    year: int | None = None,
    highlight: Collection[str] = (),
) -> Figure | None:
    """A map of the finest level that can be drawn; circles where areas are points only.

    ``year`` is by default the latest; ``highlight`` points areas out.
    """
    level = level or reading.map_level(name)
    if level is None:
        return circles_of(reading, name)
    rows = rows_of_year(reading.inventory, name, level, year)
    return plot_choropleth(
        reading.areas(level),
        rows["value"],
        title=_title(reading, name, level, year),
        unit=reading.unit(name),
        source=_credit(reading, rows),
        language=reading.language,
        decimals=reading.indicator(name).decimals,
        outline=reading.counties if level == "municipality" else None,
        highlight=highlight,
        status=rows["status"],
        note=_age(reading, rows),
        small=small,
    )


def spread_indicator(
    reading: Reading,
    name: str,
    level: str,
    *,
    year: int | None = None,
    highlight: Collection[str] = (),
) -> Figure:
    """Where the areas of a level lie between the lowest and the highest value."""
    rows = rows_of_year(reading.inventory, name, level, year)
    return plot_distribution(
        pd.DataFrame(reading.areas(level)[["area_id", "name"]]),
        rows["value"],
        title=_title(reading, name, level, year),
        unit=reading.unit(name),
        source=_credit(reading, rows),
        language=reading.language,
        decimals=reading.indicator(name).decimals,
        highlight=highlight,
        note=_age(reading, rows),
    )


def circles_of(reading: Reading, name: str, year: int | None = None) -> Figure | None:
    """Numerators of an indicator as circles over the counties; None where there are none."""
    rows = rows_of_year(reading.inventory, name, "municipality", year)
    too_many = len(rows) > MOST_CIRCLES
    if too_many or rows["numerator"].isna().all() or not reading.can_draw(reading.counties):
        return None
    return plot_symbols(
        reading.points("municipality"),
        rows["numerator"],
        background=reading.counties,
        title=_title(reading, name, "municipality", year),
        unit=reading.language.text("number"),
        source=_credit(reading, rows),
        language=reading.language,
        note=_age(reading, rows),
    )


def map_population(reading: Reading) -> Figure | None:
    """Residents as circles: of the municipalities, or of the counties where those are too many."""
    level = "municipality" if len(reading.areas("municipality")) <= MOST_CIRCLES else "county"
    areas = reading.areas(level)
    if not reading.can_draw(reading.counties):
        return None
    years = sorted(areas["population_year"].dropna().unique())
    return plot_symbols(
        reading.points(level),
        areas.set_index("area_id")["population"],
        background=reading.counties,
        title=reading.language.text(
            "Residents of the {areas}, {year}",
            areas=reading.level(level),
            year="–".join(str(year) for year in years[:: max(1, len(years) - 1)]),
        ),
        unit=reading.language.text("residents"),
        source=_population_source(reading),
        language=reading.language,
        note=reading.age_note(int(min(years))) if years else "",
    )


def maps_by_county(reading: Reading, name: str) -> list[Figure]:
    """One map of municipalities for each county with shapes, where others have none."""
    figures = []
    rows = reading.values(name, "municipality")
    areas = reading.areas("municipality")
    for county in reading.counties_with_shapes()[:MOST_COUNTY_MAPS] if len(rows) else []:
        own = areas[areas["parent_id"] == county]
        known = rows["value"].reindex(own["area_id"]).notna().mean()
        if known < SHARE_KNOWN_IN_COUNTY or not reading.can_draw(own):
            continue
        here = reading.counties[reading.counties["area_id"] == county]
        figures.append(
            plot_choropleth(
                own,
                rows["value"].reindex(own["area_id"]),
                title=reading.language.pair(
                    str(here["name"].iloc[0]), _title(reading, name, "municipality")
                ),
                unit=reading.unit(name),
                source=reading.source_line(name, "municipality"),
                language=reading.language,
                decimals=reading.indicator(name).decimals,
                outline=here,
                status=rows["status"].reindex(own["area_id"]),
                note=_age(reading, rows),
                small=True,
            )
        )
    return figures


def bars_of_counties(reading: Reading, name: str) -> Figure:
    """Counties with their 95 % intervals, in the order of their names: not a ranking."""
    rows = reading.values(name, "county")
    table = rows[["value", "low", "high"]].reset_index()
    table["name"] = table["area_id"].map(reading.names)
    whole = reading.values(name, "country")["value"].dropna()
    return plot_bars_with_intervals(
        table.sort_values("name", key=lambda names: names.map(reading.language.sort_key)),
        title=reading.language.pair(
            _title(reading, name, "county"), reading.language.text("value with its 95 % interval")
        ),
        unit=reading.unit(name),
        source=reading.source_line(name, "county"),
        language=reading.language,
        decimals=reading.indicator(name).decimals,
        reference=(reading.country, float(whole.iloc[0])) if len(whole) else None,
        note=" ".join([_how_to_read_bars(reading), _age(reading, rows)]).strip(),
    )


def _how_to_read_bars(reading: Reading) -> str:
    return reading.language.text(
        "In the order of names. Where intervals overlap, a difference may be chance."
    )


def _age(reading: Reading, rows: pd.DataFrame) -> str:
    """That the figures shown are over ten years old, where the newest of them is."""
    years = rows.loc[rows["value"].notna(), "year"]
    return "" if years.empty else reading.age_note(int(years.max()))


def _credit(reading: Reading, rows: pd.DataFrame) -> str:
    return reading.credit_of({each for ids in rows["source_ids"].unique() for each in ids.split()})


def _title(reading: Reading, name: str, level: str, year: int | None = None) -> str:
    return reading.language.text(
        "{title}, {areas}, {year}",
        title=reading.title(name),
        areas=reading.level(level),
        year=year or int(reading.values(name, level)["year"].dropna().max()),
    )


def _population_source(reading: Reading) -> str:
    needs = reading.inventory.needs
    rows = needs[needs["variable"].isin(reading.inventory.country.population)]
    ids = pd.unique(rows["source_id"])
    return reading.credit(reading.inventory.sources[i] for i in ids)


def opening_indicator(reading: Reading) -> str | None:
    """The indicator on the first screen's map: services first, else resources, needs, residents."""
    for layer in ("services", "resources", "needs", "territory"):
        for name in reading.known_indicators(layer):
            if reading.values(name, "county")["value"].notna().any():
                return name
    return None


def opening_map(reading: Reading) -> Figure | None:
    """The map of the first screen, by county; of residents where no indicator is known."""
    name = opening_indicator(reading)
    if name is None:
        return map_population(reading)
    return map_indicator(reading, name, "county", small=True)


def coverage_of_topics(reading: Reading) -> Figure:
    """The matrix topic x level with the share of the population that is known."""
    text, topics = reading.language.text, reading.topics
    words = load_topics()
    labels = [
        reading.language.pair(
            reading.term("layer", row["layer"]), words[row["topic"]][reading.language.code]
        )
        + (f" ({_years(reading, row['since'], row['year'])})" if pd.notna(row["year"]) else "")
        for row in topics.to_dict("records")
    ]
    shares = topics[["municipality", "county"]].where(topics[["municipality", "county"]] > 0)
    shares.index = pd.Index(labels)
    shares.columns = pd.Index([reading.level("municipality"), reading.level("county")])
    return plot_matrix(
        shares,
        title=text("What is known of {country}, by topic and level", country=reading.country),
        unit=text("% of the population covered"),
        source=text("the sources listed at the end of this page"),
        language=reading.language,
    )


def _years(reading: Reading, first: int, last: int) -> str:
    return str(last) if first == last else reading.language.period(f"{first}/{last}")


def scatter_of(reading: Reading, need: str, service: str, table: pd.DataFrame) -> Figure:
    """Need across, service upwards, one point a county; lines at the medians."""
    both = table.dropna(subset=["need", "service"])
    return plot_scatter_need_service(
        table[["area_id", "name"]],
        table.set_index("area_id")["need"],
        table.set_index("area_id")["service"],
        title=reading.language.text(
            "{need} ({need_year}) and {service} ({service_year})",
            need=reading.title(need),
            need_year=int(both["need_year"].max()),
            service=reading.title(service),
            service_year=int(both["service_year"].max()),
        ),
        names=(reading.title(need), reading.title(service)),
        unit=(reading.unit(need), reading.unit(service)),
        decimals=(reading.indicator(need).decimals, reading.indicator(service).decimals),
        source=f"{reading.source_line(need, 'county')}; {reading.source_line(service, 'county')}",
        language=reading.language,
        note=reading.age_note(int(min(both["need_year"].max(), both["service_year"].max()))),
    )
