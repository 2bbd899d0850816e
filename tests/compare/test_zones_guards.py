"""Guards one by one, and what the search makes of chance, on a small simulated country."""

import numpy as np
import pandas as pd
import pytest
from simulated_country import SOURCE, THEME, expect_services
from test_zones_found import TRUTH, added, ordinary, set_aside_with, with_added

from landscape.compare.zones.context import Context
from landscape.compare.zones.evidence import stands_clear
from landscape.compare.zones.find import look_at_theme
from landscape.compare.zones.guards import FEWEST_IN_ZONE, FEWEST_TRIALS, Guard
from landscape.compare.zones.measures import Measure, build_measure
from landscape.compare.zones.overdispersion import estimate_spread
from landscape.compare.zones.provision import gather_provision
from landscape.compare.zones.scan import count_chances, judge_as_best, share_out
from landscape.compare.zones.search import list_families


@pytest.fixture(scope="module")
def built(context: Context) -> dict[str, Measure]:
    provision = gather_provision(ordinary(context), context, THEME, SOURCE)
    found = {kind: build_measure(kind, provision, context, 0) for kind in ("more", "associations")}
    return {kind: measure for kind, measure in found.items() if isinstance(measure, Measure)}


def test_many_services_on_one_site_are_set_aside_and_on_many_are_not(
    context: Context, town: int
) -> None:
    one = added(context, town, 25, provider_name="one home")
    _, aside = with_added(context, one)
    failed = set_aside_with(aside, context.areas.index[town])
    assert any("single_site" in guards for guards in failed)
    zones, _ = with_added(context, added(context, town, 25))
    here = zones[zones["area_id"] == context.areas.index[town]]
    assert any("single_site" in guards for guards in here["guards_passed"])


@pytest.mark.parametrize(("kind", "least"), [("more", FEWEST_IN_ZONE),
                                             ("associations", FEWEST_TRIALS)])  # fmt: skip
def test_too_few_services_are_too_few(
    context: Context, built: dict[str, Measure], kind: str, least: int
) -> None:
    provision = gather_provision(ordinary(context), context, THEME, SOURCE)
    guard = Guard(built[kind], provision, context, 0)
    rows = np.flatnonzero(built[kind].used)
    passed = guard.check(rows, 0)["few_services"].to_numpy()
    column = "services" if kind == "more" else "told"
    assert (passed == (provision.table[column].to_numpy()[rows] >= least)).all()
    assert passed.any() and not passed.all()


def test_without_providers_the_largest_town_of_a_county_may_serve_it_all(
    context: Context, town: int
) -> None:
    seat = int(np.flatnonzero(context.seat)[10])
    silent = ordinary(context).assign(provider_type="unknown")

    def failed(area: int) -> tuple[list[tuple[str, ...]], pd.DataFrame]:
        extra = added(context, area, 60, provider_type="unknown")
        rows = pd.concat([silent, extra], ignore_index=True)
        zones, aside, _ = look_at_theme(rows, context, THEME, frozenset([SOURCE]), 1)
        return set_aside_with(aside, context.areas.index[area]), zones

    guards, zones = failed(seat)
    assert context.areas.index[seat] not in set(zones["area_id"])
    assert any("county_host" in each for each in guards)
    _, zones = failed(town)
    assert context.areas.index[town] in set(zones["area_id"])


def test_facilities_of_nobody_in_a_small_place_may_be_one_institution(
    context: Context, town: int
) -> None:
    name = context.areas.index[town]
    assert expect_services(context, TRUTH)[town] < 1
    for number in (10, 25):
        zones, aside = with_added(context, added(context, town, number, provider_name=None))
        more = zones.loc[zones["kind"] == "more", "area_ids"]
        assert name not in {area for ids in more for area in ids}
        assert any("one_institution" in guards for guards in set_aside_with(aside, name))


@pytest.mark.parametrize("other_themes", [False, True], ids=["nothing", "other themes only"])
def test_a_county_that_did_not_report_makes_no_zone(context: Context, other_themes: bool) -> None:
    silent = (context.areas["parent_id"] == "XX_C11").to_numpy()
    beside = (context.neighbours @ silent.astype("float64") > 0) | silent
    around, zones_in_all = set(context.areas.index[beside]), 0
    for seed in range(4):
        rows = ordinary(context, seed)
        gone = rows["area_id"].isin(context.areas.index[silent])
        told = rows[gone].assign(function="housing") if other_themes else rows[:0]
        rows = pd.concat([rows[~gone], told], ignore_index=True)
        zones, _, _ = look_at_theme(rows, context, THEME, frozenset([SOURCE]), 1)
        zones_in_all += len(zones)
        assert around.isdisjoint(area for ids in zones["area_ids"] for area in ids)
    assert zones_in_all <= 1


def test_overdispersion_is_that_which_was_drawn() -> None:
    rng = np.random.default_rng(0)
    size = 3000
    design = np.column_stack([np.ones(size), rng.normal(size=size)])
    expected = np.exp(0.5 + 0.3 * design[:, 1])
    for spread in (0.1, 0.5, 1.0):
        seen = rng.poisson(expected * rng.gamma(1 / spread, spread, size)).astype("float64")
        assert estimate_spread(seen, expected, None, design) == pytest.approx(spread, rel=0.2)
    trials = rng.integers(1, 12, size).astype("float64")
    share = rng.beta(0.3 / 0.2 * 0.8, 0.7 / 0.2 * 0.8, size)
    cases = rng.binomial(trials.astype("int64"), share).astype("float64")
    assert estimate_spread(cases, 0.3 * trials, trials, design) == pytest.approx(0.2, rel=0.2)


def test_overlapping_windows_are_fewer_chances_than_windows(
    context: Context, built: dict[str, Measure]
) -> None:
    measure = built["more"]
    sizes = range(1, len(measure.windows))
    chances = count_chances(measure, share_out(measure, sizes), 0)
    windows = len(sizes) * int(measure.used.sum())
    assert 10 < chances < windows / 2
    p = np.array([1e-6, 1e-3, 0.5])
    assert (judge_as_best(p, chances) >= p).all()


def test_most_of_the_rate_is_for_more_and_larger_windows_have_more_of_it(
    context: Context, built: dict[str, Measure]
) -> None:
    families = list_families(built)
    assert sum(part for _, _, part in families) == pytest.approx(1)
    of_more = sum(part for kind, _, part in families if kind == "more")
    every = {"more": 7, "nearer": 0.5}
    assert of_more == pytest.approx(7 / sum(every.get(kind, 1) for kind in built))
    alone = [part for kind, sizes, part in families if kind == "more" and sizes == range(1)]
    assert alone == [pytest.approx(of_more * 0.03)]
    shares = share_out(built["more"], range(1, len(context.windows)))
    assert [*shares.values()] == sorted(shares.values())
    assert shares[len(context.windows) - 1] == 1
    areas = context.windows[1][built["more"].used].sum(axis=1)
    largest = context.windows[-1][built["more"].used].sum(axis=1)
    assert shares[1] == pytest.approx((np.median(areas) / np.median(largest)) ** 2)


def test_intervals_hold_the_true_multiple(context: Context, town: int) -> None:
    # 60 more than e expected are (60 + e) / e times as many; e is known of a simulated country.
    usual = expect_services(context, TRUTH)[town]
    held = []
    for seed in range(12):
        rows = pd.concat([ordinary(context, seed), added(context, town, 60)], ignore_index=True)
        zones, _, _ = look_at_theme(rows, context, THEME, frozenset([SOURCE]), 1)
        here = zones[(zones["area_id"] == context.areas.index[town]) & (zones["kind"] == "more")]
        held += [row.low <= (60 + usual) / usual <= row.high for row in here.itertuples()]
    assert len(held) >= 10 and np.mean(held) >= 0.75


@pytest.mark.parametrize(
    ("kind", "low", "high", "clear"),
    [
        ("more", 1.02, 3.2, False),
        ("more", 1.1, 3.2, True),
        ("associations", 0.04, 20.0, False),
        ("associations", 0.1, 20.0, True),
        ("nearer", 0.2, 0.97, False),
        ("nearer", 0.2, 0.9, True),
    ],
)
def test_the_interval_leaves_out_what_is_expected_also_as_it_is_told(
    kind: str, low: float, high: float, clear: bool
) -> None:
    assert stands_clear(kind, {"low": low, "high": high}) is clear
