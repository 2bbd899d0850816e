"""Every report says how its figures are made, and the methods page says it in full."""

import json

import pytest

from landscape.language import LANGUAGES, language
from landscape.paths import project
from landscape.reports.page import Page
from landscape.reports.story.methods import HEADINGS, PAGE, show_methods


def test_every_heading_stands_on_the_methods_page() -> None:
    page = (project().root / PAGE).read_text(encoding="utf-8")
    assert [each for each in HEADINGS.values() if f"## {each}\n" not in page] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_statement_is_told_in_the_readers_language(code: str) -> None:
    page = Page(language(code), "Abrud")
    _, points, link = show_methods(page, *HEADINGS)
    assert str(points.html).count("<li>") == len(HEADINGS)
    assert PAGE in str(link.html)
    if code != "en":
        english = str(show_methods(Page(language("en"), "Abrud"), "zones")[1].html)
        assert english not in str(points.html)


def test_every_notebook_of_a_report_ends_with_them() -> None:
    lacking = []
    for path in sorted(project().notebooks.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        # The explorer shows controls; it tells no report.
        if path.stem != "explore" and "show_methods(page" not in "".join(cells[-1]["source"]):
            lacking.append(path.name)
    assert lacking == []
