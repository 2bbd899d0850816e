"""Maps to look into, in Chromium: offline, by keyboard, without rights, hostile texts as text."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import nbformat
import numpy as np
import pandas as pd
import pytest
import shapely
from offline import STANDARDS, WIDER, Opened, scroll_page
from payloads import PAYLOADS, shown_as
from playwright.sync_api import Browser, Frame
from playwright.sync_api import Page as Window

from landscape.figures import MapLayer, plot_drill_down
from landscape.language import language
from landscape.reports.assets import read_script
from landscape.reports.drill_down import BaseMap, ExplorableMap
from landscape.reports.export import export_page
from landscape.reports.page import Page

pytestmark = pytest.mark.browser

ALL = list(PAYLOADS.values())


def make_grid(number: int) -> gpd.GeoDataFrame:
    """So many squares, ten in a row."""
    x, y = np.arange(number) % 10 * 0.2 + 24, np.arange(number) // 10 * 0.2 + 44
    ids = [f"XX_{place:03}" for place in range(number)]
    squares = shapely.box(x, y, x + 0.2, y + 0.2)
    return gpd.GeoDataFrame({"area_id": ids, "name": ids}, geometry=squares, crs="EPSG:4326")


def make_report(path: Path, texts: list[str], code: str = "fr") -> Path:
    """A report with one map of as many areas as there are texts, each of them a name."""
    grid = make_grid(len(texts))
    grid["name"], grid["besides"] = texts, texts[::-1]
    ids = grid["area_id"].tolist()
    layers = [
        MapLayer(
            title=f"{texts[n]} {n}", unit=texts[n - 1], source=texts[n - 2], note=texts[n - 3],
            group=texts[n % 3], values=pd.Series(np.arange(len(ids)) % (n + 4), ids).iloc[1:],
        )
        for n in range(len(texts))
    ]  # fmt: skip
    words = language(code)
    figure = plot_drill_down(grid, layers, title=" · ".join(texts), language=words)
    page = Page(words, "Carte", country="XX")
    blocks = [page, page.chapter("A", anchor="a"), page.figure(figure)]
    cells = [
        nbformat.v4.new_code_cell(
            "", outputs=[nbformat.v4.new_output("display_data", data=b._repr_mimebundle_())]
        )
        for b in blocks
    ]
    facts = {"title": "Carte", "language": code}
    html = export_page(nbformat.v4.new_notebook(cells=cells), facts, date(2026, 11, 1))
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = ["Ștefan Vodă", "Бяла", "Saint-Étienne", *(f"Commune {n}" for n in range(27))]
    return make_report(tmp_path_factory.mktemp("calm") / "calm.html", names)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_report(tmp_path_factory.mktemp("hostile") / "hostile.html", ALL)


def inside(page: Window) -> Frame:
    """The frame of the map, once it has drawn and the page has made room for it."""
    page.evaluate("document.querySelector('.explorer').parentNode.scrollIntoView()")
    page.locator(".drawing:has(.explorer) > .static.replaced").wait_for(state="attached")
    return page.frames[1]


def texts_of(frame: Frame) -> str:
    read = "() => [...document.querySelectorAll('main *, .leaflet-tooltip *')]"
    read += ".map(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(''))"
    labels = "() => [...document.querySelectorAll('optgroup')].map(e => e.label)"
    return " ".join(" ".join([*frame.evaluate(read), *frame.evaluate(labels)]).split())


def test_it_asks_for_nothing_and_takes_its_place(
    calm: Path, open_offline: Callable[..., Opened]
) -> None:
    page, requests, errors = open_offline(calm)
    frame = inside(page)
    assert (requests, errors) == ([], [])
    assert frame.locator("path.area").count() == 30
    assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    tall = page.locator("iframe").bounding_box()["height"]
    assert tall == pytest.approx(
        frame.evaluate("document.querySelector('main').scrollHeight"), abs=30
    )
    assert page.locator("#figure-1 .static, #figure-1 .legend").all_inner_texts()
    assert not page.locator("#figure-1 .static").is_visible()
    assert not page.locator("#figure-1 > figure > .legend").is_visible()


def test_layers_switch_and_the_legend_counts_every_area(
    calm: Path, open_offline: Callable[..., Opened]
) -> None:
    page, _, errors = open_offline(calm)
    frame = inside(page)
    fills = "() => [...document.querySelectorAll('path.area')].map(p => p.getAttribute('fill'))"
    before = frame.evaluate(fills)
    frame.locator("#layer").focus()
    frame.locator("#layer").select_option("2")
    after = frame.evaluate(fills)
    assert before != after
    assert after[0] == "url(#hatch)" and set(after[1:]).isdisjoint({"url(#hatch)", "url(#dots)"})
    counts = frame.locator("#legend .count").all_inner_texts()
    assert sum(int(each.strip("()")) for each in counts) == 30
    assert "non recensé" in frame.locator("#legend").inner_text()
    assert errors == []


def test_search_finds_without_marks_and_goes_there_by_keyboard(
    calm: Path, open_offline: Callable[..., Opened]
) -> None:
    page, _, errors = open_offline(calm)
    frame = inside(page)
    frame.locator("#words").focus()
    page.keyboard.type("stefan voda")
    # Its own name comes first; another area has it beside its name.
    assert frame.locator("#told").inner_text() == "Territoires trouvés\u00a0: 2"
    wide = frame.locator("path.area").nth(12).bounding_box()["width"]
    page.keyboard.press("Enter")
    assert frame.evaluate("document.activeElement.id") == "chosen"
    assert frame.locator("#chosen-name").inner_text().startswith("Ștefan Vodă")
    assert frame.locator("#figures tr").count() == 30
    assert frame.locator("path.area").nth(12).bounding_box()["width"] > 1.5 * wide
    frame.locator("#places button").first.focus()
    page.keyboard.press("Enter")
    assert frame.locator("path.area").nth(12).bounding_box()["width"] == pytest.approx(
        wide, rel=0.02
    )
    frame.locator("#words").fill("nowhere at all")
    assert frame.locator("#told").inner_text().endswith("0")
    assert errors == []


def test_every_control_is_reached_by_tab(calm: Path, open_offline: Callable[..., Opened]) -> None:
    page, _, _ = open_offline(calm)
    frame = inside(page)
    frame.locator("#layer").focus()
    reached = []
    for _ in range(6):
        reached.append(frame.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
        page.keyboard.press("Tab")
    assert "<path" not in " ".join(reached)
    told = " ".join(reached)
    for control in ("layer", "words", "folium-map", "leaflet-control-zoom-in"):
        assert control in told, reached


@pytest.mark.parametrize("width", [320, 1280])
def test_it_bars_nobody(
    calm: Path,
    open_offline: Callable[..., Opened],
    find_barriers: Callable[..., list[str]],
    width: int,
) -> None:
    page, _, _ = open_offline(calm, width=width)
    frame = inside(page)
    frame.locator("path.area").nth(3).click(force=True)
    assert not page.evaluate(WIDER)
    assert not frame.evaluate(WIDER)
    assert find_barriers(page) == []
    frame.evaluate(read_script("axe"))
    # The page around has the heading of the first level.
    settings = {"runOnly": STANDARDS, "rules": {"page-has-heading-one": {"enabled": False}}}
    found = frame.evaluate("settings => axe.run(settings)", settings)
    assert [(r["id"], n["html"][:120]) for r in found["violations"] for n in r["nodes"]] == []


def test_paper_and_pages_without_scripts_have_the_drawing(
    calm: Path, open_offline: Callable[..., Opened]
) -> None:
    page, _, _ = open_offline(calm)
    inside(page)
    page.emulate_media(media="print")
    assert page.locator("#figure-1 .static svg").first.is_visible()
    assert page.locator("#figure-1 > figure > .legend").is_visible()
    assert not page.locator("iframe").is_visible()
    still, _, _ = open_offline(calm, scripts=False)
    assert still.locator("#figure-1 .static svg").first.is_visible()
    assert still.locator("iframe").count() == 0


def test_hostile_names_indicators_and_groups_are_text(
    hostile: Path, open_offline: Callable[..., Opened]
) -> None:
    page, requests, errors = open_offline(hostile)
    scroll_page(page)
    frame = inside(page)
    seen = [texts_of(frame)]
    for number, name in enumerate(ALL):
        frame.locator("#layer").select_option(str(number))
        frame.locator("#words").fill(name[:12])
        seen.append(texts_of(frame))
    frame.locator("#words").press("Enter")
    for place in (0, 7, 40):
        frame.locator("path.area").nth(place).hover(force=True)
        frame.locator("path.area").nth(place).click(force=True)
        seen.append(texts_of(frame))
    shown = " ".join(seen)
    assert [name for name, each in PAYLOADS.items() if shown_as(each) not in shown] == []
    for each in (page.main_frame, frame):
        assert each.evaluate("window.ran") is None
        assert each.evaluate("({}).ran") is None
    assert (
        frame.locator("img, iframe, object, embed, base, form, link, video, [onerror]").count() == 0
    )
    assert (requests, errors) == ([], [])


def test_the_frame_has_no_rights(calm: Path, open_offline: Callable[..., Opened]) -> None:
    page, requests, _ = open_offline(calm)
    frame = inside(page)
    for attempt in (
        "parent.document.title",
        "localStorage.length",
        "await fetch('https://x.example/')",
    ):
        code = f"async () => {{ try {{ {attempt}; return 'did'; }} catch {{ return 'refused'; }} }}"
        assert frame.evaluate(code) == "refused", attempt
    assert (
        frame.evaluate("async () => { try { 1 + 1; return 'did'; } catch { return 0; } }") == "did"
    )
    frame.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=https://x.example/1>')")
    frame.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )
    assert frame.evaluate("window.ran") is None
    assert requests == []


def test_at_the_desk_it_is_one_file_and_tiles_are_the_only_way_out(
    chromium: Browser, tmp_path: Path, open_offline: Callable[..., Opened]
) -> None:
    grid = make_grid(12)
    layer = MapLayer("Places", "%", "Ministry", pd.Series(1.0, grid["area_id"].tolist()))
    figure = plot_drill_down(grid, [layer], title="Map", language=language("en"))
    page, requests, errors = open_offline(ExplorableMap(figure).save(tmp_path / "map.html"))
    page.locator("path.area").nth(11).wait_for(state="attached")
    assert (requests, errors) == ([], [])
    tiles = BaseMap("https://{s}.tiles.example/{z}/{x}/{y}.png", "<b>© someone</b>")
    page, requests, _ = open_offline(ExplorableMap(figure, tiles).save(tmp_path / "tiles.html"))
    page.locator("path.area").nth(11).wait_for(state="attached")
    page.wait_for_timeout(200)
    assert requests and all(".tiles.example/" in each for each in requests)
    assert page.locator(".leaflet-control-attribution b").count() == 0
    assert "© someone" in page.locator(".leaflet-control-attribution").inner_text()
    with pytest.raises(ValueError, match="https tiles"):
        BaseMap("http://tiles.example/{z}.png", "x")
