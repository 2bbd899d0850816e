"""Damaged files of every source: how many were tried, and how each ended.

    python benchmarks/damage.py [--seeds 5] [--country RO] [--faults FILE]

The checksum of each damaged file is accepted: without that every one is
refused. The second table counts the damages that leave every cell of its kind
(another digit, another letter, two like columns exchanged), which only a sum
or a checksum can tell. ``--faults`` lists the trials that ended badly.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from damage_trials import OUTCOMES, Trial, all_trials, is_fault
from measured import Line, note

from landscape.sources.registry import countries


def main() -> None:
    """Print the counts as tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--country")
    parser.add_argument("--faults", type=Path)
    options = parser.parse_args()
    start = time.monotonic()
    codes = [options.country] if options.country else list(countries())
    seeds = range(options.seeds)
    trials = [trial for code in codes for trial in all_trials(code, seeds)]
    structural = [trial for trial in trials if not trial.same_kind]
    _print("Damage to the structure, by country", structural, lambda t: t.source_id[:2].upper())
    _print("Damage to the structure, by kind", structural, lambda t: t.kind)
    same = [trial for trial in trials if trial.same_kind]
    _print("Cells that kept their kind, by country", same, lambda t: t.source_id[:2].upper())
    unpromised = [t for code in codes for t in all_trials(code, range(1), promised=False)
                  if not t.same_kind]  # fmt: skip
    _print("Structure, with the number of rows accepted too", unpromised, lambda t: t.kind)
    faults = [trial for trial in trials if is_fault(trial)]
    if options.faults:
        lines = (f"{t.source_id} {t.file} {t.kind} {t.seed}: {t.outcome} {t.told}" for t in faults)
        options.faults.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    took = time.monotonic() - start
    silent = sum(is_fault(trial) for trial in structural)
    note(Line(f"{len(structural)} files damaged in their structure: wrong in silence", "files",
              silent, aim="none", met=silent == 0))  # fmt: skip
    sys.stdout.write(f"\n{len(trials)} damaged files, {len(faults)} faults, {took:.0f} s\n")


def _print(title: str, trials: list[Trial], group: Callable[[Trial], str]) -> None:
    counts: dict[str, Counter[str]] = {}
    for trial in trials:
        counts.setdefault(group(trial), Counter())[trial.outcome] += 1
    sys.stdout.write(f"\n### {title}\n\n| | tried | {' | '.join(OUTCOMES)} |\n")
    sys.stdout.write("|---" * (len(OUTCOMES) + 2) + "|\n")
    rows = [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]
    for name, found in rows:
        cells = " | ".join(str(found[outcome]) for outcome in OUTCOMES)
        sys.stdout.write(f"| {name} | {found.total()} | {cells} |\n")


if __name__ == "__main__":
    main()
