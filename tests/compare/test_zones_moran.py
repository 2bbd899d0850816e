"""Moran's I of a map and of each area, against published answers and against esda."""

import numpy as np
import pytest
from esda.moran import Moran, Moran_Local
from libpysal.weights import WSP, lat2W
from scipy.sparse import csr_array, diags_array

from landscape.compare.zones.moran import (
    adjust,
    compute_moran,
    control_false_discoveries,
    local_moran,
)


def lattice(side: int) -> csr_array:
    return csr_array(lat2W(side, side).sparse)


def by_row(weights: csr_array) -> csr_array:
    return csr_array(diags_array(1 / weights.sum(axis=1)) @ weights)


def test_variances_of_the_published_lattice() -> None:
    found = compute_moran(np.arange(1.0, 10.0), lattice(3))
    assert found.variance_random == pytest.approx(0.0596875, abs=1e-12)
    assert found.variance_normal == pytest.approx(0.053125, abs=1e-12)
    assert found.expected == pytest.approx(-1 / 8)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_as_esda_on_random_maps(seed: int) -> None:
    values = np.random.default_rng(seed).gamma(1.0, size=64)
    weights = lat2W(8, 8)
    theirs = Moran(values, weights, transformation="B", permutations=0)
    ours = compute_moran(values, lattice(8))
    assert ours.value == pytest.approx(theirs.I, abs=1e-9)
    assert ours.variance_random == pytest.approx(theirs.VI_rand, abs=1e-9)
    assert ours.variance_normal == pytest.approx(theirs.VI_norm, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_local_moran_and_its_conditional_moments_are_those_of_esda(seed: int) -> None:
    values = np.random.default_rng(seed).gamma(1.0, size=100)
    weights = WSP(lattice(10)).to_W()
    theirs = Moran_Local(values, weights, transformation="r", permutations=0)
    ours = local_moran(values, by_row(lattice(10)))
    assert ours["value"].to_numpy() == pytest.approx(theirs.Is, abs=1e-9)
    assert ours["high"].to_numpy().tolist() == (theirs.q == 1).tolist()


def test_the_conditional_moments_are_those_of_shuffled_neighbours() -> None:
    rng = np.random.default_rng(0)
    values = rng.gamma(1.0, size=49)
    ours = local_moran(values, by_row(lattice(7)))
    theirs = Moran_Local(values, lat2W(7, 7), permutations=19_999, seed=1, keep_simulations=True)
    spread = np.sqrt(ours["variance"].to_numpy())
    assert np.abs(ours["expected"].to_numpy() - theirs.EI_sim).max() < 0.05 * spread.max()
    assert theirs.seI_sim == pytest.approx(spread, rel=0.05)


def test_false_discoveries_are_controlled_as_benjamini_and_hochberg_published() -> None:
    # The fifteen p-values of their paper (1995, section 4): four discoveries at 5 %.
    p = np.array(
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
         .6528, .7590, 1.0]
    )  # fmt: skip
    assert control_false_discoveries(p, 0.05).sum() == 4
    assert (adjust(p) <= 0.05).sum() == 4
    assert not control_false_discoveries(np.array([0.2, np.nan]), 0.05).any()
