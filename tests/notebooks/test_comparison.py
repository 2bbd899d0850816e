"""Countries side by side: what crosses the border, what stays at home, in four languages."""

import re
from functools import lru_cache
from pathlib import Path

import pytest
from executed import chapters_of, execute, header_of, run_every_cell, words_of

from landscape.errors import UsageError
from landscape.indicators.catalogue import load_catalogue
from landscape.inventory import load
from landscape.language import language
from landscape.paths import Project
from landscape.reports.blocks import Block
from landscape.reports.story import comparison
from landscape.reports.story.comparison import Compared

CHAPTERS = ["strong", "known", "across", "inside", "sources"]
ALL = ["RO", "BG", "MD", "FR"]
SLIPS = re.compile(r"\bnan\b|\bNone\b|\bNaT\b|\binf\b|<NA>|[{}]")
CASES = {"family_children": "fr", "old_age": "ro", "unemployment": "bg", "survivors": "en"}

load_once = lru_cache(load)


@pytest.fixture
def home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    monkeypatch.setattr("landscape.reports.story.comparison.compared.load", load_once)
    return starter_tables


def tell(compared: Compared) -> dict[str, str]:
    """What each part of the page says, without its drawings."""
    page = comparison.open_comparison(compared, "technical")
    parts: dict[str, list[str | Block]] = {
        "opening": [page.findings(comparison.findings_of_comparison(compared))],
        "not known": list(comparison.list_not_comparable(compared)),
        "strong": [
            *comparison.describe_strong(compared),
            *comparison.show_strong(page, compared),
        ],
        "known": [*comparison.describe_known(compared), *comparison.show_known(page, compared)],
        "across": [
            *comparison.describe_across(compared),
            *comparison.show_across(page, compared),
        ],
        "inside": [
            *comparison.describe_inside(compared),
            *comparison.show_inside(page, compared),
        ],
        "sources": list(comparison.describe_sources_compared(compared)),
    }
    return {name: " ".join(map(words_of, said)) for name, said in parts.items()}


@lru_cache
def read_and_tell(theme: str, code: str) -> tuple[Compared, dict[str, str]]:
    """All four countries on a theme, and what is told of them: once for all tests."""
    compared = comparison.read_countries(ALL, theme, language(code))
    return compared, tell(compared)


@pytest.mark.parametrize("theme", CASES)
def test_every_part_says_what_is_known_and_no_more(theme: str, home: Project) -> None:
    compared, told = read_and_tell(theme, CASES[theme])
    for name, text in told.items():
        assert not SLIPS.search(text), (name, SLIPS.search(text))
    missing = compared.language.text("not inventoried")
    assert missing in told["known"]


@pytest.mark.parametrize("theme", [*CASES, "general"])
def test_no_figure_of_grade_c_is_named_where_countries_stand_together(
    theme: str, home: Project
) -> None:
    code = CASES.get(theme, "en")
    compared, told = read_and_tell(theme, code)
    for name, entry in load_catalogue().items():
        if not {"A", "B"} & {each.grade for each in entry.countries.values()}:
            assert f" {entry.title[code]} " not in told["across"], name
    assert len(compared.chosen) <= 3


def test_no_rank_stands_without_its_interval(home: Project) -> None:
    compared, told = read_and_tell("old_age", "en")
    page = comparison.open_comparison(compared, "technical")
    tables = [
        str(block.html) for block in comparison.show_inside(page, compared) if block.kind == "table"
    ]
    assert len(tables) >= 3
    for html in tables:
        ranks = re.findall(r"<td[^>]*>(between [^<]+)</td>", html)
        assert ranks and all(re.fullmatch(r"between \d+ and \d+", rank) for rank in ranks)
        assert len(ranks) == html.count('scope="row"')
    assert "no rank is told: State investment grants" in told["inside"]


def test_no_index_is_made_across_themes(home: Project) -> None:
    _, told = read_and_tell("general", "en")
    assert "No index is made across themes" in told["inside"]
    assert "between" not in told["inside"].partition("themes:")[2]


def test_strong_points_are_set_against_their_own_country(home: Project) -> None:
    compared = comparison.read_countries(["FR", "BG"], "family_children", language("en"))
    page = comparison.open_comparison(compared, "technical")
    france, table, bulgaria = map(words_of, comparison.show_strong(page, compared))
    assert "France" in france and "Compare inside this country only (grade C)." in france
    assert "France: above its own average" in table
    assert "not inventoried in Bulgaria; this is not zero" in bulgaria


def test_what_is_asked_wrongly_is_refused_in_one_line(home: Project) -> None:
    english = language("en")
    for countries, theme, said in (
        (["RO"], "old_age", "two countries"),
        (["RO", "XX"], "old_age", "choose among"),
        (ALL, "sport", "choose one of: general"),
    ):
        with pytest.raises(UsageError, match=said):
            comparison.read_countries(countries, theme, english)


def test_every_cell_of_the_notebook_runs_in_a_fresh_kernel(home: Project, tmp_path: Path) -> None:
    run_every_cell("comparison", home, tmp_path)


def test_the_notebook_tells_every_chapter(home: Project, tmp_path: Path) -> None:
    executed = execute(
        "comparison", home, tmp_path, countries=["BG", "MD"], theme="family_children", lang="bg"
    )
    assert chapters_of(executed) == CHAPTERS
    header = header_of(executed)
    assert header["title"].startswith("Семейство и деца")
