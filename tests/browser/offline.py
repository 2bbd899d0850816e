"""A page opened with the network refused, and what can be asked of it."""

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Route

from landscape.reports.assets import read_script

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions"]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
#: Milliseconds that a step may take: a machine with two cores is busy with the other tests too.
PATIENCE = 180_000
POLLING = 50
HEIGHT = 900
#: What is drawn above moves what is below: the place is sought again until it has its drawing.
DRAWN = """([kind, place, drawn]) => {
  const drawing = document.querySelectorAll(".drawing > " + kind)[place].parentNode;
  drawing.scrollIntoView({behavior: "instant", block: "center"});
  return drawing.querySelector(drawn);
}"""
#: Only what is wrong leaves the page: all that is right would be megabytes.
BARRIERS = """tags => axe.run({runOnly: tags, resultTypes: ["violations"]}).then(
  found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`)))"""
#: Rows of a table and areas of a map are alike: thousands would only take the checker's time.
SHORTEN = """document.querySelectorAll('tbody tr:nth-child(n+5), svg g > :nth-child(n+8)')
  .forEach(part => part.remove())"""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Opened(NamedTuple):
    """A page, what it asked the network for, and what went wrong in it."""

    page: Page
    requests: list[str]
    errors: list[str]


class Window:
    """A window in which one file after the other is opened; all but the file is refused.

    ``scripts=False`` opens files as a reader without JavaScript does. A window
    takes Chromium longer to make than a report to read.
    """

    def __init__(self, browser: Browser, scripts: bool = True):
        self.context = browser.new_context(
            offline=True,
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE)
        self.address = ""
        self.opened = Opened(self.context.new_page(), [], [])
        _listen(self)

    def show(self, path: Path, width: int) -> Opened:
        """Opens a file, of which nothing is told yet, in so many pixels."""
        self.address = path.resolve().as_uri()
        self.opened.requests.clear()
        self.opened.errors.clear()
        self.opened.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.opened.page.goto(self.address)
        return self.opened


def open_file(
    browser: Browser, path: Path, width: int = 1280, scripts: bool = True
) -> tuple[BrowserContext, Opened]:
    """Opens a file in a window of its own; all but the file itself is refused and recorded."""
    window = Window(browser, scripts)
    return window.context, window.show(path, width)


def _listen(window: Window) -> None:
    page, requests, errors = window.opened

    def answer(route: Route) -> None:
        if route.request.url.split("#")[0] == window.address:
            route.continue_()
        else:
            requests.append(route.request.url)
            route.abort()

    def hear(line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"}:
            errors.append(f"{line.type}: {line.text}")

    def dismiss(box: Dialog) -> None:
        errors.append(f"dialog: {box.message}")
        box.dismiss()

    window.context.route("**/*", answer)
    page.on("pageerror", lambda error: errors.append(f"error: {error}"))
    page.on("console", hear)
    page.on("dialog", dismiss)
    page.on("popup", lambda other: errors.append(f"window: {other.url}"))


def scroll_page(page: Page) -> None:
    """Scrolls a page from chart to chart and back, until every one is drawn."""
    for kind, drawn in (".live", ".live svg.main-svg"), (".explorer", ".static.replaced"):
        for place in range(page.locator(f".drawing > {kind}").count()):
            page.wait_for_function(DRAWN, arg=[kind, place, drawn], polling=POLLING)
    page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")


def list_barriers(page: Page) -> list[str]:
    """What axe-core finds wrong in a page for WCAG 2.2 AA, one line each."""
    page.evaluate(read_script("axe"))
    found: list[str] = page.evaluate(BARRIERS, STANDARDS)
    return found
