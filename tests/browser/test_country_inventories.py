"""The four country inventories of the starter edition, as readers meet them."""

import re
from collections.abc import Callable

import pytest
from offline import Opened
from report_read import Visit, name_of

from landscape.language import language
from landscape.paths import Project, project
from landscape.reports.messages import extract_messages, source_files
from starter_project import COUNTRIES

pytestmark = pytest.mark.browser

MOST_BYTES = 3_000_000
MOST_SECONDS = 10
CODE = ("Traceback", "import landscape", "In [", "Error:", "<Figure", "<page", "<figure:")
#: What a value that escaped its sentence looks like.
SLIPS = re.compile(r"\b(?:nan|None|NaT|inf)\b|<NA>|[{}]|[^\S\u00a0\u202f]{2,}")
#: A4 less its margins, in the pixels of a browser.
SHEET_WIDTH, SHEET_HEIGHT = 665, 979
MOST_SHEETS = 45


def test_it_is_whole_and_asks_for_nothing(
    visit: Visit, record_property: Callable[[str, object], None]
) -> None:
    record_property("ready in milliseconds", round(visit.ready))
    assert visit.path.stat().st_size < MOST_BYTES
    assert visit.requests == []
    assert visit.resources == 0
    assert visit.errors == []
    assert visit.ready < 1000 * MOST_SECONDS


def test_it_shows_no_code(visit: Visit) -> None:
    assert [sign for sign in CODE if sign in visit.seen] == []


def test_it_bars_no_reader(visit: Visit) -> None:
    assert visit.barriers == []
    assert not visit.scrolls_sideways


def test_no_value_slips_into_its_sentences(visit: Visit) -> None:
    assert [text for text in visit.sentences if SLIPS.search(text)] == []


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
    visit = visits[name_of(country, "fr")]
    root = project().root
    english = [m.id for m in extract_messages(source_files(root), root) if m.id]
    wordings = [form for each in english for form in ([each] if isinstance(each, str) else each)]
    text = "\n".join(visit.sentences)
    left = [each for each in wordings if is_english_in(each, text)]
    assert left == []


def is_english_in(wording: str, text: str) -> bool:
    """Whether a message of three words or more is found, whatever fills its placeholders."""
    fixed = re.sub(r"{\w+}", " ", wording)
    if len(re.findall(r"[A-Za-z]{2,}", fixed)) < 3:
        return False
    pattern = "[^\n]{1,200}?".join(re.escape(part) for part in re.split(r"{\w+}", wording))
    return re.search(pattern, text) is not None


@pytest.mark.parametrize("country", COUNTRIES)
def test_paper(country: str, starter_reports: Project, open_offline: Callable[..., Opened]) -> None:
    """A tagged PDF of a reasonable length, with every figure whole on its sheet."""
    path = starter_reports.reports / f"{name_of(country, 'en')}.html"
    page, _, errors = open_offline(path, width=SHEET_WIDTH)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sizes = page.eval_on_selector_all(
        ".figure",
        "all => all.map(f => [f.id || f.parentNode.id, f.scrollWidth - f.clientWidth, "
        "f.getBoundingClientRect().height])",
    )
    assert [name for name, wider, height in sizes if wider > 1 or height > SHEET_HEIGHT] == []
    wide = "all => all.filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.textContent)"
    assert page.eval_on_selector_all(".scroll", wide) == []
    content = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    assert b"/StructTreeRoot" in content
    assert b"/Marked true" in content
    assert b"/Lang (en" in content
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) <= MOST_SHEETS
    assert errors == []
