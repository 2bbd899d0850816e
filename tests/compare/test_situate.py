"""Positions among peers, against quartiles computed one by one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.compare.situate import FEWEST_PEERS, situate


def table(values, spread=0.0, indicator="services_per_10000"):
    """A table of one indicator, an area per value, with intervals of that half width."""
    numbers = pd.array(values, dtype="Float64")
    return pd.DataFrame(
        {
            "area_id": [f"RO_{n}" for n in range(len(values))],
            "indicator": indicator,
            "year": 2016,
            "value": numbers,
            "low": numbers - spread if spread is not None else pd.array([pd.NA] * len(values)),
            "high": numbers + spread if spread is not None else pd.array([pd.NA] * len(values)),
            "status": "A",
        }
    )


def all_others(values):
    ids = [f"RO_{n}" for n in range(len(values))]
    return pd.DataFrame(
        [(a, b) for a in ids for b in ids if a != b], columns=["area_id", "peer_id"]
    )


def test_an_interval_wholly_above_the_middle_half_is_above():
    values = [20.0, 1, 2, 3, 4, 5, 6]
    found = situate(table(values, 1.0), all_others(values)).set_index("area_id")
    assert found.loc["RO_0", "position"] == "above"
    assert found.loc["RO_0", "peers_lower"] == 2.25
    assert found.loc["RO_0", "peers_upper"] == 4.75


def test_a_wide_interval_tells_nothing():
    values = [20.0, 1, 2, 3, 4, 5, 6]
    found = situate(table(values, 18.0), all_others(values)).set_index("area_id")
    assert found.loc["RO_0", "position"] == "within"


def test_a_value_without_interval_stands_as_it_is():
    values = [0.5, 1, 2, 3, 4, 5, 6]
    found = situate(table(values, None), all_others(values)).set_index("area_id")
    assert found.loc["RO_0", "position"] == "below"


def test_missing_is_neither_low_nor_counted_among_peers():
    values = [None, 1, 2, 3, 4, 5, 6]
    found = situate(table(values, 0.1), all_others(values)).set_index("area_id")
    assert found.loc["RO_0", "position"] == "not_told"
    assert found.loc["RO_1", "peers_known"] == FEWEST_PEERS
    assert found.loc["RO_1", "peers_lower"] == 3


def test_few_known_peers_make_no_quartiles():
    values = [1.0, 2, 3, None, None, None, 9]
    found = situate(table(values, 0.1), all_others(values))
    assert found["peers_lower"].isna().all()
    assert set(found["position"]) == {"not_told"}


def test_areas_without_peers_and_tables_without_rows_are_told_apart_from_nothing():
    alone = situate(table([1.0]), all_others([1.0]))
    assert alone["position"].tolist() == ["not_told"]
    assert situate(table([]), all_others([])).empty


@given(
    st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=2, max_size=14),
    st.randoms(use_true_random=False),
)
def test_quartiles_are_those_of_the_peers_one_by_one(values, random):
    pairs = all_others(values)
    pairs = pairs[[random.random() < 0.8 for _ in range(len(pairs))]]
    rows = table(values)
    found = situate(rows, pairs).set_index("area_id")
    by_id = dict(zip(rows["area_id"], values, strict=True))
    for area in by_id:
        known = [by_id[p] for p in pairs.loc[pairs["area_id"] == area, "peer_id"]]
        known = [value for value in known if value is not None]
        assert found.loc[area, "peers_known"] == len(known)
        if len(known) >= FEWEST_PEERS:
            lower, upper = np.quantile(known, [0.25, 0.75])
            assert found.loc[area, "peers_lower"] == pytest.approx(lower, abs=1e-6)
            assert found.loc[area, "peers_upper"] == pytest.approx(upper, abs=1e-6)


def test_the_order_of_rows_does_not_matter():
    values = [float(n) for n in range(12)]
    pairs, rows = all_others(values), table(values, 0.5)
    straight = situate(rows, pairs).set_index("area_id")
    turned = situate(rows.iloc[::-1], pairs.sample(frac=1, random_state=1)).set_index("area_id")
    pd.testing.assert_frame_equal(straight, turned.loc[straight.index])


def test_areas_asked_for_alone_stand_as_among_all():
    values = [20.0, 1, 2, 3, 4, 5, 6]
    pairs, rows = all_others(values), table(values, 1.0)
    whole = situate(rows, pairs).set_index("area_id")
    alone = situate(rows, pairs, ["RO_0"]).set_index("area_id")
    pd.testing.assert_frame_equal(alone, whole.loc[["RO_0"]])
