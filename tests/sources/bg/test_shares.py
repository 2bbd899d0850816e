"""Counts out of shares: what was printed with all its digits can be undone."""

from hypothesis import given
from hypothesis import strategies as st

from landscape.sources.bg._shares import recover_denominator


@given(
    persons=st.integers(400, 1_300_000),
    parts=st.tuples(st.floats(0.01, 0.4), st.floats(0.01, 0.4), st.floats(0.01, 0.2)),
)
def test_the_number_of_persons_is_found_again(persons, parts):
    first, second, third = (round(part * persons) for part in parts)
    found = recover_denominator(
        [f"{first / persons:.15g}", f"{second / persons:.15g}"],
        [f"{third / persons:.8g}"],
        low=persons - persons // 10,
        high=persons + persons // 10,
        expected=persons,
    )
    assert found == persons


@given(persons=st.integers(400, 100_000), other=st.integers(1, 10**8))
def test_a_share_of_other_persons_is_not_forced_into_a_number(persons, other):
    share = f"{other / (10**8 + 7):.15g}"
    found = recover_denominator([share], [], low=persons, high=2 * persons, expected=persons)
    assert found is None or abs(float(share) * found - round(float(share) * found)) < 1e-6


def test_a_share_that_fits_no_number_gives_none():
    assert (
        recover_denominator(["0.333333333333333"], ["0.12345678"], low=30, high=60, expected=50)
        is None
    )
