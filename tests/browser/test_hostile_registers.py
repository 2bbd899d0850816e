"""Names, titles and messages of registers are text, whatever they contain.

An edition of Moldova whose every name, provider, source and finding carries
an attack is made into reports: nothing runs, nothing is asked for, and the
reader sees the text that the register holds.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from offline import UNFOLD, Opened, scroll_page

from landscape.paths import Project
from starter_project import make_once, run_landscape, shared_folder

pytestmark = pytest.mark.browser

RUN = "window.ran=1"
PAYLOADS = {
    "script": f"<script>{RUN};alert(1)</script>",
    "end of a script": f"</script><script>{RUN}</script>",
    "end of a style": f"</style></title></textarea><script>{RUN}</script>",
    "picture": f"<img src=x onerror={RUN}>",
    "picture elsewhere": "<img src=https://evil.example/pixel.png>",
    "attribute, double": f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    "attribute, single": f"' onmouseover='{RUN}' onfocus='{RUN}' x='",
    "drawing": f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s>",
    "use of a drawing": '<svg><use href="https://evil.example/a.svg#x"/></svg>',
    "style": "<style>@import 'https://evil.example/a.css'; body{display:none}</style>",
    "style in an attribute": '" style="background:url(https://evil.example/b.png)',
    "end of a rule": "} body { display: none } /* \\",
    "address": f"javascript:{RUN}//https://",
    "link": f'<a href="javascript:{RUN}">Chisinau</a>',
    "script template": f"${{{RUN}}} `${{{RUN}}}` $\\alpha$ #{{7*7}}",
    "page template": "{{7*7}} {% raw %}{{config}} {0.__class__} %(name)s {name}",
    "comment": "<!-- --!><!--[if IE]><p> ]]> <![CDATA[ &lt;b&gt; &amp;#60;",
    "frame": f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe><base href=//evil.example>',
    "direction": "Chi\u202esinau\u2066 \u200fBalti",
    "control": "Or\x00hei\x07 \x1b[31mSoroca\x9b \x7f",
}
BY_LANGUAGE = ("en", "bg")


def shown_as(payload: str) -> str:
    """What a reader sees: the same text, with a mark where a control character stood."""
    unsafe = {ord(letter): "\ufffd" for letter in "\u202e\u2066\u200f\x00\x07\x1b\x9b\x7f"}
    return " ".join(payload.translate(unsafe).split())


def repeat(number: int) -> list[str]:
    """So many payloads, one after the other."""
    return list(islice(cycle(PAYLOADS.values()), number))


def poison(folder: Path) -> None:
    """Puts the payloads, one after the other, where a register has names and words."""
    areas = gpd.read_parquet(folder / "areas.parquet")
    below = areas["level"] != "country"
    for column in ("name", "name_latin"):
        areas.loc[below, column] = repeat(int(below.sum()))
    areas.to_parquet(folder / "areas.parquet", index=False)
    for table, columns in {"services": ["name", "provider_name"], "findings": ["message"]}.items():
        rows = pd.read_parquet(folder / f"{table}.parquet")
        for column in columns:
            rows[column] = repeat(len(rows))
        rows.to_parquet(folder / f"{table}.parquet", index=False)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    payloads = cycle(PAYLOADS.values())
    for card in manifest["sources"]:
        card["title"] = dict.fromkeys(card["title"], next(payloads))
        for field in ("producer", "url", "licence", "reference_period", "citation"):
            card[field] = next(payloads)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture(scope="session")
def hostile_home(starter_tables: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with Moldova's tables, poisoned, and its reports."""
    home = Project(shared_folder(tmp_path_factory) / "hostile")

    def make() -> None:
        shutil.copytree(starter_tables.processed / "MD", home.processed / "MD")
        shutil.copytree(starter_tables.notebooks, home.notebooks)
        poison(home.processed / "MD")
        for code in BY_LANGUAGE:
            words = ("report", "country_inventory", "-p", "country", "MD", "--lang", code)
            run_landscape(home, *words)

    make_once(shared_folder(tmp_path_factory), "hostile reports", make)
    return home


@pytest.fixture(params=BY_LANGUAGE)
def hostile_page(
    request: pytest.FixtureRequest, hostile_home: Project, open_offline: Callable[..., Opened]
) -> Iterator[Opened]:
    yield open_offline(hostile_home.reports / f"country_inventory_MD_{request.param}.html")


def texts(opened: Opened, chosen: str) -> set[str]:
    found = opened.page.eval_on_selector_all(chosen, "all => all.map(e => e.textContent)")
    return {" ".join(text.split()) for text in found}


def test_nothing_runs(hostile_page: Opened) -> None:
    page, requests, errors = hostile_page
    scroll_page(page)
    page.evaluate(UNFOLD)
    for area in page.locator("svg [tabindex]").all()[: len(PAYLOADS)]:
        area.focus()
        area.hover(force=True)
    page.emulate_media(media="print")
    assert page.evaluate("window.ran") is None
    assert requests == []
    assert errors == []
    assert page.locator("main iframe, main base, main style:not(svg style), main img").count() == 0
    assert page.locator("body").is_visible()
    addresses = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href') || '#')")
    assert [a for a in addresses if not a.startswith(("#", "data:text/csv;"))] == []


def test_every_name_is_shown_as_it_is_registered(hostile_page: Opened) -> None:
    shown = texts(hostile_page, ".exhibit th, .exhibit td")
    assert [name for name, payload in PAYLOADS.items() if shown_as(payload) not in shown] == []


def test_sources_and_findings_are_shown_as_they_are(
    hostile_page: Opened, hostile_home: Project
) -> None:
    expected = {shown_as(payload) for payload in PAYLOADS.values()}
    assert texts(hostile_page, ".sources cite") <= expected
    whole = " ".join(texts(hostile_page, ".sources li"))
    manifest = json.loads((hostile_home.processed / "MD" / "manifest.json").read_text())
    for card in manifest["sources"]:
        assert shown_as(card["producer"]) in whole
        assert shown_as(card["url"]) in whole
    examples = texts(hostile_page, ".table td:last-child")
    told = {part for text in examples if " · " in text for part in text.split(" · ")}
    assert told
    assert told <= expected
