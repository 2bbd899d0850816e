"""Zones on a simulated country of 400 areas: what is planted, what is not, what only looks so."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from simulated_country import (
    SOURCE,
    THEME,
    Planted,
    Truth,
    draw_services,
    plant,
)

from landscape.compare.zones import describe_zone, find_zones, word_guard, word_missing
from landscape.compare.zones.context import Context
from landscape.compare.zones.evidence import COLUMNS
from landscape.compare.zones.find import look_at_theme
from landscape.compare.zones.guards import GUARDS
from landscape.compare.zones.neighbours import find_neighbours
from landscape.language import LANGUAGES, language

SIDE = 20
TRUTH = Truth(per_area=1.0)


def look(context: Context, services: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    zones, aside, _ = look_at_theme(services, context, THEME, frozenset([SOURCE]), 1)
    return zones, aside


def ordinary(context: Context, seed: int = 0, planted: tuple[Planted, ...] = ()) -> pd.DataFrame:
    return draw_services(context, TRUTH, list(planted), np.random.default_rng(seed))


def added(context: Context, area: int, number: int, **columns: object) -> pd.DataFrame:
    """Services of an area beside the ordinary ones, each on a site of its own unless told."""
    place = context.areas.iloc[area]
    rows = pd.DataFrame(
        {
            "service_id": [f"added{i}" for i in range(number)],
            "count": 1, "function": THEME, "setting": "day_outreach", "local_type": "x",
            "provider_name": [f"added{i}" for i in range(number)],
            "provider_type": "association",
            "lon": place["lon"], "lat": place["lat"], "position": "exact",
            "area_id": context.areas.index[area], "closed": None, "year": 2020,
            "source_id": SOURCE,
        }
    )  # fmt: skip
    return rows.assign(**columns)


def set_aside_with(aside: pd.DataFrame, area: str) -> list[tuple[str, ...]]:
    """The guards that set aside each window that the area lies in."""
    return aside.loc[[area in ids for ids in aside["area_ids"]], "guards_failed"].tolist()


def with_added(context: Context, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return look(context, pd.concat([ordinary(context), rows], ignore_index=True))


def test_an_area_far_beyond_chance_is_found_with_its_evidence(context: Context, town: int) -> None:
    zones, _ = with_added(context, added(context, town, 25))
    here = zones[(zones["area_id"] == context.areas.index[town]) & (zones["kind"] == "more")]
    assert len(here) == 1
    zone = here.iloc[0]
    assert list(zones) == list(COLUMNS)
    assert zone["unit"] == "area" and zone["guards_failed"] == ()
    assert zone["observed"] >= 25 and zone["services"] == zone["observed"]
    assert 1 < zone["low"] < zone["estimate"] < zone["high"]
    assert zone["estimate"] == pytest.approx(zone["observed"] / zone["expected"])
    assert sum(zone["provider_types"].values()) == zone["services"]


@pytest.mark.parametrize("size", [12])
def test_a_planted_cluster_is_found_as_one_zone(context: Context, size: int) -> None:
    zone = plant(context, size, "more", 4.0, np.random.default_rng(3))[0]
    zones, _ = look(context, ordinary(context, 3, (zone,)))
    more = zones[zones["kind"] == "more"]
    planted = set(context.areas.index[list(zone.members)])
    assert any(2 * len(planted & set(ids)) >= len(ids) for ids in more["area_ids"])
    assert all(planted & set(ids) for ids in more["area_ids"])


def test_a_country_with_none_yields_next_to_none(context: Context) -> None:
    found = [len(look(context, ordinary(context, seed))[0]) > 0 for seed in range(12)]
    assert sum(found) <= 2  # at a rate of 5 % three or more come in 2 of 100


def test_a_home_licensed_in_parts_is_not_innovation(context: Context, town: int) -> None:
    rows = added(context, town, 25, provider_name="one home")
    zones, aside = with_added(context, rows)
    assert context.areas.index[town] not in set(zones["area_id"])
    failed = set_aside_with(aside, context.areas.index[town])
    assert any("headquarters" in guards for guards in failed)


def test_one_huge_home_counts_as_one_service(context: Context, town: int) -> None:
    zones, aside = with_added(context, added(context, town, 1, capacity=900.0))
    plain, plain_aside = look(context, ordinary(context))
    assert len(zones) == len(plain) and len(aside) == len(plain_aside)


def test_services_at_their_providers_headquarters_count_once(context: Context, town: int) -> None:
    rows = added(context, town, 25, provider_name="itinerant", position="municipality")
    zones, aside = with_added(context, rows)
    assert context.areas.index[town] not in set(zones["area_id"])
    failed = set_aside_with(aside, context.areas.index[town])
    assert any("headquarters" in guards for guards in failed)


def test_what_the_county_runs_for_everybody_is_set_aside(context: Context, town: int) -> None:
    zones, aside = with_added(context, added(context, town, 25, provider_type="county"))
    more = zones[zones["kind"] == "more"]
    assert context.areas.index[town] not in set(more["area_id"])
    failed = aside.loc[aside["area_id"] == context.areas.index[town], "guards_failed"]
    assert any("county_host" in guards for guards in failed)


def test_the_edge_of_a_partial_register_is_set_aside(context: Context) -> None:
    # The county in the corner is not covered; a town beside it serves it.
    silent = context.areas["parent_id"] == "XX_C00"
    border = 5 * SIDE + 2
    rows = pd.concat([ordinary(context), added(context, border, 40)], ignore_index=True)
    rows = rows[~rows["area_id"].isin(context.areas.index[silent])]
    zones, aside = look(context, rows)
    assert context.areas.index[border] not in {area for ids in zones["area_ids"] for area in ids}
    failed = aside.loc[aside["area_id"] == context.areas.index[border], "guards_failed"]
    assert any("register_edge" in guards for guards in failed)


def test_a_cluster_does_not_rest_on_one_area(context: Context, town: int) -> None:
    zones, _ = with_added(context, added(context, town, 60))
    clusters = zones[(zones["unit"] == "cluster") & (zones["kind"] == "more")]
    assert not any(context.areas.index[town] in ids for ids in clusters["area_ids"])


def test_what_is_missing_is_told_instead_of_an_empty_list(
    tables: tuple[gpd.GeoDataFrame, pd.DataFrame], context: Context
) -> None:
    areas, indicators = tables
    needs = indicators[indicators["indicator"] == "unemployment"]
    found = find_zones(areas, ordinary(context), needs, [SOURCE])
    assert found.zones.empty
    everywhere = found.missing[found.missing["theme"].isna()]
    assert set(everywhere["missing"]) == {"resources"}
    partial = find_zones(areas, ordinary(context), indicators, [], themes=[THEME])
    assert set(partial.missing["missing"]) == {"source"}
    silent = ordinary(context).assign(provider_type="unknown", position="municipality")
    lacking = find_zones(areas, silent, indicators, [SOURCE], themes=[THEME]).missing
    told = lacking.set_index("kind")["missing"].to_dict()
    assert told == {"associations": "providers", "nearer": "places"}


def test_the_same_tables_give_the_same_zones(context: Context, town: int) -> None:
    rows = pd.concat([ordinary(context), added(context, town, 25)], ignore_index=True)
    shuffled = rows.sample(frac=1, random_state=2)
    first, second = look(context, rows)[0], look(context, shuffled)[0]
    pd.testing.assert_frame_equal(
        first.drop(columns=["provider_types", "settings", "local_types"]),
        second.drop(columns=["provider_types", "settings", "local_types"]),
    )


def test_neighbours_by_boundary_and_by_point(
    tables: tuple[gpd.GeoDataFrame, pd.DataFrame],
) -> None:
    areas, _ = tables
    by_shape = find_neighbours(areas)
    assert by_shape[[0]].indices.tolist() == [1, SIDE, SIDE + 1]
    by_point = find_neighbours(areas.assign(geometry=None).set_geometry("geometry", crs=4326))
    assert set(by_point[[0]].indices) >= {1, SIDE}
    for found in (by_shape, by_point):
        assert (found != found.T).nnz == 0 and found.diagonal().sum() == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_cards_in_the_readers_language(context: Context, town: int, code: str) -> None:
    zones, _ = with_added(context, added(context, town, 25))
    zone = zones[zones["area_id"] == context.areas.index[town]].iloc[0].to_dict()
    names = context.areas["name"].to_dict()
    card = describe_zone(zone, names, language(code))
    look_closer = {"en": "Worth a closer look", "fr": "À regarder de plus près",
                   "ro": "Merită o privire mai atentă",
                   "bg": "Заслужава по-внимателен поглед"}  # fmt: skip
    assert card.sentences[0].startswith(look_closer[code])
    assert names[zone["area_id"]] in card.title
    assert all(label and value for label, value in card.evidence)
    for guard in (*GUARDS, "interval"):
        assert word_guard(guard, language(code))
    assert word_missing("needs resources", language(code))
