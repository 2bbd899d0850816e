"""A page opened with the network refused, and what can be asked of it."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Route

from landscape.reports.assets import read_script

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions"]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
#: Milliseconds that a step may take: a machine with two cores is busy with the other tests too.
PATIENCE = 180_000
POLLING = 50
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


@dataclass
class Opened:
    """A page, what it asked the network for, and what went wrong in it."""

    page: Page
    address: str = ""
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def open_file(
    browser: Browser, path: Path, width: int = 1280, scripts: bool = True
) -> tuple[BrowserContext, Opened]:
    """Opens a file; all but the file itself is refused and recorded.

    ``width`` is the window's; ``scripts=False`` opens it as a reader without
    JavaScript does.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        offline=True,
        java_script_enabled=scripts,
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    opened = Opened(context.new_page())
    _listen(context, opened)
    turn_to(opened, path, width)
    return context, opened


def turn_to(opened: Opened, path: Path, width: int) -> None:
    """Opens another file in the same window, of which nothing is told yet.

    A window takes Chromium longer to make than a report to read.
    """
    opened.address, opened.requests, opened.errors = path.resolve().as_uri(), [], []
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.goto(opened.address)


def _listen(context: BrowserContext, opened: Opened) -> None:
    def answer(route: Route) -> None:
        if route.request.url.split("#")[0] == opened.address:
            route.continue_()
        else:
            opened.requests.append(route.request.url)
            route.abort()

    def hear(line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"}:
            opened.errors.append(f"{line.type}: {line.text}")

    def dismiss(box: Dialog) -> None:
        opened.errors.append(f"dialog: {box.message}")
        box.dismiss()

    context.route("**/*", answer)
    opened.page.on("pageerror", lambda error: opened.errors.append(f"error: {error}"))
    opened.page.on("console", hear)
    opened.page.on("dialog", dismiss)
    opened.page.on("popup", lambda other: opened.errors.append(f"window: {other.url}"))


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
