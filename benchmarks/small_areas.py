"""How well shrunk rates, shrunk shares and intervals of ranks do where the truth is planted.

    python benchmarks/small_areas.py

Areas from villages to towns in groups of 10, 75 and 345 (as in Bulgaria,
Romania and France), whose true values differ little or much: the error of the
shrunk values as a part of that of the raw ones, and how often the intervals
hold the truth. Then how often intervals of ranks hold a true rank, with and
without the shrinkage that comes before.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from landscape.compare.ranks import rank_intervals
from landscape.indicators.shrinkage import Method, shrink_rates, shrink_shares

AREAS, SEED, Z = 12_000, 2012, 1.959964
TYPICAL = {"rate": 0.002, "share": 0.15}


def plant(kind: str, spread: float, size: int) -> tuple[pd.Series, ...]:
    """Cases, totals, groups and true values."""
    random = np.random.default_rng(SEED)
    code = np.arange(AREAS) // size
    total = np.round(np.exp(random.normal(7.3, 1.1, AREAS))) + 20
    means = TYPICAL[kind] * np.exp(random.normal(0, 0.4, code.max() + 1))
    truth = np.minimum(means[code] * random.gamma(1 / spread**2, spread**2, AREAS), 0.95)
    drawn = random.poisson(total * truth) if kind == "rate" else random.binomial(
        total.astype(int), truth
    )  # fmt: skip
    return tuple(pd.Series(column) for column in (drawn.astype(float), total, code, truth))


def judge(kind: str, spread: float, size: int, method: Method) -> tuple[float, float]:
    """Squared error against the raw values, and the part of truths in their interval."""
    cases, total, groups, truth = plant(kind, spread, size)
    shrink = shrink_rates if kind == "rate" else shrink_shares
    table = shrink(cases, total, groups, method).astype(float)
    known = table["shrunk"].notna()
    error = ((table["shrunk"] - truth) ** 2)[known].sum()
    raw = ((cases / total - truth) ** 2)[known].sum()
    held = (table["shrunk_low"] <= truth) & (truth <= table["shrunk_high"])
    return float(error / raw), float(held[known].mean())


def judge_ranks(areas: int, spread: float, shrunk: bool) -> float:
    """The part of areas, over 40 runs, whose interval holds their true rank."""
    random = np.random.default_rng(SEED)
    held = []
    for _ in range(40):
        truth = spread * random.standard_normal(areas)
        error = np.exp(random.normal(0, 0.6, areas))
        value = truth + error * random.standard_normal(areas)
        rows = pd.DataFrame({"value": value, "low": value - Z * error, "high": value + Z * error})
        table = rank_intervals(rows, shrunk=shrunk, simulations=300).astype(float)
        rank = np.argsort(np.argsort(-truth)) + 1
        held.append(((table["rank_low"] <= rank) & (rank <= table["rank_high"])).mean())
    return float(np.mean(held))


def say(*cells: object) -> None:
    """Print a row of a table."""
    sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")
    sys.stdout.flush()


def main() -> None:
    """Print both tables."""
    say("cases", "areas a group", "true spread", "error / raw", "held", "held, by moments")
    say(*["---"] * 6)
    for kind, typical in TYPICAL.items():
        for size in (10, 75, 345):
            for spread in (0.1, 0.3, 0.6):
                error, held = judge(kind, spread, size, "grid")
                plain = judge(kind, spread, size, "moments")[1]
                cells = (f"{error:.2f}", f"{held:.1%}", f"{plain:.1%}")
                say(f"{kind} near {typical}", size, f"{spread:.0%}", *cells)
    sys.stdout.write("\n")
    say("areas ranked", "true spread / error", "rank held", "rank held without shrinkage")
    say(*["---"] * 4)
    for areas in (12, 42, 265):
        for spread in (0.1, 1, 3, 10):
            with_it, without = (judge_ranks(areas, spread, bare) for bare in (False, True))
            say(areas, spread, f"{with_it:.1%}", f"{without:.1%}")


if __name__ == "__main__":
    main()
