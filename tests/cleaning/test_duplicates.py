"""Services listed twice: what makes two rows one, and what keeps them two."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.cleaning.duplicates import find_duplicates
from landscape.cleaning.wording import compare_wordings, mend_common_words, read_wording

ONE = {
    "record": "item 1",
    "area_id": "RO_1",
    "local_type": "home",
    "name": "casa tip familial speranta",
    "provider": "directia asistenta alba",
    "place": "abrud",
    "capacity": 12.0,
    "lon": 23.0,
    "lat": 46.0,
    "position": "exact",
}


def frame_of(*changes: dict) -> pd.DataFrame:
    rows = [ONE | {"record": f"item {n}"} | more for n, more in enumerate(changes, start=1)]
    return pd.DataFrame(rows)


def verdict(**change: object) -> str:
    """What is found of a row and its copy with a change."""
    found = find_duplicates(frame_of({}, change))
    return found["verdict"].iloc[0] if len(found) else "apart"


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"name": "speranta casa tip familial"},
        {"name": "casa tip familial speranta abrud"},
        {"name": "casa tip famillial speranta"},
        {"capacity": None},
        {"capacity": 11.0},
        {"lat": 46.0009},
        {"position": "settlement"},
    ],
)
def test_one_service(change):
    assert verdict(**change) == "same"


@pytest.mark.parametrize(
    "change",
    [
        {"capacity": 30.0},
        {"lat": 46.01},
        {"local_type": "day centre"},
        {"provider": "asociatia caritas"},
        {"name": "casa tip familial speranta deva"},
        {"name": "casa tip familial sperants"},
    ],
)
def test_somebody_should_look(change):
    assert verdict(**change) in ("doubtful", "same")
    assert "capacity" not in change or verdict(**change) == "doubtful"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "casa tip familial speranta 2"},
        {"name": "casa tip familial speranta ii"},
        {"name": "casa tip familial speranta b"},
        {"name": "casa tip familial luminita"},
        {"area_id": "RO_2"},
        {"lat": 46.1},
        {"provider": "asociatia caritas", "lat": 46.01},
        {"capacity": 30.0, "lat": 46.01},
    ],
)
def test_two_services(change):
    assert verdict(**change) == "apart"


def test_consecutive_houses_stay_two():
    rows = [{"name": f"casa tip familial {number}"} for number in (1, 2, 3, "3 bis", 4)]
    assert find_duplicates(frame_of(*rows)).empty


def test_maria_and_marina_may_be_two_houses():
    found = find_duplicates(frame_of({"name": "casa maria"}, {"name": "casa marina"}))
    assert found["verdict"].tolist() == ["doubtful"]


def test_a_series_of_one_name_is_doubtful_at_best():
    far = {"lat": 46.01}
    found = find_duplicates(frame_of({}, {}, far))
    assert found[["record_a", "record_b", "verdict"]].to_numpy().tolist() == [
        ["item 1", "item 2", "doubtful"]
    ]


def test_a_third_row_that_fits_one_of_two_leaves_open_which():
    rows = [{"lat": 46.0}, {"lat": 46.0010}, {"lat": 46.0020}]
    found = find_duplicates(frame_of(*rows))
    assert "same" not in set(found["verdict"])


def test_without_rows_there_are_no_pairs():
    assert find_duplicates(frame_of({})).empty
    assert find_duplicates(frame_of({})[:0]).empty


def test_marks_are_not_words():
    assert read_wording("apartament 11 bis a").marks == ("11", "a", "bis")
    assert read_wording("complex 1 mai ii").words == ("complex", "mai")
    assert read_wording("vila mic").marks == ()


def test_common_words_are_mended_and_names_are_not():
    texts = pd.Series(["casa maria"] * 30 + ["csaa marla"] + ["vila nord"] * 20)
    assert mend_common_words(texts)[30] == "casa maria"
    rare = pd.Series(["casa " + name for name in ("maria", "marina")] + ["casa x"] * 30)
    assert mend_common_words(rare).tolist() == rare.tolist()


WORDS = st.sampled_from(["casa", "centru", "maria", "marina", "copii", "copil", "2", "ii", "a"])
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "area_id": st.sampled_from(["RO_1", "RO_2"]),
            "local_type": st.sampled_from(["home", "day"]),
            "name": NAMES,
            "provider": st.sampled_from(["", "directia alba", "asociatia alba"]),
            "capacity": st.sampled_from([None, 8.0, 12.0]),
            "lat": st.sampled_from([46.0, 46.001, 46.01, None]),
            "position": st.sampled_from(["exact", "settlement"]),
        }
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, random):
    frame = frame_of(*rows)
    shuffled = list(range(len(frame)))
    random.shuffle(shuffled)
    expected = find_duplicates(frame)
    pd.testing.assert_frame_equal(find_duplicates(frame.iloc[shuffled]), expected)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_pairs_are_of_one_area_and_in_one_order(rows):
    frame = frame_of(*rows).set_index("record")
    found = find_duplicates(frame.reset_index())
    assert (found["record_a"] < found["record_b"]).all()
    assert not found.duplicated(["record_a", "record_b"]).any()
    areas = [frame["area_id"].reindex(found[side]).tolist() for side in ("record_a", "record_b")]
    assert areas[0] == areas[1]
    same = found[found["verdict"] == "same"]
    types = [frame["local_type"].reindex(same[side]).tolist() for side in ("record_a", "record_b")]
    assert types[0] == types[1]


@given(one=NAMES, other=NAMES)
def test_likeness_is_symmetric_and_whole_for_itself(one, other):
    rows_of_word = {"casa": 9, "maria": 5, "marina": 1}
    a, b = read_wording(one), read_wording(other)
    assert compare_wordings(a, b, rows_of_word) == compare_wordings(b, a, rows_of_word)
    assert compare_wordings(a, a, rows_of_word) == 1.0
