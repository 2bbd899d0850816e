"""A report printed into a PDF, looked into as a reader's software looks into it."""

import os
from pathlib import Path

import pytest
from pypdf import PdfReader

from landscape.reports.pdf import PdfError, find_browser, print_pdf
from landscape.reports.render import render_report

LANGUAGE = "fr"


@pytest.fixture(scope="module")
def printed(build_trial, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trial page as a PDF; skipped where no browser is, unless one is required."""
    try:
        find_browser()
    except PdfError as missing:
        if os.environ.get("LANDSCAPE_REQUIRE_BROWSER") == "1":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    folder = tmp_path_factory.mktemp("printed")
    hostile = '</title><script>document.title="taken"</script>'
    values = {"hostile": f"Țara {hostile}"}
    return print_pdf(render_report(build_trial(folder), values, folder, LANGUAGE))


@pytest.fixture(scope="module")
def pdf(printed: Path) -> PdfReader:
    return PdfReader(printed)


def test_it_stands_beside_its_report_and_leaves_nothing_else(printed: Path) -> None:
    names = {path.suffix for path in printed.parent.iterdir()}
    assert names == {".ipynb", ".html", ".pdf"}
    assert printed.with_suffix(".html").is_file()


def test_it_is_tagged_and_says_its_title_and_language(pdf: PdfReader) -> None:
    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == LANGUAGE
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title.startswith("Țara </title>")


def test_headings_figures_and_tables_are_told_apart(pdf: PdfReader) -> None:
    kinds = set()
    waiting = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            kinds.add(part.get("/S"))
            waiting += [part["/K"]] if "/K" in part else []
    assert {"/H1", "/H2", "/P", "/Figure", "/Table", "/TH", "/TD", "/L", "/LI"} <= kinds


def test_its_chapters_are_an_outline(pdf: PdfReader) -> None:
    def titles(entries: list) -> list[str]:
        return [
            title
            for each in entries
            for title in (titles(each) if isinstance(each, list) else [each.title])
        ]

    assert {"Needs", "Services", "Sources"} <= set(titles(pdf.outline))


def test_every_page_has_its_number_and_the_name_of_the_report(pdf: PdfReader) -> None:
    total = len(pdf.pages)
    assert 2 <= total <= 8
    for number, page in enumerate(pdf.pages, start=1):
        text = page.extract_text()
        assert f"{number} / {total}" in text
        assert "Inventory of local social policy" in text
        width, height = page.mediabox.width, page.mediabox.height
        assert (round(width), round(height)) == (595, 842)


def test_every_font_is_inside(pdf: PdfReader) -> None:
    fonts = {}
    for page in pdf.pages:
        for name, font in (page["/Resources"].get("/Font") or {}).items():
            fonts[name] = font.get_object()
    assert fonts
    for name, font in fonts.items():
        parts = [each.get_object() for each in font.get("/DescendantFonts", [font])]
        for part in parts:
            descriptor = part.get("/FontDescriptor")
            inside = descriptor and any(
                key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
            )
            assert inside or part["/Subtype"] == "/Type3", name


def test_without_a_browser_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDSCAPE_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(PdfError, match="/nowhere/chromium is not a program; install one"):
        find_browser()
    monkeypatch.delenv("LANDSCAPE_CHROMIUM")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PdfError, match="no Chromium was found"):
        print_pdf(Path("report.html"))


def test_a_browser_that_prints_nothing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'no display' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("LANDSCAPE_CHROMIUM", str(broken))
    report = tmp_path / "report.html"
    report.write_text("<p>x")
    report.with_suffix(".pdf").write_bytes(b"old")
    with pytest.raises(PdfError, match=r"report\.html could not be printed by .*: no display"):
        print_pdf(report)
    assert report.with_suffix(".pdf").read_bytes() == b"old"
