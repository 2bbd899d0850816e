"""Windows beyond chance, one theme at a time: tests, false discoveries, guards, choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array
from scipy.stats import norm

from landscape.compare.zones.context import Context
from landscape.compare.zones.guards import GUARDS, Guard
from landscape.compare.zones.measures import Measure
from landscape.compare.zones.moran import control_false_discoveries, local_moran
from landscape.compare.zones.provision import Provision
from landscape.compare.zones.scan import count_chances, judge_as_best, share_out

#: The nominal rate: of countries with no zone so many give one, and of the zones told so many
#: are false, at most (measured: benchmarks/README.md).
FALSE_DISCOVERIES = 0.10
CONFIRMED = 0.05
#: Providing more has about three quarters of the rate, the three ways to provide otherwise the
#: rest: shares of few services are hardly ever beyond chance, distances hardly ever by more.
PARTS = {"more": 7.0, "nearer": 0.5}
#: Areas alone have such a share of their kind's part in the rate: next to none can be told, and
#: the far tail of one count is known less well than that of a sum.
ALONE = 0.03
#: Deviances beyond this weigh no more when the spread of lags is judged.
FAR = 3.0


def test_windows(
    measures: Mapping[str, Measure], count_sites: Callable[[str], Measure | str], seed: int
) -> pd.DataFrame:
    """One row a window and kind: ``kind``, ``steps``, ``core``, ``listed``, ``p``, ``q``.

    A window is an area alone (0 steps) or with its neighbours (a cluster);
    ``core`` is the position of its middle. ``listed`` is its p of the services as
    the source lists them; 1 for a cluster in which no area and its surroundings
    are high among high (``confirm_by_moran``). ``p`` is the larger of it and that
    of the same measure with each site counted once (``count_sites`` gives it by
    kind, and is asked only where anything is beyond chance as listed). ``q`` is
    the probability that chance alone gives the theme any window as extreme: p
    judged as the best of its family (the areas, or the clusters, of a kind; Kulldorff
    1997), by the part of the rate that the family has (weighted Bonferroni, Genovese,
    Roeder and Wasserman 2006).
    The nominal rate of searches with a false zone is 10 %, and so that of false
    discoveries, wherever the true ones lie. ``q_listed`` the same of ``listed``.
    """
    parts = []
    for kind, sizes, part in list_families(measures):
        measure = measures[kind]
        share = share_out(measure, sizes)
        chances = count_chances(measure, share, seed)
        parts += [
            _test_size(measure, steps).assign(chances=chances, share=share[steps], part=part)
            for steps in sizes
        ]
    tests = pd.concat(parts, ignore_index=True).assign(p=lambda rows: rows["listed"])
    tests["q_listed"] = _judge(tests, "listed")
    found = tests["q_listed"] <= FALSE_DISCOVERIES
    for measure in measures.values():
        tests = confirm_by_moran(tests, measure, found)
    found &= tests["listed"] < 1
    tests["q_listed"] = tests["q_listed"].where(found, 1.0)
    for kind in tests.loc[found & (tests["kind"] != "nearer"), "kind"].unique():
        tests = _count_sites_once(tests, kind, count_sites(kind))
    return tests.assign(q=_judge(tests, "p")).drop(columns=["chances", "share", "part"])


def list_families(measures: Mapping[str, Measure]) -> list[tuple[str, range, float]]:
    """Kind, sizes of windows that are judged together (areas, or all clusters), part in the rate.

    The parts are 1 together.
    """
    every = sum(PARTS.get(kind, 1.0) for kind in measures)
    found = []
    for kind, measure in measures.items():
        part, sizes = PARTS.get(kind, 1.0) / every, range(1, len(measure.windows))
        alone = 0.0 if kind == "nearer" else ALONE if sizes else 1.0
        found += [(kind, range(1), part * alone)] if alone else []
        found += [(kind, sizes, part * (1 - alone))] if sizes else []
    return found


def _judge(tests: pd.DataFrame, column: str) -> np.ndarray:
    best = judge_as_best((tests[column] / tests["share"]).to_numpy(), tests["chances"].to_numpy())
    return np.asarray(np.minimum(best / tests["part"].to_numpy(), 1.0))


def _test_size(measure: Measure, steps: int) -> pd.DataFrame:
    cores = np.flatnonzero(measure.used)
    listed = measure.model.test_all(measure.windows[steps][cores], steps)
    return pd.DataFrame({"kind": measure.kind, "steps": steps, "core": cores, "listed": listed})


def confirm_by_moran(tests: pd.DataFrame, measure: Measure, found: pd.Series) -> pd.DataFrame:
    """The tests, with ``listed`` and ``p`` 1 of found clusters that local Moran does not confirm.

    Of the areas of a cluster at least one must be high among high neighbours:
    a discovery at 5 % among the cluster's areas (Benjamini and Hochberg 1995),
    within the steps that the cluster has.
    """
    tests = tests.copy()
    for steps in range(1, len(measure.windows)):
        rows = np.flatnonzero(found & (tests["kind"] == measure.kind) & (tests["steps"] == steps))
        if not len(rows):
            continue
        around = np.ones(len(measure.used))
        around[measure.used] = test_surroundings(measure, steps)
        members = _members(measure.windows[steps], tests["core"].to_numpy()[rows])
        stands = [control_false_discoveries(around[each], CONFIRMED).any() for each in members]
        tests.loc[tests.index[rows[~np.array(stands)]], ["listed", "p"]] = 1.0
    return tests


def _count_sites_once(tests: pd.DataFrame, kind: str, by_site: Measure | str) -> pd.DataFrame:
    """The tests with a kind's p no smaller than that of its sites; 1 where they are too few."""
    p = tests["p"].to_numpy(copy=True)
    for steps in tests["steps"].unique():
        rows = np.flatnonzero((tests["kind"] == kind) & (tests["steps"] == steps))
        cores = tests["core"].to_numpy()[rows]
        if isinstance(by_site, str):
            p[rows] = 1.0
        else:
            windows = by_site.windows[steps][cores]
            p[rows] = np.maximum(p[rows], by_site.model.test(windows, steps))
    return tests.assign(p=p)


def test_surroundings(measure: Measure, steps: int) -> np.ndarray:
    """One-sided p of local Moran of each used area among those so many steps around it.

    Of the areas' normal scores. The lags of real maps spread wider than those
    of a shuffled one, because neighbours are alike everywhere: their standard
    score is divided by its own resistant spread (empirical null, Efron 2004).
    p is 1 where an area lies below the mean itself.
    """
    used = np.flatnonzero(measure.used)
    scores = np.nan_to_num(measure.model.score())[used]
    around = csr_array(measure.windows[steps][used][:, used])
    around = csr_array(around - diags_array(around.diagonal()))
    around.eliminate_zeros()
    count = around.sum(axis=1)
    share = np.divide(1.0, count, out=np.zeros(len(count)), where=count > 0)
    moran = local_moran(scores, csr_array(diags_array(share) @ around))
    lag = moran["score"].to_numpy()
    spread = max(1.0, float(np.sqrt(np.mean(np.clip(lag[count > 0], -FAR, FAR) ** 2))))
    p = norm.sf(lag / spread)
    return np.where(moran["high"] & (count > 0), p, 1.0)


def choose_zones(
    tests: pd.DataFrame, measures: Mapping[str, Measure], provision: Provision,
    context: Context, seed: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """The zones and the windows set aside, from the tests of a theme.

    Of the discoveries that pass every guard, the one of the smallest p stands
    and those of its kind that share an area with it fall away, then the next
    (as the scan statistic reports clusters, Kulldorff 1997). Of those that fail
    a guard, the one that stands out most as listed is told where no zone of the kind
    stands. Both have the columns of the tests, one a guard, and ``members`` (positions).
    """
    listed = tests["q_listed"] <= FALSE_DISCOVERIES
    found = tests.assign(headquarters=tests["q"] <= FALSE_DISCOVERIES)[listed]
    if found.empty:
        empty = found.assign(**dict.fromkeys(GUARDS, True), members=None)
        return empty, empty
    checked = []
    for kind, rows in found.groupby("kind", sort=False):
        guard = Guard(measures[str(kind)], provision, context, seed)
        for steps, some in rows.groupby("steps"):
            cores = some["core"].to_numpy()
            marks = guard.check(cores, int(str(steps))).set_index(some.index)
            members = _members(measures[str(kind)].windows[int(str(steps))], cores)
            checked.append(some.join(marks).assign(members=pd.Series(members, index=some.index)))
    ordered = pd.concat(checked).sort_values(["p", "steps", "core"])
    good = ordered[list(GUARDS)].all(axis=1)
    taken: dict[str, set[int]] = {kind: set() for kind in measures}
    zones = _keep_apart(ordered[good], taken)
    aside = _keep_apart(ordered[~good].sort_values(["listed", "steps", "core"]), taken)
    return zones, aside


def _keep_apart(rows: pd.DataFrame, taken: dict[str, set[int]]) -> pd.DataFrame:
    """The rows in their order, without those that share an area with an earlier one of the kind."""
    kept = []
    for place, kind, members in zip(rows.index, rows["kind"], rows["members"], strict=True):
        if taken[kind].isdisjoint(members):
            taken[kind].update(members)
            kept.append(place)
    return rows.loc[kept]


def _members(windows: csr_array, cores: np.ndarray) -> list[list[int]]:
    chosen = windows[cores]
    return [
        chosen.indices[start:end].tolist()
        for start, end in zip(chosen.indptr[:-1], chosen.indptr[1:], strict=True)
    ]
