"""Comparison, profile and zones, each as a reader meets one in one of the four languages."""

import pickle

import pytest
from report_read import Visit, read_reports
from test_country_inventories import CODE, MOST_BYTES, SLIPS

from landscape.paths import Project
from starter_project import make_once, run_landscape, shared_folder

pytestmark = pytest.mark.browser

#: The report's words, its language, and the file that they make.
REPORTS = [
    (("comparison", "-p", "countries", "BG,MD"), "bg", "comparison_BG-MD_family_children_bg"),
    (("comparison", "-p", "theme", "old_age"), "fr", "comparison_RO-BG-MD-FR_old_age_fr"),
    (("innovation_zones", "-p", "country", "MD"), "ro", "innovation_zones_MD_ro"),
    (("municipality_profile", "-p", "area", "BG_BLG03"), "en", "municipality_profile_BG_BLG03_en"),
]


@pytest.fixture(scope="session")
def situating_visits(
    chromium_path: str, starter_tables: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Visit]:
    folder = shared_folder(tmp_path_factory)
    kept = folder / "situating_visits.pickle"

    def make() -> None:
        paths = []
        for words, code, name in REPORTS:
            run_landscape(starter_tables, "report", *words, "--lang", code)
            paths.append(starter_tables.reports / f"{name}.html")
        read_reports(chromium_path, paths, kept)

    make_once(folder, "situating visits", make)
    return pickle.loads(kept.read_bytes())


@pytest.fixture(params=REPORTS, ids=lambda report: report[2])
def visit_here(
    request: pytest.FixtureRequest, situating_visits: dict[tuple[str, str], Visit]
) -> Visit:
    by_name = {visit.path.stem: visit for visit in situating_visits.values()}
    return by_name[request.param[2]]


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
        assert figure.years, figure.title
        assert figure.unit, figure.title
        assert figure.source, figure.title
        assert figure.rows, figure.title


def test_it_ends_with_how_its_figures_are_made(visit_here: Visit) -> None:
    assert "docs/methods.md" in visit_here.seen
