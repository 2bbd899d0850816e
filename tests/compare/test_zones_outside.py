"""A window against the areas outside of it: refits, variances, weights, what is not known."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.stats import norm
from scipy.stats import t as student
from simulated_country import SOURCE, THEME
from test_zones_found import ordinary

from landscape.compare.zones.chance import FREEDOM, Model
from landscape.compare.zones.context import Context
from landscape.compare.zones.expected import RIDGE, fit_counts, fit_shares, penalty
from landscape.compare.zones.measures import Measure, build_measure
from landscape.compare.zones.outside import Fit, slope_of, weigh_anew
from landscape.compare.zones.provision import gather_provision
from landscape.compare.zones.resampling import resample_estimate
from landscape.compare.zones.saddlepoint import Members
from landscape.compare.zones.tails import with_freedom
from landscape.compare.zones.together import estimate_together

AREAS, SPREAD = 300, 0.4
WINDOW = np.arange(40, 60)


@pytest.fixture(scope="module")
def design() -> np.ndarray:
    rng = np.random.default_rng(1)
    return np.column_stack([np.ones(AREAS), rng.normal(size=(AREAS, 4))])


def only(*places: np.ndarray) -> csr_array:
    """Windows, a row each, of areas at these places."""
    rows = np.zeros((len(places), AREAS))
    for row, inside in zip(rows, places, strict=True):
        row[inside] = 1
    return csr_array(rows)


def fit_all(seen: np.ndarray, trials: np.ndarray | None, design: np.ndarray) -> tuple[Model, Fit]:
    if trials is None:
        expected = np.exp(design @ fit_counts(seen, design, SPREAD))
        wider = 1 + SPREAD * expected
    else:
        expected = trials / (1 + np.exp(-design @ fit_shares(seen, trials, design, SPREAD)))
        wider = 1 + (trials - 1) * SPREAD
    county = np.arange(AREAS) // 10
    slope = slope_of(expected, trials)
    fit = Fit(design, slope, wider, seen - expected, penalty(design, RIDGE), county)
    return Model(seen, expected, trials, SPREAD, (0.0, 0.0), (0.0, 0.0), fit), fit


@pytest.mark.parametrize("share", [False, True], ids=["counts", "shares"])
def test_one_step_leaves_a_window_out_as_a_refit_does(design: np.ndarray, share: bool) -> None:
    rng = np.random.default_rng(2)
    mean = np.exp(1 + design[:, 1:] @ [0.3, -0.2, 0.1, 0.0])
    trials = rng.integers(5, 30, AREAS).astype("float64") if share else None
    if trials is None:
        seen = rng.poisson(mean * rng.gamma(1 / SPREAD, SPREAD, AREAS)).astype("float64")
    else:
        seen = rng.binomial(trials.astype("int64"), 0.3).astype("float64")
    seen[WINDOW] = (
        seen[WINDOW] * 2 if trials is None else np.minimum(seen[WINDOW] * 2, trials[WINDOW])
    )
    model, fit = fit_all(seen, trials, design)
    rest = np.setdiff1d(np.arange(AREAS), WINDOW)
    if trials is None:
        whole = fit_counts(seen, design, SPREAD)
        without = fit_counts(seen[rest], design[rest], SPREAD)
    else:
        whole = fit_shares(seen, trials, design, SPREAD)
        without = fit_shares(seen[rest], trials[rest], design[rest], SPREAD)
    moved, _ = fit.leave_out(only(WINDOW))
    asked = without - whole
    assert np.abs(moved[0] - asked).max() < 0.15 * np.abs(asked).max()
    assert model.test(only(WINDOW), 1)[0] < 0.01


def test_what_is_expected_of_a_window_does_not_follow_it(design: np.ndarray) -> None:
    rng = np.random.default_rng(3)
    mean = np.exp(1 + design[:, 1:] @ [0.3, -0.2, 0.1, 0.0])
    seen = rng.poisson(mean * rng.gamma(1 / SPREAD, SPREAD, AREAS)).astype("float64")
    inside, ways = only(WINDOW), []
    for times in (1, 4):
        raised = seen.copy()
        raised[WINDOW] *= times
        model, _ = fit_all(raised, None, design)
        apart = model.set_apart(inside, np.ones(AREAS))
        ways.append((model.expected[WINDOW].sum(), apart.members.expected.sum()))
    (follows, stays), (followed, stayed) = ways
    assert followed > 1.1 * follows
    assert stayed == pytest.approx(stays, rel=0.06)


def test_the_error_of_foretelling_is_that_of_the_coefficients(design: np.ndarray) -> None:
    """By draws: how far windows lie from what the others let expect, in what is told of it."""
    rng = np.random.default_rng(4)
    mean = np.exp(1 + design[:, 1:] @ [0.3, -0.2, 0.1, 0.0])
    windows, away = only(*(np.arange(start, start + 20) for start in range(0, AREAS, 20))), []
    for _ in range(60):
        seen = rng.poisson(mean * rng.gamma(1 / SPREAD, SPREAD, AREAS)).astype("float64")
        model, _ = fit_all(seen, None, design)
        apart = model.set_apart(windows, np.ones(AREAS))
        assert (apart.foretold > 0).all()
        away.append(apart.above / np.sqrt(apart.own + apart.foretold))
    assert np.mean(away) == pytest.approx(0, abs=0.1)
    assert np.std(away) == pytest.approx(1, abs=0.08)


def test_areas_with_a_factor_in_common_are_weighed_by_least_squares() -> None:
    rng = np.random.default_rng(5)
    variance, size, sought = rng.uniform(1, 4, 6), rng.uniform(0.5, 1, 6), rng.uniform(1, 2, 6)
    common = 0.05
    windows = csr_array(np.ones((1, 6)))
    members = Members.of(windows, sought / variance, np.ones(6), 0.1)
    weight = weigh_anew(members, variance, size, common).weight
    covariance = np.diag(variance) + common * np.outer(size, size)
    best = np.linalg.solve(covariance, sought)
    np.testing.assert_allclose(weight / weight[0], best / best[0], rtol=1e-9)
    strong = weigh_anew(members, variance, size * [100, 1, 1, 1, 1, 1], 10.0).weight
    assert (strong > 0).all()


def test_a_variance_that_is_not_known_for_certain_makes_tails_longer(design: np.ndarray) -> None:
    rng = np.random.default_rng(6)
    expected = np.full(AREAS, 3.0)
    seen = rng.poisson(expected).astype("float64")
    seen[WINDOW] += 3
    sure = Model(seen, expected, None, SPREAD, (0.0, 0.03), (0.0, 0.0))
    p = [replace(sure, unsure=(0.0, each)).test(only(WINDOW), 1)[0] for each in (0.0, 0.02, 0.05)]
    assert p[0] < p[1] < p[2]
    z = norm.isf(1e-4)
    assert with_freedom(np.array([1e-4, 0.7]), FREEDOM) == pytest.approx(
        [student.sf(z, FREEDOM), 0.7]
    )


def test_what_neighbours_have_in_common_is_found_with_its_error(context: Context) -> None:
    rng = np.random.default_rng(7)
    expected = np.full(400, 2.0)
    nobody = np.zeros(400, dtype=bool)
    window = context.windows[2]
    found, told = {0.0: [], 0.1: []}, []
    for strength, values in found.items():
        for seed in range(12):
            noise = window @ rng.normal(size=400) / np.sqrt(window.sum(axis=1))
            power = np.sqrt(np.log1p(strength))
            own = rng.gamma(1 / SPREAD, SPREAD, 400)
            seen = rng.poisson(expected * own * np.exp(power * noise - power**2 / 2))
            model = Model(seen.astype("float64"), expected, None, SPREAD)
            judged = estimate_together(model, context.windows, np.arange(400), seed, nobody)
            values.append(judged.together[2])
            told.append(judged.unsure[2])
    assert np.mean(found[0.0]) < 0.02 < np.mean(found[0.1]) < 0.1
    assert 0.3 < np.mean([np.std(values) for values in found.values()]) / np.mean(told) < 2


def test_the_multiple_of_a_zone_with_a_city_is_not_the_citys(context: Context) -> None:
    provision = gather_provision(ordinary(context), context, THEME, SOURCE)
    built = build_measure("more", provision, context, 0)
    assert isinstance(built, Measure) and isinstance(built.model, Model)
    usual = built.model.expected
    city = int(usual.argmax())
    others = [int(place) for place in context.windows[1][[city]].indices if place != city]
    seen = np.round(4 * usual) + 1
    seen[city] = np.round(usual[city])
    told = resample_estimate(
        replace(built, model=replace(built.model, seen=seen)), context, [city, *others], 0
    )
    of_others = seen[others].sum() / usual[others].sum()
    total = told["observed"] / told["expected"]
    assert total < told["estimate"] < of_others
    assert told["low"] < told["estimate"] < told["high"]
