"""Reports a CPU-second: ``landscape run`` beside the plain way, on the same notebooks.

The plain way is what an analyst would type: the command ``papermill`` with the
notebook and its parameters, then ``jupyter nbconvert --to html --no-input``,
one report after the other: each costs the same however many there are, so that
four of each notebook are measured. ``landscape run`` makes an edition: the four
countries in four languages, and a profile of every county of Romania and Bulgaria
and of every Bulgarian municipality. ``--once`` runs it once instead of three times.
Processor time is counted over every process that either way starts, kernels and
servers of forks included.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from landscape.paths import project


@dataclass(frozen=True)
class Case:
    """A notebook with a parameter: the values of the plain way, those of a run, its languages."""

    notebook: str
    name: str
    plain: list[str]
    each: list[str]
    languages: list[str]


CASES = [
    Case("country_inventory", "country", ["RO", "BG", "MD", "FR"], ["RO", "BG", "MD", "FR"],
         ["en", "fr", "ro", "bg"]),
    Case("municipality_profile", "area", ["RO_10", "RO_403", "BG_BLG", "BG_VID"],
         ["every county of RO", "every county of BG", "every municipality of BG"], ["en"]),
]  # fmt: skip
SCRIPTS = Path(sys.executable).parent


ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of Linux


def measure(work: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds of the processes that the work starts, and seconds of the clock."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    work()
    with contextlib.suppress(ChildProcessError):
        while True:  # the server of forks outlives its run by a moment
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - started


def run_plain(case: Case, folder: Path) -> None:
    """papermill, then nbconvert, for each value."""
    source = project().notebooks / f"{case.notebook}.ipynb"
    for value in case.plain:
        done = folder / f"{case.notebook}_{value}.ipynb"
        for command in (
            ["papermill", str(source), str(done), "-p", case.name, value, "-k", "python3"],
            ["jupyter", "nbconvert", "--to", "html", "--no-input", str(done)],
        ):
            call([str(SCRIPTS / command[0]), *command[1:]], project().root)


def run_ours(folder: Path, jobs: int) -> None:
    """``landscape run`` in a project of the same tables and notebooks."""
    command = [str(SCRIPTS / "landscape"), "run", "--jobs", str(jobs), "--json"]
    call(command, folder, LANDSCAPE_HOME=str(folder))


def call(command: list[str], folder: Path, **more: str) -> None:
    """Run a command in silence; where it fails, show what it said."""
    environment = {**os.environ, **more, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-800:]}")


def copy_project(folder: Path, case: Case) -> Path:
    """A project with the same notebooks and tables, and a plan of these reports."""
    home = folder / case.notebook
    shutil.copytree(project().notebooks, home / "notebooks")
    (home / "data" / "raw").mkdir(parents=True)
    (home / "data" / "processed").symlink_to(project().processed)
    entry = {"notebook": case.notebook, "each": {case.name: case.each}, "languages": case.languages}
    plan = json.dumps({"editions": {"technical": [entry]}})
    (home / "notebooks" / "reports.yml").write_text(plan, encoding="utf-8")
    return home


@dataclass(frozen=True)
class Row:
    """Processor seconds and seconds of the clock: of the plain way and a run, a report each."""

    case: Case
    reports: int
    plain: tuple[float, float]
    ours: tuple[float, float]
    nothing: tuple[float, float]


def measure_case(case: Case, beside: Path, times: int) -> Row:
    """Both ways on one notebook, ``landscape run`` several times from nothing."""
    home = copy_project(beside, case)
    plain = measure(lambda: run_plain(case, beside))
    runs = []
    for _ in range(times):
        shutil.rmtree(home / "reports", ignore_errors=True)
        runs.append(measure(lambda: run_ours(home, 2)))
    nothing = measure(lambda: run_ours(home, 2))
    made = len([*(home / "reports").glob(f"{case.notebook}_*.html")])
    cpu, clock = (statistics.median(each) / made for each in zip(*runs, strict=True))
    shares = (plain[0] / len(case.plain), plain[1] / len(case.plain))
    return Row(case, made, shares, (cpu, clock), nothing)


def main() -> None:
    """Print the table."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    load, times = os.getloadavg()[0], 1 if "--once" in sys.argv else 3
    with tempfile.TemporaryDirectory() as beside:
        rows = [measure_case(case, Path(beside), times) for case in CASES]
    write = sys.stdout.write
    write("| notebook | plain: CPU s, clock s | reports | landscape run --jobs 2: CPU s, clock s ")
    write("| times the reports per CPU-second | nothing to do: CPU s, clock s |\n")
    write("|---|---|---|---|---|---|\n")
    for row in rows:
        told = [f"{cpu:.2f}, {clock:.2f}" for cpu, clock in (row.plain, row.ours, row.nothing)]
        ratio = row.plain[0] / row.ours[0]
        write(f"| {row.case.notebook} | {told[0]} | {row.reports} | {told[1]} | {ratio:.1f} ")
        write(f"| {told[2]} |\n")
    write(f"\nSeconds a report, nothing to do: in all; landscape: median of {times} run(s); ")
    write(f"load at the start {load:.1f}.\n")


if __name__ == "__main__":
    main()
