"""Comparison, profile, zones, governance and what was explored, in the four languages."""

import pytest
from report_read import Visit

from starter_project import name_plan

pytestmark = pytest.mark.browser

KINDS = ("comparison", "innovation_zones", "municipality_profile", "governance", "explore")
REPORTS = [name for name in name_plan() if name.startswith(KINDS)]


@pytest.fixture(params=REPORTS)
def visit_here(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Visit:
    return visits[request.param]


def test_its_figures_have_years_units_sources_and_tables(visit_here: Visit) -> None:
    for figure in visit_here.figures:
        # What authorities declare bears no year of its own: the source says when they answered.
        assert figure.years or visit_here.path.stem.startswith("governance"), figure.title
        assert figure.unit, figure.title
        assert figure.source, figure.title
        assert figure.rows, figure.title


def test_it_ends_with_how_its_figures_are_made(visit_here: Visit) -> None:
    assert "docs/methods.md" in visit_here.seen
