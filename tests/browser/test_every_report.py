"""All reports of all notebooks, countries, editions and languages, as readers meet them."""

import re
from collections.abc import Callable

import pytest
from report_read import Visit

from landscape.paths import Project
from starter_project import name_plan

pytestmark = pytest.mark.browser

MOST_BYTES = 3_000_000
MOST_SECONDS = 10
CODE = ("Traceback", "import landscape", "In [", "Error:", "<Figure", "<page", "<figure:")
#: What a value that escaped its sentence looks like.
SLIPS = re.compile(r"\b(?:nan|None|NaT|inf)\b|<NA>|[{}]|[^\S\u00a0\u202f]{2,}")
#: A brief is two pages; a digest is handed out; an inventory and all others are read.
SHEETS = {"brief": range(2, 3), "digest": range(1, 13), "country_inventory": range(3, 46)}
USUAL_SHEETS = range(1, 46)


@pytest.fixture(params=name_plan())
def any_visit(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Visit:
    """Each report of the plan."""
    return visits[request.param]


def test_the_plan_is_all_that_is_made(visits: dict[str, Visit], starter_reports: Project) -> None:
    made = {path.stem for path in starter_reports.reports.glob("*.html")}
    assert made == {*visits, "index"}


def test_it_is_whole_and_asks_for_nothing(
    any_visit: Visit, record_property: Callable[[str, object], None]
) -> None:
    record_property("ready in milliseconds", round(any_visit.ready))
    assert any_visit.path.stat().st_size < MOST_BYTES
    assert (any_visit.requests, any_visit.errors, any_visit.resources) == ([], [], 0)
    assert any_visit.ready < 1000 * MOST_SECONDS


def test_it_bars_no_reader(any_visit: Visit) -> None:
    assert any_visit.barriers == []
    assert not any_visit.scrolls_sideways


def test_it_speaks_plainly(any_visit: Visit) -> None:
    """No code is shown, and no value slips into a sentence."""
    assert any_visit.sentences
    assert [sign for sign in CODE if sign in any_visit.seen] == []
    assert [text for text in any_visit.sentences if SLIPS.search(text)] == []


def test_it_can_be_printed(any_visit: Visit) -> None:
    """A tagged PDF of a reasonable length, with every figure whole on its sheet."""
    paper = any_visit.paper
    known = [usual for word, usual in SHEETS.items() if word in any_visit.path.stem]
    assert paper.sheets in [*known, USUAL_SHEETS][0]
    assert paper.too_large == []
    assert (paper.tagged, paper.language) == (True, any_visit.language)
