"""Every notebook runs for every country; the explorer's copied command makes its report."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from executed import IN_ITS_LANGUAGE, chapters_of, execute, run_every_cell, shown

from landscape.explore import View, open_state
from landscape.paths import Project, project
from starter_project import COUNTRIES, run_landscape

CHAPTERS = ["map", "table", "peers", "sources"]
ABROAD = {"RO": "BG", "BG": "MD", "MD": "FR", "FR": "RO"}
#: What a notebook that has no parameter ``country`` is given for one.
ASKED_OTHERWISE = {
    "municipality_profile": {
        "RO": {"area": "RO_1017"},
        "BG": {"area": "BG_VID"},
        "MD": {"area": "MD_41"},
        "FR": {"area": "FR_73"},
    },
    "comparison": {code: {"countries": [code, ABROAD[code]]} for code in COUNTRIES},
    "governance": {code: {} for code in COUNTRIES},
}
NOTEBOOKS = sorted(path.stem for path in project().notebooks.glob("*.ipynb"))


@pytest.fixture
def home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    return starter_tables


def test_the_copied_command_makes_a_report_of_the_same_figures(
    home: Project, tmp_path: Path
) -> None:
    view = View(open_state(country="RO", indicator="net_wage", year=2015, area="RO_10")[0])
    words = shlex.split(view.command)
    assert words[0] == "landscape"
    page = Path(run_landscape(home, *words[1:], "--out", str(tmp_path)).strip())
    html = page.read_text(encoding="utf-8")
    assert view.map is not None and view.spread is not None
    assert view.map.title in html and view.spread.alt in html
    for name in view.listed["Area"][:3]:
        assert str(name) in html
    assert "widget-view" not in html and "Explorer(" not in html
    assert [anchor for anchor in CHAPTERS if f'id="{anchor}"' in html] == CHAPTERS


@pytest.mark.parametrize("name", ["explore", "governance"])
def test_every_cell_runs_in_a_fresh_kernel(name: str, home: Project, tmp_path: Path) -> None:
    run_every_cell(name, home, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_papermill_runs_every_notebook_with_every_country(
    name: str, country: str, home: Project, tmp_path: Path
) -> None:
    values: dict[str, Any] = ASKED_OTHERWISE.get(name, {}).get(country, {"country": country})
    executed = execute(name, home, tmp_path, **values, lang=IN_ITS_LANGUAGE[country])
    assert len(chapters_of(executed)) >= 3
    assert len(shown(executed, "page")) == 1
    assert not [o for c in executed.cells for o in c.get("outputs", []) if o.output_type == "error"]
