"""Peers: exact, on context alone, never an empty list, and every sentence true."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from landscape.compare.peers import (
    Context,
    describe_peers,
    explain_group,
    explain_peer,
    find_peers,
    gather_context,
)
from landscape.compare.peers.search import search_in
from landscape.compare.peers.variables import load_variables_of_context
from landscape.errors import LandscapeError
from landscape.indicators.catalogue import load_catalogue
from landscape.language import LANGUAGES, language
from landscape.paths import SOURCE_MODULES
from landscape.sources.registry import countries

SIZE = 60


def tables(code: str, indicators: list[str], seed: int, size: int = SIZE) -> SimpleNamespace:
    """A made-up country: municipalities on a grid, some figures of some of them not known."""
    random = np.random.default_rng(seed)
    ids = [f"{code}_{number:03d}" for number in range(size)]
    people = np.exp(random.normal(8, 1, size)).round()
    areas = pd.DataFrame(
        {
            "area_id": ids, "country": code, "level": "municipality", "name": ids,
            "parent_id": [f"{code}_C{number % 4}" for number in range(size)],
            "population": pd.array(people, dtype="Float64"),
            "area_km2": pd.array(np.exp(random.normal(4, 0.5, size)), dtype="Float64"),
            "lon": 20 + random.uniform(0, 3, size), "lat": 45 + random.uniform(0, 2, size),
        }
    )  # fmt: skip
    areas.loc[::17, "population"] = pd.NA
    rows = [
        pd.DataFrame(
            {
                "area_id": ids, "level": "municipality", "indicator": name, "year": 2020,
                "value": pd.array(
                    np.where(random.random(size) < 0.1, np.nan, random.normal(10, 3, size)),
                    dtype="Float64",
                ),
            }
        )
        for name in indicators
    ]  # fmt: skip
    places = pd.DataFrame({"kind": "settlement", "area_id": random.choice(ids, 4 * size)})
    return SimpleNamespace(
        country=SimpleNamespace(code=code), areas=areas, places=places, indicators=pd.concat(rows)
    )


@pytest.fixture(scope="module")
def context() -> Context:
    return gather_context(
        [
            tables("BG", ["population_change", "aged_60_over"], 1),
            tables("FR", ["population_change", "median_income"], 2),
        ],
        "municipality",
    )


def test_context_is_size_place_age_trend_and_income_and_nothing_that_is_judged() -> None:
    assert list(load_variables_of_context()) == [
        "population", "density", "surroundings", "settlement_size",
        "population_change", "population_change_domicile",
        "aged_65_over", "aged_60_over", "aged_under_15", "aged_under_18",
        "seat_distance", "median_income", "gross_wage", "net_wage",
    ]  # fmt: skip
    for variable in load_variables_of_context().values():
        assert set(variable.label) == set(LANGUAGES)
        if variable.origin.indicator is not None:
            indicator = load_catalogue()[variable.origin.indicator]
            assert indicator.layer in ("territory", "needs")
            assert indicator.topic in ("population", "age", "income")


@pytest.mark.parametrize(("home", "away"), [("BG", "BG"), ("BG", "FR"), ("FR", "BG")])
def test_the_nearest_are_those_of_an_exhaustive_search(
    context: Context, home: str, away: str
) -> None:
    found = find_peers(context, home, away, 5).groupby("area_id")["distance"].apply(list)
    search = search_in(context, home, away)
    weights = context.weights.to_numpy()
    for row in np.flatnonzero((context.areas["country"] == home).to_numpy()):
        asked = search.asked[row]
        if not asked.any():
            continue
        apart = search.differences(int(row), search.candidates)[:, asked] ** 2
        apart = np.where(np.isfinite(apart), apart, search.likely[row, asked])
        distance = np.sqrt(apart @ weights[asked] / weights[asked].sum())
        distance = np.sort(distance[search.candidates != row])[:5]
        assert found[context.areas.index[row]] == pytest.approx(distance)


def test_grade_c_stays_inside_its_country(context: Context) -> None:
    assert context.shared.loc["BG", "population_change"]
    assert not context.shared.loc["BG", "aged_60_over"]
    group = describe_peers(context, "BG_005")
    abroad = group.peers[group.peers["country"] == "FR"]
    assert all("aged_60_over" in row for row in abroad["not_compared"])
    assert not any("aged_60_over" in row for row in abroad["close"] + abroad["apart"])


def test_what_is_not_known_widens_the_interval_and_is_never_near(context: Context) -> None:
    group = describe_peers(context, "BG_005", k_home=59)
    lacking = group.peers["not_compared"].map(len) > 0
    peers = group.peers
    assert (peers["low"] <= peers["distance"] + 1e-6).all()
    assert (peers["distance"] <= peers["high"] + 1e-6).all()
    assert (peers.loc[lacking, "high"] > peers.loc[lacking, "low"]).all()
    whole = peers[~lacking]
    assert whole["low"].to_list() == pytest.approx(whole["high"].to_list())


def test_a_giant_gets_no_peer_whose_size_is_not_known() -> None:
    country = tables("BG", ["population_change"], 3)
    country.areas.loc[1, "population"] = 5_000_000.0
    context = gather_context([country], "municipality")
    group = describe_peers(context, "BG_001")
    unknown = set(country.areas.loc[country.areas["population"].isna(), "area_id"])
    assert not unknown & set(group.peers["peer_id"])
    assert not group.peers["alike"].any()
    assert "population" in group.unmatched["BG"]
    told = " ".join(explain_group(group, {"BG": "Bulgaria"}, language("en")))
    assert "no area is close to BG_001" in told
    assert "clearly apart from BG_001 in: population" in told


def test_nothing_known_gives_a_list_and_the_sentence_that_it_means_nothing() -> None:
    country = tables("BG", ["population_change"], 4)
    country.areas.loc[2, ["population", "lon", "lat"]] = [pd.NA, np.nan, np.nan]
    country.indicators = country.indicators[country.indicators["area_id"] != "BG_002"]
    group = describe_peers(gather_context([country], "municipality"), "BG_002")
    assert len(group.peers) == 6
    assert group.asked == ()
    assert group.peers[["distance", "low", "high", "stability"]].isna().all().all()
    assert not group.peers["alike"].any()
    assert set(group.peers["peer_id"].str[-3:].astype(int) % 4) == {2}
    (told,) = explain_group(group, {"BG": "Bulgaria"}, language("en"))
    assert told.startswith("Nothing is known of the context of BG_002")


def test_an_area_is_not_its_own_peer_and_the_user_adds_drops_and_reweights(
    context: Context,
) -> None:
    first = describe_peers(context, "BG_005").peers
    assert "BG_005" not in set(first["peer_id"])
    dropped, added = first["peer_id"].iloc[0], "FR_033"
    second = describe_peers(context, "BG_005", drop=[dropped], add=[added]).peers
    assert dropped not in set(second["peer_id"])
    assert second.set_index("peer_id").loc[added, "origin"] in ("added", "found")
    assert len(second[second["origin"] == "found"]) == len(first)
    by_size = context.reweight(dict.fromkeys(context.weights.index[1:], 0))
    people = context.raw.loc[context.areas["country"] == "BG", "population"].drop("BG_005")
    nearest = (np.log(people) - np.log(context.raw.loc["BG_005", "population"])).abs().idxmin()
    assert describe_peers(by_size, "BG_005").peers["peer_id"].iloc[0] == nearest


def test_stability_is_a_share_and_the_same_each_time(context: Context) -> None:
    one = describe_peers(context, "BG_005").peers["stability"]
    assert one.between(0, 1).all()
    assert one.iloc[0] > one.iloc[5]
    pd.testing.assert_series_equal(one, describe_peers(context, "BG_005").peers["stability"])
    alone = context.reweight(dict.fromkeys(context.weights.index[1:], 0))
    home = describe_peers(alone, "BG_005").peers.iloc[:6]
    assert (home["stability"] == 1).all()


def test_a_twin_is_found_first_and_its_reason_gives_the_figures(context: Context) -> None:
    country = tables("BG", ["population_change"], 5)
    for column in ("population", "area_km2", "lon", "lat", "parent_id"):
        country.areas.loc[8, column] = country.areas.loc[7, column]
    twin = country.indicators["area_id"].replace({"BG_008": None, "BG_007": "BG_008"})
    both = [country.indicators[country.indicators["area_id"] != "BG_008"]]
    both.append(country.indicators.assign(area_id=twin)[twin == "BG_008"])
    country.indicators = pd.concat(both)
    country.places = country.places.iloc[:0]
    group = describe_peers(gather_context([country], "municipality"), "BG_007")
    peer = group.peers.iloc[0]
    assert peer["peer_id"] == "BG_008"
    assert peer["distance"] == pytest.approx(0, abs=1e-4)
    figure = language("en").number(float(country.areas.loc[7, "population"]))
    assert f"population {figure} (here {figure})" in explain_peer(group, peer, language("en"))


def test_the_surroundings_of_an_area_beside_one_not_counted_are_not_known() -> None:
    country = tables("BG", ["population_change"], 6)
    country.areas.loc[:, "population"] = 1000.0
    country.areas["lon"], country.areas["lat"] = np.arange(SIZE) * 1.0, 45.0
    country.areas.loc[[10, 11], "lon"] = [10.0, 10.1]
    country.areas.loc[[20, 21], "lon"] = [20.0, 20.1]
    country.areas.loc[21, "population"] = pd.NA
    raw = gather_context([country], "municipality").raw["surroundings"]
    assert raw["BG_010"] == 2000
    assert raw["BG_030"] == 1000
    assert np.isnan(raw["BG_020"])
    assert np.isnan(raw["BG_021"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_reasons_are_told_in_every_language(context: Context, code: str) -> None:
    group = describe_peers(context, "BG_005", add=["FR_033"])
    names = {"BG": "Bulgaria", "FR": "France"}
    told = [explain_peer(group, peer, language(code)) for _, peer in group.peers.iterrows()]
    told += explain_group(group, names, language(code))
    assert all(text and "{" not in text for text in told)
    if code != "en":
        english = [explain_peer(group, peer, language("en")) for _, peer in group.peers.iterrows()]
        assert not set(told) & set(english)
        assert not any("Among the" in text or "Close in" in text for text in told)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda c: describe_peers(c, "XX_1"), "no area XX_1"),
        (lambda c: describe_peers(c, "BG_005", add=["BG_C0"]), "no area BG_C0"),
        (lambda c: c.reweight({"poverty_rate": 1}), "no variable poverty_rate"),
        (lambda c: c.reweight({"population": -1}), "0 or more"),
        (lambda c: c.reweight(dict.fromkeys(c.weights.index, 0)), "all weights are 0"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(context: Context, call, told: str) -> None:
    with pytest.raises(LandscapeError, match=told):
        call(context)


def test_every_country_names_the_seats_of_its_counties_once() -> None:
    for code, card in countries().items():
        seats = pd.read_csv(SOURCE_MODULES / code.lower() / "country.seats.csv", dtype="str")
        assert list(seats.columns) == ["county_id", "seat_id"]
        assert seats["county_id"].is_unique
        assert len(seats) == card.levels["county"].expected
        assert seats.stack().str.startswith(f"{code}_").all()
