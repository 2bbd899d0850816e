"""The profiles of all municipalities of a country, made by ``landscape pages``.

    python benchmarks/pages.py [--country FR] [--lang fr] [--jobs 2] [--tables FOLDER]

Without ``--tables`` the project's own tables are taken, whatever their edition.
Prints seconds by the clock and of processors, the sizes of pages and index,
and how long a second run takes that finds nothing to do.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measured import Line, Spent, measure, note
from runs import SCRIPTS

from landscape.paths import project

MOST_SECONDS, MOST_BYTES = 240, 60_000
#: The aim is for all French communes, not for a starter edition.
MANY = 30_000


def make_pages(home: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """What the command says of its run."""
    words = ["--country", asked.country, "--lang", asked.lang, "--jobs", str(asked.jobs)]
    done = subprocess.run(
        [str(SCRIPTS / "landscape"), "pages", *words, "--json"],
        env={**os.environ, "LANDSCAPE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--country", default="FR")
    parser.add_argument("--lang", default="fr")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tables", type=Path, default=project().processed)
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="landscape-") as folder:
        home = Path(folder)
        shutil.copytree(project().notebooks, home / "notebooks")
        (home / "data" / "raw").mkdir(parents=True)
        (home / "data" / "processed").symlink_to(asked.tables.resolve())
        told: list[dict[str, Any]] = []
        spent = measure(lambda: told.append(make_pages(home, asked)))
        again = measure(lambda: told.append(make_pages(home, asked))).clock
        tell(told, asked, spent, (again, load))


def tell(
    told: list[dict[str, Any]],
    asked: argparse.Namespace,
    spent: Spent,
    again_and_load: tuple[float, float],
) -> None:
    """The rows of the table, and the aims."""
    again, load = again_and_load
    made = told[0]["made"]
    index = Path(told[0]["index"])
    sizes = [path.stat().st_size for path in index.parent.glob(f"*/{asked.country}_*.html")]
    rows = {
        "pages made, failed": f"{made:,}, {len(told[0]['failed'])}",
        "seconds by the clock": f"{spent.clock:.0f}",
        "seconds of processors": f"{spent.cpu:.0f}",
        "milliseconds of processors a page": f"{1000 * spent.cpu / max(made, 1):.1f}",
        "peak megabytes": f"{spent.megabytes:.0f}",
        "bytes a page, median and largest": f"{statistics.median(sizes):,.0f}, {max(sizes):,}",
        "bytes of the index": f"{index.stat().st_size:,}",
        f"second run, {told[1]['made']} made: seconds": f"{again:.1f}",
    }
    write = sys.stdout.write
    write("| measured | |\n|---|---|\n")
    write("".join(f"| {name} | {value} |\n" for name, value in rows.items()))
    size = f"{statistics.median(sizes) / 1e3:.0f} kB a page, {max(sizes) / 1e3:.0f} at most"
    met = spent.clock < MOST_SECONDS and max(sizes) < MOST_BYTES if made > MANY else None
    note(Line(f"landscape pages: {made:,} of {asked.country} in {asked.lang}", "s", spent.clock,
              megabytes=spent.megabytes, size=size,
              aim=f"34,875 in {MOST_SECONDS} s, 60 kB at most", met=met))  # fmt: skip
    write(f"\n{asked.country}, {asked.lang}, --jobs {asked.jobs}; load at the start {load:.1f}. ")
    write(f"Aims for all of France: {MOST_SECONDS} s, {MOST_BYTES:,} bytes.\n")


if __name__ == "__main__":
    main()
