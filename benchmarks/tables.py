"""How long the tables of every country take, and how much memory.

    python benchmarks/tables.py [FOLDER_OF_OFFICIAL_FILES]

Without a folder the starter edition is measured. Each country is built by the
real command in a process of its own, then all of them by one command, into a
temporary folder. Memory is the highest sum over all processes of a command, pages
that they share counted once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from measured import Line, measure, note

from landscape.sources.registry import countries

MOST_SECONDS, MOST_MEGABYTES = 60, 3000


def build_tables(code: str | None, raw: Path | None, out: Path) -> None:
    """``landscape tables [--country CODE]``; SystemExit with what it says where it fails."""
    command = [sys.executable, "-m", "landscape", "tables", "--out", str(out)]
    command += ["--country", code] if code else []
    command += ["--raw", str(raw)] if raw else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.strip())


def main(arguments: list[str]) -> None:
    """Measure every country and then all together, and print a line for each."""
    raw = Path(arguments[0]).resolve() if arguments else None
    with tempfile.TemporaryDirectory() as folder:
        for code in countries():
            _, seconds, megabytes = measure(partial(build_tables, code, raw, Path(folder)))
            sys.stdout.write(f"tables {code}: {seconds:.1f} s, {megabytes:.0f} MB\n")
            sys.stdout.flush()
        _, seconds, megabytes = measure(lambda: build_tables(None, raw, Path(folder)))
        weight = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    within = seconds < MOST_SECONDS and megabytes < MOST_MEGABYTES
    edition = "full" if raw else "starter"
    what, size = f"tables of four countries, {edition} edition", f"{weight / 1e6:.0f} MB of tables"
    aim = "under 60 s and 3 GB"
    note(Line(what, "s", seconds, megabytes=megabytes, size=size, aim=aim, met=within))
    sys.stdout.write(
        f"tables, {edition} edition, all countries: {seconds:.1f} s, {megabytes:.0f} MB at most "
        f"({'within' if within else 'OVER'} {MOST_SECONDS} s and {MOST_MEGABYTES} MB)\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
