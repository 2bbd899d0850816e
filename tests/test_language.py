"""Numbers, dates, units and counted words as a reader of each language expects them."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from landscape.language import language
from landscape.reports.reading import Reading
from landscape.sources.registry import country

NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "−1,234.50"),
        ("fr", f"−1{NARROW}234,50"),
        ("ro", "−1.234,50"),
        ("bg", f"−1{NO_BREAK}234,50"),
    ],
)
def test_a_number_has_the_separators_of_its_language_and_a_true_minus(code: str, said: str) -> None:
    assert language(code).number(-1234.5, 2) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "1 December 2021"),
        ("fr", "1er décembre 2021"),
        ("ro", "1 decembrie 2021"),
        ("bg", "1 декември 2021 г."),
    ],
)
def test_a_date_is_said_in_words(code: str, said: str) -> None:
    assert " ".join(language(code).date(date(2021, 12, 1)).split()) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2016", "2016"),
        ("2016-12", "decembrie 2016"),
        ("2021-12-01", "1 decembrie 2021"),
        ("2012/2026", "2012–2026"),
        ("2015, 2021-2022", "2015, 2021–2022"),
        ("2024-01/2024-06", "ianuarie 2024 – iunie 2024"),
        ("2011-02-01, 2019", "1 februarie 2011, 2019"),
        ("2024-S1", "2024-S1"),
        ("2024-13", "2024-13"),
        ("<b>1234567", "<b>1234567"),
    ],
)
def test_a_period_is_said_in_words_and_what_is_none_stays(period: str, said: str) -> None:
    assert language("ro").period(period) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 locuitori"), (1, "1 locuitor"), (19, "19 locuitori"), (20, "20 de locuitori"),
     (101, "101 locuitori"), (120, "120 de locuitori")],
)  # fmt: skip
def test_romanian_residents_have_their_de_from_twenty_on(number: int, said: str) -> None:
    assert language("ro").amount(number, "locuitori") == said


def test_a_unit_stays_on_the_line_of_its_number_and_a_bare_number_needs_none() -> None:
    french = language("fr")
    assert french.amount(5.25, "%", 1) == f"5,2{NO_BREAK}%"
    assert french.amount(7, french.text("number")) == "7"
    assert language("en").amount(5.25, "%", 1) == "5.2 %"


def test_french_sets_a_space_before_the_colon_and_the_semicolon() -> None:
    assert language("fr").pair("Alba", "7") == f"Alba{NO_BREAK}: 7"
    assert language("fr").join(["a", "b"]) == f"a{NARROW}; b"
    assert language("en").pair("Alba", "7") == "Alba: 7"
    assert language("en").join(["a", "b"]) == "a; b"


@pytest.mark.parametrize(
    ("code", "lang", "level", "number", "said"),
    [
        ("RO", "en", "municipality", 1, "1 municipality (UAT)"),
        ("RO", "ro", "municipality", 3186, "3.186 de UAT-uri"),
        ("RO", "ro", "county", 42, "42 de județe"),
        ("FR", "ro", "county", 101, "101 departamente"),
        ("RO", "bg", "county", 42, "42 окръга"),
        ("RO", "bg", "county", 1, "1 окръг"),
        ("FR", "bg", "county", 101, "101 департамента"),
        ("MD", "bg", "county", 37, "37 района"),
        ("BG", "bg", "county", 28, "28 области"),
        ("FR", "fr", "municipality", 34875, "34 875 communes"),
    ],
)
def test_areas_are_counted_in_the_form_that_goes_with_the_number(
    code: str, lang: str, level: str, number: int, said: str
) -> None:
    inventory = cast(Any, SimpleNamespace(country=country(code)))
    counted = Reading(inventory, language(lang)).count(level, number)
    assert counted.replace(NO_BREAK, " ").replace(NARROW, " ") == said
