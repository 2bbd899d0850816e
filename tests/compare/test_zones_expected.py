"""Regressions of what is expected: the top is found from wherever the search begins."""

import numpy as np
import pytest

from landscape.compare.zones.expected import fit_counts, fit_shares

AREAS = 120


@pytest.fixture(scope="module")
def design() -> np.ndarray:
    rng = np.random.default_rng(1)
    return np.column_stack([np.ones(AREAS), rng.normal(size=(AREAS, 6))])


@pytest.mark.parametrize("far", [0.5, 3.0, 8.0])
def test_shares_lead_to_one_answer_from_afar(design: np.ndarray, far: float) -> None:
    rng = np.random.default_rng(2)
    trials = np.where(np.arange(AREAS) == 0, 150.0, rng.integers(1, 4, AREAS))
    design = design.copy()
    design[0, 1] = 8.0
    cases = rng.binomial(trials.astype("int64"), 0.55).astype("float64")
    usual = fit_shares(cases, trials, design, 0.15)
    start = usual + far * np.array([1, -1, 1, -1, 1, -1, 1])
    np.testing.assert_allclose(fit_shares(cases, trials, design, 0.15, start), usual, atol=1e-3)


@pytest.mark.parametrize("far", [0.5, 3.0])
def test_counts_lead_to_one_answer_from_afar(design: np.ndarray, far: float) -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(np.exp(0.5 + design[:, 1:] @ [0.4, -0.3, 0, 0, 0.1, 0])).astype("float64")
    usual = fit_counts(counts, design, 0.3)
    start = usual + far * np.array([-1, 1, -1, 1, -1, 1, -1])
    np.testing.assert_allclose(fit_counts(counts, design, 0.3, start), usual, atol=1e-3)
