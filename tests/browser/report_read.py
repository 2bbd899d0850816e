"""A report as it was read in Chromium: kept, so that many tests can ask one visit."""

import base64
import csv
import gzip
import io
import pickle
import re
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import yaml
from offline import ARGUMENTS, SHORTEN, UNFOLD, WIDER, list_barriers, open_file, scroll_page
from playwright.sync_api import Browser, sync_playwright

from landscape.paths import Project
from starter_project import COUNTRIES, LANGUAGES, make_once, run_landscape

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
class Visit:
    """One report, opened at two widths with the network refused."""

    path: Path
    country: str
    language: str
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


def read_report(browser: Browser, path: Path) -> Visit:
    """Opens the report as a laptop does and as a small phone does, and reads it."""
    _, country, language = path.stem.rsplit("_", 2)
    visit = Visit(path, country, language)
    for width in (1280, 320):
        context, opened = open_file(browser, path, width)
        if width == 1280:
            read = opened.page.evaluate(READ)
            visit.figures = [DrawnFigure(**each) for each in read.pop("figures")]
            visit.__dict__.update(read)
        scroll_page(opened.page)
        opened.page.evaluate(UNFOLD)
        visit.scrolls_sideways |= opened.page.evaluate(WIDER)
        opened.page.evaluate(SHORTEN)
        visit.barriers += [f"{width} px: {line}" for line in list_barriers(opened.page)]
        visit.requests += opened.requests
        visit.errors += opened.errors
        context.close()
    return visit


def name_of(country: str, code: str) -> str:
    """The name of the file of a country inventory."""
    return f"country_inventory_{country}_{code}"


def _read_alone(chromium: str, path: Path) -> Visit:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        return read_report(browser, path)


def read_reports(chromium: str, paths: Iterable[Path], kept: Path) -> None:
    """Reads reports, two at once, and keeps the visits, by the name of their file, in one file."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        visits = {each.path.stem: each for each in pool.map(partial(_read_alone, chromium), paths)}
    kept.write_bytes(pickle.dumps(visits))


def visit_plan(
    name: str, plan: list[dict[str, object]], starter: Project, shared: Path, chromium: str
) -> dict[str, Visit]:
    """The reports of a plan, made by one run from the starter's tables and opened once for all."""
    home, kept = Project(shared / name), shared / f"{name}.pickle"

    def make() -> None:
        home.processed.parent.mkdir(parents=True)
        home.processed.symlink_to(starter.processed)
        shutil.copytree(starter.raw, home.raw)
        shutil.copytree(starter.notebooks, home.notebooks)
        content = yaml.safe_dump({"editions": {"technical": plan}})
        (home.notebooks / "reports.yml").write_text(content, encoding="utf-8")
        run_landscape(home, "run", "--jobs", "2")
        paths = [path for path in home.reports.glob("*.html") if path.stem != "index"]
        read_reports(chromium, paths, kept)

    make_once(shared, name, make)
    visits: dict[str, Visit] = pickle.loads(kept.read_bytes())
    return visits
