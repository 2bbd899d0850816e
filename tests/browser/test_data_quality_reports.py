"""The report on quality of each country, as a reader meets it in one of the four languages."""

import re

import pytest
from report_read import Visit
from test_country_inventories import CODE, MOST_BYTES, SLIPS

pytestmark = pytest.mark.browser

REPORTS = [("RO", "fr"), ("BG", "bg"), ("MD", "ro"), ("FR", "en")]


@pytest.fixture(params=REPORTS, ids="-".join)
def quality(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Visit:
    return visits[f"data_quality_{'_'.join(request.param)}"]


def test_it_is_whole_bars_nobody_and_asks_for_nothing(quality: Visit) -> None:
    assert quality.path.stat().st_size < MOST_BYTES
    assert quality.requests == []
    assert quality.resources == 0
    assert quality.errors == []
    assert quality.barriers == []
    assert not quality.scrolls_sideways


def test_it_shows_no_code_and_no_value_slips_in(quality: Visit) -> None:
    assert [sign for sign in CODE if sign in quality.seen] == []
    assert [text for text in quality.sentences if SLIPS.search(text)] == []


def test_its_figures_have_years_sources_and_tables(quality: Visit) -> None:
    assert len(quality.figures) >= 3
    titles = [figure.title for figure in quality.figures]
    assert len(set(titles)) == len(titles)
    for figure in quality.figures:
        rows = [row[0] for row in figure.rows]
        assert figure.years or all(re.search(r"\(20\d\d\)", name) for name in rows), figure.title
        assert figure.unit, figure.title
        assert figure.source, figure.title
        assert figure.rows, figure.title
