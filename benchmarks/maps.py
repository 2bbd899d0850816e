"""How long maps take to make and to draw, and what they weigh.

    python benchmarks/maps.py [FOLDER_OF_OFFICIAL_FILES] [--tables FOLDER]

1. All French communes of the full edition as the report's choropleth: seconds
   to make it (simplified borders included), weight of the drawing as it stands
   and compressed by gzip, seconds until Chromium has painted a report of that
   one figure. The tables are built from the official files (default
   ``../shared/data``) into a temporary folder, or read from ``--tables``.
2. A map to look into of 3,000 Romanian municipalities with every indicator
   that is known: seconds to make, weight in a report, seconds to draw.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import nbformat
from measured import Line, note
from playwright.sync_api import sync_playwright

from landscape.figures import (
    Figure,
    MapLayer,
    layers,
    plot_choropleth,
    plot_drill_down,
    scene,
)
from landscape.inventory import load
from landscape.language import language
from landscape.paths import project
from landscape.reports.blocks import pack
from landscape.reports.drill_down import data_element, frame_page
from landscape.reports.export import export_page
from landscape.reports.page import Page
from landscape.reports.reading import Reading

MOST_COMPRESSED, MOST_TO_MAKE, MOST_TO_DRAW = 800_000, 6.0, 1.5
MOST_AREAS = 3000
TIMES = 5
#: Two frames after loading, what was laid out has been painted.
PAINTED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
    () => done(performance.now() / 1000))))"""
#: The page of the map has drawn when its own script has told it so.
LOOKED = "() => document.querySelector('.static.replaced') !== null"


def build_tables(official: Path, out: Path) -> None:
    """The full edition of France, by the real command."""
    command = [sys.executable, "-m", "landscape", "tables", "--country", "FR"]
    folders = ["--raw", str(official), "--out", str(out)]
    subprocess.run([*command, *folders], check=True, stdout=subprocess.DEVNULL)


def map_communes(reading: Reading) -> Figure:
    """Every commune, as the reports draw a map, with the borders of the départements."""
    name = next(n for n in reading.known_indicators("needs") if _known(reading, n) > 0.5)
    rows = reading.values(name, "municipality")
    return plot_choropleth(
        reading.areas("municipality"),
        rows["value"],
        title=reading.title(name),
        unit=reading.unit(name),
        source=reading.source_line(name, "municipality"),
        language=reading.language,
        outline=reading.counties,
        status=rows["status"],
    )


def _known(reading: Reading, name: str) -> float:
    return float(reading.values(name, "municipality")["value"].notna().mean())


def look_into(reading: Reading) -> Figure:
    """The first 3,000 municipalities with every indicator known of them."""
    areas = reading.areas("municipality").head(MOST_AREAS)
    layers = []
    for group in ("services", "resources", "needs", "territory"):
        for name in reading.known_indicators(group):
            rows = reading.values(name, "municipality")
            rows = rows[rows.index.isin(areas["area_id"])]
            if rows["value"].notna().any():
                source = reading.source_line(name, "municipality")
                told = (reading.title(name), reading.unit(name), source)
                layers.append(MapLayer(*told, rows["value"], rows["low"], rows["high"]))
    return plot_drill_down(areas, layers, title="3,000 areas", language=reading.language)


def timed(make: Callable[[], Figure]) -> tuple[Figure, float, float]:
    """The figure, median seconds of the clock and of the processor, each time from nothing."""
    clock, processor = [], []
    for _ in range(TIMES):
        for remembered in (*vars(scene).values(), *vars(layers).values()):
            if hasattr(remembered, "cache_clear"):
                remembered.cache_clear()
        started, spent = time.perf_counter(), time.process_time()
        figure = make()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - spent)
    return figure, statistics.median(clock), statistics.median(processor)


def write_report(figure: Figure, path: Path) -> None:
    """A report with this figure alone."""
    page = Page(language("en"), figure.title)
    outputs = [
        nbformat.v4.new_output("display_data", data=block._repr_mimebundle_())
        for block in (page, page.figure(figure))
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    path.write_text(export_page(notebook, {"language": "en"}, date.today()), encoding="utf-8")


def draw(path: Path, until: str = "") -> float:
    """Median seconds from opening the file to its being painted."""
    taken = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for _ in range(TIMES):
            page = browser.new_page(viewport={"width": 1280, "height": 1400})
            page.goto(path.resolve().as_uri())
            if until:
                page.wait_for_function(until)
            taken.append(page.evaluate(PAINTED))
            page.close()
        browser.close()
    return statistics.median(taken)


def main() -> None:
    """Print both tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "official", nargs="?", type=Path, default=project().root.parent / "shared/data"
    )
    asked.add_argument("--tables", type=Path)
    options = asked.parse_args()
    load_now = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        tables = options.tables or Path(folder)
        if options.tables is None:
            build_tables(options.official, tables)
        measure_communes(Reading(load("FR", tables), language("en")), Path(folder) / "map.html")
        measure_looked_into(Reading(load("RO"), language("en")), Path(folder) / "map.html")
    sys.stdout.write(f"\nMedian of {TIMES}; load at the start {load_now:.1f}.\n")


def measure_communes(france: Reading, path: Path) -> None:
    """A line per measure, with its aim."""
    figure, clock, processor = timed(lambda: map_communes(france))
    write_report(figure, path)
    packed = len(gzip.compress(figure.svg.encode(), 9))
    write = sys.stdout.write
    write(f"| {len(france.areas('municipality')):,} communes | measured | aim |\n|---|---|---|\n")
    write(f"| drawing, MB | {len(figure.svg) / 1e6:.2f} | |\n")
    write(f"| compressed by gzip, MB | {packed / 1e6:.2f} | {MOST_COMPRESSED / 1e6} |\n")
    write(f"| made, s (processor) | {clock:.1f} ({processor:.1f}) | {MOST_TO_MAKE} |\n")
    drawn = draw(path)
    write(f"| drawn in Chromium, s | {drawn:.2f} | {MOST_TO_DRAW} |\n")
    size = f"{len(figure.svg) / 1e6:.2f} MB, {packed / 1e6:.2f} compressed"
    note(Line("map of every French commune, made", "s", clock, runs=TIMES, size=size,
              aim=f"{MOST_TO_MAKE:.0f} s, {MOST_COMPRESSED / 1e6} MB compressed",
              met=clock < MOST_TO_MAKE and packed < MOST_COMPRESSED))  # fmt: skip
    note(Line("the same, drawn in Chromium", "s", drawn, runs=TIMES,
              aim=f"{MOST_TO_DRAW} s", met=drawn < MOST_TO_DRAW))  # fmt: skip


def measure_looked_into(romania: Reading, path: Path) -> None:
    """A sentence on the largest map to look into."""
    figure, clock, processor = timed(lambda: look_into(romania))
    write_report(figure, path)
    data = figure.drill_down or {}
    weight = len(pack(data_element(data))) + len(pack(frame_page()))
    sys.stdout.write(
        f"\nMap to look into: {MOST_AREAS:,} areas, {len(data['layers'])} indicators: "
        f"{weight / 1e6:.2f} MB in a report of {path.stat().st_size / 1e6:.2f} MB, "
        f"made in {clock:.1f} s ({processor:.1f} s of processor), "
        f"drawn in {draw(path, LOOKED):.2f} s.\n"
    )


if __name__ == "__main__":
    main()
