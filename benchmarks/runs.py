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

import ctypes
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measured import Line, Spent, measure, named, note

from landscape.paths import project


@dataclass(frozen=True)
class Case:
    """A notebook with a parameter: the values of the plain way, those of a run, its languages.

    ``aim``: how many times the reports a CPU-second.
    """

    notebook: str
    name: str
    plain: list[str]
    each: list[str]
    languages: list[str]
    aim: int


CASES = [
    Case("country_inventory", "country", ["RO", "BG", "MD", "FR"], ["RO", "BG", "MD", "FR"],
         ["en", "fr", "ro", "bg"], 8),
    Case("municipality_profile", "area", ["RO_10", "RO_403", "BG_BLG", "BG_VID"],
         ["every county of RO", "every county of BG", "every municipality of BG"], ["en"], 25),
]  # fmt: skip
SCRIPTS = Path(sys.executable).parent
ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of Linux


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
    """What a report took: by the plain way, in a run; and what a run took with nothing to do."""

    case: Case
    reports: int
    plain: Spent
    ours: Spent
    nothing: Spent
    bytes: float


def measure_case(case: Case, beside: Path, times: int) -> Row:
    """Both ways on one notebook, ``landscape run`` several times from nothing."""
    home = copy_project(beside, case)
    plain = measure(lambda: run_plain(case, beside))
    runs = []
    for _ in range(times):
        shutil.rmtree(home / "reports", ignore_errors=True)
        runs.append(measure(lambda: run_ours(home, 2)))
    nothing = measure(lambda: run_ours(home, 2))
    made = [*(home / "reports").glob(f"{case.notebook}_*.html")]
    cpu, clock = (statistics.median(run[at] for run in runs) / len(made) for at in (0, 1))
    shares = plain.cpu / len(case.plain), plain.clock / len(case.plain), plain.megabytes
    size = statistics.median(path.stat().st_size for path in made)
    ours = Spent(cpu, clock, max(run.megabytes for run in runs))
    return Row(case, len(made), Spent(*shares), ours, nothing, size)


def main() -> None:
    """Print the table."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    load, times = os.getloadavg()[0], 1 if "--once" in sys.argv else 3
    with tempfile.TemporaryDirectory() as beside:
        rows = [measure_case(case, Path(beside), times) for case in CASES]
    write = sys.stdout.write
    write("| notebook | plain: CPU s, clock s, MB | reports | landscape run --jobs 2: CPU s, ")
    write("clock s, MB | times the reports per CPU-second | nothing to do: CPU s, clock s |\n")
    write("|---|---|---|---|---|---|\n")
    for row in rows:
        told = [f"{cpu:.2f}, {clock:.2f}" for cpu, clock, _ in (row.plain, row.ours, row.nothing)]
        told[:2] = [f"{told[0]}, {row.plain.megabytes:.0f}", f"{told[1]}, {row.ours.megabytes:.0f}"]
        ratio = row.plain.cpu / row.ours.cpu
        write(f"| {row.case.notebook} | {told[0]} | {row.reports} | {told[1]} | {ratio:.1f} ")
        write(f"| {told[2]} |\n")
        tell(row, times)
    write(f"\nSeconds a report, nothing to do: in all; landscape: median of {times} run(s); ")
    write(f"load at the start {load:.1f}.\n")


def tell(row: Row, times: int) -> None:
    """The case in the one table."""
    what = f"{row.case.notebook}: {row.reports} reports by landscape run --jobs 2"
    plain = f"{named('papermill')}, {named('nbconvert')}"
    aim, size = f"{row.case.aim} times", f"{row.bytes / 1e6:.2f} MB a report"
    met = row.plain.cpu / row.ours.cpu >= row.case.aim
    note(Line(what, "CPU s a report", row.ours.cpu, plain, row.plain.cpu, times,
              row.ours.megabytes, size, aim, met))  # fmt: skip
    note(Line(f"{row.case.notebook}: nothing to do", "s", row.nothing.clock,
              aim="under 2 s", met=row.nothing.clock < 2))  # fmt: skip


if __name__ == "__main__":
    main()
