"""Pages of a whole country whose names are attacks: found by name, shown as text, none runs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pytest
from offline import WIDER, Opened
from payloads import PAYLOADS, shown_as
from playwright.sync_api import Page

from fork_calls import call_in_fork
from landscape.paths import Project
from landscape.reports.atlas import Atlas
from landscape.reports.pages.make import Wish, make_pages

pytestmark = pytest.mark.browser
#: Names end in a word of their own, by which they can be searched.
WORD = "Търсена"


@pytest.fixture(scope="module")
def pages(
    starter_tables: Project, starter_atlas: Atlas, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The pages of the oblasti of Bulgaria, each named by two attacks."""
    out = tmp_path_factory.mktemp("pages")
    inventory = starter_atlas.inventories["BG"]
    attacks = cycle(PAYLOADS.values())
    names = [f"{next(attacks)} {next(attacks)} {WORD}{i}" for i in range(len(inventory.areas))]
    areas = inventory.areas.assign(name=names, name_latin=names)
    read = {key: table for key, table in inventory.gathered.items() if "areas" not in key}
    hostile = replace(inventory, gathered={**read, "areas ": areas})
    atlas = Atlas({**starter_atlas.inventories, "BG": hostile})
    notebook = starter_tables.notebooks / "municipality_profile.ipynb"
    wish = Wish("BG", "county", "en", notebook, out)
    assert call_in_fork(lambda: make_pages(wish, atlas).made) == 28
    return out


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(path: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(path.read_text(encoding="utf-8"))
    yield from parser.found


def test_no_name_becomes_an_element_or_an_attribute(pages: Path) -> None:
    looked_at = 0
    for path in pages.glob("*/BG_*.html"):
        looked_at += 1
        for tag, attributes in elements(path):
            assert tag not in {"script", "iframe", "object", "embed", "base", "form", "input"}
            assert not [name for name in attributes if name.startswith("on")]
            assert (attributes.get("src") or "../shared/").startswith("../shared/")
            assert (attributes.get("href") or "#").startswith(("#", "https://", "../shared/"))
    assert looked_at == 28
    drawings = list((pages / "shared").glob("*.svg"))
    assert drawings
    for drawing in drawings:
        tags = {node.tag.rpartition("}")[2] for node in ElementTree.parse(drawing).iter()}
        assert not tags & {"script", "foreignObject", "image", "a", "use"}


def test_the_index_finds_any_page_and_shows_names_as_text(
    pages: Path, open_offline: Callable[..., Opened]
) -> None:
    page, requests, errors = open_offline(pages / "index.html")
    assert page.locator("#list a").count() == 1
    page.fill("#words", f"ТЪРСЕНА{7}")
    page.wait_for_selector("#hits a")
    link = page.locator("#hits a").first
    target = pages / str(link.get_attribute("href"))
    assert target.is_file()
    heading = next(line for line in target.read_text("utf-8").split("\n") if "<h1>" in line)
    assert f"{WORD}7" in heading
    first = " ".join(list(PAYLOADS.values())[14:16])
    assert shown_as(first).split()[0] in link.inner_text()
    page.fill("#words", WORD.lower())
    page.wait_for_function("document.querySelectorAll('#hits li').length === 28")
    assert page.inner_text(".found") == "Found: 28"
    page.fill("#words", "nowhere at all")
    page.wait_for_function("document.querySelectorAll('#hits li').length === 0")
    page.fill("#words", "")
    page.wait_for_function("!document.getElementById('list').hidden")
    assert page.evaluate("window.ran") is None
    assert (requests, errors) == ([], [])


def test_without_scripts_the_counties_lead_to_every_page(
    pages: Path, open_offline: Callable[..., Opened]
) -> None:
    page, _, _ = open_offline(pages / "index.html", scripts=False)
    assert not page.locator(".filters").is_visible()
    (folder,) = [path for path in pages.iterdir() if (path / "index.html").is_file()]
    inner, _, _ = open_offline(folder / "index.html", scripts=False)
    links = [each.get_attribute("href") or "" for each in inner.locator("#list a").all()]
    assert len(links) == 28 and all((folder / each).is_file() for each in links)


def test_the_index_bars_no_reader(
    pages: Path, open_offline: Callable[..., Opened], find_barriers: Callable[[Page], list[str]]
) -> None:
    for width in (1280, 320):
        page, _, _ = open_offline(pages / "index.html", width)
        assert find_barriers(page) == []
        assert not page.evaluate(WIDER)
