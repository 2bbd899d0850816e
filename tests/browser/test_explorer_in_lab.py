"""The explorer as an analyst meets it: JupyterLab in a real browser, with no network but its own.

One test process starts its server, kernel and browser; the others go on meanwhile.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from playwright.sync_api import TimeoutError as NotShown

from landscape.paths import Project, project

pytestmark = pytest.mark.browser
PATIENCE = 120_000


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def order_of_make_lab(port: int, folder: Path) -> list[str]:
    """What ``make lab`` runs, on a port of its own, without a window and a password."""
    recipe = re.search(r"^lab:.*\n\t(.+)$", (project().root / "Makefile").read_text(), re.MULTILINE)
    assert recipe is not None
    words = recipe.group(1).split()
    assert words == ["$(RUN)", "jupyter", "lab", "notebooks"]
    return [
        sys.executable, "-m", "jupyter", "lab", str(folder), "--no-browser", f"--port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--allow-root",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def lab(starter_tables: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab on the starter edition, with no settings of the user's."""
    own = tmp_path_factory.mktemp("lab")
    notebooks = own / "notebooks"
    notebooks.mkdir()
    shutil.copy(project().notebooks / "explore.ipynb", notebooks)
    port = free_port()
    settings = {f"JUPYTER_{name}_DIR": str(own / name) for name in ("CONFIG", "RUNTIME", "DATA")}
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
    with (own / "log").open("w") as log:
        server = subprocess.Popen(
            order_of_make_lab(port, notebooks),
            env={
                **os.environ, **settings, **proxies, "no_proxy": "127.0.0.1",
                "LANDSCAPE_HOME": str(starter_tables.root), "IPYTHONDIR": str(own / "ipython"),
            },
            stdout=log,
            stderr=log,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api/status", server, own / "log")
            yield address
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(240):
        assert server.poll() is None, log.read_text()[-2000:]
        try:
            with opener.open(address, timeout=5) as answer:
                json.load(answer)
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not answer: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def opened(
    lab: str, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, list[str], list[str]]]:
    """The notebook in JupyterLab with all its cells run; what it asked of other machines; boxes."""
    context = chromium.new_context(viewport={"width": 1500, "height": 1000})
    abroad: list[str] = []
    dialogs: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith((lab, "data:", "blob:")):
            route.continue_()
        else:
            abroad.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("dialog", lambda box: (dialogs.append(box.message), box.dismiss()))
    page.goto(f"{lab}/lab/tree/explore.ipynb?reset")
    page.locator(".jp-Notebook").wait_for()
    # Cells that are run before the kernel has answered stay as they are.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    try:
        page.locator(".landscape-explorer .explore-map svg").first.wait_for()
    except NotShown:
        page.screenshot(path=str(tmp_path_factory.mktemp("seen") / "lab.png"))
        pytest.fail(f"no explorer; the page says: {page.locator('body').inner_text()[:3000]}")
    yield page, abroad, dialogs
    context.close()


def control(page: Page, label: str, kind: str = "select") -> str:
    return f".landscape-explorer .widget-inline-hbox:has(label:text-is('{label}')) {kind}"


def test_every_part_is_shown_and_nothing_is_asked_of_the_network(
    opened: tuple[Page, list[str], list[str]],
) -> None:
    page, abroad, dialogs = opened
    for part in ("map", "spread"):
        expect(page.locator(f".explore-{part} svg").first).to_be_visible()
    expect(page.locator(".explore-table table")).to_be_visible()
    expect(page.locator(".explore-python")).to_contain_text("import landscape")
    expect(page.locator(".explore-command")).to_contain_text("landscape report explore")
    # The cells below make the page of the same view.
    expect(page.locator(".jp-Notebook").get_by_text("Sources, licences and years")).to_be_attached()
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    assert [each for each in abroad if "jupyter.org" not in each] == []
    assert dialogs == []


def test_choices_are_followed_by_map_spread_table_peers_and_code(
    opened: tuple[Page, list[str], list[str]],
) -> None:
    page, _, _ = opened
    page.select_option(control(page, "Country"), label="Bulgaria")
    expect(page.locator(".explore-command")).to_contain_text("-p country BG", timeout=PATIENCE)
    expect(page.locator(".explore-map h4")).to_contain_text("oblast", timeout=PATIENCE)
    page.select_option(control(page, "Year"), label="2015")
    expect(page.locator(".explore-map h4")).to_contain_text("2015", timeout=PATIENCE)
    expect(page.locator(".explore-spread h4")).to_contain_text("2015")
    expect(page.locator(".explore-python")).to_contain_text("year=2015")
    page.fill(control(page, "Search by name", "input"), "vidin")
    page.locator(control(page, "Area")).get_by_text("Vidin").wait_for(state="attached")
    page.select_option(control(page, "Area"), label="Vidin")
    expect(page.locator(".explore-python")).to_contain_text("BG_VID", timeout=PATIENCE)
    expect(page.locator(".explore-table tbody tr").first).to_contain_text("Vidin")
    expect(page.locator(".explore-spread")).to_contain_text("Vidin")
    assert page.locator(".explore-alike tbody tr").count() > 6


def test_what_is_not_there_is_told_in_words(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    page.fill(control(page, "Search by name", "input"), "<img src=x onerror=alert(1)>")
    expect(page.locator(".explore-status")).to_contain_text("No area here has this name.")
    assert page.locator(".landscape-explorer img").count() == 0
