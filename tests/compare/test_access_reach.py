"""The pairs of areas and services: by distance and by a travel-time table."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.compare.access import find_nearest, reach_by_table, reach_within_km
from landscape.errors import LandscapeError
from landscape.indicators.sphere import EARTH_RADIUS_KM, chord_of_km, km_of_chord

DEGREE = EARTH_RADIUS_KM * np.pi / 180  # km along a meridian
POINT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def points(prefix: str, rows: list[tuple[float | None, float | None]]) -> pd.DataFrame:
    index = [f"{prefix}{number}" for number in range(len(rows))]
    return pd.DataFrame(rows, index=index, columns=["lon", "lat"], dtype="Float64")


def haversine(areas: pd.DataFrame, services: pd.DataFrame) -> np.ndarray:
    """All distances in km, written down the long way."""
    lon, lat = np.radians(areas.to_numpy(dtype=float)).T[:, :, None]
    to_lon, to_lat = np.radians(services.to_numpy(dtype=float)).T[:, None, :]
    half = np.sin((to_lat - lat) / 2) ** 2
    half = half + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


@given(
    st.lists(POINT, min_size=1, max_size=8),
    st.lists(POINT, min_size=1, max_size=8),
    st.floats(1, 20_000),
)
def test_the_pairs_are_those_within_the_distance(
    here: list[tuple[float, float]], there: list[tuple[float, float]], km: float
) -> None:
    areas, services = points("a", here), points("s", there)
    reach = reach_within_km(areas, services, km)
    all_km = haversine(areas, services)
    pairs = reach.cost.tocoo()
    stored = np.zeros_like(all_km, dtype=bool)
    stored[pairs.row, pairs.col] = True
    assert (stored | (all_km > km - 1e-3)).all()
    assert (~stored | (all_km < km + 1e-3)).all()
    assert pairs.data == pytest.approx(all_km[pairs.row, pairs.col], abs=2e-2, rel=1e-6)


def test_known_kilometres() -> None:
    areas, services = points("a", [(25, 45), (25, 80)]), points("s", [(25, 46), (25, 45)])
    reach = reach_within_km(areas, services, 2 * DEGREE)
    assert reach.cost.toarray()[0] == pytest.approx([DEGREE, 0])
    assert len(reach) == 2, "a service on the spot is a pair although its distance is 0"
    nearest = find_nearest(reach)
    assert nearest["a0"] == pytest.approx(0) and pd.isna(nearest["a1"])
    assert len(reach.within(DEGREE / 2)) == 1
    assert km_of_chord(np.array([chord_of_km(1234.5)])) == pytest.approx([1234.5])


def test_what_has_no_point_is_told_and_reaches_nothing() -> None:
    areas = points("a", [(25, 45), (None, 45)])
    services = points("s", [(25, 45), (None, None), (25, None)])
    reach = reach_within_km(areas, services, 10)
    assert reach.placed.tolist() == [True, False]
    assert (len(reach), reach.unplaced_services) == (1, 2)
    nowhere = reach_within_km(areas, points("s", [(None, None)]), 10)
    assert (len(nowhere), nowhere.unplaced_services) == (0, 1)


TABLE = pd.DataFrame(
    [("a", "s", 12.0), ("a", "t", 0.0), ("b", "t", 31.0), ("elsewhere", "s", 1.0)],
    columns=["origin", "destination", "cost"],
)


def test_a_travel_time_table() -> None:
    areas, services = pd.Index(["a", "b", "never named"]), pd.Index(["s", "t", "u"])
    reach = reach_by_table(TABLE, areas, services, limit=30)
    nearest = find_nearest(reach)
    assert nearest["a"] == 0
    assert nearest.isna().tolist() == [False, True, True]
    assert reach.placed.tolist() == [True, True, False]
    assert (len(reach), reach.unplaced_services) == (2, 1)
    assert len(reach_by_table(TABLE, areas, services)) == 3


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (TABLE.drop(columns="cost"), "column"),
        (TABLE.assign(cost=[1, None, 2, 3]), "from a to t; mend"),
        (TABLE.assign(cost=[1, 2, -2, 3]), "from b to t"),
        (pd.concat([TABLE, TABLE.head(1)]), "a second row, first from a to s"),
    ],
)
def test_a_bad_travel_time_table_is_refused(table: pd.DataFrame, told: str) -> None:
    with pytest.raises(LandscapeError, match=told):
        reach_by_table(table, pd.Index(["a", "b"]), pd.Index(["s", "t"]))


def test_an_id_that_stands_for_two_is_refused() -> None:
    areas, services = points("a", [(25, 45)]), points("s", [(25, 45)])
    with pytest.raises(ValueError, match="area a0 comes twice"):
        reach_within_km(pd.concat([areas, areas]), services, 10)
    with pytest.raises(ValueError, match="service s0 comes twice"):
        reach_by_table(TABLE, areas.index, services.index.repeat(2))
    with pytest.raises(ValueError, match="above 0 km"):
        reach_within_km(areas, services, 0)
