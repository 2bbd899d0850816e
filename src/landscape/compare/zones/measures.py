"""The ways in which a zone may differ, each with its expectation and what chance does to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model
from landscape.compare.zones.context import Context
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
from landscape.compare.zones.extreme import mark_farthest, restore_spread
from landscape.compare.zones.outside import Fit, slope_of
from landscape.compare.zones.overdispersion import estimate_spread
from landscape.compare.zones.provision import Provision
from landscape.compare.zones.tails import size_of
from landscape.compare.zones.together import estimate_together

#: Kind of zone -> columns of ``Provision.table``: what is counted, and among what.
COLUMNS = {
    "more": ("services", None),
    "associations": ("by_associations", "told"),
    "day_outreach": ("day", "cared"),
}
KINDS = (*COLUMNS, "nearer")
FEWEST_SERVICES = 30
FEWEST_AREAS = 20
#: Clusters are left out, up to a tenth of the areas, when the reach of chance is judged, where
#: chance has one in twenty countries show a p as small; some eight windows count as one chance.
EXTREME = 0.05 * 8
MOST_EXTREME = 0.1
#: How often coefficients and overdispersion are found, each given the other.
ROUNDS = 3


#: Seen, trials and design of some areas.
Rows = tuple[np.ndarray, np.ndarray | None, np.ndarray]


@dataclass(frozen=True)
class Measure:
    """One kind of difference in one theme: a model of the areas where it is known.

    ``used`` marks those areas among all of the context; ``windows`` are the
    context's with the other areas left out of them; ``coefficients`` belong to
    the columns of the context's design.
    """

    kind: str
    model: Model | ValueModel
    used: np.ndarray
    windows: tuple[csr_array, ...]
    coefficients: np.ndarray
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
    """The measure, how far chance reaches being judged without its most extreme windows.

    A few zones must not widen what is called chance; the overdispersion is yet no
    smaller than with them. What is expected comes from all areas, as each window is
    left out of it in its turn (``Model.test``).
    """
    counted = Counted(kind, seen, trials, context)
    first, among_all = _fit(counted, used, used, seed=seed)
    extreme = find_extreme(first)
    calm_ones = used & ~extreme
    # As good as never: too few calm areas for so many columns.
    fitted = calm_ones if calm_ones.sum() > context.design.shape[1] else used
    calm, chance = _fit(counted, used, fitted, seed=seed, extreme=extreme, most=among_all.spread)
    spread = chance.spread
    beta = _coefficients(*counted.rows(used), spread, calm.coefficients, ridge=calm.ridge)
    model = _model(counted, used, beta, spread, ridge=calm.ridge)
    model = replace(model, together=chance.together, unsure=chance.unsure)
    return replace(calm, model=model, coefficients=beta)


@dataclass(frozen=True)
class Counted:
    """What is counted of a kind, among what (``trials``), in areas of which context."""

    kind: str
    seen: np.ndarray
    trials: np.ndarray | None
    context: Context

    def rows(self, chosen: np.ndarray) -> Rows:
        """Seen, trials and design of some areas."""
        trials = None if self.trials is None else self.trials[chosen]
        return self.seen[chosen], trials, self.context.design[chosen]


def _fit(
    counted: Counted, used: np.ndarray, fitted: np.ndarray, *, seed: int,
    extreme: np.ndarray | None = None, most: float = 0.0,
) -> tuple[Measure, Model]:  # fmt: skip
    """The measure as these areas let expect it, with its model; ``extreme`` tell no chance.

    Their overdispersion is then no larger than ``most``, or what they show themselves.
    """
    extreme = np.zeros(len(used), dtype=bool) if extreme is None else extreme
    beta, spread, ridge = _fit_and_spread(counted.rows(fitted), counted.rows(used & ~extreme))
    model = _model(counted, used, beta, spread, ridge=ridge, fitted=fitted)
    windows = _restrict(counted.context, used)
    sample = np.flatnonzero(used)
    if extreme.any():
        whole = restore_spread(model, windows, sample, np.random.default_rng(seed))
        model = replace(model, spread=min(whole.spread, max(model.spread, most)))
    model = estimate_together(model, list(windows), sample, seed, extreme)
    return Measure(counted.kind, model, used, windows, beta, ridge), model


def _fit_and_spread(fit: Rows, rest: Rows) -> tuple[np.ndarray, float, float]:
    """Coefficients, overdispersion and ridge penalty, each given the others in turn."""
    beta, spread, ridge = None, 0.0, RIDGE
    for _ in range(ROUNDS):
        beta = _coefficients(*fit, spread, beta, ridge=ridge)
        spread = estimate_spread(rest[0], _expect(beta, rest[1], rest[2]), *rest[1:], ridge)
        weight = _inform(_expect(beta, fit[1], fit[2]), fit[1], spread)
        ridge = estimate_ridge(fit[2], weight, beta, ridge)
    return _coefficients(*fit, spread, beta, ridge=ridge), spread, ridge


def _model(
    counted: Counted, used: np.ndarray, beta: np.ndarray, spread: float, *, ridge: float,
    fitted: np.ndarray | None = None,
) -> Model:  # fmt: skip
    """The model of the areas by these coefficients, fitted to all that are used unless told."""
    seen, trials, design = counted.seen, counted.trials, counted.context.design
    expected = np.where(used, _expect(beta, trials, design), 0.0)
    wider = 1 + spread * expected
    if trials is not None:
        wider = 1 + np.maximum(trials - 1, 0) * spread
    chosen = used if fitted is None else fitted
    fit = Fit(
        design * chosen[:, None],
        np.where(chosen, slope_of(expected, trials), 0.0),
        wider,
        np.where(chosen, seen - expected, 0.0),
        np.where(chosen, size_of(expected, trials, spread), 0.0),
        penalty(design, ridge),
        pd.factorize(counted.context.areas["parent_id"].to_numpy(), use_na_sentinel=False)[0],
    )
    return Model(seen, expected, trials, spread, fit=fit)


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
    model, most = measure.model, MOST_EXTREME * measure.used.sum()
    extreme = np.zeros(len(measure.used), dtype=bool)
    if not isinstance(model, Model):
        return extreme
    cores = np.flatnonzero(measure.used)
    above = (model.weight * (model.seen - model.expected))[:, None]
    extreme |= mark_farthest(model, measure.windows, cores, above)[:, 0] > 0
    tests = [
        (p, steps, core)
        for steps, windows in enumerate(measure.windows[1:], start=1)
        for p, core in zip(model.test_all(windows[cores], steps), cores, strict=True)
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
    return Measure("nearer", model, used, windows, beta)


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
