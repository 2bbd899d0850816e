"""Pages opened in the system's Chromium with every request refused."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from landscape.reports.assets import read_script

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions"]


class Opened(NamedTuple):
    """A page, what it asked the network for, and what went wrong in it."""

    page: Page
    requests: list[str]
    errors: list[str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; skipped where there is none, unless LANDSCAPE_REQUIRE_BROWSER=1."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        message = "no chromium on this machine: pages are not opened"
        if os.environ.get("LANDSCAPE_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_offline(chromium: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a file; all but the file itself is refused and recorded.

    ``width`` is the window's; ``scripts=False`` opens it as a reader without
    JavaScript does.
    """
    contexts = []

    def open_page(path: Path, width: int = 1280, scripts: bool = True) -> Opened:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            offline=True,
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        contexts.append(context)
        address = path.resolve().as_uri()
        opened = Opened(context.new_page(), [], [])

        def answer(route: Route) -> None:
            if route.request.url.split("#")[0] == address:
                route.continue_()
            else:
                opened.requests.append(route.request.url)
                route.abort()

        context.route("**/*", answer)
        opened.page.on("pageerror", lambda error: opened.errors.append(f"error: {error}"))
        opened.page.on(
            "console",
            lambda line: (
                opened.errors.append(f"{line.type}: {line.text}")
                if line.type in {"error", "warning"}
                else None
            ),
        )
        opened.page.on("dialog", lambda box: opened.errors.append(f"dialog: {box.message}"))
        opened.page.goto(address)
        return opened

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def scroll_through() -> Callable[[Page], None]:
    """Scrolls a page to its end and back, so that every chart is drawn."""

    def scroll(page: Page) -> None:
        height = page.evaluate("document.documentElement.scrollHeight")
        for place in range(0, height, 500):
            page.evaluate(f"window.scrollTo({{top: {place}, behavior: 'instant'}})")
            page.wait_for_timeout(50)
        page.wait_for_function(
            "[...document.querySelectorAll('.live')].every(p => p.querySelector('svg.main-svg'))"
        )
        page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")

    return scroll


@pytest.fixture
def find_barriers() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong in a page for WCAG 2.2 AA, one line each."""

    def find(page: Page) -> list[str]:
        page.evaluate(read_script("axe"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("tags => axe.run({runOnly: tags})", tags)
        return [
            f"{rule['id']}: {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return find
