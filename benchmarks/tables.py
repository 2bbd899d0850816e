"""How long the tables of every country take, and how much memory.

    python benchmarks/tables.py [FOLDER_OF_OFFICIAL_FILES]

Without a folder the starter edition is measured. Each country is built by the
real command, in a process of its own, into a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from landscape.sources.registry import countries

MOST_SECONDS, MOST_MEGABYTES = 60, 3000


def measure_country(code: str, raw: Path | None, out: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of ``landscape tables --country CODE``."""
    command = [sys.executable, "-m", "landscape", "tables", "--country", code, "--out", str(out)]
    if raw is not None:
        command += ["--raw", str(raw)]
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr is not None
    said = child.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(said.strip())
    return seconds, usage.ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    """Measure every country and print a line for each and for all together."""
    raw = Path(arguments[0]).resolve() if arguments else None
    total, peak = 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for code in countries():
            seconds, megabytes = measure_country(code, raw, Path(folder))
            total, peak = total + seconds, max(peak, megabytes)
            sys.stdout.write(f"tables {code}: {seconds:.1f} s, {megabytes:.0f} MB\n")
    within = total < MOST_SECONDS and peak < MOST_MEGABYTES
    edition = "full" if raw else "starter"
    sys.stdout.write(
        f"tables, {edition} edition: {total:.1f} s, {peak:.0f} MB at most "
        f"({'within' if within else 'OVER'} {MOST_SECONDS} s and {MOST_MEGABYTES} MB)\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
