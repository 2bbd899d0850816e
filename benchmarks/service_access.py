"""Pairs within 15 km and 2SFCA against a k-d tree and PySAL's access, on one core.

    python benchmarks/service_access.py

35,000 municipalities and 100,000 services at random over a territory as large
as France. Both ways run in processes of their own, in turn, five times each;
seconds are the processor's, for finding the pairs and computing 2SFCA, without
the imports and the making of the points; memory is the peak of the process. The other
way is the shortest with published tools: ``scipy``'s k-d tree, a table of
origin, destination and cost, and ``access.fca.two_stage_fca``. Then the growth
from 1 to 4 to 16 times as many pairs.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pandas as pd
from measured import Growth, Line, named, note

# Imported in the process that measures one way, so that its memory is its own.
# ruff: noqa: PLC0415

KM, RUNS = 15.0, 5
AREAS, SERVICES = 35_000, 100_000
WEST, EAST, SOUTH, NORTH = -4.0, 7.5, 43.6, 49.0  # 4.4 million pairs


class Run(NamedTuple):
    """What one run took."""

    pairs: float
    seconds: float
    megabytes: float


def make_points(number: int, seed: int) -> pd.DataFrame:
    """So many points in the territory, evenly on the ground."""
    random = np.random.default_rng(seed)
    sines = np.sin(np.radians([SOUTH, NORTH]))
    lat = np.degrees(np.arcsin(random.uniform(*sines, number)))
    return pd.DataFrame({"lon": random.uniform(WEST, EAST, number), "lat": lat})


def make_amounts(number: int, most: int, seed: int) -> pd.Series:
    """Whole numbers from 1: residents of areas, places of services."""
    return pd.Series(np.random.default_rng(seed).integers(1, most, number).astype(float))


def by_landscape(
    areas: pd.DataFrame, services: pd.DataFrame, demand: pd.Series, supply: pd.Series
) -> tuple[int, np.ndarray]:
    """Pairs and access of each area."""
    from landscape.compare.access import reach_within_km, two_step_access

    reach = reach_within_km(areas, services, KM)
    value = two_step_access(reach, demand, supply)["value"]
    return len(reach), value.to_numpy(dtype=float, na_value=np.nan)


def by_pysal(
    areas: pd.DataFrame, services: pd.DataFrame, demand: pd.Series, supply: pd.Series
) -> tuple[int, np.ndarray]:
    """The same with a k-d tree handed to ``access``."""
    from access import fca
    from scipy.spatial import KDTree

    from landscape.indicators.sphere import chord_of_km, km_of_chord, on_unit_sphere

    trees = [KDTree(on_unit_sphere(points["lon"], points["lat"])) for points in (areas, services)]
    pairs = trees[0].sparse_distance_matrix(trees[1], chord_of_km(KM), output_type="ndarray")
    costs = pd.DataFrame(
        {"origin": pairs["i"], "dest": pairs["j"], "cost": km_of_chord(pairs["v"])}
    )
    found = fca.two_stage_fca(
        demand.rename("demand").rename_axis("geoid").to_frame(),
        supply.rename("supply").rename_axis("geoid").to_frame(),
        costs,
        demand_index=True,
        supply_index=True,
    )
    return len(costs), found.reindex(areas.index).to_numpy()


WAYS = {"landscape": by_landscape, "access": by_pysal}


def run_way(name: str, times: float, answer: Path) -> None:
    """One way in this process: writes access by area, prints pairs, seconds and megabytes."""
    areas, services = make_points(round(AREAS * times), 1), make_points(round(SERVICES * times), 2)
    demand, supply = make_amounts(len(areas), 5000, 3), make_amounts(len(services), 60, 4)
    few = (areas.head(500), services.head(500), demand.head(500), supply.head(500))
    WAYS[name](*few)  # whatever is done once, such as imports, is not what is measured
    started = time.process_time()
    pairs, value = WAYS[name](areas, services, demand, supply)
    seconds = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    np.save(answer, np.nan_to_num(value))
    sys.stdout.write(f"{pairs} {seconds} {megabytes}\n")


def measure(name: str, times: float, answer: Path) -> Run:
    """The same in a process of its own."""
    command = [sys.executable, "-W", "ignore", __file__, name, str(times), str(answer)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Run(*(float(word) for word in said.split()))


def compare(folder: Path) -> None:
    """The two ways in turn, and whether they agree."""
    answers = {name: folder / f"{name}.npy" for name in WAYS}
    runs = [{name: measure(name, 1, answers[name]) for name in WAYS} for _ in range(RUNS)]
    say("| way | pairs | seconds, median (least to most) | peak MB |")
    say("|---|---|---|---|")
    for name in WAYS:
        seconds = [run[name].seconds for run in runs]
        spread = f"{median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"
        most = max(run[name].megabytes for run in runs)
        say(f"| {name} | {runs[0][name].pairs:,.0f} | {spread} | {most:.0f} |")
    ratios = [run["access"].seconds / run["landscape"].seconds for run in runs]
    own, other = (np.load(answers[name]) for name in ("landscape", "access"))
    apart = np.max(np.abs(own - other) / np.maximum(other, 1e-300))
    say(f"\n{median(ratios):.1f} times as fast, pair by pair ({min(ratios):.1f} at least);")
    say(f"the two differ by {apart:.0e} of the value at most.")
    tell(runs, median(ratios))


def tell(runs: list[dict[str, Run]], ratio: float) -> None:
    """The comparison in the one table."""
    own, other = (median(run[name].seconds for run in runs) for name in WAYS)
    most = {name: max(run[name].megabytes for run in runs) for name in WAYS}
    note(
        Line(
            f"pairs within {KM:.0f} km and 2SFCA, {runs[0]['landscape'].pairs / 1e6:.1f} million",
            "CPU s",
            own,
            named("access"),
            other,
            RUNS,
            most["landscape"],
            aim=f"1.5 times, within {most['access']:.0f} MB",
            met=ratio >= 1.5 and most["landscape"] <= most["access"],
        )
    )


def grow(folder: Path) -> None:
    """Time by the number of pairs: areas and services halved and doubled."""
    say("\n| areas | services | pairs | seconds, median | microseconds a pair | peak MB |")
    say("|---|---|---|---|---|---|")
    for times in (0.5, 1.0, 2.0):
        runs = [measure("landscape", times, folder / "growth.npy") for _ in range(RUNS)]
        seconds, pairs = median(run.seconds for run in runs), runs[0].pairs
        most = max(run.megabytes for run in runs)
        size = f"{AREAS * times:,.0f} | {SERVICES * times:,.0f} | {pairs:,.0f}"
        note(Growth("pairs and 2SFCA", (times / 0.5) ** 2, f"{pairs:,.0f} pairs", seconds, most))
        say(f"| {size} | {seconds:.2f} | {seconds / pairs * 1e6:.3f} | {most:.0f} |")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print the comparison and the growth, all on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder))
        grow(Path(folder))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_way(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
