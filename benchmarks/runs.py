"""Reports a CPU-second: ``landscape run`` beside the plain way, on the same notebooks.

The plain way is what an analyst would type: the command ``papermill`` with the
notebook and its parameters, then ``jupyter nbconvert --to html --no-input``,
one report after the other. ``--short`` takes the first and the last report of
each notebook, once; ``--once`` all of them, once. Processor time is counted over every process that
either way starts, kernels and servers of forks included.
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
from pathlib import Path

from landscape.paths import project

SETS = {
    "country_inventory": ("country", ["RO", "BG", "MD", "FR"]),
    "municipality_profile": ("area", ["RO_1017", "RO_1151", "BG_VAR06", "FR_73065"]),
}
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


def run_plain(notebook: str, name: str, values: list[str], folder: Path) -> None:
    """papermill, then nbconvert, for each value."""
    source = project().notebooks / f"{notebook}.ipynb"
    for value in values:
        done = folder / f"{notebook}_{value}.ipynb"
        for command in (
            ["papermill", str(source), str(done), "-p", name, value, "-k", "python3"],
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


def copy_project(folder: Path, notebook: str, name: str, values: list[str]) -> Path:
    """A project with the same notebooks and tables, and a plan of these reports."""
    home = folder / notebook
    shutil.copytree(project().notebooks, home / "notebooks")
    (home / "data" / "raw").mkdir(parents=True)
    (home / "data" / "processed").symlink_to(project().processed)
    entry = {"notebook": notebook, "each": {name: values}}
    plan = json.dumps({"editions": {"technical": [entry]}})
    (home / "notebooks" / "reports.yml").write_text(plan, encoding="utf-8")
    return home


def main() -> None:
    """Print the table."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    load = os.getloadavg()[0]
    short = "--short" in sys.argv
    times = 1 if short or "--once" in sys.argv else 3
    rows = []
    with tempfile.TemporaryDirectory() as beside:
        for notebook, (name, every) in SETS.items():
            values = [every[0], every[-1]] if short else every
            home = copy_project(Path(beside), notebook, name, values)
            plain = measure(lambda n=notebook, p=name, v=values: run_plain(n, p, v, Path(beside)))
            ours = []
            for _ in range(times):
                shutil.rmtree(home / "reports", ignore_errors=True)
                ours.append(measure(lambda h=home: run_ours(h, 2)))
            nothing = measure(lambda h=home: run_ours(h, 2))
            cpu, clock = (statistics.median(each) for each in zip(*ours, strict=True))
            rows.append((notebook, len(values), *plain, cpu, clock, *nothing))
    print_table(rows, load, times)


def print_table(
    rows: list[tuple[str, int, float, float, float, float, float, float]], load: float, times: int
) -> None:
    """A row a notebook: seconds of processor and clock a report, and the ratio."""
    write = sys.stdout.write
    write("| notebook | reports | plain: CPU s, clock s | landscape run --jobs 2: CPU s, clock s ")
    write("| times the reports per CPU-second | nothing to do: CPU s, clock s |\n")
    write("|---|---|---|---|---|---|\n")
    for notebook, count, plain_cpu, plain_clock, cpu, clock, idle_cpu, idle in rows:
        write(
            f"| {notebook} | {count} | {plain_cpu / count:.2f}, {plain_clock / count:.2f} "
            f"| {cpu / count:.2f}, {clock / count:.2f} | {plain_cpu / cpu:.1f} "
            f"| {idle_cpu:.2f}, {idle:.2f} |\n"
        )
    write(
        f"\nSeconds a report; landscape: median of {times} run(s); load at the start {load:.1f}.\n"
    )


if __name__ == "__main__":
    main()
