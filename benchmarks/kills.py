"""Runs ended at random moments, in several ways: what a reader finds, what the next run does.

Ways: the run's process killed (SIGKILL); every process that it started too; a
disk that takes no more than a few kilobytes a file; a memory that gives no more
than little above what imports take; where the system allows it, a disk of its
own that is full (tmpfs). After each ending every report in the folder is read:
whole, its checksum that of the state, and every link of the index at a file.
``--times N`` endings, 180 by default: two in three are kills.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from measured import Line, note

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from conftest import write_cells  # noqa: E402
from killed_runs import WAYS, Ending, end_at_random, look_as_a_reader  # noqa: E402
from landscape.reports import schedule  # noqa: E402
from landscape.reports.schedule import Run, run_schedule  # noqa: E402

REPORTS, SEED, LONGEST = 8, 20261123, 6.0
#: Twice as many kills as shortages, which take longer: what fails for want of them is tried again.
MIX = ("process", "group", "process", "group", "disk", "memory")
CELLS = [
    'name = "a"\nlang = "en"',
    """
from IPython.display import display
facts = {"kind": "page", "title": name, "country": "RO", "theme": "", "subtitle": "",
         "edition": "", "language": lang}
said = f"<h1>{name}</h1>" + "<p>some words</p>" * 3000
display({"text/html": said, "application/vnd.landscape.block+json": facts}, raw=True)
""",
]


def make_project(home: Path) -> Run:
    """A project of light reports."""
    (home / "data" / "processed" / "RO").mkdir(parents=True)
    write_cells(home / "trial.ipynb", CELLS)
    names = ", ".join(f"n{each}" for each in range(REPORTS))
    plan = f"editions: {{e: [{{notebook: trial, each: {{name: [{names}]}}}}]}}"
    (home / "reports.yml").write_text(plan, encoding="utf-8")
    return Run(home, home / "data" / "processed", home / "out", jobs=2)


def fill_disks(home: Path, sizes: range) -> list[Ending]:
    """Runs into a folder on a disk of its own, of some kilobytes; empty where it is not allowed."""
    endings = []
    for size in sizes:
        run = make_project(home / str(size))
        run.out.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(run.out)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            return []
        try:
            (ending,) = end_at_random(run, 1, SEED, 600, ("full disk",))
            endings.append(ending)
            subprocess.run(
                ["mount", "-o", "remount,size=64m", str(run.out)], check=True, capture_output=True
            )
            finish(run)
        finally:
            subprocess.run(["umount", str(run.out)], check=True)
    return endings


def finish(run: Run) -> None:
    """The run that nobody disturbs makes the rest; RuntimeError where it does not."""
    summary = run_schedule(run)
    if summary.failed or look_as_a_reader(run.out) != (REPORTS, 0):
        raise RuntimeError(f"the run after them does not finish: {summary.failed[:1]}")


def main() -> None:
    """Print a row a way."""
    words = argparse.ArgumentParser()
    words.add_argument("--times", type=int, default=180)
    times = words.parse_args().times
    schedule.hash_code = lambda: "1"
    load, started = os.getloadavg()[0], time.monotonic()
    with tempfile.TemporaryDirectory() as beside:
        os.environ["LANDSCAPE_HOME"] = beside
        run = make_project(Path(beside) / "runs")
        endings = list(end_at_random(run, times, SEED, LONGEST, MIX))
        finish(run)
        endings += fill_disks(Path(beside) / "disks", range(60, 660, 120))
    tell(endings, time.monotonic() - started, load)


def tell(endings: list[Ending], seconds: float, load: float) -> None:
    """A row a way. A look that finds half a page or a dead link has stopped the program before."""
    write = sys.stdout.write
    write("| way | runs | ended before their time | reports then there, least to most ")
    write("| of them written but not yet recorded |\n|---|---|---|---|---|\n")
    counts = Counter(each.way for each in endings)
    for way in [*WAYS, "full disk"]:
        rows = [each for each in endings if each.way == way]
        if not rows:
            continue
        there = [each.there for each in rows]
        write(
            f"| {way} | {counts[way]} | {sum(each.early for each in rows)} "
            f"| {min(there)} to {max(there)} | {sum(each.unrecorded for each in rows)} |\n"
        )
    # A look that finds half a page or a dead link has stopped the program before.
    note(Line(f"{len(endings)} endings of runs at random moments, 8 reports each", "s", seconds,
              aim="100 endings, nothing half done", met=len(endings) >= 100))  # fmt: skip
    write(
        f"\n{len(endings)} endings, {REPORTS} reports a run, every look passed, the run after them "
        f"finished; {seconds:.0f} s, load at the start {load:.1f}.\n"
    )


if __name__ == "__main__":
    main()
