"""Blocks of the page: what they say, and that data stays data."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from landscape.language import language
from landscape.reports.blocks import BLOCK_TYPE
from landscape.reports.page import Finding, Page

HOSTILE = '<img src=x onerror="alert(1)"></script><b>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0"/></svg>'


@pytest.fixture
def page() -> Page:
    return Page(language("en"), "Romania", country="RO")


def make_figure(**changes: object) -> SimpleNamespace:
    words = {"title": "Places", "alt": "Highest: Abrud.", "unit": "per 10,000", "source": "INS"}
    rest = {
        "svg": SVG,
        "plotly": None,
        "drill_down": None,
        "legend": (),
        "note": "",
        "panels": (),
        "decimals": None,
    }
    table = pd.DataFrame({"Municipality": ["Abrud", "Aiud"], "Places": [1.5, None]})
    return SimpleNamespace(**{**words, **rest, "table": table, **changes})


def test_every_text_from_data_is_escaped(page: Page) -> None:
    table = pd.DataFrame({HOSTILE: [HOSTILE]})
    source = SimpleNamespace(
        title={"en": HOSTILE},
        producer=HOSTILE,
        url=f"javascript:{HOSTILE}",
        licence=HOSTILE,
        reference_period=HOSTILE,
        retrieved_on=date(2026, 1, 1),
    )
    blocks = [
        Page(language("en"), HOSTILE, HOSTILE, edition=HOSTILE, theme=HOSTILE).header(),
        page.chapter(HOSTILE, HOSTILE),
        page.section(HOSTILE, HOSTILE),
        page.text(HOSTILE),
        page.points(HOSTILE),
        page.findings([Finding(HOSTILE, HOSTILE, HOSTILE, HOSTILE)], HOSTILE),
        page.figure(make_figure(title=HOSTILE, alt=HOSTILE, unit=HOSTILE, source=HOSTILE)),
        page.figure(make_figure(note=HOSTILE, table=table)),
        page.table(table, HOSTILE, HOSTILE),
        page.note(HOSTILE, title=HOSTILE),
        page.not_known(HOSTILE),
        page.sources([source]),
    ]
    for block in blocks:
        assert "<img" not in block.html
        assert "</script><b>" not in block.html
        assert "&lt;img" in block.html
    assert "href" not in blocks[-1].html


def test_a_cell_shows_html_and_tells_the_report_what_it_is(page: Page) -> None:
    bundle = page.chapter("Needs", anchor="needs")._repr_mimebundle_()
    assert bundle["text/html"] == '<h2 id="needs">Needs</h2>'
    assert bundle[BLOCK_TYPE] == {"kind": "chapter", "id": "needs", "title": "Needs"}
    assert page._repr_mimebundle_()[BLOCK_TYPE]["country"] == "RO"


def test_chapters_and_figures_are_numbered_alike_in_every_language(page: Page) -> None:
    assert 'id="chapter-1"' in page.chapter("Needs").html
    assert 'id="chapter-2"' in page.chapter("Resources").html
    assert "Figure 1" in page.figure(make_figure()).html
    assert "Figure 2" in page.figure(make_figure()).html


def test_an_anchor_is_plain(page: Page) -> None:
    with pytest.raises(ValueError, match="lower-case letters"):
        page.chapter("Needs", anchor="Needs & means")


@pytest.mark.parametrize("word", ["title", "alt", "unit", "source"])
def test_a_figure_without_its_words_is_refused(page: Page, word: str) -> None:
    with pytest.raises(ValueError, match=f"lacks its {word}"):
        page.figure(make_figure(**{word: " "}))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        '<path onclick="x()"/>',
        '<a href="https://example.org">x</a>',
        '<foreignObject width="1"/>',
    ],
)
def test_a_drawing_that_is_not_only_a_drawing_is_refused(page: Page, inside: str) -> None:
    with pytest.raises(ValueError, match="script or a link"):
        page.figure(make_figure(svg=SVG.replace('<path d="M0 0"/>', inside)))


def test_hostile_text_in_a_drawing_is_only_text(page: Page) -> None:
    svg = SVG.replace("<path", '<text aria-label="&quot; onload=&quot;x">onclick=1</text><path')
    assert "onclick=1" in page.figure(make_figure(svg=svg)).html


def test_a_drawing_that_is_not_well_formed_is_refused(page: Page) -> None:
    with pytest.raises(ValueError, match="not well formed"):
        page.figure(make_figure(svg="<svg><g></svg>"))


def test_chart_data_cannot_end_its_element_and_has_the_language_s_separators() -> None:
    plotly = {"data": [{"text": [HOSTILE]}], "layout": {"width": 600}}
    html = Page(language("fr"), "Roumanie").figure(make_figure(plotly=plotly)).html
    data = html.split('<script type="application/json">')[1].split("</script>")[0]
    assert "\\u003cimg" in data
    assert '"separators":",\u202f"' in data
    assert '"width"' not in data


def test_a_drawing_without_a_role_is_named_by_its_title_and_reading(page: Page) -> None:
    assert 'class="static" role="img" aria-labelledby="figure-1-title"' in (
        page.figure(make_figure()).html
    )
    grouped = SVG.replace("<svg", '<svg role="group"')
    assert 'class="static">' in page.figure(make_figure(svg=grouped)).html


def test_a_pair_shows_each_panel_with_its_title_and_legend(page: Page) -> None:
    legend = (SimpleNamespace(swatch=SVG, label="1 to 5", count=1200),)
    panels = (make_figure(title="Left", legend=legend), make_figure(title="Right"))
    html = page.figure(make_figure(panels=panels)).html
    assert html.count('class="panel-title"') == 2
    assert '1 to 5 <span class="count">(1,200)</span>' in html


def test_long_tables_stay_folded_on_paper(page: Page) -> None:
    table = pd.DataFrame({"Municipality": [f"M{row}" for row in range(46)]})
    assert '<details class="long">' in page.figure(make_figure(table=table)).html
    assert '<details class="short">' in page.figure(make_figure(table=table.head(45))).html


def test_a_long_table_of_its_own_is_folded(page: Page) -> None:
    table = pd.DataFrame({"Indicator": [f"I{row}" for row in range(13)]})
    assert "<summary>Indicators</summary>" in page.table(table, "Indicators").html
    assert "<details" not in page.table(table.head(12), "Indicators").html


def test_the_reading_does_not_repeat_the_title(page: Page) -> None:
    html = page.figure(make_figure(title="Places", alt="Map. Places. Highest: Abrud.")).html
    assert '<p class="figure-reading" id="figure-1-reading">Highest: Abrud.</p>' in html


def test_the_first_sentence_of_a_chapter_leads(page: Page) -> None:
    html = page.chapter("Needs", "First.", "Second.", "Third.").html
    assert html.endswith('<p class="lead">First.</p><p>Second. Third.</p>')
