"""The ways in which a zone may differ, each with its expectation and what chance does to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model, estimate_together
from landscape.compare.zones.context import LARGEST_WINDOW, Context
from landscape.compare.zones.distances import ValueModel, model_values
from landscape.compare.zones.expected import BOUND, fit_counts, fit_shares, fit_values, penalty
from landscape.compare.zones.overdispersion import estimate_spread
from landscape.compare.zones.provision import Provision

#: Kind of zone -> columns of ``Provision.table``: what is counted, and among what.
COLUMNS = {
    "more": ("services", None),
    "associations": ("by_associations", "told"),
    "day_outreach": ("day", "cared"),
}
KINDS = (*COLUMNS, "nearer")
FEWEST_SERVICES = 30
FEWEST_AREAS = 20
#: Clusters are left out, up to a tenth of the areas, when the rest is fitted, where chance has
#: one in twenty countries show a p as small; some eight windows count as one chance.
EXTREME = 0.05 * 8
#: Only with so many areas a column of the design: a fit to few areas without those that lie
#: highest makes zones of chance.
AREAS_A_COLUMN = 50
#: How often coefficients and overdispersion are found, each given the other.
ROUNDS = 3


@dataclass(frozen=True)
class Measure:
    """One kind of difference in one theme: a model of the areas where it is known.

    ``used`` marks those areas among all of the context; ``windows`` are the
    context's with the other areas left out of them; ``coefficients`` belong to
    the columns of the context's design; ``fitted`` marks the areas that they
    were fitted to.
    """

    kind: str
    model: Model | ValueModel
    used: np.ndarray
    windows: tuple[csr_array, ...]
    coefficients: np.ndarray
    fitted: np.ndarray


def build_measure(
    kind: str, provision: Provision, context: Context, seed: int, variant: str = ""
) -> Measure | str:
    """The measure, or in one word why the data cannot carry it.

    ``variant`` is ``site`` (each site once) or ``own`` (without what county
    or state run): the same measure on what a guard leaves.
    """
    if kind == "nearer":
        return build_nearer(provision.distance, provision, context)
    cases, among = COLUMNS[kind]
    table = provision.table
    seen = table["own" if variant == "own" else _column(cases, variant)].to_numpy()
    if among is None:
        return _build_counts(seen, provision, context, seed)
    if kind == "associations" and not provision.tells_providers:
        return "providers"
    trials = table[_column(among, variant)].to_numpy()
    return _build_shares(kind, table[_column(cases, variant)].to_numpy(), trials,
                         provision, context, seed=seed)  # fmt: skip


def _column(name: str, variant: str) -> str:
    return f"site_{name}" if variant == "site" else name


def _build_counts(
    seen: np.ndarray, provision: Provision, context: Context, seed: int
) -> Measure | str:
    used = provision.inventoried
    if seen[used].sum() < FEWEST_SERVICES or used.sum() < FEWEST_AREAS:
        return "few_services"
    return _fit_twice("more", np.where(used, seen, 0.0), None, used, context, seed=seed)


def _build_shares(
    kind: str, cases: np.ndarray, trials: np.ndarray, provision: Provision,
    context: Context, *, seed: int,
) -> Measure | str:  # fmt: skip
    used = provision.inventoried & (trials > 0)
    total, hits = trials[used].sum(), cases[used].sum()
    if total < FEWEST_SERVICES or used.sum() < FEWEST_AREAS:
        return "few_services"
    if min(hits, total - hits) < FEWEST_SERVICES / 3:
        return "one_way"
    counted = np.where(used, cases, 0.0), np.where(used, trials, 0.0)
    return _fit_twice(kind, *counted, used, context, seed=seed)


def _fit_twice(
    kind: str, seen: np.ndarray, trials: np.ndarray | None, used: np.ndarray,
    context: Context, *, seed: int,
) -> Measure:  # fmt: skip
    """The measure fitted to all areas, then without its most extreme windows.

    What a zone is measured against must not follow the zone (trimmed
    likelihood, Hadi and Luceno 1997). How far chance reaches is the larger of
    both fits: the areas left out were chosen for lying far out.
    """
    first = _fit(kind, seen, trials, Areas(used, used), context, seed=seed)
    if used.sum() < AREAS_A_COLUMN * context.design.shape[1]:
        return first
    extreme = find_extreme(first)
    if not extreme.any() or not isinstance(first.model, Model):
        return first
    return _fit(kind, seen, trials, Areas(used, used & ~extreme), context, seed=seed,
                least=first.model)  # fmt: skip


@dataclass(frozen=True)
class Areas:
    """Which areas are ``used``, and which of them the expectation is ``fitted`` to."""

    used: np.ndarray
    fitted: np.ndarray


def _fit(
    kind: str, seen: np.ndarray, trials: np.ndarray | None, areas: Areas, context: Context, *,
    seed: int, least: Model | None = None,
) -> Measure:  # fmt: skip
    used, fitted = areas.used, areas.fitted
    beta, spread = _fit_and_spread(
        seen[fitted], None if trials is None else trials[fitted], context.design[fitted]
    )
    expected = _expect(beta, trials, context.design)
    spread = max(spread, least.spread) if least else spread
    model = Model(seen, np.where(used, expected, 0.0), trials, spread)
    model = replace(model, taken=_take_up(model, fitted, context.design), fitted=fitted)
    windows = _restrict(context, used)
    model = estimate_together(model, list(windows), np.flatnonzero(used), seed)
    if least:
        together = tuple(map(max, model.together, least.together))
        model = replace(model, together=together)
    return Measure(kind, model, used, windows, beta, fitted)


def _fit_and_spread(
    seen: np.ndarray, trials: np.ndarray | None, design: np.ndarray
) -> tuple[np.ndarray, float]:
    """Coefficients and overdispersion, each given the other in turn."""
    beta = _coefficients(seen, trials, design, 0.0, None)
    spread = estimate_spread(seen, _expect(beta, trials, design), trials, design)
    for _ in range(ROUNDS - 1):
        beta = _coefficients(seen, trials, design, spread, beta)
        spread = estimate_spread(seen, _expect(beta, trials, design), trials, design)
    return beta, spread


def _coefficients(
    seen: np.ndarray, trials: np.ndarray | None, design: np.ndarray, spread: float,
    start: np.ndarray | None,
) -> np.ndarray:  # fmt: skip
    if trials is None:
        return fit_counts(seen, design, spread, start)
    return fit_shares(seen, trials, design, spread, start)


def _expect(beta: np.ndarray, trials: np.ndarray | None, design: np.ndarray) -> np.ndarray:
    linear = np.clip(design @ beta, -BOUND, BOUND)
    return np.asarray(np.exp(linear) if trials is None else trials / (1 + np.exp(-linear)))


def find_extreme(measure: Measure) -> np.ndarray:
    """Which areas lie in the most extreme clusters, at most a tenth of them."""
    model, most = measure.model, LARGEST_WINDOW * measure.used.sum()
    extreme = np.zeros(len(measure.used), dtype=bool)
    if not isinstance(model, Model):
        return extreme
    cores = np.flatnonzero(measure.used)
    tests = [
        (p, steps, core)
        for steps, windows in enumerate(measure.windows[1:], start=1)
        for p, core in zip(model.test(windows[cores], steps), cores, strict=True)
        if p < EXTREME / len(cores)
    ]
    for _, steps, core in sorted(tests):
        members = measure.windows[steps][[core]].indices
        if not extreme[members].any() and extreme.sum() + len(members) <= most:
            extreme[members] = True
    return extreme


def build_nearer(
    distance: np.ndarray | None, provision: Provision, context: Context
) -> Measure | str:
    """How much nearer the nearest service is than where people live likewise: log(1 + km)."""
    if distance is None:
        return "places"
    used = provision.inventoried & np.isfinite(distance)
    if provision.table["services"].sum() < FEWEST_SERVICES or used.sum() < FEWEST_AREAS:
        return "few_services"
    near = -np.log1p(distance[used])
    beta = fit_values(near, context.design[used])
    residual = np.full(len(used), np.nan)
    residual[used] = near - context.design[used] @ beta
    windows = _restrict(context, used)
    model = model_values(residual, list(windows), np.flatnonzero(used))
    return Measure("nearer", model, used, windows, beta, used)


def _take_up(model: Model, used: np.ndarray, design: np.ndarray) -> np.ndarray:
    """What the fit takes up of each area's count: ``Model.taken``."""
    expected = model.expected
    slope, wider = expected, 1 + model.spread * expected
    if model.trials is not None:
        trials = np.maximum(model.trials, 1e-12)
        slope = expected * (1 - expected / trials)
        wider = 1 + np.maximum(model.trials - 1, 0) * model.spread
    chosen = design[used]
    weight = (slope / wider)[used]
    information = (chosen * weight[:, None]).T @ chosen + np.diag(penalty(chosen))
    root = np.linalg.inv(np.linalg.cholesky(information))
    return np.asarray(slope[:, None] * (design @ root.T))


def _restrict(context: Context, used: np.ndarray) -> tuple[csr_array, ...]:
    """The windows without the areas where the measure is not known."""
    found = []
    for window in context.windows:
        inside = csr_array(window.multiply(used[None, :].astype("float64")))
        inside.eliminate_zeros()
        found.append(inside)
    return tuple(found)


def tell_missing(reasons: dict[str, str], theme: str | None) -> pd.DataFrame:
    """Rows ``theme``, ``kind``, ``missing`` of what could not be looked for."""
    rows = [(theme, kind, reason) for kind, reason in reasons.items()]
    return pd.DataFrame(rows, columns=["theme", "kind", "missing"])
