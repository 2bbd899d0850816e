"""The scheduled set: the plan, what fails, and the index."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from landscape.errors import LandscapeError
from landscape.reports.index import read_card, write_index
from landscape.reports.plan import PlanError, list_jobs, read_plan
from landscape.reports.render import render_report

PARAMETERS = 'country = "RO"\nlang = "en"\nedition = "starter"'
# What a page tells the report, without the imports that a page takes.
PAGE = """
from IPython.display import display
known = {"RO": 1, "BG": 2}[country]
facts = {"kind": "page", "title": country, "country": country, "theme": "Inventory <b>",
         "subtitle": "", "edition": edition, "language": lang}
header = {"text/html": "<h1>Inventory</h1>", "application/vnd.landscape.block+json": facts}
display(header, raw=True)
"""
PLAN = """
editions:
  starter:
    - notebook: inventory
      each: {country: [RO, BG, MD]}
      languages: [en, fr]
  brief:
    - notebook: inventory
      parameters: {country: RO}
"""


@pytest.fixture
def notebooks(tmp_path: Path, write_notebook: Callable[..., Path]) -> Path:
    write_notebook(PARAMETERS, PAGE, name="inventory.ipynb")
    (tmp_path / "reports.yml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_the_plan_lists_every_report_of_an_edition(notebooks: Path) -> None:
    plan = read_plan(notebooks / "reports.yml")
    starter = [str(job) for job in list_jobs(plan, None, notebooks)]
    assert starter[:3] == [
        "inventory starter RO en",
        "inventory starter RO fr",
        "inventory starter BG en",
    ]
    assert len(starter) == 6
    (brief,) = list_jobs(plan, "brief", notebooks)
    assert brief.parameters == {"edition": "brief", "country": "RO"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("editions: [", "is not YAML"),
        ("", "the top"),
        ("editions: {}", "editions"),
        ("editions: {a: [{notebok: x}]}", "editions.a.0"),
        ("editions: {a: [{notebook: ../x}]}", "editions.a.0.notebook"),
        ("editions: {a: [{notebook: inventory, languages: []}]}", "languages"),
        ("editions: {a: [{notebook: inventory, languages: [de]}]}", "unknown language de"),
        ("editions: {a: [{notebook: inventory, parameters: {x: 1}}]}", "no parameter 'x'"),
        ("editions: {a: [{notebook: inventory, each: {country: [1]}}]}", "takes str, not int"),
        ("editions: {a: [{notebook: absent}]}", "absent.ipynb: no such notebook"),
    ],
)
def test_a_mistake_in_the_plan_is_named_with_its_place(
    notebooks: Path, content: str, message: str
) -> None:
    (notebooks / "reports.yml").write_text(content, encoding="utf-8")
    with pytest.raises(LandscapeError, match=re.escape(message)):
        list_jobs(read_plan(notebooks / "reports.yml"), None, notebooks)


def test_an_unknown_edition_names_the_known_ones(notebooks: Path) -> None:
    with pytest.raises(PlanError, match="starter, brief"):
        list_jobs(read_plan(notebooks / "reports.yml"), "weekly", notebooks)


def test_a_missing_plan_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no such file"):
        read_plan(tmp_path / "reports.yml")


def test_the_index_lists_what_is_there(notebooks: Path) -> None:
    notebook = notebooks / "inventory.ipynb"
    out = notebooks / "out"
    for code in ("en", "fr"):
        render_report(notebook, {"country": "RO"}, out, code)
    (out / "other.html").write_text("<p>not a report</p>", encoding="utf-8")
    html = write_index(out).read_text(encoding="utf-8")
    assert "Romania</span>" in html
    assert '<span lang="fr">Roumanie</span>' in html
    assert '<a href="inventory_RO_fr.html" lang="fr" hreflang="fr">Français</a>' in html
    assert html.index("English</a>") < html.index("Français</a>")
    assert "Inventory &lt;b&gt;" in html
    assert "other.html" not in html
    assert read_card(out / "inventory_RO_fr.html").subject == "inventory_RO"
    french = write_index(out, "fr").read_text(encoding="utf-8")
    assert french.index("Roumanie</span>") < french.index("Romania</span>")


def test_an_empty_folder_has_an_index_too(tmp_path: Path) -> None:
    assert "No report has been made yet." in write_index(tmp_path).read_text(encoding="utf-8")
