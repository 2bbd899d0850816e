"""Reports of one run on a Dask cluster of this machine: one worker, then two, of one thread each.

Profiles of Romanian counties, starter tables. Cold: the workers have just
started and read the tables; warm: the same reports once more, on workers that
have. Beside it, in the same run, ``--jobs 1`` and ``--jobs 2`` without a cluster.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from measured import Line, note
from runs import call

from conftest import write_cells
from landscape.paths import project

if TYPE_CHECKING:
    from collections.abc import Iterator

AREAS = ["RO_10", "RO_29", "RO_38", "RO_47", "RO_56", "RO_65"]
AREAS += ["RO_74", "RO_83", "RO_92", "RO_109", "RO_118", "RO_519"]
#: Reports that wait instead of computing show how work is shared where processors are busy.
WAIT = 4
WAITING = [
    'area = "RO_1"\nlang = "en"\nedition = "technical"',
    f"""
import time
from IPython.display import display
time.sleep({WAIT})
facts = {{"kind": "page", "title": area, "country": "RO", "theme": "", "subtitle": "",
         "edition": "", "language": lang}}
display({{"text/html": "<h1>x</h1>", "application/vnd.landscape.block+json": facts}}, raw=True)
""",
]
SCRIPTS = Path(sys.executable).parent
SECONDS_TO_START = 60


def copy_project(home: Path) -> Path:
    """A project with the same notebooks and tables, and a plan of profiles."""
    shutil.copytree(project().notebooks, home / "notebooks")
    (home / "data" / "raw").mkdir(parents=True)
    (home / "data" / "processed").symlink_to(project().processed)
    entry = {"notebook": "municipality_profile", "each": {"area": AREAS}}
    plan = json.dumps({"editions": {"profiles": [entry]}})
    (home / "notebooks" / "reports.yml").write_text(plan, encoding="utf-8")
    return home


def run_once(home: Path, *words: str) -> float:
    """Seconds of one run of all reports."""
    shutil.rmtree(home / "reports", ignore_errors=True)
    started = time.perf_counter()
    command = [str(SCRIPTS / "landscape"), "run", "--json", *words]
    call(command, home, LANDSCAPE_HOME=str(home))
    return time.perf_counter() - started


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler and workers, each a process; gives the scheduler's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = [*dask, "worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    started = []
    try:
        for words in [scheduler, *[worker] * workers]:
            started.append(
                subprocess.Popen(
                    words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
        wait_for(address, workers)
        yield address
    finally:
        for process in started:
            process.kill()
        for process in started:
            process.wait()


def wait_for(address: str, workers: int) -> None:
    """Wait until all workers have joined."""
    from distributed import Client  # noqa: PLC0415  (an extra)

    with Client(address, timeout=SECONDS_TO_START, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=SECONDS_TO_START)


def measure(home: Path, folder: Path, count: int, title: str) -> None:
    """A row for one worker, for two, and for the processes of this machine."""
    write = sys.stdout.write
    warms: list[float] = []
    for workers in (1, 2):
        with cluster_of(workers, folder) as address:
            cold, warm = (run_once(home, "--cluster", address) for _ in range(2))
        warms.append(warm)
        write(f"| {title} | cluster, {workers} worker(s) | {cold:.1f} | {warm:.1f} ")
        write(f"| {60 * count / warm:.1f} |\n")
    what = f"{title} on a cluster of two workers"
    note(Line(what, "s", warms[1], "one worker", warms[0]))
    for jobs in (1, 2):
        cold = run_once(home, "--jobs", str(jobs))
        write(f"| {title} | --jobs {jobs} | {cold:.1f} | | {60 * count / cold:.1f} (cold) |\n")


def main() -> None:
    """Print the table."""
    write = sys.stdout.write
    load = os.getloadavg()[0]
    write("| reports | where | cold, s | warm, s | reports a minute |\n|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as beside:
        home = copy_project(Path(beside) / "home")
        if "--waiting" not in sys.argv:
            measure(home, Path(beside), len(AREAS), f"{len(AREAS)} profiles")
        write_cells(home / "notebooks" / "municipality_profile.ipynb", WAITING)
        measure(home, Path(beside), len(AREAS), f"{len(AREAS)} that wait {WAIT} s each")
    write(f"\nLoad at the start {load:.1f} on {os.cpu_count()} cores.\n")


if __name__ == "__main__":
    main()
