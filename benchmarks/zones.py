"""How often planted zones of innovation are found, and how often something that was not planted.

Run as ``python benchmarks/zones.py [BG|RO|...] [simulations] [kind:areas:effect ...]``: services
are simulated on the country's own areas, as ``simulated_country.py`` says. An effect of 1.5 means:
each area has that many standard deviations more than expected, of the spread that counts of areas
with the same size, needs and resources show (chance, own effect and field together).

What counts, decided before looking: a planted zone is hit where a found zone of its kind shares
at least half of its areas with it, or of the planted one's. A found zone is false where fewer than
half of its areas were planted, whatever its kind and however near it lies. False discovery rate:
the mean over countries of the share of found zones that are false. Power: planted zones that are
hit.
The oracle: ``zones_oracle.py``. ZONES_CACHE names a file that keeps each country's outcome, so
that an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from simulated_country import (
    SOURCE,
    THEME,
    Planted,
    Truth,
    add_to_rates,
    draw_rates,
    draw_services,
    expect_services,
    plant,
    spread_of,
)
from zones_oracle import measure_oracle

import landscape
from landscape.compare.zones.context import Context, gather_context
from landscape.compare.zones.find import look_at_theme
from landscape.compare.zones.measures import build_measure
from landscape.compare.zones.provision import gather_provision
from landscape.compare.zones.resampling import resample_estimate

SIMULATIONS = 200
#: Seeds that the method was not worked out on.
FIRST = int(os.environ.get("FIRST", "2000000"))
#: Kind, areas and effect (standard deviations) of the planted zone; 0: a country with none.
CASES = (
    "none:0:0", "more:61:1.5", "more:37:1.5", "more:26:1.5", "more:19:1.5", "more:19:2",
    "more:7:1.5", "more:1:1.5", "more:1:6", "associations:19:1.5", "day_outreach:19:1.5",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What one simulated country gave.

    Zones planted, of them found; zones found, of them false; intervals of found
    zones of more services, of them those that hold the true multiple; whether
    the interval of the planted areas, found or not, holds theirs (None: none planted).
    """

    planted: int
    hit: int
    zones: int
    false: int
    intervals: int
    held: int
    unchosen: bool | None


@dataclass(frozen=True)
class Case:
    """One zone of so many areas with an effect in standard deviations; none where it is 0."""

    areas: int
    effect: float
    kind: str


def run_once(context: Context, truth: Truth, case: Case, seed: int) -> Outcome:
    """One country with one planted zone (or none), searched."""
    rng = np.random.default_rng(seed)
    weight = None if case.kind == "more" else expect_services(context, truth)
    planted = []
    if case.effect:
        planted = plant(context, case.areas, case.kind, case.effect, rng, weight=weight)
    rates = draw_rates(context, truth, rng)
    services = draw_services(context, truth, planted, rng, rates)
    zones, _, _ = look_at_theme(services, context, THEME, frozenset([SOURCE]), seed)
    expected = expect_services(context, truth)
    true = Rates(add_to_rates(rates, planted, expected, truth), expected, spread_of(truth))
    held = [
        row.low <= multiple(context.areas.index.get_indexer(list(row.area_ids)), true) <= row.high
        for row in zones.itertuples() if row.kind == "more"
    ]  # fmt: skip
    unchosen = None
    if planted and case.kind == "more":
        unchosen = holds(context, services, planted[0], true, seed)
    return Outcome(*judge(zones, planted, context), len(held), int(sum(held)), unchosen)


@dataclass(frozen=True)
class Rates:
    """What areas provide in the long run, are expected to, and the overdispersion of counts."""

    provided: np.ndarray
    expected: np.ndarray
    spread: float


def multiple(places: np.ndarray, true: Rates) -> float:
    """How many times as much areas provide as areas like them: the mean that an interval tells."""
    weight = 1 / (1 + true.spread * true.expected[places])
    return float(weight @ true.provided[places] / (weight @ true.expected[places]))


def holds(context: Context, services: pd.DataFrame, zone: Planted, true: Rates, seed: int) -> bool:
    """Whether the interval of the planted areas holds their multiple, found or not."""
    provision = gather_provision(services, context, THEME, SOURCE)
    built = build_measure("more", provision, context, seed)
    figure = resample_estimate(built, context, list(zone.members), seed)
    return bool(figure["low"] <= multiple(np.array(zone.members), true) <= figure["high"])


def judge(
    zones: pd.DataFrame, planted: list[Planted], context: Context
) -> tuple[int, int, int, int]:
    """Zones planted, found; zones told, false."""
    place = pd.Series(range(len(context.areas)), index=context.areas.index)
    found = [(row.kind, set(place[list(row.area_ids)])) for row in zones.itertuples()]
    whole = {member for zone in planted for member in zone.members}
    false = sum(2 * len(members & whole) < len(members) for _, members in found)
    hit = sum(
        any(
            kind == zone.kind
            and 2 * len(members & set(zone.members)) >= min(len(members), len(zone.members))
            for kind, members in found
        )
        for zone in planted
    )
    return len(planted), hit, len(found), false


def run_cached(
    context: Context, truth: Truth, country: str, case: Case, seeds: range
) -> list[Outcome]:
    """One outcome a seed, from the cache where it is kept."""
    cache = Path(os.environ.get("ZONES_CACHE", os.devnull))
    kept = {}
    for line in cache.read_text().splitlines() if cache.is_file() else []:
        key, outcome = json.loads(line)
        kept[tuple(key)] = Outcome(**outcome)
    runs = []
    for seed in seeds:
        key = (country, case.kind, case.areas, case.effect, seed)
        if key not in kept:
            kept[key] = run_once(context, truth, case, seed)
            with cache.open("a") as file:
                file.write(json.dumps([key, asdict(kept[key])]) + "\n")
        runs.append(kept[key])
    return runs


def measure(
    context: Context, truth: Truth, country: str, case: Case, simulations: int
) -> dict[str, object]:
    """One row of the table: power and false discoveries over so many countries."""
    started = time.perf_counter()
    runs = run_cached(context, truth, country, case, range(FIRST, FIRST + simulations))
    seconds = (time.perf_counter() - started) / simulations
    planted = sum(run.planted for run in runs)
    known = case.kind == "more" and case.effect
    return {
        "kind": case.kind,
        "areas": case.areas,
        "effect": case.effect,
        "countries": simulations,
        "power": sum(run.hit for run in runs) / planted if planted else float("nan"),
        "oracle": measure_oracle(context, truth, case.areas, case.effect) if known else np.nan,
        "learning": measure_oracle(context, truth, case.areas, case.effect, learns=True)
        if known
        else np.nan,
        "fdr": float(np.mean([run.false / max(run.zones, 1) for run in runs])),
        "with_false": float(np.mean([run.false > 0 for run in runs])),
        "coverage": share([run.held / run.intervals for run in runs if run.intervals]),
        "coverage_unchosen": share([run.unchosen for run in runs if run.unchosen is not None]),
        "seconds": seconds,
    }


def share(values: list[float]) -> float:
    """The mean, not a number where there is none."""
    return float(np.mean(values)) if values else float("nan")


def main() -> None:
    """Print one row a case, as each is done."""
    country = sys.argv[1] if len(sys.argv) > 1 else "BG"
    simulations = int(sys.argv[2]) if len(sys.argv) > 2 else SIMULATIONS
    inventory = landscape.load(country)
    context = gather_context(inventory.areas, inventory.indicators)
    truth = Truth(per_area=2.0 if len(context.areas) < 500 else 0.5)
    sys.stdout.write(f"{country}: {len(context.areas)} areas, {truth}\n")
    for word in sys.argv[3:] or CASES:
        kind, areas, effect = word.split(":")
        case = Case(int(areas), float(effect), kind)
        if case.areas > len(context.areas) / 5:
            continue
        row = measure(context, truth, country, case, simulations)
        sys.stdout.write("  ".join(f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {v}"
                                   for k, v in row.items()) + "\n")  # fmt: skip
        sys.stdout.flush()


if __name__ == "__main__":
    main()
