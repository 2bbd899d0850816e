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
from landscape.compare.zones.extreme import mark_farthest, restore_spread
from landscape.compare.zones.measures import Measure, build_measure
from landscape.compare.zones.outside import Fit, average_share, slope_of, weigh_anew
from landscape.compare.zones.provision import gather_provision
from landscape.compare.zones.resampling import resample_estimate
from landscape.compare.zones.saddlepoint import Members
from landscape.compare.zones.tails import size_of, with_freedom
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
    size = size_of(expected, trials, SPREAD)
    fit = Fit(design, slope, wider, seen - expected, size, penalty(design, RIDGE), county)
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


def test_areas_that_move_together_are_weighed_by_least_squares() -> None:
    rng = np.random.default_rng(5)
    variance, sought = rng.uniform(1, 4, 6), rng.uniform(1, 2, 6)
    factors, uncertain = rng.uniform(0.5, 1, (6, 2)), np.diag([0.05, 0.02])
    windows = csr_array(np.ones((1, 6)))
    members = Members.of(windows, sought / variance, np.ones(6), 0.1)
    left = np.linalg.inv(uncertain)[None]
    weight = weigh_anew(members, variance, factors, left).weight
    covariance = np.diag(variance) + factors @ uncertain @ factors.T
    best = np.linalg.solve(covariance, sought)
    np.testing.assert_allclose(weight / weight[0], best / best[0], rtol=1e-9)
    strong = weigh_anew(members, variance, factors * [[100, 1]] + [[0, 9]], left / 500).weight
    assert (strong > 0).all()


def test_a_city_that_the_others_cannot_foretell_does_not_carry_its_window(
    design: np.ndarray,
) -> None:
    """Its weight falls with what is not known of it, in shares as in counts."""
    rng = np.random.default_rng(8)
    far = design.copy()
    far[WINDOW[0], 1] = 30.0
    trials = np.full(AREAS, 10.0)
    seen = rng.binomial(10, 0.3, AREAS).astype("float64")
    model, _ = fit_all(seen, trials, far)
    apart = model.set_apart(only(WINDOW), model.weight, 0.0)
    kept = apart.members.weight / model.weight[WINDOW]
    assert kept[0] < 0.8 < kept[1:].min() and kept[1:].mean() > 0.9


def test_a_share_whose_odds_are_hardly_known_is_the_mean_of_many() -> None:
    """By draws: its mean and how far it spreads; where odds are known, the odds' own."""
    rng = np.random.default_rng(9)
    expected, trials, unsure = np.array([1.0, 4.0]), np.array([20.0, 8.0]), np.array([1.2, 0.0])
    mean, slope = average_share(expected, trials, unsure)
    odds = np.log(1 / 19) + 1.2 * rng.normal(size=400_000)
    share = 20 / (1 + np.exp(-odds))
    assert mean[0] == pytest.approx(share.mean(), rel=0.01)
    assert slope[0] * 1.2 == pytest.approx(share.std(), rel=0.05)
    assert mean[1] == pytest.approx(4.0) and slope[1] == pytest.approx(8 * 0.25)


def test_many_services_of_one_area_say_no_more_than_they_are_worth() -> None:
    """A town of 200 services that are alike weighs about as much as one of ten, in all."""
    trials = np.array([10.0, 200.0])
    model = Model(0.3 * trials, 0.3 * trials, trials, 0.2)
    heard = model.weight * np.sqrt(model.variance)
    assert heard[1] == pytest.approx(heard[0], rel=0.25)


def test_the_overdispersion_is_that_of_all_areas_though_the_farthest_are_left_out(
    context: Context,
) -> None:
    """Of areas without their most extreme cluster it is too small; it is raised, not beyond."""
    rng = np.random.default_rng(10)
    trials, sample = np.full(400, 4.0), np.arange(400)
    raised, windows = [], context.windows
    for seed in range(10):
        share = rng.beta(0.4 * 4, 0.6 * 4, 400)  # the correlation of two services: 0.2
        seen = rng.binomial(4, share).astype("float64")
        model = Model(seen, np.full(400, 1.6), trials, 0.15)
        above = (model.weight * (seen - 1.6))[:, None]
        calm = mark_farthest(model, windows, sample, above)[:, 0] == 0
        assert 300 < calm.sum() < 400
        assert (above[~calm].mean() > above[calm].mean()) and model.spread == 0.15
        raised.append(restore_spread(model, windows, sample, np.random.default_rng(seed)).spread)
    assert 0.15 < np.mean(raised) < 0.2


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
