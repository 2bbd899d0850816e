"""How well peers tell what was held out of the context, and how long it takes to find them.

Each variable of context is left out in turn, eight peers at home are found by the
others, and their mean is set against the area's own value. Beside them: the eight
nearest by plain z-scores (figures as published, Euclidean, missing ones at the
mean), the same after the transformations of ``context.yml``, and eight areas of the
same country at random. The error is the mean absolute one, in standard deviations of
the country; the interval is a bootstrap over areas.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd
from measured import Line, note
from scipy.spatial import KDTree

from landscape.compare.peers import Context, find_peers, gather_context
from landscape.inventory import load

COUNTRIES = ("RO", "BG", "MD", "FR")
K, SEED, RESAMPLES = 8, 20104, 500
#: A variable known for fewer areas of a country is not held out there.
KNOWN = 0.5


def measure_level(context: Context, country: str) -> pd.DataFrame:
    """The errors of one country: a row an area and variable, a column a way of choosing."""
    own = (context.areas["country"] == country).to_numpy()
    scaled, raw = context.scaled[own], context.raw[own]
    names = [name for name in scaled if scaled[name].notna().mean() > KNOWN]
    parts = []
    for held in names:
        rest = [name for name in names if name != held]
        target = scaled[held]
        ways = {
            "peers": _from_peers(context, country, held, target),
            "z-scores": _from_rows(_nearest(raw[rest]), target),
            "z-scores of the same": _from_rows(_nearest(scaled[rest]), target),
            "random": _from_rows(_at_random(len(target)), target),
        }
        away = pd.DataFrame(ways).sub(target, axis=0).abs() / context.spread.loc[country, held]
        parts.append(away.dropna().assign(held=held))
    return pd.concat(parts)


def summarise(errors: pd.DataFrame) -> pd.Series:
    """Mean errors over variables, and how much less peers err than z-scores, with its interval."""
    ways = errors.drop(columns="held")
    mean = ways.groupby(errors["held"]).mean().mean()
    random = np.random.default_rng(SEED)
    by_area = ways["z-scores"].sub(ways["peers"]).groupby(level=0).sum().to_numpy()
    # A bootstrap over areas by multinomial counts: nobody needs the rows themselves.
    draws = random.integers(0, len(by_area), (RESAMPLES, len(by_area)))
    gains = by_area[draws].sum(axis=1) / len(ways)
    low, high = np.quantile(gains, (0.025, 0.975))
    return pd.concat([mean, pd.Series({"gain over z-scores": by_area.sum() / len(ways),
                                       "low": low, "high": high})])  # fmt: skip


def _from_peers(context: Context, country: str, held: str, target: pd.Series) -> pd.Series:
    pairs = find_peers(context.reweight({held: 0}), country, country, K)
    return pairs["peer_id"].map(target).groupby(pairs["area_id"]).mean().reindex(target.index)


def _from_rows(rows: np.ndarray, target: pd.Series) -> pd.Series:
    values = pd.DataFrame(target.to_numpy()[rows], index=target.index)
    return values.mean(axis=1)


def _nearest(frame: pd.DataFrame) -> np.ndarray:
    points = ((frame - frame.mean()) / frame.std()).fillna(0).to_numpy()
    _, rows = KDTree(points).query(points, K + 1)
    # Where many points are one, an area may be missing among its own nearest.
    own = rows == np.arange(len(rows))[:, None]
    order = np.argsort(own, axis=1, kind="stable")[:, :K]
    return np.asarray(np.take_along_axis(rows, order, axis=1))


def _at_random(size: int) -> np.ndarray:
    return np.random.default_rng(SEED).integers(0, size, (size, K))


def main() -> None:
    """Print the errors by level and country, then the seconds for all peers of each country."""
    inventories = [load(code) for code in COUNTRIES]
    for level in ("municipality", "county"):
        context = gather_context(inventories, level)
        rows = {code: summarise(measure_level(context, code)) for code in COUNTRIES}
        for code, row in rows.items():
            note(Line(f"peers of {code} {level} areas: error of what was held out", "deviations",
                      row["peers"], "plain z-scores", row["z-scores"],
                      aim="fewer errors", met=bool(row["low"] > 0)))  # fmt: skip
        sys.stdout.write(f"{level}\n{pd.DataFrame(rows).T.round(3).to_string()}\n\n")
        for code in COUNTRIES:
            start = time.perf_counter()
            pairs = sum(len(find_peers(context, code, away, K)) for away in COUNTRIES)
            spent = time.perf_counter() - start
            sys.stdout.write(f"{code}: {pairs} peers at home and abroad in {spent:.1f} s\n")
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
