"""The ways in which a zone may differ, each with its expectation and what chance does to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model, estimate_spread, estimate_together
from landscape.compare.zones.context import Context
from landscape.compare.zones.distances import ValueModel, model_values
from landscape.compare.zones.expected import fit_counts, fit_shares, fit_values
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
    design, counts = context.design[used], seen[used]
    beta = fit_counts(counts, design)
    for _ in range(2):
        spread = estimate_spread(counts, np.exp(design @ beta), None, seed)
        beta = fit_counts(counts, design, spread, beta)
    spread = estimate_spread(counts, np.exp(design @ beta), None, seed)
    expected = _spread_out(np.exp(design @ beta), used)
    model = Model(np.where(used, seen, 0.0), expected, None, spread)
    return _finish("more", model, used, context, beta, seed=seed)


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
    design = context.design[used]
    beta = fit_shares(cases[used], trials[used], design)
    for _ in range(2):
        expected = trials[used] / (1 + np.exp(-design @ beta))
        alike = estimate_spread(cases[used], expected, trials[used], seed)
        beta = fit_shares(cases[used], trials[used], design, alike, beta)
    expected = _spread_out(trials[used] / (1 + np.exp(-design @ beta)), used)
    model = Model(np.where(used, cases, 0.0), expected, np.where(used, trials, 0.0), alike)
    return _finish(kind, model, used, context, beta, seed=seed)


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


def _finish(
    kind: str, model: Model, used: np.ndarray, context: Context, beta: np.ndarray, *, seed: int
) -> Measure:
    windows = _restrict(context, used)
    model = estimate_together(model, list(windows), np.flatnonzero(used), seed)
    return Measure(kind, model, used, windows, beta)


def _restrict(context: Context, used: np.ndarray) -> tuple[csr_array, ...]:
    """The windows without the areas where the measure is not known."""
    found = []
    for window in context.windows:
        inside = csr_array(window.multiply(used[None, :].astype("float64")))
        inside.eliminate_zeros()
        found.append(inside)
    return tuple(found)


def _spread_out(values: np.ndarray, used: np.ndarray) -> np.ndarray:
    whole = np.zeros(len(used))
    whole[used] = values
    return whole


def tell_missing(reasons: dict[str, str], theme: str | None) -> pd.DataFrame:
    """Rows ``theme``, ``kind``, ``missing`` of what could not be looked for."""
    rows = [(theme, kind, reason) for kind, reason in reasons.items()]
    return pd.DataFrame(rows, columns=["theme", "kind", "missing"])
