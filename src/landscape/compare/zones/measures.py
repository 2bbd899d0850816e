"""The ways in which a zone may differ, each with its expectation and what chance does to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model
from landscape.compare.zones.context import LARGEST_WINDOW, Context
from landscape.compare.zones.distances import ValueModel, model_values
from landscape.compare.zones.expected import (
    BOUND,
    RIDGE,
    estimate_ridge,
    fit_counts,
    fit_shares,
    fit_values,
    penalty,
)
from landscape.compare.zones.overdispersion import estimate_spread
from landscape.compare.zones.provision import Provision
from landscape.compare.zones.together import estimate_together, mark_farthest

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
AREAS_A_COLUMN = 10
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
    ridge: float = RIDGE


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


def stands_apart(kind: str, provision: Provision) -> bool:
    """Whether counting each site once changes what the measure counts."""
    names = [name for name in COLUMNS[kind] if name]
    table = provision.table
    return any((table[name] != table[_column(name, "site")]).any() for name in names)


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
    likelihood, Hadi and Luceno 1997): neither the expectation nor how far chance reaches.
    """
    nobody = np.zeros(len(used), dtype=bool)
    first, spread = _fit(kind, seen, trials, Areas(used, used, nobody), context, seed=seed)
    extreme = find_extreme(first)
    enough = used.sum() >= AREAS_A_COLUMN * context.design.shape[1]
    areas = Areas(used, used & ~extreme if enough else used, extreme)
    return _fit(kind, seen, trials, areas, context, seed=seed, least=spread)[0]


@dataclass(frozen=True)
class Areas:
    """Which areas are ``used``, ``fitted`` to, and ``extreme``: chance is not judged by them."""

    used: np.ndarray
    fitted: np.ndarray
    extreme: np.ndarray


def _fit(
    kind: str, seen: np.ndarray, trials: np.ndarray | None, areas: Areas, context: Context, *,
    seed: int, least: float = 0.0,
) -> tuple[Measure, float]:  # fmt: skip
    """The measure and its overdispersion, which is no less than ``least``."""
    used, fitted = areas.used, areas.fitted
    beta, spread, ridge = _fit_and_spread(seen, trials, context.design, areas)
    expected = _expect(beta, trials, context.design)
    spread = max(spread, least)
    model = Model(seen, np.where(used, expected, 0.0), trials, spread)
    model = replace(model, taken=_take_up(model, fitted, context.design, ridge), fitted=fitted)
    windows = _restrict(context, used)
    model = estimate_together(model, list(windows), np.flatnonzero(used), seed, areas.extreme)
    return Measure(kind, model, used, windows, beta, fitted, ridge), spread


def _fit_and_spread(
    seen: np.ndarray, trials: np.ndarray | None, design: np.ndarray, areas: Areas
) -> tuple[np.ndarray, float, float]:
    """Coefficients, overdispersion and ridge penalty, each given the others in turn."""
    beta, spread, ridge = None, 0.0, RIDGE
    calm = areas.used & ~areas.extreme
    fit = _rows(seen, trials, design, areas.fitted)
    rest = _rows(seen, trials, design, calm)
    for _ in range(ROUNDS):
        beta = _coefficients(*fit, spread, beta, ridge=ridge)
        spread = estimate_spread(rest[0], _expect(beta, rest[1], rest[2]), *rest[1:], ridge)
        weight = _inform(_expect(beta, fit[1], fit[2]), fit[1], spread)
        ridge = estimate_ridge(fit[2], weight, beta, ridge)
    return _coefficients(*fit, spread, beta, ridge=ridge), spread, ridge


def _rows(
    seen: np.ndarray, trials: np.ndarray | None, design: np.ndarray, chosen: np.ndarray
) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    return seen[chosen], None if trials is None else trials[chosen], design[chosen]


def _inform(expected: np.ndarray, trials: np.ndarray | None, spread: float) -> np.ndarray:
    """What each area tells of its linear predictor."""
    if trials is None:
        return np.asarray(expected / (1 + spread * expected))
    return np.asarray(expected * (1 - expected / trials) / (1 + np.maximum(trials - 1, 0) * spread))


def _coefficients(
    seen: np.ndarray, trials: np.ndarray | None, design: np.ndarray, spread: float,
    start: np.ndarray | None, *, ridge: float,
) -> np.ndarray:  # fmt: skip
    if trials is None:
        return fit_counts(seen, design, spread, start, ridge=ridge)
    return fit_shares(seen, trials, design, spread, start, ridge=ridge)


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
    above = (model.weight * (model.seen - model.expected))[:, None]
    farthest = mark_farthest(model, [window[cores] for window in measure.windows], above)
    extreme |= farthest[:, 0] > 0
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


def _take_up(model: Model, used: np.ndarray, design: np.ndarray, ridge: float) -> np.ndarray:
    """What the fit takes up of each area's count: ``Model.taken``."""
    expected = model.expected
    slope, wider = expected, 1 + model.spread * expected
    if model.trials is not None:
        trials = np.maximum(model.trials, 1e-12)
        slope = expected * (1 - expected / trials)
        wider = 1 + np.maximum(model.trials - 1, 0) * model.spread
    chosen = design[used]
    weight = (slope / wider)[used]
    information = (chosen * weight[:, None]).T @ chosen + np.diag(penalty(chosen, ridge))
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
