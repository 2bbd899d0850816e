"""How far chance reaches: a model of what was seen, expected and spread in each area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import norm

from landscape.compare.zones.saddlepoint import Members, count_sum_tail
from landscape.compare.zones.tails import (
    HIGHEST,
    count_tail,
    share_tail,
    spread_out,
    sum_tail,
    third_moment,
    with_freedom,
)

#: However much the fit takes up, this share of a window's variance counts as left.
LEAST_LEFT = 0.3
#: Windows are weighed to find areas that lie this many standard deviations higher.
SOUGHT = 1.5
#: Below this p the cumulants tell the tail of a sum of counts, above it three moments are enough.
FAR = 0.1


@dataclass(frozen=True)
class Model:
    """What was seen and what was expected in each area, and how widely chance spreads it.

    ``seen`` and ``expected`` one an area (services, or services of one kind);
    ``trials`` the services among which they are counted, None for counts;
    ``spread`` the overdispersion within an area (variance mu + spread mu^2 for
    counts, n p q (1 + (n - 1) spread) for shares); ``together`` by steps what
    neighbours have in common: the covariance of two areas over the product of
    their expectations (counts) or standard deviations (shares), and ``freedom``
    the degrees of freedom with which the variance of windows is known. ``taken`` a row
    an area: what the fit takes up of its count, in columns of unit variance
    (the expectation follows the data, also those of a zone) and ``fitted``
    which areas it was fitted to; nothing and all where they are None.
    """

    seen: np.ndarray
    expected: np.ndarray
    trials: np.ndarray | None
    spread: float
    together: tuple[float, ...] = ()
    freedom: tuple[float, ...] = ()
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
        third = windows @ (weight**3 * self.third) + self.skew_together(windows, steps)
        above = windows @ (weight * (self.seen - self.expected)) - without
        p = sum_tail(above, variance, third)
        far = np.flatnonzero(p < FAR)
        if self.trials is None and len(far):
            p[far] = self.count_tail(windows[far], above[far], self.together[steps], variance[far])
        return with_freedom(p, self.freedom[steps])

    def count_tail(
        self, windows: csr_array, above: np.ndarray, together: float = 0.0,
        variance: np.ndarray | None = None,
    ) -> np.ndarray:  # fmt: skip
        """P(weighted sum - mean >= above) of windows of counts, by their cumulants.

        ``together`` as in ``Model``, for these windows. Where ``variance`` is given, it
        is that of the sums; else that of the areas and what they have in common.
        """
        shared = together * self.pairs(windows)
        if variance is not None:
            known = windows @ (self.weight**2 * self.variance) + shared
            above = above * np.sqrt(known / variance)
        mean = windows @ (self.weight * self.expected)
        members = Members.of(windows, self.weight, self.expected, self.spread, shared / mean**2)
        return count_sum_tail(above, members)

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
        together = windows @ pull
        outside = np.array([], int) if self.fitted is None else np.flatnonzero(~self.fitted)
        left_out = csr_array(windows[:, outside]) @ pull[outside]
        followed = ((together - left_out) ** 2).sum(axis=1)
        foretold = (left_out**2).sum(axis=1)
        return np.asarray(np.maximum(variance - followed, LEAST_LEFT * variance) + foretold)

    def pairs(self, windows: csr_array) -> np.ndarray:
        """Per unit of ``together``, what neighbours in common add to a window's variance."""
        size = self.expected if self.trials is None else np.sqrt(self.variance)
        size = self.weight * size
        return np.asarray(np.maximum((windows @ size) ** 2 - windows @ size**2, 0))

    def skew_together(self, windows: csr_array, steps: int) -> np.ndarray | float:
        """What a factor that neighbours have in common adds to the third moment of a count.

        Of a mean 1 and a log-normal third moment: it moves the sum itself, and the
        variance around it. None for shares, whose sums are not skew to one side.
        """
        if self.trials is not None:
            return 0.0
        common, usual = self.together[steps], self.expected
        total = windows @ (self.weight * usual)
        slope = windows @ (self.weight**2 * (usual + 2 * self.spread * usual**2))
        return np.asarray(3 * common * total * slope + (3 + common) * common**2 * total**3)

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
