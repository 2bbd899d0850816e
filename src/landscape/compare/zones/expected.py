"""What an authority would provide with its size, needs and resources: regularised regressions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

#: Penalty on each squared coefficient of a standardised column: on that of the size always, on
#: the others at least, and at most.
RIDGE = 2.0
MOST_RIDGE = 1e4
#: The first columns, intercept and logarithm of the population: nobody doubts that size matters.
CERTAIN = 2
STEPS = 40
HALVINGS = 12
CLOSE = 1e-5
#: Linear predictors beyond these are as good as never and far too many.
BOUND = 15.0


def fit_counts(
    counts: np.ndarray,
    design: np.ndarray,
    dispersion: float = 0.0,
    start: np.ndarray | None = None,
    *,
    ridge: float = RIDGE,
) -> np.ndarray:
    """Coefficients of log E(count) = design @ coefficients; the first column is the intercept.

    Iteratively reweighted least squares for the quasi-likelihood with variance
    mu + dispersion * mu^2 (McCullagh and Nelder 1989, ch. 9) and a ridge
    penalty on all but the intercept (le Cessie and van Houwelingen 1992). The
    columns are standardised, none missing. ``start``: coefficients to go on from.
    """
    beta = _from_mean(design, np.log(max(counts.mean(), 1e-9))) if start is None else start
    wider = max(dispersion, 1e-9)

    def predict(beta: np.ndarray) -> np.ndarray:
        return np.asarray(np.exp(np.clip(design @ beta, -BOUND, BOUND)))

    def likelihood(beta: np.ndarray) -> float:
        mu = predict(beta)
        fit = counts * np.log(mu / (1 + wider * mu)) - np.log1p(wider * mu) / wider
        return float(fit.sum())

    for _ in range(STEPS):
        mu = predict(beta)
        weight = mu / (1 + dispersion * mu)
        found = _solve(design, weight, np.log(mu) + (counts - mu) / mu, ridge)
        beta, moved = _step(beta, found, likelihood, penalty(design, ridge))
        if moved < CLOSE:
            break
    return beta


def fit_shares(
    cases: np.ndarray,
    trials: np.ndarray,
    design: np.ndarray,
    alike: float = 0.0,
    start: np.ndarray | None = None,
    *,
    ridge: float = RIDGE,
) -> np.ndarray:
    """Coefficients of logit E(cases / trials), with the variance of alike trials of one area.

    ``alike`` is the correlation of two trials of one area (beta-binomial
    variance n p q (1 + (n - 1) alike), Williams 1982). Otherwise as
    ``fit_counts``.
    """
    overall = (cases.sum() + 0.5) / (trials.sum() + 1)
    beta = _from_mean(design, np.log(overall / (1 - overall))) if start is None else start
    wider = 1 + np.maximum(trials - 1, 0) * alike

    def predict(beta: np.ndarray) -> np.ndarray:
        return np.asarray(np.clip(design @ beta, -BOUND, BOUND))

    def likelihood(beta: np.ndarray) -> float:
        eta = predict(beta)
        return float(((cases * eta - trials * np.logaddexp(0, eta)) / wider).sum())

    for _ in range(STEPS):
        eta = predict(beta)
        share = 1 / (1 + np.exp(-eta))
        slope = np.maximum(share * (1 - share), 1e-9)
        away = np.divide(cases, trials, out=share.copy(), where=trials > 0) - share
        found = _solve(design, trials * slope / wider, eta + away / slope, ridge)
        beta, moved = _step(beta, found, likelihood, penalty(design, ridge))
        if moved < CLOSE:
            break
    return beta


def fit_values(values: np.ndarray, design: np.ndarray) -> np.ndarray:
    """Coefficients of a ridge regression of the values (Hoerl and Kennard 1970)."""
    information = design.T @ design + np.diag(penalty(design))
    return np.asarray(np.linalg.solve(information, design.T @ values))


def penalty(design: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """The ridge penalty of each column; next to none for the intercept."""
    weights = np.full(design.shape[1], ridge)
    weights[:CERTAIN] = RIDGE
    weights[0] = 1e-9
    return weights


def estimate_ridge(
    design: np.ndarray, weight: np.ndarray, beta: np.ndarray, ridge: float = RIDGE
) -> float:
    """The penalty that the coefficients themselves speak for: one over their variance.

    Coefficients as drawn from a normal law around zero, their variance found from
    what the data tell of them (Schall 1991): with few areas and many
    columns that say little, the expectation then follows chance, or a zone, less.
    ``weight`` is the information of each area on its predictor.
    """
    information = (design * weight[:, None]).T @ design
    free = beta[CERTAIN:]
    for _ in range(10):
        spread = np.linalg.inv(information + np.diag(penalty(design, ridge))).diagonal()
        told = np.maximum(1 - ridge * spread[CERTAIN:], 0).sum()
        ridge = float(np.clip(told / max(float(free @ free), 1e-12), RIDGE, MOST_RIDGE))
    return ridge


def _from_mean(design: np.ndarray, level: float) -> np.ndarray:
    start = np.zeros(design.shape[1])
    start[0] = level
    return start


def _solve(design: np.ndarray, weight: np.ndarray, target: np.ndarray, ridge: float) -> np.ndarray:
    """Weighted least squares with the ridge penalty."""
    weighted = design * weight[:, None]
    information = weighted.T @ design + np.diag(penalty(design, ridge))
    return np.asarray(np.linalg.solve(information, weighted.T @ target))


def _step(
    before: np.ndarray,
    found: np.ndarray,
    likelihood: Callable[[np.ndarray], float],
    weights: np.ndarray,
) -> tuple[np.ndarray, float]:
    """The way to what was found, at most 2 in any coefficient; and how far it went.

    Halved until it leads no lower: from afar Newton's method would else leap
    back and forth, ever further.
    """

    def worth(beta: np.ndarray) -> float:
        return likelihood(beta) - 0.5 * float(weights @ beta**2)

    move, least = np.clip(found - before, -2.0, 2.0), worth(before)
    for _ in range(HALVINGS):
        if worth(before + move) >= least - CLOSE:
            break
        move = move / 2
    return before + move, float(np.abs(move).max())
