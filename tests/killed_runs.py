"""A run that ends at a random moment in one of several ways, and what a reader finds then."""

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from landscape.reports.index import read_card
from landscape.reports.schedule import Run

PROGRAM = """
import resource
import sys
if len(sys.argv) > 2:
    resource.setrlimit(getattr(resource, sys.argv[2]), (int(sys.argv[3]), int(sys.argv[3])))
from pathlib import Path
from landscape.reports import schedule
from landscape.reports.schedule import Run, run_schedule
schedule.hash_code = lambda: "1"  # somebody may be writing code meanwhile
if __name__ == "__main__":
    home = Path(sys.argv[1])
    run_schedule(Run(home, home / "data" / "processed", home / "out", jobs=2))
"""
#: How a run ends: its process killed, every process that it started too, a disk that takes no
#: more, a memory that gives no more.
WAYS = ("process", "group", "disk", "memory")
#: Seconds after which a run is killed that finds neither room nor an end.
PATIENCE = 400


@dataclass(frozen=True)
class Ending:
    """How one run ended: in which way, whether before its time, how many reports were there.

    ``unrecorded`` are reports written after the state was last: their run was
    killed between the two, and the next makes them again.
    """

    way: str
    early: bool
    there: int
    unrecorded: int


def end_at_random(
    run: Run, times: int, seed: int, longest: float, ways: tuple[str, ...] = WAYS
) -> Iterator[Ending]:
    """Run, end the run at a random moment, look at what a reader would see; again, ``times``."""
    moments = random.Random(seed)
    program = run.notebooks / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    for number in range(times):
        way = ways[number % len(ways)]
        early = _run_and_end(program, way, moments, longest)
        there, unrecorded = look_as_a_reader(run.out)
        if not early:
            _put_out_of_date(run.notebooks / "trial.ipynb", number)
        yield Ending(way, early, there, unrecorded)


def _put_out_of_date(notebook: Path, number: int) -> None:
    """Change the notebook, so that all reports are made again over those that are there."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["metadata"]["round"] = number
    notebook.write_text(json.dumps(content), encoding="utf-8")


def _run_and_end(program: Path, way: str, moments: random.Random, longest: float) -> bool:
    limit = _limit(way, moments)
    with (program.parent / "said.log").open("ab") as said:
        started = subprocess.Popen(
            [sys.executable, str(program), str(program.parent), *limit],
            stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
        try:
            code = started.wait(moments.uniform(0.05, longest) if not limit else PATIENCE)
        except subprocess.TimeoutExpired:
            (os.killpg if way == "group" else os.kill)(started.pid, signal.SIGKILL)
            code = started.wait()
    return code != 0


def _limit(way: str, moments: random.Random) -> list[str]:
    """What the run may use: files of a few kilobytes, or little more memory than imports take."""
    if way == "disk":
        return ["RLIMIT_FSIZE", str(moments.randrange(1, 90_000))]
    if way == "memory":
        return ["RLIMIT_AS", str(moments.randrange(150, 1200) * 2**20)]
    return []


def look_as_a_reader(out: Path) -> tuple[int, int]:
    """Every report there is whole and what the state says, the index points at what is there.

    Returns how many reports there are, and how many of them the state does not know yet.
    """
    reports = [page for page in out.glob("*.html") if page.name != "index.html"]
    for page in reports:
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), page
        assert read_card(page), page
    index = out / "index.html"
    if index.exists():
        html = index.read_text(encoding="utf-8")
        assert html.rstrip().endswith("</html>")
        for link in (text.partition('"')[0] for text in html.split('href="')[1:]):
            assert link.startswith("#") or (out / link).is_file(), link
    recorded = _recorded(out / ".landscape" / "runs.sqlite")
    return len(reports), sum(not _is_recorded(page, recorded) for page in reports)


def _is_recorded(page: Path, recorded: dict[str, tuple[int, int, str]]) -> bool:
    size, changed, checksum = recorded.get(page.name, (-1, -1, ""))
    found = page.stat()
    if (found.st_size, found.st_mtime_ns) != (size, changed):
        return False
    assert hashlib.sha256(page.read_bytes()).hexdigest() == checksum, page
    return True


def _recorded(state: Path) -> dict[str, tuple[int, int, str]]:
    if not state.exists():
        return {}
    with closing(sqlite3.connect(state)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'reports'").fetchone():
            return {}  # killed before the state had its tables
        rows = base.execute("SELECT file, size, mtime_ns, sha256 FROM reports").fetchall()
    return {row[0]: row[1:] for row in rows}
