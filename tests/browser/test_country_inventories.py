"""The four country inventories of the starter edition, as readers meet them."""

import re
from functools import cache

import pytest
from report_read import Visit, name_of

from landscape.language import language
from landscape.paths import project
from landscape.reports.messages import extract_messages, source_files
from starter_project import COUNTRIES

pytestmark = pytest.mark.browser


def test_every_figure_says_what_it_shows(visit: Visit) -> None:
    assert len(visit.figures) >= 5
    titles = [figure.title for figure in visit.figures]
    assert len(set(titles)) == len(titles), "a figure is shown twice"
    for figure in visit.figures:
        assert figure.title, figure
        assert figure.unit, figure.title
        assert re.search(r":\s*\S+", figure.source), figure.title
        assert figure.rows, figure.title
        assert figure.packed or figure.link, figure.title


def test_the_year_stands_beside_every_figure_and_age_is_told(visit: Visit) -> None:
    old = language(visit.language).text("Over ten years old.")
    this_year = int(re.search(r"20\d\d", visit.seen.partition("\n\n\n")[0]).group())
    for figure in visit.figures:
        matrix = any(re.search(r"\((?:20\d\d–)?20\d\d\)", row[0]) for row in figure.rows)
        assert figure.years or matrix, figure.title
        if figure.years and max(figure.years) < this_year - 10:
            assert old in figure.note, figure.title
    for finding in visit.findings:
        year = int(re.match(r"\d{4}", finding["sureness"]).group())
        assert (year < this_year - 10) == (old in finding["sureness"]), finding


@pytest.mark.parametrize("country", COUNTRIES)
def test_french_reports_speak_french(country: str, visits: dict[str, Visit]) -> None:
    """No message of the catalogue stands there in English."""
    text = "\n".join(visits[name_of(country, "fr")].sentences)
    assert [
        wording for wording, pattern in english_wordings().items() if pattern.search(text)
    ] == []


@cache
def english_wordings() -> dict[str, re.Pattern[str]]:
    """Messages of three words or more, with what finds them whatever fills their placeholders."""
    root = project().root
    english = [m.id for m in extract_messages(source_files(root), root) if m.id]
    wordings = [form for each in english for form in ([each] if isinstance(each, str) else each)]
    return {
        wording: re.compile("[^\n]{1,200}?".join(map(re.escape, re.split(r"{\w+}", wording))))
        for wording in wordings
        if len(re.findall(r"[A-Za-z]{2,}", re.sub(r"{\w+}", " ", wording))) >= 3
    }
