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

from runs import SCRIPTS, measure

from landscape.paths import project

MOST_SECONDS, MOST_BYTES = 240, 60_000


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
        cpu, clock = measure(lambda: told.append(make_pages(home, asked)))
        again = measure(lambda: told.append(make_pages(home, asked)))[1]
        tell(told, asked, (cpu, clock, again, load))


def tell(
    told: list[dict[str, Any]],
    asked: argparse.Namespace,
    measured: tuple[float, float, float, float],
) -> None:
    """The rows of the table, and the aims."""
    cpu, clock, again, load = measured
    index = Path(told[0]["index"])
    sizes = [path.stat().st_size for path in index.parent.glob(f"*/{asked.country}_*.html")]
    rows = {
        "pages made, failed": f"{told[0]['made']:,}, {len(told[0]['failed'])}",
        "seconds by the clock": f"{clock:.0f}",
        "seconds of processors": f"{cpu:.0f}",
        "milliseconds of processors a page": f"{1000 * cpu / max(told[0]['made'], 1):.1f}",
        "bytes a page, median and largest": f"{statistics.median(sizes):,.0f}, {max(sizes):,}",
        "bytes of the index": f"{index.stat().st_size:,}",
        f"second run, {told[1]['made']} made: seconds": f"{again:.1f}",
    }
    write = sys.stdout.write
    write("| measured | |\n|---|---|\n")
    write("".join(f"| {name} | {value} |\n" for name, value in rows.items()))
    write(f"\n{asked.country}, {asked.lang}, --jobs {asked.jobs}; load at the start {load:.1f}. ")
    write(f"Aims for all of France: {MOST_SECONDS} s, {MOST_BYTES:,} bytes.\n")


if __name__ == "__main__":
    main()
