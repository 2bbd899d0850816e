"""How far chance reaches: overdispersion, its growth over neighbours, tail probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.special import betainc, gammainc, gammaincc
from scipy.stats import norm

#: Windows above their expectation count up to so many standard deviations when the likeness
#: of neighbours is judged: a few zones must not widen what is called chance.
CAP = 2.0
#: By so many standard errors neighbours are taken to be more alike than they seem: too little
#: makes zones out of chance, too much only loses some.
SURE = 1.0
DRAWS = 30_000
#: No share is taken to lie above this.
HIGHEST = 0.98
TOGETHER = np.concatenate([[0.0], np.geomspace(0.001, 10, 40)])


#: However much the fit takes up, this share of a window's variance counts as left.
LEAST_LEFT = 0.3
#: Windows are weighed to find areas that lie this many standard deviations higher.
SOUGHT = 1.5


@dataclass(frozen=True)
class Model:
    """What was seen and what was expected in each area, and how widely chance spreads it.

    ``seen`` and ``expected`` one an area (services, or services of one kind);
    ``trials`` the services among which they are counted, None for counts;
    ``spread`` the overdispersion within an area (variance mu + spread mu^2 for
    counts, n p q (1 + (n - 1) spread) for shares); ``together`` by steps what
    neighbours have in common: the covariance of two areas over the product of
    their expectations (counts) or standard deviations (shares). ``taken`` a row
    an area: what the fit takes up of its count, in columns of unit variance
    (the expectation follows the data, also those of a zone) and ``fitted``
    which areas it was fitted to; nothing and all where they are None.
    """

    seen: np.ndarray
    expected: np.ndarray
    trials: np.ndarray | None
    spread: float
    together: tuple[float, ...] = ()
    taken: np.ndarray | None = None
    fitted: np.ndarray | None = None

    @cached_property
    def weight(self) -> np.ndarray:
        """What a service of each area says for a zone: the logarithm of a likelihood ratio.

        Of an area 1.5 standard deviations above its expectation against one at
        it (Neyman and Pearson 1933). A sum of plain counts would hear the
        cities alone.
        """
        deviation = np.sqrt(self.variance)
        usual = np.maximum(self.expected, 1e-12)
        raised = usual + SOUGHT * deviation
        if self.trials is None:
            ratio = raised / usual * (1 + self.spread * usual) / (1 + self.spread * raised)
        else:
            trials = np.maximum(self.trials, 1e-12)
            usual, raised = usual / trials, np.minimum(raised / trials, HIGHEST)
            ratio = np.maximum(raised / (1 - raised) * (1 - usual) / usual, 1.0)
        return np.where(self.expected > 0, np.log(ratio), 0.0)

    @cached_property
    def variance(self) -> np.ndarray:
        """The variance of what is seen in each area."""
        return spread_out(self.expected, self.trials, self.spread)

    @cached_property
    def third(self) -> np.ndarray:
        """The third central moment of each area's count."""
        return third_moment(self.expected, self.trials, self.spread)

    def test(self, windows: csr_array, steps: int, without: np.ndarray | float = 0.0) -> np.ndarray:
        """One-sided p of each window: as many or more by chance, with all the overdispersion.

        An area alone (0 steps) by the tail of its count, a window by that of
        the weighted sum of its counts. ``without``: so many services (weighted,
        in a window) are taken away first, a value a window.
        """
        if steps == 0:
            return self._test_areas(windows, without)
        weight = self.weight
        variance = self.after_fit(windows) + self.together[steps] * self.pairs(windows)
        third = windows @ (weight**3 * self.third)
        above = windows @ (weight * (self.seen - self.expected)) - without
        return sum_tail(above, variance, third)

    def after_fit(self, windows: csr_array) -> np.ndarray:
        """The variance of a window's weighted sum where areas are independent.

        Less what the fit takes up (the efficient score of one more column that
        marks the window; Rao 1948): residuals are closer to zero than chance was.
        Areas that were not ``fitted`` add the error of foretelling them.
        """
        weight = self.weight
        variance = windows @ (weight**2 * self.variance)
        if self.taken is None:
            return np.asarray(variance)
        pull = weight[:, None] * self.taken
        inside = np.ones(len(weight)) if self.fitted is None else self.fitted.astype("float64")
        followed = ((windows @ (pull * inside[:, None])) ** 2).sum(axis=1)
        foretold = ((windows @ (pull * (1 - inside)[:, None])) ** 2).sum(axis=1)
        return np.asarray(np.maximum(variance - followed, LEAST_LEFT * variance) + foretold)

    def pairs(self, windows: csr_array) -> np.ndarray:
        """Per unit of ``together``, what neighbours in common add to a window's variance."""
        size = self.expected if self.trials is None else np.sqrt(self.variance)
        size = self.weight * size
        return np.asarray(np.maximum((windows @ size) ** 2 - windows @ size**2, 0))

    def _test_areas(self, windows: csr_array, without: np.ndarray | float) -> np.ndarray:
        seen, expected = windows @ self.seen, windows @ self.expected
        less = np.minimum(without, seen)
        if self.trials is None:
            return count_tail(seen - less, expected, np.full(len(seen), self.spread))
        trials = windows @ self.trials
        factor = 1 + np.maximum(trials - 1, 0) * self.spread
        left = np.divide(trials - less, trials, out=np.zeros(len(trials)), where=trials > 0)
        return share_tail(seen - less, trials - less, expected * left, factor)

    def score(self) -> np.ndarray:
        """Each area's deviance as a standard normal value (mid-p; Dunn and Smyth 1996)."""
        middle = (self._at_least(self.seen) + self._at_least(self.seen + 1)) / 2
        return np.asarray(norm.isf(np.clip(middle, 1e-12, 1 - 1e-12)))

    def _at_least(self, seen: np.ndarray) -> np.ndarray:
        if self.trials is None:
            return count_tail(seen, self.expected, np.full(len(seen), self.spread))
        factor = 1 + np.maximum(self.trials - 1, 0) * self.spread
        over = seen > self.trials
        return np.where(over, 0.0, share_tail(seen, self.trials, self.expected, factor))


def sum_tail(above: np.ndarray, variance: np.ndarray, third: np.ndarray) -> np.ndarray:
    """P(sum - mean >= above) of a skew sum: a gamma of the same three moments (Pearson 1895).

    1 where the sum lies at or below its mean, or has no variance.
    """
    deviation = np.sqrt(np.maximum(variance, 1e-12))
    skewness = np.clip(third / deviation**3, 1e-3, None)
    shape = 4 / skewness**2
    at = shape + np.sqrt(shape) * above / deviation
    return np.where((above > 0) & (variance > 1e-12), gammaincc(shape, np.maximum(at, 0)), 1.0)


def third_moment(expected: np.ndarray, trials: np.ndarray | None, spread: float) -> np.ndarray:
    """The third central moment of each area's count.

    Of a negative binomial; of shares that of a binomial, stretched as its variance is.
    """
    if trials is None:
        return expected + 3 * spread * expected**2 + 2 * spread**2 * expected**3
    share = np.divide(expected, trials, out=np.zeros(len(expected)), where=trials > 0)
    wider = 1 + np.maximum(trials - 1, 0) * spread
    return np.asarray(expected * (1 - share) * (1 - 2 * share) * wider**2)


def count_tail(seen: np.ndarray, expected: np.ndarray, dispersion: np.ndarray) -> np.ndarray:
    """P(count >= seen) of a negative binomial with variance mu + dispersion mu^2; 1 for 0."""
    size = 1 / np.maximum(dispersion, 1e-8)
    share = expected / (expected + size)
    some = np.maximum(seen, 1e-9)
    tail = np.where(
        dispersion > 1e-6, betainc(some, size, share), gammainc(some, np.maximum(expected, 1e-12))
    )
    return np.where(seen > 0, tail, 1.0)


def share_tail(
    seen: np.ndarray, trials: np.ndarray, expected: np.ndarray, factor: np.ndarray
) -> np.ndarray:
    """P(cases >= seen) of ``trials`` that are worth trials / factor independent ones.

    The binomial tail at the effective sample size (Kish 1965), continued
    between whole numbers by the beta function; 1 where there is no trial.
    """
    worth = trials / factor
    cases = np.minimum(seen / factor, worth)
    share = np.divide(expected, trials, out=np.zeros(len(seen)), where=trials > 0)
    tail = betainc(np.maximum(cases, 1e-9), np.maximum(worth - cases + 1, 1e-9), share)
    return np.where((trials > 0) & (seen > 0), tail, 1.0)


def estimate_together(
    model: Model, windows: Sequence[csr_array], sample: np.ndarray, seed: int
) -> Model:
    """The model with what neighbours have in common, window size by window size.

    For each size the windows' squared standardised sums (cut at 2 above) are
    compared with those of simulated countries in which areas are independent;
    what they are wider by is put down to neighbours being alike, one standard
    error to the safe side. ``sample``
    are the rows that count as windows.
    """
    rng = np.random.default_rng(seed)
    times = max(8, round(DRAWS / 4 / max(len(model.seen), 1)))
    drawn = [draw_areas(model.expected, model.trials, model.spread, rng) for _ in range(times)]
    found = [0.0, *(_in_common(model, window[sample], drawn) for window in windows[1:])]
    return replace(model, together=tuple(found))


def _in_common(model: Model, windows: csr_array, drawn: list[np.ndarray]) -> float:
    weight = model.weight
    own, left = windows @ (weight**2 * model.variance), model.after_fit(windows)
    pairs = model.pairs(windows)
    used = own > 1e-12
    real = (windows @ (weight * (model.seen - model.expected)))[used]
    null = [(windows @ (weight * (each - model.expected)))[used] for each in drawn]
    by_chance = np.array([_cut(each, own[used], CAP) for each in null])
    least = float(by_chance.mean() - SURE * by_chance.std())

    def excess(value: float) -> float:
        return _cut(real, (left + value * pairs)[used], CAP) - least

    return _crossing(TOGETHER, excess)


def draw_areas(
    expected: np.ndarray, trials: np.ndarray | None, spread: float, rng: np.random.Generator
) -> np.ndarray:
    """Counts (or cases among the trials) that areas would show by chance alone."""
    if trials is None:
        rate = expected
        if spread > 0:
            rate = rng.gamma(1 / spread, 1.0, len(expected)) * spread * expected
        return rng.poisson(rate).astype("float64")
    share = np.divide(expected, trials, out=np.zeros(len(expected)), where=trials > 0)
    if spread > 0:
        size = (1 - spread) / spread
        share = rng.beta(np.maximum(share * size, 1e-6), np.maximum((1 - share) * size, 1e-6))
    return rng.binomial(trials.astype("int64"), share).astype("float64")


def spread_out(expected: np.ndarray, trials: np.ndarray | None, spread: float) -> np.ndarray:
    """The variance of each area's count."""
    if trials is None:
        return expected + spread * expected**2
    share = np.divide(expected, trials, out=np.zeros(len(expected)), where=trials > 0)
    return np.asarray(expected * (1 - share) * (1 + np.maximum(trials - 1, 0) * spread))


def _cut(above: np.ndarray, variance: np.ndarray, cap: float = 3.0) -> float:
    """The mean of squared standardised deviations, cut at -3 and at the cap."""
    away = np.clip(above / np.sqrt(np.maximum(variance, 1e-12)), -3.0, cap)
    return float((away**2).mean()) if len(away) else 0.0


def _crossing(grid: np.ndarray, excess: Callable[[float], float]) -> float:
    """Where the falling excess comes down to zero, between two values of the grid."""
    low, high = 0, len(grid) - 1
    before = excess(float(grid[low]))
    if before <= 0:
        return float(grid[low])
    after = excess(float(grid[high]))
    if after > 0:
        return float(grid[high])
    while high - low > 1:
        middle = (low + high) // 2
        value = excess(float(grid[middle]))
        if value > 0:
            low, before = middle, value
        else:
            high, after = middle, value
    return float(grid[low] + before / (before - after) * (grid[high] - grid[low]))
