"""The first screen: whose inventory, three findings, what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from landscape.compare.spread import Spread
from landscape.dictionaries import load_topics
from landscape.reports.page import Finding, Page
from landscape.reports.reading import Reading
from landscape.reports.story.spreads import newest_years, spread_of


def open_page(
    reading: Reading, edition: str, form: str = "technical", chapters: tuple[str, ...] = ()
) -> Page:
    """The page of a country's inventory, with its title and one sentence on what it is.

    ``form`` and ``chapters`` as of ``Page``.
    """
    language = reading.language
    return Page(
        language,
        language.text(
            "{country}: inventory of needs, resources and services", country=reading.country
        ),
        language.text(
            "What public registers and censuses tell, municipality by municipality, "
            "and what they do not tell."
        ),
        edition=edition_line(reading, edition),
        country=reading.inventory.country.code,
        theme=language.text("Country inventory"),
        form=form,
        chapters=chapters,
    )


def edition_line(reading: Reading, edition: str) -> str:
    """Which edition, and on what day it was made."""
    language = reading.language
    kind = {
        "starter": language.text(
            "Starter edition: boundaries are simplified; figures are those of the official files."
        ),
        "full": language.text("Full edition, made from the official files."),
        "example": language.text(
            "Worked example: the authorities and all their answers are fictive."
        ),
    }[reading.inventory.edition]
    return f"{kind} {language.text('Made on {day}.', day=language.date(date.today()))}"


def three_findings(reading: Reading) -> list[Finding]:
    """Three findings, each with its figure, year and how sure we are.

    What is known at all; the widest spread of services (or of resources);
    the oldest figure that still has to serve.
    """
    return find_findings(reading, 3)


def find_findings(reading: Reading, most: int) -> list[Finding]:
    """The first so many findings, the most telling first; fewer where less is known."""
    found = [_finding_coverage(reading), _finding_zeros(reading), _finding_change(reading)]
    layers = [_findings_of_spread(reading, layer) for layer in ("resources", "needs", "services")]
    spreads = [finding for each in layers if (finding := next(each, None)) is not None]
    found += [*spreads[:1], _finding_age(reading), *spreads[1:]]
    known = [finding for finding in found if finding is not None]
    return [*known, *islice(chain(*layers), max(0, most - len(known)))][:most]


def _finding_coverage(reading: Reading) -> Finding:
    topics = reading.topics
    return Finding(
        reading.language.text(
            "{known} of {asked}", known=int((topics["known"] > 0).sum()), asked=len(topics)
        ),
        reading.language.text(
            "topics have a source for {country}. "
            "The others are not inventoried, which does not mean that nothing is there.",
            country=reading.country,
        ),
        date.today().year,
        reading.language.text("Counted from the list of topics."),
    )


def _finding_zeros(reading: Reading) -> Finding | None:
    """In how many municipalities the main register lists no service."""
    spread = zeros_of(reading)
    if spread is None:
        return None
    return Finding(
        reading.language.text(
            "{zeros} of {known}",
            zeros=reading.language.number(spread.zeros),
            known=reading.language.number(spread.known),
        ),
        reading.language.text(
            "{areas} have none in this source. {title}: {source}.",
            areas=reading.level("municipality"),
            title=reading.title(spread.indicator),
            source=_source_title(reading, spread.indicator),
        ),
        spread.year,
        _sureness(reading, spread.year, reading.language.text("As complete as the source.")),
    )


def zeros_of(reading: Reading) -> Spread | None:
    """The spread of the main register's services over municipalities, where some have none."""
    for name in reading.known_indicators("services"):
        spread = spread_of(reading, name, "municipality")
        if spread is not None and spread.zeros and reading.indicator(name).theme == "general":
            return spread
    return None


def _source_title(reading: Reading, name: str) -> str:
    """The title of the source that lists the services behind an indicator."""
    sources = reading.inventory.sources
    listed = reading.indicator(name).inputs.values()
    ids = [i for spec in listed for i in spec.services or [] if i in sources]
    return sources[ids[0]].title[reading.language.code]


def _sureness(reading: Reading, year: int, text: str) -> str:
    """How sure we are of a finding, and that it is old where it is."""
    if reading.is_old(year):
        return f"{text} {reading.language.text('Over ten years old.')}"
    return text


def _finding_change(reading: Reading) -> Finding | None:
    """Population change of the country."""
    rows = reading.values("population_change", "country").dropna(subset=["value"])
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Finding(
        reading.language.amount(row["value"], "%", reading.indicator("population_change").decimals),
        reading.language.text(
            "change per year in the number of residents, {first} to {last} ({country}).",
            country=reading.whole,
            first=int(row["denominator_year"]),
            last=int(row["year"]),
        ),
        int(row["year"]),
        reading.language.text("From censuses and yearly estimates; no interval is published."),
    )


def _findings_of_spread(reading: Reading, layer: str) -> Iterator[Finding]:
    """Where the middle half of the counties lies, indicator by indicator."""
    for name in reading.known_indicators(layer):
        spread = spread_of(reading, name, "county")
        if spread is None or spread.known < 10 or reading.indicator(name).function != name:
            continue
        known = reading.language.text(
            "Known for {known} of {total}.", known=spread.known, total=spread.areas
        )
        yield Finding(
            reading.language.text(
                "{low} to {high}",
                low=reading.number(name, spread.lower_quartile),
                high=reading.number(name, spread.upper_quartile),
            ),
            reading.language.text(
                "{unit}: half of the {areas} lie in this range. {title}.",
                unit=reading.unit(name),
                areas=reading.level("county"),
                title=reading.title(name),
            ),
            spread.year,
            _sureness(reading, spread.year, known),
        )


def _finding_age(reading: Reading) -> Finding | None:
    years = newest_years(reading)
    if years.empty:
        return None
    name = str(years.idxmin())
    return Finding(
        str(int(years.min())),
        reading.language.text(
            "year of the oldest figures that still serve: {title}.", title=reading.title(name)
        ),
        int(years.min()),
        _sureness(reading, int(years.min()), reading.language.text("The year of the source.")),
    )


def list_not_known(reading: Reading) -> list[str]:
    """What the inventory could not know: topics without a source, layer by layer."""
    topics = reading.topics
    sentences = []
    for layer, rows in topics[topics["known"] == 0].groupby("layer", sort=False):
        words = [load_topics()[topic][reading.language.code] for topic in rows["topic"]]
        sentences.append(
            reading.language.text(
                "{layer}, not inventoried: {topics}.",
                layer=_capital(reading.term("layer", str(layer))),
                topics=", ".join(words),
            )
        )
    return sentences + [note[reading.language.code] for note in reading.inventory.country.notes]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
