"""How far chance reaches: a model of what was seen, expected and spread in each area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import norm

from landscape.compare.zones.outside import (
    POINTS,
    WEIGHTS,
    Apart,
    Fit,
    average_share,
    beside_one,
    expect_moved,
    slope_of,
    weigh_anew,
)
from landscape.compare.zones.saddlepoint import Members, count_sum_tail
from landscape.compare.zones.tails import (
    HIGHEST,
    count_tail,
    share_tail,
    size_of,
    spread_out,
    sum_tail,
    third_moment,
    with_freedom,
)

#: However much the fit takes up, this share of a window's variance counts as left.
LEAST_LEFT = 0.3
#: Windows are weighed to find areas that lie this many standard deviations higher.
SOUGHT = 1.5
#: Below this p a window is measured against the areas outside of it, by the whole tail; among
#: many windows below so many by chance alone.
FAR = 0.1
FOLLOWED = 400
#: Variances are formulas: taken as known no better than a sample of so many shows them.
FREEDOM = 100
#: So many windows at once, for the sake of memory.
CHUNK = 512


@dataclass(frozen=True)
class Model:
    """What was seen and what was expected in each area, and how widely chance spreads it.

    ``seen`` and ``expected`` one an area (services, or services of one kind);
    ``trials`` the services among which they are counted, None for counts;
    ``spread`` the overdispersion within an area (variance mu + spread mu^2 for
    counts, n p q (1 + (n - 1) spread) for shares); ``together`` by steps what
    neighbours have in common: the covariance of two areas over the product of
    their expectations (counts) or standard deviations (shares), and ``unsure`` the
    standard error of that. ``fit`` is the regression that ``expected`` comes from; None
    where it is known.
    """

    seen: np.ndarray
    expected: np.ndarray
    trials: np.ndarray | None
    spread: float
    together: tuple[float, ...] = ()
    unsure: tuple[float, ...] = ()
    fit: Fit | None = None

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
            # Services of one area are alike: each says less where there are many.
            ratio = ratio ** (1 / (1 + np.maximum(trials - 1, 0) * self.spread))
        return np.where(self.expected > 0, np.log(ratio), 0.0)

    @cached_property
    def variance(self) -> np.ndarray:
        """The variance of what is seen in each area."""
        return spread_out(self.expected, self.trials, self.spread)

    @property
    def size(self) -> np.ndarray:
        """What ``together`` is told against: expectations, of shares standard deviations."""
        return size_of(self.expected, self.trials, self.spread)

    @cached_property
    def third(self) -> np.ndarray:
        """The third central moment of each area's count."""
        return third_moment(self.expected, self.trials, self.spread)

    def test_all(self, windows: csr_array, steps: int) -> np.ndarray:
        """``test`` of all windows of a country, most of which are not worth a second look."""
        return self.test(windows, steps, far=min(FAR, FOLLOWED / max(windows.shape[0], 1)))

    def test(
        self, windows: csr_array, steps: int, without: np.ndarray | float = 0.0, far: float = FAR
    ) -> np.ndarray:
        """One-sided p of each window: as many or more by chance, with all the overdispersion.

        An area alone (0 steps) by the tail of its count, a window by that of
        the weighted sum of its counts. Those that stand out are measured against what the
        areas outside of them let expect (``_test_outside``). ``without``: so many services
        (weighted, in a window) are taken away first, a value a window. ``far``: from which p
        on a window is looked at a second time.
        """
        less = np.broadcast_to(np.asarray(without, dtype="float64"), windows.shape[:1])
        p = self._screen(windows, steps, less) if steps else self._test_areas(windows, less)
        able = (self.weight > 0) & (self.expected > 0)
        rows = np.flatnonzero((p < far) & (windows @ able.astype("float64") > 0))
        for chunk in np.split(rows, range(CHUNK, len(rows), CHUNK)) if len(rows) else []:
            p[chunk] = self._test_outside(windows[chunk], steps, less[chunk])
        return p

    def _screen(self, windows: csr_array, steps: int, less: np.ndarray) -> np.ndarray:
        """p of weighted sums by three moments, as the areas of a window are part of the fit."""
        weight = self.weight
        variance = self.after_fit(windows) + self.together[steps] * self.pairs(windows)
        third = windows @ (weight**3 * self.third) + self.skew_together(windows, steps)
        above = windows @ (weight * (self.seen - self.expected)) - less
        return sum_tail(above, variance, third)

    def _test_outside(self, windows: csr_array, steps: int, less: np.ndarray) -> np.ndarray:
        """p of windows against what the areas outside of each let expect of it.

        A zone is neither measured against itself nor hidden by what it does to the
        fit; the variance has the error of foretelling the window from outside.
        """
        weight = self.weight if steps else np.ones(len(self.seen))
        found = self.set_apart(windows, weight, self.together[steps] if steps else None)
        found = replace(found, above=found.above - less)
        if steps:
            p = [share * self._tail(found, common) for common, share in self._commons(steps)]
            tail = np.sum(p, axis=0)
            return tail if found.trials is not None else with_freedom(tail, FREEDOM)
        mean = found.members.expected
        narrow = np.sqrt(found.own / (found.own + found.foretold))
        return self._tail_of_areas(np.maximum(mean + found.above * narrow, 0), mean, found.trials)

    def _commons(self, steps: int) -> list[tuple[float, float]]:
        """Values of what neighbours have in common that its estimate allows, each with its weight.

        Gauss and Hermite's points of a normal law, none below zero: a tail
        averaged over them is that of a variance which is not known for certain.
        """
        spread = self.unsure[steps]
        if not spread:
            return [(self.together[steps], 1.0)]
        points = zip(np.sqrt(2) * POINTS, WEIGHTS / np.sqrt(np.pi), strict=True)
        return [
            (float(max(self.together[steps] + spread * at, 0.0)), float(each))
            for at, each in points
        ]

    def _tail(self, found: Apart, common: float) -> np.ndarray:
        """p of the weighted sums where neighbours have so much in common."""
        members, shared = found.members, common * found.pairs
        known = found.own + shared
        foretold = found.foretold + common * found.foretold_pairs
        above = found.above * np.sqrt(known / (known + foretold))
        if found.trials is None:
            mean = members.add_up(members.weight * members.expected)
            p = count_sum_tail(np.maximum(above, 1e-9), replace(members, common=shared / mean**2))
            return np.where(above > 0, p, 1.0)
        third = third_moment(members.expected, found.trials, self.spread)
        return sum_tail(above, known, members.add_up(members.weight**3 * third))

    def set_apart(
        self, windows: csr_array, weight: np.ndarray, common: float | None = None
    ) -> Apart:
        """The weighted sums of windows as the areas outside of each let expect them.

        ``common``: so much is what neighbours have in common when areas are weighed anew;
        None where the weights stand.
        """
        members = Members.of(windows, weight, self.expected, self.spread)
        trials = None if self.trials is None else self.trials[members.place]
        moved, follows, left = self._move(members, trials)
        members = replace(members, expected=moved)
        variance = spread_out(moved, trials, self.spread)
        size = size_of(moved, trials, self.spread)
        if common is not None:
            factors = np.column_stack([np.sqrt(common) * size, follows])
            members = weigh_anew(members, variance, factors, beside_one(left, len(members.starts)))
        foretold, foretold_pairs = self._foretell(members, follows, left)
        felt = members.weight * size
        return Apart(
            members,
            trials,
            members.add_up(members.weight * (self.seen[members.place] - moved)),
            members.add_up(members.weight**2 * variance),
            foretold,
            np.maximum(members.add_up(felt) ** 2 - members.add_up(felt**2), 0.0),
            foretold_pairs,
        )

    def _move(
        self, members: Members, trials: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
        """What the areas outside let expect of each member, and how it follows the coefficients.

        The last is what they tell of the coefficients, a matrix a window; None where
        nothing is fitted.
        """
        if self.fit is None:
            return members.expected, np.zeros((len(members.expected), 0)), None
        moved, left = self.fit.leave_out(members.windows)
        design = self.fit.design[members.place]
        shift = np.einsum("ij,ij->i", design, moved[members.row])
        expected = expect_moved(members.expected, trials, shift)
        if trials is None:
            return expected, slope_of(expected, trials)[:, None] * design, left
        toward = np.einsum("ij,ijk->ik", design, np.linalg.inv(left)[members.row])
        unsure = np.sqrt(np.einsum("ij,ij->i", toward, design))
        expected, slope = average_share(expected, trials, unsure)
        return expected, slope[:, None] * design, left

    def _foretell(
        self, members: Members, follows: np.ndarray, left: np.ndarray | None
    ) -> tuple[np.ndarray | float, np.ndarray | float]:
        """As ``Fit.foretell``; nothing where nothing is fitted."""
        if self.fit is None or left is None:
            return 0.0, 0.0
        return self.fit.foretell(members.add_up(members.weight[:, None] * follows), left)

    def count_tail(self, windows: csr_array, above: np.ndarray) -> np.ndarray:
        """P(weighted sum - mean >= above) of windows of independent counts, by their cumulants."""
        members = Members.of(windows, self.weight, self.expected, self.spread)
        return count_sum_tail(above, members)

    def after_fit(self, windows: csr_array) -> np.ndarray:
        """The variance of a window's weighted sum where areas are independent.

        Less what the fit takes up (the efficient score of one more column that
        marks the window; Rao 1948): residuals are closer to zero than chance was.
        """
        weight = self.weight
        variance = np.asarray(windows @ (weight**2 * self.variance))
        if self.fit is None:
            return variance
        followed = ((windows @ (weight[:, None] * self.fit.taken)) ** 2).sum(axis=1)
        return np.asarray(np.maximum(variance - followed, LEAST_LEFT * variance))

    def pairs(self, windows: csr_array) -> np.ndarray:
        """Per unit of ``together``, what neighbours in common add to a window's variance."""
        size = self.weight * self.size
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

    def _test_areas(self, windows: csr_array, less: np.ndarray) -> np.ndarray:
        seen = windows @ self.seen
        trials = None if self.trials is None else windows @ self.trials
        return self._tail_of_areas(np.maximum(seen - less, 0), windows @ self.expected, trials)

    def _tail_of_areas(
        self, seen: np.ndarray, expected: np.ndarray, trials: np.ndarray | None
    ) -> np.ndarray:
        if trials is None:
            return count_tail(seen, expected, np.full(len(seen), self.spread))
        return share_tail(seen, trials, expected, 1 + np.maximum(trials - 1, 0) * self.spread)

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
