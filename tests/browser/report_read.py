"""A report as it was read in Chromium: kept, so that many tests can ask one visit."""

import base64
import csv
import gzip
import io
import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from offline import (
    ARGUMENTS,
    HEIGHT,
    POLLING,
    SHORTEN,
    UNFOLD,
    WIDER,
    Opened,
    Window,
    list_barriers,
    scroll_page,
)
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as NotSettled

from starter_project import COUNTRIES, LANGUAGES, name_plan

PHONE, DESK = 320, 1280
#: A4 less its margins, in the pixels of a browser.
SHEET = (665, 979)
REPORTS = [(country, code) for country in COUNTRIES for code in LANGUAGES]

READ = r"""() => {
  const words = element => element ? element.textContent.trim() : "";
  const all = (where, chosen) => [...where.querySelectorAll(chosen)];
  return {
    ready: performance.getEntriesByType("navigation")[0].loadEventEnd,
    resources: performance.getEntriesByType("resource").length,
    seen: document.body.innerText,
    findings: all(document, ".findings li").map(item => ({
      figure: words(item.querySelector(".finding-figure")),
      sentence: words(item.querySelector(".finding-text")),
      sureness: words(item.querySelector(".finding-sureness")),
    })),
    sentences: all(document.body, "h1,h2,h3,p,li,figcaption,caption,summary,th,td")
      .filter(block => !block.querySelector("p,ul,ol"))
      .map(words).filter(text => text),
    figures: all(document, ".exhibit").map(exhibit => ({
      title: words(exhibit.querySelector(".figure-title")),
      unit: words(exhibit.querySelector(".unit")),
      source: words(exhibit.querySelector(".figure-source")),
      note: words(exhibit.querySelector(".figure-note")),
      legend: all(exhibit, ".legend li").map(words),
      rows: all(exhibit, "details tbody tr").map(row => all(row, "th,td").map(words)),
      areas: all(exhibit, ".static path > title, .static circle > title").map(title => [
        words(title),
        title.parentNode.getAttribute("fill") || title.parentNode.parentNode.getAttribute("fill"),
      ]),
      packed: (exhibit.querySelector("a[download]") || {dataset: {}}).dataset.packed || "",
      link: (exhibit.querySelector("a[download]") || {href: ""}).href,
    })),
  };
}"""


#: Figures that are wider or higher than a sheet, and tables that would have to be scrolled.
TOO_LARGE = """([width, height]) => [
  ...[...document.querySelectorAll(".figure")]
    .filter(f => f.scrollWidth > f.clientWidth + 1 || f.getBoundingClientRect().height > height)
    .map(f => f.id || f.parentNode.id),
  ...[...document.querySelectorAll(".scroll")]
    .filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.textContent.slice(0, 80)),
]"""


@dataclass(repr=False)
class DrawnFigure:
    """What a figure shows, word for word."""

    title: str
    unit: str
    source: str
    note: str
    legend: list[str]
    rows: list[list[str]]
    areas: list[list[str]]
    packed: str
    link: str

    @property
    def years(self) -> list[int]:
        """The years that stand in the title."""
        return [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", self.title)]

    def saved(self) -> list[list[str]]:
        """The rows of the CSV that the page offers; none where it is too long to carry."""
        if self.packed:
            content = gzip.decompress(base64.b64decode(self.packed))
        else:
            content = base64.b64decode(self.link.partition("base64,")[2])
        text = content.decode("utf-8-sig")
        mark = max(",;", key=text.partition("\r\n")[0].count)
        return list(csv.reader(io.StringIO(text), delimiter=mark))


@dataclass(repr=False)
class Paper:
    """A report printed on A4: what does not fit, its number of sheets, what its PDF says it is."""

    too_large: list[str]
    sheets: int
    tagged: bool
    language: str


@dataclass(repr=False)
class Visit:
    """One report, opened with the network refused and printed."""

    path: Path
    country: str
    language: str
    paper: Paper = field(default_factory=lambda: Paper([], 0, False, ""))
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    scrolls_sideways: bool = False
    ready: float = 0
    resources: int = 0
    seen: str = ""
    findings: list[dict[str, str]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    figures: list[DrawnFigure] = field(default_factory=list)


def read_report(window: Window, path: Path, at_a_desk: bool) -> Visit:
    """Prints the report, reads it as a small phone shows it, then perhaps opens it at a desk."""
    _, country, language = path.stem.rsplit("_", 2)
    visit = Visit(path, country, language)
    opened = window.show(path, SHEET[0])
    visit.paper = print_page(opened.page)
    opened.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    read = opened.page.evaluate(READ)
    visit.figures = [DrawnFigure(**each) for each in read.pop("figures")]
    visit.__dict__.update(read)
    _look_for_barriers(opened, visit)
    if at_a_desk:
        window.show(path, DESK)
        _look_for_barriers(opened, visit)
    return visit


def print_page(page: Page) -> Paper:
    """Prints a page as wide as a sheet, and leaves it as it was."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    too_large = page.evaluate(TOO_LARGE, SHEET)
    content = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    said = re.search(rb"/Lang \((\w+)", content)
    return Paper(
        too_large,
        len(re.findall(rb"/Type\s*/Page\b(?!s)", content)),
        b"/StructTreeRoot" in content and b"/Marked true" in content,
        said[1].decode() if said else "",
    )


def _look_for_barriers(opened: Opened, visit: Visit) -> None:
    page = opened.page
    scroll_page(page)
    page.evaluate(UNFOLD)
    visit.scrolls_sideways |= stays_wider(page)
    page.evaluate(SHORTEN)
    width = (page.viewport_size or {})["width"]
    visit.barriers += [f"{width} px: {line}" for line in list_barriers(page)]
    visit.requests += opened.requests
    visit.errors += opened.errors


def name_of(country: str, code: str) -> str:
    """The name of the file of a country inventory."""
    return f"country_inventory_{country}_{code}"


def stays_wider(page: Page) -> bool:
    """Whether a page is wider than its window, also once charts have followed the width."""
    try:
        page.wait_for_function(f"() => !({WIDER})", polling=POLLING, timeout=5_000)
    except NotSettled:
        return True
    return False


#: One window for all the reports that a process reads.
_windows: list[Window] = []


def _read_here(chromium: str, path: Path, at_a_desk: bool) -> Visit:
    if not _windows:
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        _windows.append(Window(browser))
    return read_report(_windows[0], path, at_a_desk)


def read_reports(chromium: str, folder: Path, kept: Path) -> None:
    """Reads the reports of the plan, two at once, and keeps the visits by name in one file."""
    names = name_plan()
    paths = [folder / f"{name}.html" for name in names]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        visits = pool.map(partial(_read_here, chromium), paths, names.values())
        kept.write_bytes(pickle.dumps(dict(zip(names, visits, strict=True))))
