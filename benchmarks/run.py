"""Run every benchmark of this folder, one after the other: ``make bench``.

    python benchmarks/run.py [NAME ...] [--write] [--keep FILE]

Without names all are run: more than an hour on two cores that nothing else
uses. At the end stands one table: this project beside the other ways, with
versions, medians, peak memory, sizes and aims; then how cost grows with the data.
``--write`` puts it into ``benchmarks/README.md``, in place of the last one. ``--keep``
names a file that keeps the lines: those of other programs, measured earlier, stay in
the table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from measured import GATHERED, named

HERE = Path(__file__).parent
OFFICIAL = HERE.parents[1] / "shared" / "data"
#: Programs, with whether they read the official files.
BENCHMARKS = {
    "tables": False,
    "service_access": False,
    "growth": False,
    "runs": False,
    "pages": True,
    "cluster": False,
    "maps": True,
    "readiness": False,
    "peers": False,
    "matching": True,
    "unseen_names": True,
    "associations": True,
    "through_time": True,
    "duplicates": True,
    "providers": False,
    "small_areas": False,
    "damage": False,
    "kills": False,
}
PACKAGES = (
    "landscape numpy pandas geopandas shapely scipy rapidfuzz access papermill nbconvert plotly"
)
HEADING = "## The one table"


def run_all(names: list[str], gathered: Path) -> list[str]:
    """Print each benchmark's table under its name; the names of those that failed."""
    failed = []
    tables = gathered.parent / "tables"
    for name in names:
        say(f"\n## {name}\n\n")
        if BENCHMARKS[name] and not OFFICIAL.is_dir():
            say("left out: it reads the official files, expected in ../shared/data\n")
            continue
        for words in commands(name, tables):
            environment = {**os.environ, GATHERED: str(gathered)}
            done = subprocess.run(words, check=False, cwd=HERE.parent, env=environment)
            if done.returncode:
                failed.append(name)
                break
    return failed


def commands(name: str, tables: Path) -> list[list[str]]:
    """The commands of a benchmark: some measure the starter edition and the full one."""
    program = [sys.executable, str(HERE / f"{name}.py")]
    if name == "tables" and OFFICIAL.is_dir():
        return [program, [*program, str(OFFICIAL)]]
    if name == "damage":
        return [[*program, "--seeds", "1"]]
    if name == "pages":
        build = [sys.executable, "-m", "landscape", "tables", "--raw", str(OFFICIAL)]
        return [[*build, "--out", str(tables)], [*program, "--tables", str(tables)]]
    return [program]


def one_table(gathered: Path) -> str:
    """The lines that the programs noted, as tables."""
    read = [json.loads(line) for line in gathered.read_text(encoding="utf-8").splitlines()]
    # Measured again: the last one counts, where the first one stood.
    notes = {(each["what"], each.get("times"), each["kind"]): each for each in read}.values()
    lines = [each for each in notes if each["kind"] == "line"]
    growths = [each for each in notes if each["kind"] == "growth"]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    text = [
        f"`python benchmarks/run.py` on {date.today():%Y-%m-%d}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB, load {os.getloadavg()[0]:.1f} at the end; "
        f"Python {platform.python_version()}, "
        + ", ".join(named(package) for package in PACKAGES.split())
        + ". Medians of so many runs; peak memory of all processes together.",
        "",
        "| measured | landscape | beside it | times | runs | peak MB | size | aim |",
        "|---|---|---|---|---|---|---|---|",
        *(as_row(line) for line in lines),
        "",
        "How cost grows (seconds of processor; seconds by the least data; peak memory):",
        "",
        "| work | data | size | CPU s | times the cost | peak MB |",
        "|---|---|---|---|---|---|",
    ]
    least = {each["what"]: each["seconds"] for each in reversed(growths)}
    for each in growths:
        ratio = each["seconds"] / max(least[each["what"]], 1e-9)
        text.append(
            f"| {each['what']} | {each['times']:g} times | {each['size']} "
            f"| {each['seconds']:.2f} | {ratio:.1f} | {each['megabytes']:.0f} |"
        )
    return "\n".join(text) + "\n"


def as_row(line: dict[str, object]) -> str:
    """A line as a row of the table."""
    own, other = float(str(line["own"])), line["other"]
    beside = f"{line['beside']}: {float(str(other)):.3g}" if other is not None else ""
    times = f"{float(str(other)) / own:.1f}" if other is not None and own else ""
    aim = str(line["aim"])
    if line["met"] is not None:
        aim += ": met" if line["met"] else ": **missed**"
    megabytes = "" if line["megabytes"] is None else f"{float(str(line['megabytes'])):.0f}"
    cells = [
        line["what"], f"{own:.3g} {line['unit']}", beside, times, line["runs"], megabytes,
        line["size"], aim,
    ]  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def write_readme(table: str) -> None:
    """Put the table into the README of this folder, under its heading."""
    path = HERE / "README.md"
    text = path.read_text(encoding="utf-8")
    part = f"{HEADING}\n\n{table}\n"
    whole = re.compile(rf"^{HEADING}\n.*?(?=^## )", re.DOTALL | re.MULTILINE)
    if not whole.search(text):
        raise SystemExit(f"{path}: no heading '{HEADING}'; write it where the table shall stand")
    path.write_text(whole.sub(lambda _: part, text), encoding="utf-8")


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def main() -> None:
    """Run what is asked for, and print the one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="FILE")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; known: {', '.join(BENCHMARKS)}")
    with tempfile.TemporaryDirectory(prefix="landscape-") as folder:
        gathered = Path(folder) / "lines.jsonl"
        gathered.write_text(asked.keep.read_text() if asked.keep and asked.keep.exists() else "")
        failed = run_all(asked.names or list(BENCHMARKS), gathered)
        table = one_table(gathered)
        if asked.keep:
            asked.keep.write_text(gathered.read_text())
    say(f"\n{HEADING}\n\n{table}")
    if asked.write:
        write_readme(table)
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
