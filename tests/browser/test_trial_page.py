"""A page with every kind of block, as readers meet it."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from offline import UNFOLD, WIDER

from landscape.reports.index import write_index
from landscape.reports.render import render_report

pytestmark = pytest.mark.browser

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    '"\'><svg onload=alert(3)> ${alert(4)} `{{7*7}}` =HYPERLINK("http://x.example")'
)


@pytest.fixture(scope="session")
def trial_report(
    tmp_path_factory: pytest.TempPathFactory, build_trial: Callable[[Path], Path]
) -> Path:
    folder = tmp_path_factory.mktemp("trial")
    return render_report(build_trial(folder), {"country": "RO"}, folder / "out", "en")


@pytest.fixture(scope="session")
def hostile_report(
    tmp_path_factory: pytest.TempPathFactory, build_trial: Callable[[Path], Path]
) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    parameters = {"country": "RO", "hostile": HOSTILE}
    return render_report(build_trial(folder), parameters, folder / "out", "en")


def test_it_asks_for_nothing_and_nothing_goes_wrong(
    trial_report: Path, open_offline: Callable, scroll_through: Callable
) -> None:
    page, requests, errors = open_offline(trial_report)
    scroll_through(page)
    assert requests == []
    assert errors == []
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_only_what_the_notebook_shows_is_there(trial_report: Path, open_offline: Callable) -> None:
    page, _, _ = open_offline(trial_report)
    text = page.locator("body").inner_text()
    for code in ("import ", "In [", "Traceback", "kept out", "Warning"):
        assert code not in text
    assert page.locator("h1").all_inner_texts() == ["Romania"]
    levels = page.eval_on_selector_all("h1,h2,h3", "all => all.map(h => +h.tagName[1])")
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_charts_are_drawn_when_they_come_near(trial_report: Path, open_offline: Callable) -> None:
    page, _, _ = open_offline(trial_report)
    page.locator("#figure-1 svg.main-svg").first.wait_for()
    assert page.locator("#figure-1 .static").is_hidden()
    assert page.locator("#figure-3 .live").is_hidden()
    assert page.locator("#figure-3 .static").is_visible()


def test_without_scripts_the_drawings_stand(trial_report: Path, open_offline: Callable) -> None:
    page, requests, _ = open_offline(trial_report, scripts=False)
    assert page.locator(".static svg").count() == 3
    assert all(each.is_visible() for each in page.locator(".static svg").all())
    assert requests == []


def test_the_table_behind_a_figure_unfolds_and_can_be_saved(
    trial_report: Path, open_offline: Callable
) -> None:
    page, _, errors = open_offline(trial_report)
    table = page.locator("#figure-1 table")
    assert table.is_hidden()
    page.locator("#figure-1 summary").focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    assert "not inventoried" in table.inner_text()
    with page.expect_download() as download:
        page.locator("#figure-1 .download a").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert saved.splitlines()[:2] == ['Municipality,Year,"Places per 10,000"', "Abrud,2016,12.4"]
    assert errors == []


def test_a_long_table_is_unpacked_when_it_is_unfolded(
    write_notebook: Callable[..., Path], tmp_path: Path, open_offline: Callable
) -> None:
    notebook = write_notebook(
        "lang = 'en'",
        """
import pandas as pd
from landscape.language import language
from landscape.reports.page import Page
page = Page(language(lang), "Long")
page.table(pd.DataFrame({"Name": [f"Câmpeni {row}" for row in range(3186)]}), "Names")
""",
    )
    page, _, errors = open_offline(render_report(notebook, {}, tmp_path))
    link = page.locator(".download a")
    assert link.is_hidden()
    page.locator("summary").click()
    link.wait_for()
    assert link.get_attribute("href").startswith("data:text/csv")
    with page.expect_download() as download:
        link.click()
    saved = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(saved) == 3187
    assert saved[-1] == "Câmpeni 3185"
    assert errors == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(
    trial_report: Path, open_offline: Callable, scroll_through: Callable, width: int
) -> None:
    page, _, _ = open_offline(trial_report, width=width)
    scroll_through(page)
    page.evaluate(UNFOLD)
    assert not page.evaluate(WIDER)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_bars_a_reader(
    trial_report: Path,
    open_offline: Callable,
    scroll_through: Callable,
    find_barriers: Callable,
    width: int,
) -> None:
    page, _, _ = open_offline(trial_report, width=width)
    assert find_barriers(page) == []
    scroll_through(page)
    page.evaluate(UNFOLD)
    assert find_barriers(page) == []


def test_the_keyboard_reaches_the_content_first(trial_report: Path, open_offline: Callable) -> None:
    page, _, _ = open_offline(trial_report)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_paper_shows_drawings_and_short_tables(trial_report: Path, open_offline: Callable) -> None:
    page, _, _ = open_offline(trial_report)
    page.locator("#figure-1 svg.main-svg").first.wait_for()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#figure-1 .static svg").is_visible()
    assert page.locator("#figure-1 .live").is_hidden()
    assert page.locator("#figure-1 table").is_visible()
    for control in (".contents", ".skip", ".download >> nth=0"):
        assert page.locator(control).is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#figure-1 details").get_attribute("open") is None


def test_the_printed_pages_are_a_pdf(trial_report: Path, open_offline: Callable) -> None:
    page, _, _ = open_offline(trial_report)
    pdf = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6


def test_hostile_text_is_shown_as_text_and_runs_nowhere(
    hostile_report: Path, open_offline: Callable, scroll_through: Callable
) -> None:
    page, requests, errors = open_offline(hostile_report)
    scroll_through(page)
    page.wait_for_timeout(300)
    assert requests == []
    assert errors == []
    assert page.locator("h1").inner_text() == HOSTILE
    page.evaluate(UNFOLD)
    assert page.locator("#figure-1 tbody th").nth(1).inner_text() == HOSTILE
    assert page.locator("img, [onerror], [onload]").count() == 0
    assert page.title().startswith(HOSTILE)


def test_a_script_that_slips_in_does_not_run(trial_report: Path, open_offline: Callable) -> None:
    page, requests, _ = open_offline(trial_report)
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML('beforeend',
                '<img src="https://x.example/1.png"><a id="run" onclick="window.ran = 1">x</a>');
            const script = document.createElement('script');
            script.textContent = 'window.ran = 2';
            document.body.append(script);
        }"""
    )
    page.evaluate("document.getElementById('run').click()")
    assert page.evaluate("fetch('https://x.example/').then(() => 'sent', () => 'refused')") == (
        "refused"
    )
    assert page.evaluate("window.ran") is None
    assert requests == []


def test_the_index_opens_and_leads_to_the_report(
    trial_report: Path, open_offline: Callable, find_barriers: Callable
) -> None:
    page, requests, errors = open_offline(write_index(trial_report.parent), width=320)
    assert errors == []
    assert requests == []
    assert not page.evaluate(WIDER)
    assert find_barriers(page) == []
    link = page.get_by_role("link", name="English")
    assert link.get_attribute("href") == trial_report.name
