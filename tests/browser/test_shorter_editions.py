"""The brief and the digest as readers meet them: offline, for everybody, and on paper."""

import pickle
import re
import shutil
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
import yaml
from offline import Opened
from report_read import Visit, read_reports
from test_country_inventories import CODE, MOST_BYTES, SHEET_WIDTH, SLIPS

from landscape.paths import Project
from starter_project import COUNTRIES, make_once, run_landscape, shared_folder

pytestmark = pytest.mark.browser

DIGEST = ["BG_BLG03", "BG_VAR06", "BG_BLG"]
#: Edition, country, language: the longest words, and each edition once in a script of its own.
USUAL = [("brief", "RO", "ro"), ("brief", "FR", "fr"), ("digest", "BG", "bg")]
EVERY = [
    *(("brief", *each) for each in product(COUNTRIES, ("en", "fr", "ro", "bg"))),
    *(("digest", "BG", code) for code in ("en", "fr", "ro")),
]
REST = [report for report in EVERY if report not in USUAL]


def name_of(edition: str, country: str, code: str) -> str:
    members = [*DIGEST] if edition == "digest" else []
    named = [country, *(["-".join(members)] if members else []), edition, code]
    return f"country_inventory_{'_'.join(named)}.html"


def entry_of(edition: str, country: str, code: str) -> dict[str, Any]:
    values: dict[str, Any] = {"country": country, "edition": edition}
    if edition == "digest":
        values["members"] = DIGEST
    return {"notebook": "country_inventory", "parameters": values, "languages": [code]}


def make_editions(starter: Project, home: Project, reports: list[tuple[str, str, str]]) -> None:
    """The reports, by the command that makes all of an edition, from the tables of the starter."""
    home.processed.parent.mkdir(parents=True)
    home.processed.symlink_to(starter.processed)
    shutil.copytree(starter.raw, home.raw)
    shutil.copytree(starter.notebooks, home.notebooks)
    plan = {"editions": {"shorter": [entry_of(*report) for report in reports]}}
    (home.notebooks / "reports.yml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    run_landscape(home, "run", "--edition", "shorter", "--jobs", "2")


def visit_editions(
    starter: Project, folder: pytest.TempPathFactory, chromium: str, name: str,
    reports: list[tuple[str, str, str]],
) -> dict[str, Visit]:  # fmt: skip
    """Every one of the reports, opened once for all tests and all test processes."""
    shared = shared_folder(folder)
    home, kept = Project(shared / name), shared / f"{name}.pickle"

    def make() -> None:
        make_editions(starter, home, reports)
        visits = {}
        for report in reports:
            read_reports(chromium, [home.reports / name_of(*report)], kept)
            visits[name_of(*report)] = next(iter(pickle.loads(kept.read_bytes()).values()))
        kept.write_bytes(pickle.dumps(visits))

    make_once(shared, name, make)
    visits: dict[str, Visit] = pickle.loads(kept.read_bytes())
    return visits


@pytest.fixture(scope="session")
def usual_editions(
    chromium_path: str, starter_tables: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Visit]:
    return visit_editions(starter_tables, tmp_path_factory, chromium_path, "shorter", USUAL)


@pytest.fixture(scope="session")
def every_edition(
    chromium_path: str, starter_tables: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Visit]:
    return visit_editions(starter_tables, tmp_path_factory, chromium_path, "all shorter", REST)


def check_edition(visit: Visit, edition: str, open_offline: Callable[..., Opened]) -> None:
    assert visit.path.stat().st_size < MOST_BYTES
    assert (visit.requests, visit.errors, visit.resources) == ([], [], 0)
    assert visit.barriers == []
    assert not visit.scrolls_sideways
    assert [sign for sign in CODE if sign in visit.seen] == []
    assert [text for text in visit.sentences if SLIPS.search(text)] == []
    assert len(visit.findings) == (5 if edition == "brief" else len(visit.findings))
    assert visit.findings
    page, _, errors = open_offline(visit.path, width=SHEET_WIDTH)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))
    assert sheets == 2 if edition == "brief" else 1 <= sheets <= 12
    assert errors == []


@pytest.mark.parametrize("report", USUAL, ids="-".join)
def test_it_opens_for_everybody_and_keeps_to_its_pages(
    report: tuple[str, str, str],
    usual_editions: dict[str, Visit],
    open_offline: Callable[..., Opened],
) -> None:
    check_edition(usual_editions[name_of(*report)], report[0], open_offline)


@pytest.mark.slow
@pytest.mark.parametrize("report", REST, ids="-".join)
def test_in_every_country_and_language(
    report: tuple[str, str, str],
    every_edition: dict[str, Visit],
    open_offline: Callable[..., Opened],
) -> None:
    check_edition(every_edition[name_of(*report)], report[0], open_offline)
