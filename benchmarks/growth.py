"""How cost grows with the data: the same work on once, four times and sixteen times as much.

    python benchmarks/growth.py

Seconds are the processor's, median of three, each in a process of its own, without
imports and reading; memory is the peak of the process (of reports: of all
processes of the run). Pairs and 2SFCA are in ``service_access.py``.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from measured import Growth, measure, note

from landscape.inventory import load

# Imported where it is measured, so that no other work bears its memory.
# ruff: noqa: PLC0415

RUNS, TIMES, SEED = 3, (1, 4, 16), 1


def match(times: int) -> tuple[str, Callable[[], object]]:
    """French names of municipalities with a typing error each, and their county."""
    from dresses import ERRORS

    from landscape.matching import Gazetteer, match_names

    areas = load("FR").areas
    county = areas["parent_id"].map(areas.set_index("area_id")["name"])
    towns = areas["level"] == "municipality"
    chosen = areas[towns].sample(round(towns.sum() * times / 16), random_state=SEED).index
    gazetteer = Gazetteer.build(pd.concat([areas[~towns], areas.loc[chosen]]))
    rng = random.Random(SEED)
    names = areas["name"][chosen].map(lambda name: ERRORS["one error"](name, rng))
    return (
        f"{len(names):,} names among as many",
        lambda: match_names(names, gazetteer, counties=county[chosen]),
    )


def rank(times: int) -> tuple[str, Callable[[], object]]:
    """Values of areas with their intervals."""
    from landscape.compare.ranks import rank_intervals

    draws = np.random.default_rng(SEED)
    value, error = draws.normal(size=10_000 * times), draws.gamma(4, 0.1, 10_000 * times)
    rows = pd.DataFrame({"value": value, "low": value - 2 * error, "high": value + 2 * error})
    return f"{len(rows):,} areas", lambda: rank_intervals(rows)


def shrink(times: int) -> tuple[str, Callable[[], object]]:
    """Rates of small areas, in groups of about 350."""
    from landscape.compare.small_areas import shrink_rates

    draws = np.random.default_rng(SEED)
    people = pd.Series(draws.lognormal(7, 1, 10_000 * times).round() + 1)
    cases = pd.Series(draws.poisson(people * 0.002).astype(float))
    group = pd.Series(np.arange(len(people)) % max(1, len(people) // 350)).map(str)
    return f"{len(people):,} areas", lambda: shrink_rates(cases, people, group)


WORK = {"names matched": match, "rank intervals": rank, "rates shrunk": shrink}


def run_alone(name: str, times: int) -> None:
    """One work in this process: prints its size, seconds and megabytes."""
    size, work = WORK[name](times)
    started = time.process_time()
    work()
    seconds = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{size}|{seconds}|{megabytes}\n")


def measure_work(name: str, times: int) -> Growth:
    """Median seconds and peak megabytes of some runs."""
    runs = []
    for _ in range(RUNS):
        command = [sys.executable, "-W", "ignore", __file__, name, str(times)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        runs.append(said.strip().split("|"))
    seconds, megabytes = ([float(run[at]) for run in runs] for at in (1, 2))
    return Growth(name, times, runs[0][0], median(seconds), max(megabytes))


def measure_reports(times: int) -> Growth:
    """Profiles of Bulgarian municipalities by ``landscape run``, once, imports and all."""
    import ctypes

    from runs import ADOPT_ORPHANS, Case, copy_project, run_ours

    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    areas = load("BG").areas
    towns = areas.loc[areas["level"] == "municipality", "area_id"].head(16 * times).tolist()
    case = Case("municipality_profile", "area", [], towns, ["en"], 0)
    with tempfile.TemporaryDirectory() as beside:
        home = copy_project(Path(beside), case)
        spent = measure(lambda: run_ours(home, 2))
    return Growth("profiles by landscape run", times, f"{len(towns)} reports", *spent[::2])


def main() -> None:
    """Print a row a work and size."""
    sys.stdout.write("| work | times | size | CPU s | for each time | peak MB |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    for name in [*WORK, "reports"]:
        for times in TIMES:
            row = measure_reports(times) if name == "reports" else measure_work(name, times)
            note(row)
            sys.stdout.write(f"| {row.what} | {row.times} | {row.size} | {row.seconds:.2f} ")
            sys.stdout.write(f"| {row.seconds / times:.3f} | {row.megabytes:.0f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_alone(sys.argv[1], int(sys.argv[2]))
    else:
        main()
