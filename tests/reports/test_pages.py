"""Pages made without a kernel tell what the notebook tells; the next run finishes a killed one."""

import base64
import gzip
import os
import random
import re
import signal
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fork_calls import call_in_fork, start_fork
from landscape import kept
from landscape.errors import LandscapeError
from landscape.language import language
from landscape.paths import Project
from landscape.reports import atlas as atlases
from landscape.reports.atlas import Atlas
from landscape.reports.blocks import BLOCK_TYPE
from landscape.reports.execute import read_notebook
from landscape.reports.files import ReportError
from landscape.reports.pages import make
from landscape.reports.pages.compact import make_page
from landscape.reports.pages.make import Wish, make_pages
from landscape.reports.pages.story import read_story
from landscape.reports.portrait import read_portraits
from landscape.reports.shell import run_in_process

NOTEBOOK = "municipality_profile.ipynb"
AREAS = {
    "RO_2130": "en",  # a village
    "RO_1213": "ro",  # a town
    "RO_403": "ro",  # the capital
    "BG_BLG03": "bg",
    "FR_73006": "fr",  # a commune
    "MD_41": "ro",  # a raion
}
Shown = list[tuple[str, str]]


@pytest.fixture
def home(starter_tables: Project, starter_atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The starter edition, in memory already for every process that is forked."""
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    monkeypatch.setattr(kept, "_KEPT", {})
    monkeypatch.setattr(atlases, "_KEPT", [starter_atlas])
    for inventory in starter_atlas.inventories.values():
        kept.keep(inventory.folder, inventory)
    return starter_tables


@pytest.fixture
def wish(home: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wish:
    """The 28 oblasti of Bulgaria, seven at a time."""
    monkeypatch.setattr(make, "BLOCK", 7)
    monkeypatch.setattr(make, "hash_code", lambda: "1")
    return Wish("BG", "county", "bg", home.notebooks / NOTEBOOK, tmp_path / "pages")


def show_in_notebook(home: Project, area: str, folder: Path) -> Shown:
    """The kind and HTML of each block that the notebook shows, run as a report is."""
    notebook = read_notebook(home.notebooks / NOTEBOOK)
    values = {"area": area, "lang": AREAS[area]}
    executed = run_in_process(notebook, values, home.notebooks, folder / "failing.ipynb")
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    shown = [output["data"] for output in outputs if BLOCK_TYPE in output.get("data", {})]
    return [(data[BLOCK_TYPE]["kind"], data["text/html"]) for data in shown]


def without_map_to_look_into(shown: Shown) -> Shown:
    """The blocks but for that chapter, which pages of thousands do not carry."""
    ids = [re.search(r'<h2 id="([\w-]+)"', html) for _, html in shown]
    starts = [at for at, found in enumerate(ids) if found and found[1] == "map"]
    if not starts:
        return shown
    ends = [at for at, found in enumerate(ids) if found and at > starts[0]]
    return shown[: starts[0]] + shown[ends[0] :]


def read_words(html: str) -> list[str]:
    """What is read of a block outside drawings, without tables behind figures and files."""
    html = re.sub(r"(?s)<svg.*?</svg>|<script.*?</script>", " ", html)
    html = re.sub(r'<p class="download">.*?</p>', " ", html)
    if '<div class="exhibit"' in html:
        html = re.sub(r"(?s)<details.*?</details>", " ", html)
    return re.sub(r"<[^>]+>", " ", html).split()


def read_drawings(html: str) -> Counter[str]:
    """The lines, points, colours and words of the drawings of a block, in any order."""
    html = re.sub(r'<(title|desc) id="[^"]*">.*?</\1>', "", html)
    html = re.sub(r"\bf[0-9a-f]{10}", "", html)  # the beginning of a figure's own ids
    drawn = "".join(re.findall(r"(?s)<svg.*?</svg>", re.sub("(?s)<details.*?</details>", "", html)))
    names = r"d|cx|cy|r|x1|x2|y1|y2|points|transform|fill|stroke"
    shapes = re.findall(rf'\b(?:{names})="[^"]*"', drawn)
    return Counter([*shapes, *re.findall(r"<(?:text|title)[^>]*>.*?</", drawn)])


def with_drawings(html: str, drawings: dict[str, str]) -> str:
    """The block with the files beside it in their places."""
    return re.sub(
        r'<img src="\.\./shared/(\w+)\.svg" alt="">', lambda found: drawings[found[1]], html
    )


@pytest.mark.parametrize("area", AREAS)
def test_a_page_tells_block_by_block_what_the_notebook_tells(
    area: str, home: Project, starter_atlas: Atlas, tmp_path: Path
) -> None:
    told = without_map_to_look_into(call_in_fork(lambda: show_in_notebook(home, area, tmp_path)))
    code, reader = area.partition("_")[0], language(AREAS[area])
    (level,) = starter_atlas.inventories[code].areas.query("area_id == @area")["level"]
    # Gathered with others, as the page maker does.
    others = [each for each in starter_atlas.tier(code, level).areas.index[:5] if each != area]
    *_, portrait = read_portraits(starter_atlas, code, level, [*others, area], reader)
    blocks = read_story(home.notebooks / NOTEBOOK).tell(portrait)
    page = make_page(blocks, reader, date(2026, 1, 1))
    assert [block.kind for block in blocks] == [kind for kind, _ in told]
    assert len(told) > 20
    place = 0
    for block, (_, html) in zip(blocks[1:], told[1:], strict=True):
        own = block.html.replace(' xmlns="http://www.w3.org/2000/svg"', "")
        place = page.html.index(own, place)
        assert read_words(block.html) == read_words(html)
        whole = with_drawings(str(block.html), page.drawings)
        assert read_drawings(whole) == read_drawings(html)
    assert read_words(blocks[0].html) == read_words(told[0][1])
    assert len(page.html.encode()) < 60_000
    assert "<script" not in page.html


def test_a_notebook_that_reads_no_portrait_has_no_pages(write_notebook: Any) -> None:
    with pytest.raises(ReportError, match="does not tell the profile"):
        read_story(write_notebook('area = "RO_1"', "1 + 1"))


def links_of(page: Path) -> list[Path]:
    """The files that a page names, as paths."""
    named = re.findall(r'(?:href|src)="([^"#:]+)"', page.read_text(encoding="utf-8"))
    return [(page.parent / each).resolve() for each in named]


def check_whole(out: Path) -> int:
    """Every page is whole, and shows and names only what is there; how many there are."""
    pages = [path for path in out.rglob("*.html") if ".landscape" not in path.parts]
    for page in pages:
        assert page.read_text(encoding="utf-8").endswith("</html>")
        assert all(path.exists() for path in links_of(page)), page
    return len([page for page in pages if page.name != "index.html"])


def names_in(index: Path) -> dict[str, str]:
    """The areas that the index finds, with their file."""
    packed = re.search(r'id="names">([^<]+)<', index.read_text(encoding="utf-8"))
    assert packed
    folder, found = "", {}
    for line in gzip.decompress(base64.b64decode(packed[1])).decode().split("\n"):
        if line.startswith("\t"):
            folder = line.split("\t")[1]
        else:
            area, name = line.split("\t")
            found[name] = f"{folder}/{area}.html"
    return found


def test_all_pages_are_made_once_and_found_by_name(wish: Wish, starter_atlas: Atlas) -> None:
    said: list[int] = []
    first = make_pages(replace(wish, jobs=2), starter_atlas, lambda done, _: said.append(done))
    assert (first.made, first.unchanged, first.failed) == (28, 0, {})
    assert said[-1] == 28 and len(said) == 4
    assert check_whole(wish.out) == 28
    found = names_in(first.index)
    assert len(found) == 28
    reading = starter_atlas.readings(language("bg"))["BG"]
    assert found[reading.name("BG_VID")].endswith("/BG_VID.html")
    assert all((wish.out / file).exists() for file in found.values())
    before = {path: path.stat().st_mtime_ns for path in wish.out.glob("*/BG_*.html")}
    (wish.out / found[reading.name("BG_VID")]).write_text("changed", encoding="utf-8")
    second = make_pages(wish, starter_atlas)
    assert (second.made, second.unchanged) == (1, 27)
    after = {path: path.stat().st_mtime_ns for path in wish.out.glob("*/BG_*.html")}
    assert [path.name for path in before if before[path] != after[path]] == ["BG_VID.html"]


def test_a_page_that_fails_stops_no_other_and_is_not_in_the_index(
    wish: Wish, starter_atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(blocks: Any, *rest: Any) -> Any:
        if "BG_VID" in made_for:
            raise ValueError("no such\nfigure")
        return make_page(blocks, *rest)

    made_for: set[str] = set()
    tell = make.Story.tell

    def tell_and_note(story: Any, portrait: Any) -> Any:
        made_for.clear()
        made_for.add(portrait.area_id)
        return tell(story, portrait)

    monkeypatch.setattr(make.Story, "tell", tell_and_note)
    monkeypatch.setattr(make, "make_page", fail_once)
    outcome = make_pages(wish, starter_atlas)
    assert outcome.failed == {"BG_VID": "ValueError: no such figure"}
    assert outcome.made == 27 == len(names_in(outcome.index)) == check_whole(wish.out)


def test_a_killed_run_leaves_whole_pages_and_the_next_makes_the_rest(
    wish: Wish, starter_atlas: Atlas
) -> None:
    def die(done: int, asked: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    killed = start_fork(lambda: make_pages(wish, starter_atlas, die))
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert 7 <= check_whole(wish.out) <= 28
    outcome = make_pages(wish, starter_atlas)
    assert outcome.unchanged >= 7 and outcome.made + outcome.unchanged == 28
    assert check_whole(wish.out) == 28 == len(names_in(outcome.index))


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_half_done(wish: Wish, starter_atlas: Atlas) -> None:
    random.seed(7)
    for _ in range(40):
        killed = start_fork(lambda: make_pages(replace(wish, jobs=2), starter_atlas))
        killed.join(random.uniform(0.05, 2.5))
        killed.kill()
        killed.join()
        check_whole(wish.out)
        for page in sorted(wish.out.glob("*/BG_*.html"))[::3]:
            # There is work again for the next run.
            page.write_text("<html>changed</html>", encoding="utf-8")
    time.sleep(0.5)
    outcome = make_pages(wish, starter_atlas)
    assert outcome.made + outcome.unchanged == 28 == check_whole(wish.out)


def test_two_runs_in_one_folder_exclude_each_other(wish: Wish, starter_atlas: Atlas) -> None:
    def meet(done: int, asked: int) -> None:
        with pytest.raises(LandscapeError, match="another run is making the reports here"):
            make_pages(wish, starter_atlas)

    assert make_pages(wish, starter_atlas, meet).made == 28
