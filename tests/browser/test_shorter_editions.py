"""The brief and the digest as readers meet them: offline, for everybody, and on paper."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from offline import Opened
from report_read import Visit, visit_plan
from test_country_inventories import CODE, MOST_BYTES, SHEET_WIDTH, SLIPS

from landscape.paths import Project
from starter_project import COUNTRIES, MEMBERS, entry, shared_folder

pytestmark = pytest.mark.browser

#: Edition, country, language: the longest words, and each edition once in a script of its own.
USUAL = [("brief", "RO", "ro"), ("brief", "FR", "fr"), ("digest", "BG", "bg")]
EVERY = [
    *(("brief", *each) for each in product(COUNTRIES, ("en", "fr", "ro", "bg"))),
    *(("digest", "BG", code) for code in ("en", "fr", "ro")),
]
REST = [report for report in EVERY if report not in USUAL]


def name_of(edition: str, country: str, code: str) -> str:
    members = ["-".join(MEMBERS)] if edition == "digest" else []
    return "_".join(["country_inventory", country, *members, edition, code])


def lines_of_plan() -> list[dict[str, object]]:
    lines = []
    for edition, country, code in REST:
        members = {"members": MEMBERS} if edition == "digest" else {}
        lines.append(entry("country_inventory", code, country=country, edition=edition, **members))
    return lines


@pytest.fixture(scope="session")
def every_edition(
    chromium_path: str, starter_tables: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Visit]:
    """The rest of the reports, opened once for all tests and all test processes."""
    return visit_plan(
        "shorter", lines_of_plan(), starter_tables, shared_folder(tmp_path_factory), chromium_path
    )


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
    visits: dict[str, Visit],
    open_offline: Callable[..., Opened],
) -> None:
    check_edition(visits[name_of(*report)], report[0], open_offline)


@pytest.mark.slow
@pytest.mark.parametrize("report", REST, ids="-".join)
def test_in_every_country_and_language(
    report: tuple[str, str, str],
    every_edition: dict[str, Visit],
    open_offline: Callable[..., Opened],
) -> None:
    check_edition(every_edition[name_of(*report)], report[0], open_offline)
