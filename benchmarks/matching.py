"""How well and how fast names find their areas, beside a plain fuzzy match.

Run as ``python benchmarks/matching.py [RO BG MD FR]``. Per country and dress:
recall (names that find their own area), precision (of the names matched,
those that found their own), wrong ones, seconds; then the same for
rapidfuzz's WRatio with a score of at least 90 among the names of the county.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass

import pandas as pd
from dresses import ERRORS, EXACT, SEED
from official_names import COUNTRIES, official
from rapidfuzz import fuzz, process, utils

from landscape.matching import Gazetteer, match_names


@dataclass(frozen=True)
class Result:
    """Counts and seconds of one list of names."""

    names: int
    right: int
    wrong: int
    seconds: float

    @property
    def recall(self) -> float:
        """Share of the names that found their own area."""
        return self.right / self.names

    @property
    def precision(self) -> float:
        """Share of the matched names that found their own area."""
        return self.right / max(1, self.right + self.wrong)


def measure_matching(
    gazetteer: Gazetteer, names: pd.Series, counties: pd.Series, expected: pd.Series
) -> Result:
    """The matching of the project on names with known answers."""
    start = time.perf_counter()
    found = match_names(names, gazetteer, counties=counties)
    return _count(found["area_id"], expected, time.perf_counter() - start)


def measure_plain(
    choices: dict[str, dict[str, str]], names: pd.Series, counties: pd.Series, expected: pd.Series
) -> Result:
    """The plain way: the best WRatio of at least 90 inside the county."""
    start = time.perf_counter()
    found = []
    for name, county in zip(names, counties, strict=True):
        best = process.extractOne(
            name,
            choices[county],
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=90,
        )
        found.append(best[2] if best else None)
    return _count(pd.Series(found, names.index), expected, time.perf_counter() - start)


def _count(found: pd.Series, expected: pd.Series, seconds: float) -> Result:
    right = int((found == expected).sum())
    return Result(len(expected), right, int(found.notna().sum()) - right, seconds)


def known_names(areas: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Names, counties as named, and area_ids of the municipalities."""
    rows = areas[areas["level"] == "municipality"].reset_index(drop=True)
    named = areas.set_index("area_id")["name"]
    return rows["name"], rows["parent_id"].map(named), rows["area_id"]


def lists_of(country: str, names: pd.Series) -> dict[str, pd.Series]:
    """The names in every dress of the country."""
    rng = random.Random(SEED)
    dresses = EXACT[country] | ERRORS
    return {
        title: pd.Series([dress(name, rng) for name in names], names.index)
        for title, dress in dresses.items()
    }


def run(country: str) -> None:
    """Measure one country and print its part of the table."""
    areas, places = official(country)
    start = time.perf_counter()
    gazetteer = Gazetteer.build(areas, places)
    built = time.perf_counter() - start
    names, counties, expected = known_names(areas)
    choices = {
        county: dict(zip(expected[rows], names[rows].map(utils.default_process), strict=True))
        for county, rows in counties.groupby(counties).groups.items()
    }
    totals, plain_totals = [], []
    for title, dressed in lists_of(country, names).items():
        ours = measure_matching(gazetteer, dressed, counties, expected)
        plain = measure_plain(choices, dressed, counties, expected)
        totals.append(ours)
        plain_totals.append(plain)
        _line(country, title, ours, plain)
    _line(country, "all", _sum(totals), _sum(plain_totals))
    _say(f"{country}  gazetteer of {len(names)} municipalities built in {built:.2f} s\n")


def _sum(results: list[Result]) -> Result:
    return Result(
        sum(r.names for r in results),
        sum(r.right for r in results),
        sum(r.wrong for r in results),
        sum(r.seconds for r in results),
    )


def _line(country: str, title: str, ours: Result, plain: Result) -> None:
    _say(
        f"{country}  {title:<18}{ours.recall:>8.2%}{ours.precision:>10.3%}{ours.wrong:>7}"
        f"{ours.seconds:>7.2f}   |{plain.recall:>8.2%}{plain.precision:>10.3%}{plain.wrong:>7}"
        f"{plain.seconds:>7.2f}"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _say("                          landscape                        WRatio >= 90 in the county")
    _say(
        "    dress               recall precision  wrong      s   |  recall precision  wrong      s"
    )
    for chosen in sys.argv[1:] or COUNTRIES:
        run(chosen)
