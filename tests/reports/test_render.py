"""A notebook becomes one whole page, or nothing at all."""

import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from landscape.errors import UsageError
from landscape.reports.execute import read_notebook
from landscape.reports.export import css_text
from landscape.reports.files import ReportError, report_name
from landscape.reports.parameters import read_parameters
from landscape.reports.render import render_report, today

WriteNotebook = Callable[..., Path]
PARAMETERS = 'country = "RO"\nlang = "en"'
PAGE = """
from landscape.language import language
from landscape.reports.page import Page
page = Page(language(lang), f"Inventory of {country}", country=country)
page
"""


@pytest.fixture(scope="module")
def trial_html(
    tmp_path_factory: pytest.TempPathFactory, build_trial: Callable[[Path], Path]
) -> str:
    folder = tmp_path_factory.mktemp("render")
    path = render_report(build_trial(folder), {"country": "RO"}, folder / "out", language="en")
    assert path.name == "trial_RO_en.html"
    assert [each.name for each in path.parent.iterdir()] == ["trial_RO_en.html"]
    return path.read_text(encoding="utf-8")


def test_the_page_has_its_landmarks_and_language(trial_html: str) -> None:
    assert trial_html.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in trial_html
    for landmark in ("<header", "<nav", "<main", "<footer", 'class="skip" href="#content"'):
        assert landmark in trial_html
    assert "<title>Romania · Inventory of local social policy</title>" in trial_html


def test_the_contents_lead_to_every_chapter(trial_html: str) -> None:
    for anchor in ("needs", "services", "sources"):
        assert f'<a href="#{anchor}">' in trial_html
        assert f'<h2 id="{anchor}">' in trial_html


def test_code_prints_and_warnings_stay_in_the_notebook(trial_html: str) -> None:
    assert "kept out" not in trial_html
    assert "import pandas" not in trial_html


def test_the_chart_library_is_there_once(trial_html: str) -> None:
    assert trial_html.count('id="chart-library"') == 1
    assert len(re.findall(r'<script type="application/json">', trial_html)) == 3


def test_the_policy_forbids_the_network_and_names_the_scripts(trial_html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', trial_html)[1]
    assert policy.startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert policy.count("sha256-") == 2
    assert "unsafe-eval" not in policy
    assert "connect-src" not in policy


def test_a_page_without_charts_carries_no_library(
    write_notebook: WriteNotebook, tmp_path: Path
) -> None:
    notebook = write_notebook(PARAMETERS, PAGE)
    path = render_report(notebook, {"country": "BG"}, tmp_path / "new" / "out", language="fr")
    html = path.read_text(encoding="utf-8")
    assert path.name == "trial_BG_fr.html"
    assert '<html lang="fr">' in html
    assert 'id="chart-library"' not in html
    assert path.stat().st_size < 40_000


def test_other_outputs_are_shown_as_they_are(write_notebook: WriteNotebook, tmp_path: Path) -> None:
    notebook = write_notebook(PARAMETERS, "'<b>plain</b>'")
    html = render_report(notebook, {}, tmp_path).read_text(encoding="utf-8")
    assert '<pre class="other">&#39;&lt;b&gt;plain&lt;/b&gt;&#39;</pre>' in html
    assert "<h1>trial</h1>" in html


def test_a_failing_cell_is_one_line_and_leaves_the_old_report(
    write_notebook: WriteNotebook, tmp_path: Path
) -> None:
    old = tmp_path / "trial_RO_en.html"
    old.write_text("yesterday's report", encoding="utf-8")
    notebook = write_notebook(PARAMETERS, "1", "raise ValueError('no such\\ncountry')")
    with pytest.raises(ReportError) as failure:
        render_report(notebook, {"country": "RO"}, tmp_path)
    assert str(failure.value) == "trial.ipynb, cell 3: ValueError: no such country"
    assert old.read_text(encoding="utf-8") == "yesterday's report"
    assert not list(tmp_path.glob(".*"))


def test_an_error_of_the_project_is_its_own_sentence(
    write_notebook: WriteNotebook, tmp_path: Path
) -> None:
    cell = "from landscape.errors import LandscapeError\nraise LandscapeError('no tables yet')"
    with pytest.raises(ReportError, match=r"^trial.ipynb, cell 2: no tables yet$"):
        render_report(write_notebook(PARAMETERS, cell), {}, tmp_path)


def test_a_cell_that_takes_too_long_is_stopped(
    write_notebook: WriteNotebook, tmp_path: Path
) -> None:
    notebook = write_notebook(PARAMETERS, "import time; time.sleep(60)")
    with pytest.raises(ReportError, match="longer than 1 s"):
        render_report(notebook, {}, tmp_path, timeout=1)


def test_a_kernel_that_dies_is_one_line(write_notebook: WriteNotebook, tmp_path: Path) -> None:
    notebook = write_notebook(PARAMETERS, "import os; os._exit(1)")
    with pytest.raises(ReportError, match="the kernel stopped"):
        render_report(notebook, {}, tmp_path)


def test_the_kernel_is_this_interpreter_with_nothing_of_the_home_folder(
    write_notebook: WriteNotebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    spec = home / ".local/share/jupyter/kernels/python3/kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text('{"argv": ["false"], "display_name": "wrong", "language": "python"}')
    startup = home / ".ipython/profile_default/startup/00.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("lang = 'from home'")
    monkeypatch.setenv("HOME", str(home))
    notebook = write_notebook(PARAMETERS, "import sys; sys.executable")
    html = render_report(notebook, {}, tmp_path / "out").read_text(encoding="utf-8")
    assert f'<pre class="other">&#39;{sys.executable}&#39;</pre>' in html
    assert not [each for each in home.rglob("*") if "history" in each.name]


@pytest.mark.parametrize(
    ("parameters", "language", "message"),
    [
        ({"contry": "RO"}, None, "no parameter 'contry'"),
        ({"country": 1}, None, "takes str, not int"),
        ({"country": "XX"}, None, "unknown country 'XX': choose one of BG"),
        ({}, "de", "unknown language 'de'"),
        ({"lang": "xx"}, None, "unknown language 'xx'"),
    ],
)
def test_wrong_parameters_stop_before_anything_starts(
    write_notebook: WriteNotebook,
    tmp_path: Path,
    parameters: dict[str, object],
    language: str | None,
    message: str,
) -> None:
    notebook = write_notebook(PARAMETERS, PAGE)
    with pytest.raises((ValueError, UsageError), match=message):
        render_report(notebook, parameters, tmp_path / "out", language)
    assert not (tmp_path / "out").exists()


def test_a_value_is_data_and_never_code(write_notebook: WriteNotebook, tmp_path: Path) -> None:
    notebook = write_notebook(
        PARAMETERS.replace("country", "place"),
        PAGE.replace("{country}", "{place}").replace("=country)", '="RO")'),
    )
    hostile = '"; raise SystemExit("{place}") #\n\\'
    path = render_report(notebook, {"place": hostile}, tmp_path)
    assert "Inventory of &#34;; raise SystemExit(&#34;{place}&#34;)" in path.read_text("utf-8")
    assert re.fullmatch(r"trial_[A-Za-z-]+-[0-9a-f]{8}_en\.html", path.name)


def test_a_folder_that_cannot_be_written_is_named(
    write_notebook: WriteNotebook, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(ReportError, match=r"file/out: no report can be written here"):
        render_report(write_notebook(PARAMETERS, PAGE), {}, blocked / "out")


@pytest.mark.parametrize("content", ["", "{", '{"cells": 1}', "[]"])
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.ipynb"
    path.write_text(content)
    with pytest.raises(ReportError, match=r"broken.ipynb is not a notebook"):
        read_notebook(path)


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no such notebook"):
        read_notebook(tmp_path / "absent.ipynb")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"country": "RO", "lang": "en"}, "inventory_RO_en.html"),
        ({"country": "RO", "lang": "fr", "edition": "starter"}, "inventory_RO_fr.html"),
        ({"country": "RO", "edition": "brief"}, "inventory_RO_brief_en.html"),
        ({"area": "FR_73065"}, "inventory_MD_FR_73065_en.html"),
        ({"area": "../x"}, "inventory_MD_x-9b1b5f5a_en.html"),
    ],
)
def test_the_file_name_follows_from_notebook_and_parameters(
    write_notebook: WriteNotebook, values: dict[str, object], name: str
) -> None:
    cell = 'country = "MD"\narea = ""\nlang = "en"\nedition = "starter"'
    path = write_notebook(cell, name="inventory.ipynb")
    declared = read_parameters(read_notebook(path), path.name)
    made = report_name(path, declared, values)
    assert re.sub(r"-[0-9a-f]{8}", "", made) == re.sub(r"-[0-9a-f]{8}", "", name)


def test_two_values_never_share_a_file_name(write_notebook: WriteNotebook) -> None:
    path = write_notebook('area = ""')
    declared = read_parameters(read_notebook(path), path.name)
    names = {report_name(path, declared, {"area": area}) for area in ("Бяла", "Ново", "a b", "a/b")}
    assert len(names) == 4


def test_the_day_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert today() == date(2026, 1, 1)


def test_css_text_cannot_leave_its_string() -> None:
    assert css_text('a"</style>') == "a\\22 \\3c \\2f style\\3e "
