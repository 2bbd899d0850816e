"""How much each report weighs and how soon Chromium has it ready.

    python benchmarks/readiness.py [FOLDER_OF_REPORTS]

For every report of the folder (default ``reports/``): its weight as it stands
and compressed by gzip, and the seconds from opening the file until it has
loaded and until it is painted, median of three. The network is refused.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import sys
from pathlib import Path

from measured import Line, note
from playwright.sync_api import Browser, sync_playwright

from landscape.paths import project

MOST_BYTES, MOST_SECONDS = 3_000_000, 2.0
TIMES = 3
#: Two frames after loading, what was laid out has been painted.
TIMED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
    () => done([performance.getEntriesByType("navigation")[0].loadEventEnd / 1000,
                performance.now() / 1000]))))"""


def open_once(browser: Browser, path: Path) -> tuple[float, float]:
    """Seconds until the report has loaded, and until it is painted."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    loaded, painted = page.evaluate(TIMED)
    context.close()
    return loaded, painted


def main() -> None:
    """Print a line a report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=project().reports)
    paths = sorted(parser.parse_args().folder.glob("*.html"))
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not paths or browser_path is None:
        sys.exit("no report in the folder, or no chromium on this machine")
    sys.stdout.write(f"Load {os.getloadavg()[0]:.1f} at the start.\n\n")
    sys.stdout.write(
        "| report | MB | compressed | loaded, s | painted, s |\n|---|---|---|---|---|\n"
    )
    missed, slowest, heaviest = [], 0.0, 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for path in paths:
            content = path.read_bytes()
            times = [open_once(browser, path) for _ in range(TIMES)]
            loaded, painted = (statistics.median(each) for each in zip(*times, strict=True))
            sizes = f"{len(content) / 1e6:.2f} | {len(gzip.compress(content)) / 1e6:.2f}"
            sys.stdout.write(f"| {path.stem} | {sizes} | {loaded:.2f} | {painted:.2f} |\n")
            slowest, heaviest = max(slowest, painted), max(heaviest, len(content))
            if len(content) > MOST_BYTES or painted > MOST_SECONDS:
                missed.append(path.name)
        browser.close()
    aims = f"under {MOST_BYTES / 1e6:.0f} MB and painted within {MOST_SECONDS:.0f} s"
    note(Line(f"the slowest of {len(paths)} reports, painted in Chromium", "s", slowest, runs=TIMES,
              size=f"{heaviest / 1e6:.2f} MB at most", aim=aims, met=not missed))  # fmt: skip
    sys.stdout.write(f"\n{len(paths)} reports; aim {aims}, missed by: {', '.join(missed) or '-'}\n")


if __name__ == "__main__":
    main()
