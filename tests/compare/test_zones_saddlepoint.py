"""Far tails of weighted sums of counts, against draws and against exact laws."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.stats import nbinom

from landscape.compare.zones.saddlepoint import Members, count_sum_tail

SPREAD = 0.36


def ask(expected: np.ndarray, weight: np.ndarray, total: float, common: float = 0.0) -> float:
    """The tail of one window of all areas."""
    windows = csr_array(np.ones((1, len(expected))))
    members = Members.of(windows, weight, expected, SPREAD)
    members = replace(members, common=np.array([common]))
    return float(count_sum_tail(np.array([total - weight @ expected]), members)[0])


@pytest.mark.parametrize("areas", [1, 6, 40])
@pytest.mark.parametrize("services", [2, 4, 8])
def test_areas_alike_have_the_tail_of_a_negative_binomial(areas: int, services: int) -> None:
    expected, weight = np.full(areas, 0.01), np.full(areas, 2.7)
    size = areas / SPREAD
    exact = nbinom.sf(services - 1, size, 1 / (1 + SPREAD * 0.01))
    assert ask(expected, weight, services * 2.7) == pytest.approx(exact, rel=0.08)


@pytest.mark.parametrize("common", [0.0, 0.05])
def test_unequal_areas_have_the_tail_that_draws_show(common: float) -> None:
    rng = np.random.default_rng(1)
    expected = np.array([0.05, 0.02, 0.01, 0.03, 0.015, 0.2, 1.5, 0.3, 0.1])
    weight = np.log1p(1.5 / np.sqrt(expected))
    time = rng.gamma(1 / common, common, 400_000) if common else np.ones(400_000)
    total = sum(
        w * rng.poisson(rng.gamma(time / SPREAD) * SPREAD * mean)
        for w, mean in zip(weight, expected, strict=True)
    )
    for share in (0.05, 0.01, 0.001):
        at = float(np.quantile(total, 1 - share))
        seen = float((total >= at - 1e-9).mean())
        assert 0.9 * seen < ask(expected, weight, at, common) < 1.6 * seen


def test_areas_that_cannot_count_change_nothing() -> None:
    weight = np.array([1.2, 0.7])
    with_empty = ask(np.array([0.4, 0.9, 0.0]), np.array([*weight, 5.0]), 9.0)
    assert with_empty == ask(np.array([0.4, 0.9]), weight, 9.0)
    assert 0 < with_empty < 1
