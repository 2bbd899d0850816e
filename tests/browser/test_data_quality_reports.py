"""The report on quality of each country, as a reader meets it in one of the four languages."""

import pickle
import re

import pytest
from report_read import Visit, read_reports
from test_country_inventories import CODE, MOST_BYTES, SLIPS

from landscape.paths import Project
from starter_project import make_once, run_landscape, shared_folder

pytestmark = pytest.mark.browser

REPORTS = [("RO", "fr"), ("BG", "bg"), ("MD", "ro"), ("FR", "en")]


@pytest.fixture(scope="session")
def quality_visits(
    chromium_path: str, starter_tables: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Visit]:
    folder = shared_folder(tmp_path_factory)
    kept = folder / "quality_visits.pickle"

    def make() -> None:
        paths = []
        for country, code in REPORTS:
            words = ("report", "data_quality", "-p", "country", country, "--lang", code)
            run_landscape(starter_tables, *words)
            paths.append(starter_tables.reports / f"data_quality_{country}_{code}.html")
        read_reports(chromium_path, paths, kept)

    make_once(folder, "quality visits", make)
    return pickle.loads(kept.read_bytes())


@pytest.fixture(params=REPORTS, ids="-".join)
def quality(request: pytest.FixtureRequest, quality_visits: dict[tuple[str, str], Visit]) -> Visit:
    return quality_visits[request.param]


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
