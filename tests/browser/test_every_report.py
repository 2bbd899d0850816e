"""All reports of all notebooks, countries and languages, as readers meet them: the long form.

Every notebook, country, language and edition is met at least once in the other
tests of this folder; here each is met with each.
"""

from itertools import product

import pytest
from report_read import Visit, visit_plan
from test_country_inventories import CODE, MOST_BYTES, SLIPS

from landscape.language import LANGUAGES
from landscape.paths import Project
from starter_project import COUNTRIES, entry, shared_folder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THEMES = ("family_children", "old_age", "unemployment")
AREAS = ("RO_1017", "RO_10", "BG_BLG03", "MD_41", "FR_73065")
PLAN = [
    *(entry("country_inventory", *LANGUAGES, country=country) for country in COUNTRIES),
    *(entry("data_quality", *LANGUAGES, country=country) for country in COUNTRIES),
    *(entry("innovation_zones", *LANGUAGES, country=country) for country in COUNTRIES),
    *(entry("comparison", *LANGUAGES, theme=theme) for theme in THEMES),
    *(entry("municipality_profile", *LANGUAGES, area=area) for area in AREAS),
    entry("governance", *LANGUAGES, tables="example"),
]
REPORTS = [
    "_".join([str(line["notebook"]), *map(str, line["parameters"].values()), code])
    for line, code in product(PLAN, LANGUAGES)
]


@pytest.fixture(scope="session")
def every_visit(
    chromium_path: str, starter_reports: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Visit]:
    return visit_plan(
        "all reports", PLAN, starter_reports, shared_folder(tmp_path_factory), chromium_path
    )


@pytest.mark.parametrize("report", REPORTS)
def test_it_is_whole_bars_nobody_and_speaks_plainly(
    report: str, every_visit: dict[str, Visit]
) -> None:
    (visit,) = [each for name, each in every_visit.items() if same_report(name, report)]
    assert visit.path.stat().st_size < MOST_BYTES
    assert (visit.requests, visit.errors, visit.resources) == ([], [], 0)
    assert visit.barriers == []
    assert not visit.scrolls_sideways
    assert [sign for sign in CODE if sign in visit.seen] == []
    assert [text for text in visit.sentences if SLIPS.search(text)] == []


def same_report(name: str, report: str) -> bool:
    """A comparison's file also names the countries, which are left as they are by default."""
    return name.replace("comparison_RO-BG-MD-FR_", "comparison_") == report
