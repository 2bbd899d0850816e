"""How old sources are, and what is known where."""

from datetime import date

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.paths import project
from landscape.provenance import SourceCard, load_source_card
from landscape.quality.coverage import cover_counties, cover_municipalities
from landscape.quality.freshness import measure_freshness
from landscape.sources.registry import countries, source_module, source_names


def card(period: str) -> SourceCard:
    words = dict.fromkeys(("en", "fr", "ro", "bg"), "title")
    return SourceCard(
        source_id="ro/x",
        title=words,
        producer="office",
        url="https://office.example",
        licence="open",
        reference_period=period,
        retrieved_on=date(2026, 1, 1),
        files={"a.csv": "0" * 64},
        is_exhaustive=True,
        citation="office",
    )


@pytest.mark.parametrize(
    ("period", "newest", "oldest"),
    [
        ("2013", 2013, 2013),
        ("2016-12", 2016, 2016),
        ("2021-12-23", 2021, 2021),
        ("2002/2017", 2017, 2017),
        ("2024-01/2024-06", 2024, 2024),
        ("2011-02-01, 2019", 2019, 2011),
        ("2015, 2021-2022", 2022, 2015),
    ],
)
def test_the_age_counts_from_the_newest_year(period: str, newest: int, oldest: int) -> None:
    row = measure_freshness([card(period)], date(2026, 11, 23)).iloc[0]
    assert (row["newest"], row["oldest"], row["age"]) == (newest, oldest, 2026 - newest)


def test_a_period_that_is_not_understood_stops() -> None:
    with pytest.raises(SourceError, match="period 'last spring' is not understood"):
        measure_freshness([card("last spring")], date(2026, 1, 1))


def test_the_period_of_every_source_is_understood() -> None:
    folders = [path.parent for path in sorted(project().raw.glob("*/*/source.yml"))]
    cards = [load_source_card(f / "source.yml", f"{f.parent.name}/{f.name}") for f in folders]
    table = measure_freshness(cards, date(2026, 11, 23))
    assert len(table) == len(folders)
    assert table["newest"].between(2010, 2026).all()


def test_sources_that_name_their_areas_are_listed_with_their_country() -> None:
    """What a module asks of the matching tells whether its records name their areas."""
    for code, country in countries().items():
        assert set(country.placed_by_name) <= set(source_names(code))
        for name in source_names(code):
            used = vars(source_module(code, name))
            asks = {"match_names", "match_counties", "place_records"} & set(used)
            assert bool(asks) == (name in country.placed_by_name), f"{code} {name}: {asks}"


AREAS = pd.DataFrame(
    {
        "area_id": ["RO", "RO_10", "RO_1", "RO_2", "RO_3"],
        "level": ["country", "county", "municipality", "municipality", "municipality"],
        "parent_id": [None, "RO", "RO_10", "RO_10", "RO_10"],
        "population": pd.array([None, 1000, 600, 400, None], dtype="Float64"),
    }
)
INDICATORS = pd.DataFrame(
    {
        "area_id": ["RO_1", "RO_2", "RO_1", "RO_2", "RO_10"],
        "indicator": ["share", "share", "rate", "rate", "share"],
        "level": [*["municipality"] * 4, "county"],
        "value": pd.array([1.5, 2.5, 0.0, None, 3.0], dtype="Float64"),
    }
)


def test_zero_is_known_and_missing_is_not() -> None:
    known = cover_municipalities(INDICATORS, AREAS)
    assert known["share"].to_dict() == {"RO_1": True, "RO_2": True, "RO_3": False}
    assert known["rate"].to_dict() == {"RO_1": True, "RO_2": False, "RO_3": False}


def test_residents_weigh_and_an_area_nobody_counted_weighs_like_a_median_one() -> None:
    covered = cover_counties(cover_municipalities(INDICATORS, AREAS), AREAS).loc["RO_10"]
    assert covered["rate"] == pytest.approx(600 / 1500)
    assert covered["share"] == pytest.approx(1000 / 1500)
