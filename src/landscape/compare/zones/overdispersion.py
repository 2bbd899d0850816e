"""How unequal areas alike are beyond chance, by an adjusted profile likelihood."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import betaln, gammaln

from landscape.compare.zones.expected import RIDGE, penalty

#: Between these the overdispersion of counts and the likeness of one area's services is sought.
OF_COUNTS = (1e-3, 30.0)
OF_SHARES = (1e-3, 0.95)


def estimate_spread(
    seen: np.ndarray,
    expected: np.ndarray,
    trials: np.ndarray | None,
    design: np.ndarray,
    ridge: float = RIDGE,
) -> float:
    """Overdispersion within areas, given what is expected of each.

    The likelihood of negative binomial counts (of beta-binomial shares where
    there are ``trials``), less half the log determinant of the information on
    the coefficients that ``expected`` was fitted with (Cox and Reid 1987): an
    expectation that follows the data would else make areas look more alike
    than they are. ``design`` has a row an area, as ``expected.fit_counts`` has
    it. The lowest of the values sought where areas are as alike as chance allows.
    """
    low, high = OF_COUNTS if trials is None else OF_SHARES

    def against(log_spread: float) -> float:
        spread = float(np.exp(log_spread))
        if trials is None:
            fit = _count_likelihood(seen, expected, spread)
            weight = expected / (1 + spread * expected)
        else:
            fit = _share_likelihood(seen, expected, trials, spread)
            wider = 1 + np.maximum(trials - 1, 0) * spread
            weight = expected * (1 - expected / trials) / wider
        information = (design * weight[:, None]).T @ design + np.diag(penalty(design, ridge))
        return 0.5 * float(np.linalg.slogdet(information)[1]) - fit

    bounds = (float(np.log(low)), float(np.log(high)))
    found = minimize_scalar(against, bounds=bounds, method="bounded", options={"xatol": 0.02})
    return float(np.exp(found.x))


def _count_likelihood(seen: np.ndarray, expected: np.ndarray, spread: float) -> float:
    size = 1 / spread
    mean = np.maximum(expected, 1e-12)
    chance = gammaln(seen + size) - gammaln(size) - size * np.log1p(mean / size)
    return float((chance + seen * np.log(mean / (size + mean))).sum())


def _share_likelihood(
    seen: np.ndarray, expected: np.ndarray, trials: np.ndarray, spread: float
) -> float:
    size = (1 - spread) / spread
    share = np.clip(expected / trials, 1e-6, 1 - 1e-6)
    for_it, against = share * size, (1 - share) * size
    return float((betaln(seen + for_it, trials - seen + against) - betaln(for_it, against)).sum())
