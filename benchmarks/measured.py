"""What a benchmark measured: processor, clock, memory, and its line in the one table.

``make bench`` (``run.py``) gathers the lines of all programs; run by itself, a
program prints its own tables only.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import psutil

#: The file that ``run.py`` gathers lines in.
GATHERED = "LANDSCAPE_BENCHMARKS"
#: At least so long between two looks, and so many times as long as a look takes: looks cost too.
EVERY_SECONDS, TIMES_A_LOOK = 0.2, 50


@dataclass(frozen=True)
class Line:
    """A line of the one table.

    ``own`` is this project's figure in ``unit``; ``beside`` names the other way with
    its version and ``other`` is its figure; ``runs`` how many runs the medians are of;
    ``megabytes`` the peak of memory, ``size`` what the result weighs; ``aim`` in words
    and whether it is ``met``.
    """

    what: str
    unit: str
    own: float
    beside: str = ""
    other: float | None = None
    runs: int = 1
    megabytes: float | None = None
    size: str = ""
    aim: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Growth:
    """Seconds of processor and peak megabytes of the same work on ``times`` the data."""

    what: str
    times: float
    size: str
    seconds: float
    megabytes: float


class Spent(NamedTuple):
    """Processor seconds, seconds of the clock and peak megabytes of what was started."""

    cpu: float
    clock: float
    megabytes: float


def note(line: Line | Growth) -> None:
    """Hand a line to ``run.py``, where that is what started this program."""
    if path := os.environ.get(GATHERED):
        kind = "growth" if isinstance(line, Growth) else "line"
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"kind": kind, **asdict(line)}) + "\n")


def named(package: str) -> str:
    """The package with its version."""
    return f"{package} {version(package)}"


def measure(work: Callable[[], object]) -> Spent:
    """What the processes took that the work starts, and all that they start.

    Memory is the highest sum over all of them, pages that they share counted once
    (PSS; looked at up to five times a second).
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started, done, peak = time.perf_counter(), threading.Event(), [0.0]

    def watch() -> None:
        pause = EVERY_SECONDS
        while not done.wait(pause):
            began = time.perf_counter()
            peak[0] = max(peak[0], _megabytes())
            pause = max(EVERY_SECONDS, TIMES_A_LOOK * (time.perf_counter() - began))

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        work()
    finally:
        done.set()
        watching.join()
    with contextlib.suppress(ChildProcessError):
        while True:  # the server of forks outlives its run by a moment
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(spent, time.perf_counter() - started, peak[0])


def _megabytes() -> float:
    total = 0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            total += process.memory_full_info().pss
    return total / 2**20
