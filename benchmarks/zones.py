"""How often planted zones of innovation are found, and how often something that was not planted.

Run as ``python benchmarks/zones.py [BG|RO|...] [simulations] [areas:effect ...]``: services are
simulated on the country's own areas, as ``simulated_country.py`` says. False
discovery rate: the mean over countries of the share of found zones of which
fewer than half of the areas were planted. Power: the share of planted zones
that a found zone of the kind shares at least half of its areas with (or that
hold half of the found one).
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd
from simulated_country import (
    SOURCE,
    THEME,
    Planted,
    Truth,
    draw_services,
    expect_services,
    plant,
)

import landscape
from landscape.compare.zones.context import Context, gather_context
from landscape.compare.zones.find import look_at_theme

SIMULATIONS = 200
#: Areas of a planted zone and its effect in standard deviations; 0: a country with none.
CASES = ((0, 0.0), (1, 1.5), (7, 1.5), (19, 1.5), (19, 2.0), (37, 1.5), (1, 6.0))


@dataclass(frozen=True)
class Outcome:
    """What one simulated country gave: zones planted, of them found; zones found, of them false."""

    planted: int
    hit: int
    zones: int
    false: int


@dataclass(frozen=True)
class Case:
    """One zone of so many areas with an effect in standard deviations; none where it is 0."""

    areas: int
    effect: float
    kind: str = "more"


def run_once(context: Context, truth: Truth, case: Case, seed: int) -> Outcome:
    """One country with one planted zone (or none), searched."""
    rng = np.random.default_rng(seed)
    weight = None if case.kind == "more" else expect_services(context, truth)
    planted = []
    if case.effect:
        planted = plant(context, case.areas, case.kind, case.effect, rng, weight=weight)
    services = draw_services(context, truth, planted, rng)
    zones, _, _ = look_at_theme(services, context, THEME, frozenset([SOURCE]), seed)
    return judge(zones, planted, context)


def judge(zones: pd.DataFrame, planted: list[Planted], context: Context) -> Outcome:
    """How many planted zones were found, and how many found ones were not planted."""
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
    return Outcome(len(planted), hit, len(found), false)


def measure(context: Context, truth: Truth, case: Case, simulations: int) -> dict[str, object]:
    """One row of the table: power and false discoveries over so many countries."""
    started = time.perf_counter()
    runs = [run_once(context, truth, case, seed) for seed in range(simulations)]
    planted = sum(run.planted for run in runs)
    return {
        "kind": case.kind if case.effect else "none",
        "areas": case.areas,
        "effect": case.effect,
        "countries": simulations,
        "power": sum(run.hit for run in runs) / planted if planted else float("nan"),
        "fdr": float(np.mean([run.false / max(run.zones, 1) for run in runs])),
        "with_false": float(np.mean([run.false > 0 for run in runs])),
        "seconds": (time.perf_counter() - started) / simulations,
    }


def main() -> None:
    """Print one row a case, as each is done."""
    country = sys.argv[1] if len(sys.argv) > 1 else "BG"
    simulations = int(sys.argv[2]) if len(sys.argv) > 2 else SIMULATIONS
    inventory = landscape.load(country)
    context = gather_context(inventory.areas, inventory.indicators)
    truth = Truth(per_area=2.0 if len(context.areas) < 500 else 0.5)
    sys.stdout.write(f"{country}: {len(context.areas)} areas, {truth}\n")
    chosen = [tuple(map(float, word.split(":"))) for word in sys.argv[3:]] or CASES
    for areas, effect in ((int(one), other) for one, other in chosen):
        if areas > len(context.areas) / 10:
            continue
        row = measure(context, truth, Case(areas, effect), simulations)
        sys.stdout.write("  ".join(f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {v}"
                                   for k, v in row.items()) + "\n")  # fmt: skip
        sys.stdout.flush()


if __name__ == "__main__":
    main()
