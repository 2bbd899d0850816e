"""How long the tables of every country take, and how much memory.

    python benchmarks/tables.py [FOLDER_OF_OFFICIAL_FILES]

Without a folder the starter edition is measured. Each country is built by the
real command in a process of its own, then all of them by one command, into a
temporary folder. Memory is the highest sum over all processes of a command.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from landscape.sources.registry import countries

MOST_SECONDS, MOST_MEGABYTES = 60, 3000
EVERY_SECONDS = 0.1


def measure_tables(code: str | None, raw: Path | None, out: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of ``landscape tables [--country CODE]``."""
    command = [sys.executable, "-m", "landscape", "tables", "--out", str(out)]
    command += ["--country", code] if code else []
    command += ["--raw", str(raw)] if raw else []
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        peak = 0.0
        while child.poll() is None:
            peak = max(peak, _megabytes(child))
            time.sleep(EVERY_SECONDS)
        seconds = time.monotonic() - started
        if child.returncode != 0:
            said.seek(0)
            raise SystemExit(said.read().decode("utf-8", "replace").strip())
    return seconds, peak


def _megabytes(child: psutil.Popen) -> float:
    """Resident memory of a process and all that it started."""
    total = 0
    try:
        for process in [child, *child.children(recursive=True)]:
            total += process.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total / 2**20


def main(arguments: list[str]) -> None:
    """Measure every country and then all together, and print a line for each."""
    raw = Path(arguments[0]).resolve() if arguments else None
    with tempfile.TemporaryDirectory() as folder:
        for code in countries():
            seconds, megabytes = measure_tables(code, raw, Path(folder))
            sys.stdout.write(f"tables {code}: {seconds:.1f} s, {megabytes:.0f} MB\n")
            sys.stdout.flush()
        seconds, megabytes = measure_tables(None, raw, Path(folder))
    within = seconds < MOST_SECONDS and megabytes < MOST_MEGABYTES
    edition = "full" if raw else "starter"
    sys.stdout.write(
        f"tables, {edition} edition, all countries: {seconds:.1f} s, {megabytes:.0f} MB at most "
        f"({'within' if within else 'OVER'} {MOST_SECONDS} s and {MOST_MEGABYTES} MB)\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
