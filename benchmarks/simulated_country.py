"""Simulated services on the real areas of a country, with or without planted zones.

Areas, population, needs and resources are the country's own; the services are
drawn: more of them where there are more people, needs and means and in the
county's largest town, more unequal than chance (a gamma effect of each area)
and alike among neighbours (a smooth field over the map).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landscape.compare.zones.context import Context

THEME, SOURCE = "old_age", "xx/simulated"
#: The standard deviation of what each standardised column does to the logarithm.
COEFFICIENT = 0.08
#: Zones are planted in so many rings of neighbours around their middle at most.
RINGS = 5
PROVIDERS = ("municipality", "county", "association", "company")


@dataclass(frozen=True)
class Truth:
    """How the country is drawn.

    ``per_area`` services an area in the mean; ``own`` the variance of the
    gamma effect of an area and ``field`` the standard deviation (log) of the
    smooth field; ``alike`` the correlation of two services of one area in who
    runs them and how.
    """

    per_area: float = 0.5
    own: float = 0.3
    field: float = 0.25
    alike: float = 0.15
    associations: float = 0.35
    day: float = 0.55


@dataclass(frozen=True)
class Planted:
    """A zone: the positions of its areas, the kind, and its effect in standard deviations."""

    members: tuple[int, ...]
    kind: str
    effect: float


def expect_services(context: Context, truth: Truth) -> np.ndarray:
    """What each area provides in the mean, from its size, needs, resources and seat."""
    size = np.log(np.maximum(context.areas["population"].astype("float64").fillna(1), 1))
    column = np.random.default_rng(1).normal(size=context.design.shape[1]) * COEFFICIENT
    column[0] = 0
    raw = np.exp(0.9 * (size - size.mean()) + context.design @ column + 0.3 * context.seat)
    raw = raw.to_numpy() * context.known
    return raw / raw.mean() * truth.per_area


def spread_of(truth: Truth) -> float:
    """The overdispersion of an area's count, by its own effect and the field."""
    return float((1 + truth.own) * np.exp(truth.field**2) - 1)


def deviation(expected: np.ndarray, truth: Truth) -> np.ndarray:
    """The standard deviation of an area's count: of chance, its own effect and the field."""
    return np.sqrt(expected + spread_of(truth) * expected**2)


def draw_field(context: Context, truth: Truth, rng: np.random.Generator) -> np.ndarray:
    """A smooth log-normal factor of mean 1: noise averaged over two steps of neighbours."""
    window = context.windows[min(2, len(context.windows) - 1)]
    smooth = window @ rng.normal(size=window.shape[0])
    smooth = (smooth - smooth.mean()) / smooth.std() * truth.field
    return np.exp(smooth - truth.field**2 / 2)


def plant(
    context: Context, areas: int, kind: str, effect: float, rng: np.random.Generator, *,
    zones: int = 1, weight: np.ndarray | None = None,
) -> list[Planted]:  # fmt: skip
    """Zones of so many areas around random middles, none within three steps of another.

    ``weight``: how likely each area is to be a middle.
    """
    free = context.known.astype("float64") * (1.0 if weight is None else weight)
    found: list[Planted] = []
    while len(found) < zones and free.sum() > 0:
        core = int(rng.choice(len(free), p=free / free.sum()))
        members = _around(context, core, areas)
        far = context.windows[-1][members].sum(axis=0) > 0
        if len(members) == areas:
            found.append(Planted(tuple(members), kind, effect))
            free[np.asarray(far).ravel()] = 0
        free[core] = 0
    return found


def _around(context: Context, core: int, areas: int) -> list[int]:
    """The area and those around it, ring by ring of neighbours, ``RINGS`` at most."""
    members = [core]
    for _ in range(RINGS):
        beside = np.unique(context.neighbours[members].indices)
        ring = [int(i) for i in beside if int(i) not in members]
        members += ring[: areas - len(members)]
    return members


def draw_rates(context: Context, truth: Truth, rng: np.random.Generator) -> np.ndarray:
    """What each area provides in the long run, without a zone: its own effect and the field."""
    rate = expect_services(context, truth) * draw_field(context, truth, rng)
    return rate * rng.gamma(1 / truth.own, truth.own, len(rate))


def add_to_rates(rates: np.ndarray, planted: list[Planted], expected: np.ndarray, truth: Truth
) -> np.ndarray:  # fmt: skip
    """The rates with what zones of more services add to them."""
    rates = rates.copy()
    for zone in planted:
        places = np.array(zone.members)
        if zone.kind == "more":
            rates[places] += zone.effect * deviation(expected, truth)[places]
    return rates


def draw_services(
    context: Context, truth: Truth, planted: list[Planted], rng: np.random.Generator,
    rates: np.ndarray | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The services table of one simulated country; ``rates`` as ``draw_rates`` gives them."""
    rates = draw_rates(context, truth, rng) if rates is None else rates
    counts = rng.poisson(add_to_rates(rates, planted, expect_services(context, truth), truth))
    for zone in planted:
        places = np.array(zone.members)
        if zone.kind == "nearer":
            counts[places] = np.maximum(counts[places], 1)
    run = _draw_cases(counts, truth.associations, truth.alike, planted, "associations", rng=rng)
    day = _draw_cases(counts, truth.day, truth.alike, planted, "day_outreach", rng=rng)
    return _tabulate(context, counts, run, day, rng)


def _draw_cases(
    counts: np.ndarray, share: float, alike: float, planted: list[Planted], kind: str, *,
    rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    size = (1 - alike) / alike
    cases = rng.binomial(counts, rng.beta(share * size, (1 - share) * size, len(counts)))
    for zone in planted:
        if zone.kind != kind:
            continue
        places = np.array(zone.members)
        n = counts[places]
        sigma = np.sqrt(n * share * (1 - share) * (1 + np.maximum(n - 1, 0) * alike))
        raised = np.clip(share + zone.effect * sigma / np.maximum(n, 1), 0, 1)
        cases[places] = rng.binomial(n, raised)
    return cases


def _tabulate(
    context: Context, counts: np.ndarray, run: np.ndarray, day: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:  # fmt: skip
    place = np.repeat(np.arange(len(counts)), counts)
    order = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    by_association = order < run[place]
    # The day services are dealt out anew, so that who runs and how are not tied together.
    shuffled = (order * 7919 + place * 104729) % np.maximum(counts[place], 1)
    others = rng.choice([0, 1, 3], size=len(place), p=[0.6, 0.2, 0.2])
    lon, lat = (context.areas[c].astype("float64").to_numpy()[place] for c in ("lon", "lat"))
    return pd.DataFrame(
        {
            "service_id": [f"s{number}" for number in range(len(place))],
            "count": 1,
            "function": THEME,
            "setting": np.where(_deal(shuffled, place) < day[place], "day_outreach", "residential"),
            "local_type": "x",
            "provider_name": [f"p{number}" for number in range(len(place))],
            "provider_type": np.where(by_association, "association", np.take(PROVIDERS, others)),
            "lon": lon + rng.normal(0, 0.01, len(place)),
            "lat": lat + rng.normal(0, 0.01, len(place)),
            "position": "exact",
            "area_id": context.areas.index.to_numpy()[place],
            "closed": None,
            "year": 2020,
            "source_id": SOURCE,
        }
    )


def _deal(key: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The rank of each service within its area by the key, ties in their order."""
    order = np.lexsort((key, place))
    rank = np.empty(len(place), dtype="int64")
    starts = np.searchsorted(place, place[order], side="left")
    rank[order] = np.arange(len(place)) - starts
    return rank
