"""The report on quality of each country, as a reader meets it in the four languages."""

import re

import pytest
from report_read import Visit

from starter_project import name_plan

pytestmark = pytest.mark.browser

REPORTS = [name for name in name_plan() if name.startswith("data_quality_")]


@pytest.fixture(params=REPORTS)
def quality(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Visit:
    return visits[request.param]


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
