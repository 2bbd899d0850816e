"""Fixtures that several folders of tests share."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from landscape.paths import Project, project
from starter_project import (
    COUNTRIES,
    build_tables,
    copy_starter_files,
    make_once,
    make_reports,
    shared_folder,
)

# A slow machine is no fault of the code, and two runs of the same code should agree.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

#: Files whose tests share what takes seconds to start: one test process has them all.
TOGETHER = {
    "tests/browser/test_explorer_in_lab.py",
    "tests/data/test_duplicates_quality.py",
    "tests/data/test_unseen_names.py",
    "tests/recipes/test_recipes.py",
    "tests/workbook/test_round_trip.py",
}


class FilesTogether(LoadScopeScheduling):
    """Tests go to whichever process is free, those of some files to the same one.

    Marks (``xdist_group``) do not reach the scheduler of pytest-xdist 3.8 under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    return FilesTogether(config, log)


TRIAL_CELLS = [
    """
from datetime import date
from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go

from landscape.language import language
from landscape.reports.page import Finding, Page

names = ["Abrud", hostile or "Aiud", "Alba Iulia", "Blaj", "Câmpeni", "Cugir"]
values = [12.4, 3.1, 8.6, None, 6.2, 9.9]
table = pd.DataFrame({"Municipality": names, "Year": 2016, "Places per 10,000": values})
bars = "".join(
    f'<rect x="150" y="{30 * row + 8}" width="{38 * (value or 0):.0f}" height="18" fill="#0b6285"/>'
    f'<text x="140" y="{30 * row + 22}" text-anchor="end" font-size="14">Row {row + 1}</text>'
    for row, value in enumerate(values)
)
svg = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200" role="img" '
    f'font-family="system-ui, sans-serif"><title>Bars</title>{bars}</svg>'
)
chart = go.Figure(go.Bar(x=values, y=[f"Row {row + 1}" for row in range(6)], orientation="h"))
chart.update_layout(height=300, template="plotly_white", margin={"l": 60, "t": 10, "b": 40})
swatch = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="22" height="14" viewBox="0 0 22 14" '
    'aria-hidden="true"><rect width="22" height="14" fill="#0b6285"/></svg>'
)
figure = SimpleNamespace(
    title="Licensed places in social services",
    alt=f"Highest: 12.4 (Abrud). Lowest: 3.1 ({names[1]}). 1 of 6 areas is not inventoried.",
    unit="places per 10,000 residents, 2016",
    source="Ministry of Labour, register of licensed services, December 2016",
    svg=svg,
    plotly=chart.to_plotly_json(),
    drill_down=None,
    table=table,
    legend=[SimpleNamespace(swatch=swatch, label="places known", count=5)],
    note="The year is more than ten years old.",
    panels=(),
    decimals=1,
)
source = SimpleNamespace(
    title={"en": "Register of licensed social services", "fr": "Registre des services sociaux"},
    producer="Ministry of Labour",
    url="https://servicii-sociale.example/register",
    licence="OGL-ROU 1.0",
    reference_period="December 2016",
    retrieved_on=date(2026, 9, 1),
)
page = Page(
    language(lang),
    hostile or "Romania",
    "What people need, what means there are and what services stand, municipality by municipality.",
    edition="Starter edition, September 2026",
    theme="Inventory of local social policy",
    country=country,
)
page
""",
    """
page.findings(
    [
        Finding("1,204 of 3,186", "municipalities have no licensed service in the register.",
                2016, "register complete by law"),
        Finding("between 12 and 18", "places per 10,000 residents in a middle county.",
                2016, "95 % interval"),
        Finding("47 %", "of services are run by associations.",
                2016, "read from names, 96 % right"),
    ]
)
""",
    "page.figure(figure)",
    """
page.not_known(
    "The register names no service that works without a licence.",
    "Moldova's left bank is not covered.",
)
""",
    """
page.chapter("Needs", "In 42 counties, one resident in five is over 64.", anchor="needs")
""",
    "page.text('One fact a sentence.', hostile)",
    "page.figures(figure, figure)",
    "page.chapter('Services', 'Two services in three stand in towns.', anchor='services')",
    "page.table(table, 'Places by municipality', source='Ministry of Labour')",
    "page.note('Read the years beside the figures.', title='How to read')",
    "page.chapter('Sources', anchor='sources')",
    "page.sources([source])",
    "import warnings; warnings.warn('kept out'); print('kept out')",
]


TRIAL_PARAMETERS = 'country = "RO"\nlang = "en"\nedition = "starter"\nhostile = ""'


def write_cells(path: Path, sources: Sequence[str]) -> Path:
    """Writes a notebook of these code cells, the first of them tagged ``parameters``."""
    cells = [nbformat.v4.new_code_cell(source.strip("\n")) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def write_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a notebook of code cells into the test's folder."""

    def write(*sources: str, name: str = "trial.ipynb") -> Path:
        return write_cells(tmp_path / name, sources)

    return write


@pytest.fixture(scope="session")
def build_trial() -> Callable[[Path], Path]:
    """Writes a notebook with every kind of block, and a parameter that carries hostile text."""

    def build(folder: Path) -> Path:
        return write_cells(folder / "trial.ipynb", [TRIAL_PARAMETERS, *TRIAL_CELLS])

    return build


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of the official files, which stands beside the project and not in it."""
    folder = project().root.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("official files are not beside the project")
    return folder


@pytest.fixture(scope="session")
def starter_tables(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of its own with the starter edition of the four countries, and its tables."""
    folder = shared_folder(tmp_path_factory)
    home = Project(folder / "starter")

    def make() -> None:
        copy_starter_files(home)
        build_tables(home)

    make_once(folder, "tables", make)
    return home


@pytest.fixture(scope="session")
def starter_atlas(starter_tables: Project) -> Any:
    """The inventories of the starter edition, read once for all tests that look into profiles."""
    from landscape.inventory import load  # noqa: PLC0415  (seconds of imports)
    from landscape.reports.atlas import Atlas  # noqa: PLC0415

    return Atlas({code: load(code, starter_tables.processed) for code in COUNTRIES})


@pytest.fixture(scope="session")
def starter_reports(starter_tables: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same with the reports of the plan and their index."""
    folder = shared_folder(tmp_path_factory)
    make_once(folder, "reports", lambda: make_reports(starter_tables))
    return starter_tables
