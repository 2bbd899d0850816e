"""Measures of access against published answers and against PySAL's access."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from access import fca
from access import weights as pysal_decay

from landscape.compare.access import (
    Decay,
    Reach,
    count_within,
    exponential,
    gaussian,
    inverse,
    reach_by_table,
    spatial_availability,
    steps,
    three_step_access,
    two_step_access,
)

NODES = pd.Index(["1", "2", "3"])
COSTS = {("1", "3"): 40, ("2", "3"): 40, ("1", "2"): 80}
POPULATION = pd.Series([100, 50, 10], index=NODES)
DOCTORS = pd.Series([15, 20, 100], index=NODES)


@pytest.fixture(scope="module")
def three_nodes() -> pd.DataFrame:
    """The three-node example in the documentation of pysal/access."""
    both = COSTS | {(there, here): cost for (here, there), cost in COSTS.items()}
    rows = [(*pair, cost) for pair, cost in both.items()] + [(node, node, 1) for node in NODES]
    return pd.DataFrame(rows, columns=["origin", "destination", "cost"])


def test_two_steps_on_three_nodes(three_nodes: pd.DataFrame) -> None:
    reach = reach_by_table(three_nodes, NODES, NODES, limit=61)
    found = two_step_access(reach, POPULATION, DOCTORS, inverse())["value"]
    assert found.round(6).tolist() == [0.331444, 0.579828, 7.286418]


def test_three_steps_on_three_nodes(three_nodes: pd.DataFrame) -> None:
    reach = reach_by_table(three_nodes, NODES, NODES)
    found = three_step_access(reach, POPULATION, DOCTORS, inverse(), limit=61)["value"]
    assert found.round(6).tolist() == [0.156257, 0.406216, 9.906352]


def test_spatial_availability_shares_out_all_there_is(three_nodes: pd.DataFrame) -> None:
    reach = reach_by_table(three_nodes, NODES, NODES, limit=61)
    found = spatial_availability(reach, POPULATION, DOCTORS, inverse())["value"]
    assert found.sum() == pytest.approx(DOCTORS.sum())


@pytest.mark.data
@pytest.mark.parametrize(
    ("rate", "two_steps", "available"),
    [(0.5, [456.32, 272.26], [388780.8, 107272.2]), (0.6, [456.85, 271.10], None)],
)
def test_ipeagit_accessibility(
    official: Path, rate: float, two_steps: list[float], available: list[float] | None
) -> None:
    vectors = official.parent / "vectors"
    land = pd.read_csv(vectors / "accessibility_land_use.csv").set_index("id")
    origins = pd.Index(["89a88cdb57bffff", "89a88cdb597ffff"])
    travel = pd.read_csv(vectors / "accessibility_travel_matrix.csv.xz")
    travel.columns = pd.Index(["origin", "destination", "cost"])
    reach = reach_by_table(travel, origins, land.index)
    given = (land["population"].reindex(origins), land["jobs"], exponential(rate))
    assert two_step_access(reach, *given)["value"].round(2).tolist() == two_steps
    if available:
        found = spatial_availability(reach, *given)["value"]
        assert found.round(1).tolist() == available


ZONES = {10: 1, 20: 0.68, 30: 0.22}
DECAYS = {
    "2SFCA": (None, None),
    "steps": (steps(ZONES), pysal_decay.step_fn(ZONES)),
    "Gaussian": (gaussian(12), pysal_decay.gaussian(12)),
    "gravity": (inverse(1.5, 2), pysal_decay.gravity(1, -1.5, 2)),
}


def random_pairs(seed: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Costs from 0 to 60 between 120 areas and 80 services, each with some pair below 30."""
    random = np.random.default_rng(seed)
    pairs = pd.MultiIndex.from_product([range(120), range(80)]).to_frame(index=False)
    pairs = pairs.set_axis(["origin", "destination"], axis=1)
    pairs["cost"] = np.round(random.uniform(0, 60, len(pairs)), 1)
    pairs = pairs[random.random(len(pairs)) < 0.5].reset_index(drop=True)
    demand = pd.Series(random.integers(1, 5000, 120).astype(float), name="demand")
    supply = pd.Series(random.integers(1, 60, 80).astype(float), name="supply")
    return pairs, demand.rename_axis("geoid"), supply.rename_axis("geoid")


def by_pysal(
    method: Callable[..., pd.Series],
    given: tuple[pd.DataFrame, pd.Series, pd.Series],
    weigh: Callable[[float], float] | None,
) -> pd.Series:
    pairs, demand, supply = given
    found = method(
        demand.to_frame(), supply.to_frame(), pairs.copy(), max_cost=30,
        demand_index=True, supply_index=True, cost_dest="destination", weight_fn=weigh,
    )  # fmt: skip
    return found.reindex(demand.index)


def the_pairs(pairs: pd.DataFrame, limit: float | None) -> Reach:
    return reach_by_table(pairs, pd.RangeIndex(120), pd.RangeIndex(80), limit)


def assert_same(found: pd.Series, other: pd.Series) -> None:
    assert other.notna().all()
    np.testing.assert_allclose(found.astype(float), other, rtol=1e-9, atol=0)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", DECAYS)
def test_pysal_has_the_same_two_steps(name: str, seed: int) -> None:
    decay, weigh = DECAYS[name]
    given = random_pairs(seed)
    pairs, demand, supply = given
    found = two_step_access(the_pairs(pairs, 30), demand, supply, decay)["value"]
    other = by_pysal(fca.two_stage_fca, given, weigh)
    assert_same(found, other)
    available = spatial_availability(the_pairs(pairs, 30), demand, supply, decay)["value"]
    assert_same(available, demand * other)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["steps", "Gaussian", "gravity"])
def test_pysal_has_the_same_three_steps(name: str, seed: int) -> None:
    decay, weigh = DECAYS[name]
    given = random_pairs(seed)
    pairs, demand, supply = given
    found = three_step_access(the_pairs(pairs, None), demand, supply, decay, limit=30)["value"]
    assert_same(found, by_pysal(fca.three_stage_fca, given, weigh))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", DECAYS)
def test_pysal_has_the_same_opportunities(name: str, seed: int) -> None:
    decay, weigh = DECAYS[name]
    pairs, _, supply = random_pairs(seed)
    found = count_within(the_pairs(pairs, 30), supply, decay)["value"]
    other = fca.weighted_catchment(
        supply.to_frame(), pairs, max_cost=30, cost_source="destination", cost_dest="origin",
        loc_index=True, loc_value="supply", weight_fn=weigh,
    )  # fmt: skip
    assert_same(found, other)


def direct(pairs: pd.DataFrame, demand: pd.Series, supply: pd.Series, decay: Decay) -> pd.Series:
    """Two steps as two sums over dictionaries, straight from the formula."""
    near = pairs[pairs["cost"] <= 30]
    rows = list(zip(near["origin"], near["destination"], decay(near["cost"].to_numpy()),
                    strict=True))  # fmt: skip
    pressed = dict.fromkeys(supply.index, 0.0)
    for area, service, weight in rows:
        pressed[service] += weight * demand[area]
    shares = dict.fromkeys(demand.index, 0.0)
    for area, service, weight in rows:
        shares[area] += weight * supply[service] / pressed[service]
    return pd.Series(shares)


def test_the_formula_written_out_gives_the_same() -> None:
    pairs, demand, supply = random_pairs(11)
    found = two_step_access(the_pairs(pairs, 30), demand, supply, exponential(0.1))["value"]
    assert_same(found, direct(pairs, demand, supply, exponential(0.1)))
