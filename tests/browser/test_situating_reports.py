"""Comparison, profile, zones and governance, each in one of the four languages."""

import pytest
from report_read import Visit
from test_country_inventories import CODE, MOST_BYTES, SLIPS

pytestmark = pytest.mark.browser

REPORTS = [
    "comparison_BG-MD_family_children_bg",
    "comparison_RO-BG-MD-FR_old_age_fr",
    "innovation_zones_MD_ro",
    "municipality_profile_BG_BLG03_en",
    "governance_example_fr",
]


@pytest.fixture(params=REPORTS)
def visit_here(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Visit:
    return visits[request.param]


def test_it_is_whole_bars_nobody_and_asks_for_nothing(visit_here: Visit) -> None:
    assert visit_here.path.stat().st_size < MOST_BYTES
    assert visit_here.requests == []
    assert visit_here.resources == 0
    assert visit_here.errors == []
    assert visit_here.barriers == []
    assert not visit_here.scrolls_sideways


def test_it_shows_no_code_and_no_value_slips_in(visit_here: Visit) -> None:
    assert [sign for sign in CODE if sign in visit_here.seen] == []
    assert [text for text in visit_here.sentences if SLIPS.search(text)] == []


def test_its_figures_have_years_units_sources_and_tables(visit_here: Visit) -> None:
    for figure in visit_here.figures:
        # What authorities declare bears no year of its own: the source says when they answered.
        assert figure.years or visit_here.path.stem.startswith("governance"), figure.title
        assert figure.unit, figure.title
        assert figure.source, figure.title
        assert figure.rows, figure.title


def test_it_ends_with_how_its_figures_are_made(visit_here: Visit) -> None:
    assert "docs/methods.md" in visit_here.seen
