"""The index as a reader meets it: narrowed down by words and choices, without the network."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from offline import WIDER, Opened
from playwright.sync_api import Page

from landscape.reports.index import write_index

pytestmark = pytest.mark.browser

REPORTS = [
    ("inventory_RO_en", "RO", "en", "Romania", "2026-11-01", "technical"),
    ("inventory_RO_fr", "RO", "fr", "Roumanie", "2026-11-01", "technical"),
    ("inventory_RO_brief_en", "RO", "en", "Romania", "2026-11-01", "brief"),
    ("profile_BG_bg", "BG", "bg", "Стара Загора (Stara Zagora)", "2026-08-01", "technical"),
    ("profile_MD_en", "MD", "en", "Ungheni <script>window.ran=1</script>", "2026-08-01", "digest"),
]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    for name, country, code, title, day, form in REPORTS:
        card = {
            "title": title, "theme": "Profile & more", "edition": "", "country": country,
            "language": code, "made_on": day, "form": form,
        }  # fmt: skip
        text = json.dumps(card).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        content = f'<html><head><meta name="landscape" content="{text}"></head></html>'
        (tmp_path / f"{name}.html").write_text(content, encoding="utf-8")
    return write_index(tmp_path, tables=tmp_path / "none")


def shown(page: Page) -> int:
    return page.locator(".reports > li:visible").count()


def test_words_and_choices_narrow_the_list(
    index: Path, open_offline: Callable[..., Opened]
) -> None:
    page, requests, errors = open_offline(index)
    assert shown(page) == 4
    for words, number in {
        "ROUMANIE": 2,
        "zagora": 1,
        "загора": 1,
        "ungheni script": 1,
        "x9": 0,
    }.items():
        page.fill("#words", words)
        assert (words, shown(page)) == (words, number)
    assert page.locator(".country:visible").count() == 0
    assert page.inner_text(".found") == "Reports shown: 0 of 4"
    page.fill("#words", "")
    for name, value, number in [
        ("languages", "fr", 1), ("country", "RO", 2), ("form", "brief", 1),
        ("days", "2026-08-01", 2),
    ]:  # fmt: skip
        page.select_option(f"#by-{name}", value)
        assert (name, shown(page)) == (name, number)
        page.select_option(f"#by-{name}", "*")
    assert page.evaluate("window.ran") is None
    assert (requests, errors) == ([], [])


def test_the_index_bars_no_reader(
    index: Path, open_offline: Callable[..., Opened], find_barriers: Callable[[Page], list[str]]
) -> None:
    for width in (1280, 320):
        page, _, _ = open_offline(index, width)
        assert find_barriers(page) == []
        assert not page.evaluate(WIDER)


def test_without_scripts_every_report_is_listed(
    index: Path, open_offline: Callable[..., Opened]
) -> None:
    page, _, _ = open_offline(index, scripts=False)
    assert shown(page) == 4
    assert not page.locator(".filters").is_visible()
