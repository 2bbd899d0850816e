"""Pages opened in the system's Chromium with every request refused."""

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from offline import ARGUMENTS, Opened, list_barriers, open_file, scroll_page
from playwright.sync_api import Browser, Page, sync_playwright
from report_read import REPORTS, Visit, name_of, read_reports

from landscape.paths import Project
from starter_project import make_once, shared_folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium; skipped where there is none, unless LANDSCAPE_REQUIRE_BROWSER=1."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        message = "no chromium on this machine: pages are not opened"
        if os.environ.get("LANDSCAPE_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """A browser for the whole session; each test opens a window of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_offline(chromium: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a file as ``offline.open_file`` does; what it opened is closed after the test."""
    contexts = []

    def open_page(path: Path, width: int = 1280, scripts: bool = True) -> Opened:
        context, opened = open_file(chromium, path, width, scripts)
        contexts.append(context)
        return opened

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def scroll_through() -> Callable[[Page], None]:
    """Scrolls a page to its end and back, so that every chart is drawn."""
    return scroll_page


@pytest.fixture
def find_barriers() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong in a page for WCAG 2.2 AA, one line each."""
    return list_barriers


@pytest.fixture(scope="session")
def visits(
    chromium_path: str, starter_reports: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Visit]:
    """Every report by the name of its file, opened once for all tests and all test processes."""
    folder = shared_folder(tmp_path_factory)
    kept = folder / "visits.pickle"
    make_once(folder, "visits", lambda: read_reports(chromium_path, starter_reports.reports, kept))
    visits: dict[str, Visit] = pickle.loads(kept.read_bytes())
    return visits


@pytest.fixture(params=REPORTS, ids="-".join)
def visit(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Visit:
    """A country inventory."""
    return visits[name_of(*request.param)]
