"""Class breaks: round, complete, and honest about zeros and unknowns."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.figures.classes import MISSING, SCHEMES, classify
from landscape.figures.palette import ZERO, lightness, sequential
from landscape.language import language


def labels(values, english, **options):
    made, _ = classify(pd.Series(values, dtype=float), language=english, **options)
    return [(c.label, c.count) for c in made]


def test_all_missing_gives_no_class(english):
    made, numbers = classify(pd.Series([np.nan] * 3), language=english)
    assert made == []
    assert numbers.tolist() == [MISSING] * 3


def test_all_equal_gives_one_class_with_the_value(english):
    assert labels([2.5, 2.5, np.nan], english) == [("2.5", 2)]


def test_few_distinct_values_are_classes_of_their_own(english):
    assert labels([1, 2, 2, 3, 3, 3], english) == [("1", 1), ("2", 2), ("3", 3)]


def test_many_zeros_are_a_class_of_their_own_and_have_their_own_colour(english):
    values = pd.Series([0.0] * 50 + list(range(1, 51)))
    made, _ = classify(values, language=english)
    assert (made[0].label, made[0].count, made[0].colour) == ("0", 50, ZERO)
    assert made[1].label.startswith("1 to under")
    assert len(made) == 5


def test_few_zeros_are_not_set_apart(english):
    values = [0.0] * 2 + list(range(1, 99))
    assert labels(values, english)[0][0].startswith("0 to under")


def test_missing_is_never_counted_as_zero(english):
    values = pd.Series([0.0] * 10 + [np.nan] * 30 + list(range(1, 41)))
    made, numbers = classify(values, language=english)
    assert made[0].count == 10
    assert (numbers[10:40] == MISSING).all()


def test_zero_is_an_edge_where_both_signs_occur(english):
    values = pd.Series(np.linspace(-37.3, 18.2, 200))
    made, _ = classify(values, language=english)
    assert 0.0 in [c.low for c in made]
    assert made[0].label.startswith("−37.3 to under −")


def test_heavy_ties_leave_no_empty_class(english):
    values = [5.0] * 80 + [1, 2, 3, 4, 6, 7, 8, 9]
    counted = labels(values, english)
    assert all(count > 0 for _, count in counted)
    assert sum(count for _, count in counted) == len(values)


def test_small_numbers_keep_the_decimals_that_tell_them_apart(english):
    counted = labels(np.linspace(0.0011, 0.0094, 60), english, decimals=1)
    assert len({label for label, _ in counted}) == 5


def test_few_values_that_are_close_are_told_apart(english):
    assert [label for label, _ in labels([1.02, 1.04, 1.04], english)] == ["1.02", "1.04"]


def test_edges_are_round(english):
    rng = np.random.default_rng(1)
    made, _ = classify(pd.Series(rng.gamma(2, 1000, 500)), language=english)
    assert all(c.low % 50 == 0 for c in made[1:])


@given(
    st.lists(
        st.one_of(st.none(), st.floats(-1e6, 1e6), st.integers(-5, 5).map(float)),
        min_size=1,
        max_size=80,
    ),
    st.sampled_from(sorted(SCHEMES)),
    st.integers(2, 7),
)
def test_every_value_lies_in_its_class_and_counts_add_up(values, scheme, classes):
    series = pd.Series(values, dtype=float)
    made, numbers = classify(series, language=language("en"), scheme=scheme, classes=classes)
    known = series.dropna()
    assert sum(c.count for c in made) == len(known)
    assert len(made) <= classes
    assert all(c.count > 0 for c in made)
    for value, number in zip(series, numbers, strict=True):
        if np.isnan(value):
            assert number == MISSING
        else:
            assert made[number].low <= value <= made[number].high


def test_what_does_not_fit_is_refused(english):
    values = pd.Series([1.0, 2.0])
    with pytest.raises(ValueError, match="unknown scheme 'rainbow'"):
        classify(values, language=english, scheme="rainbow")
    with pytest.raises(ValueError, match="at least 2"):
        classify(values, language=english, classes=1)
    with pytest.raises(ValueError, match="infinite"):
        classify(pd.Series([1.0, np.inf]), language=english)


@pytest.mark.parametrize("number", range(1, 8))
def test_the_scale_darkens_in_steps_that_stay_apart_in_grey(number):
    light = [lightness(colour) for colour in sequential(number)]
    assert len(light) == number
    assert all(a - b > 0.015 for a, b in pairwise(light))
    assert lightness(ZERO) > light[0]
