"""Decimal marks and thousands told from a column: right, or refused; never another number."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning import numbers
from landscape.cleaning.numbers import WAYS, find_marks, parse_numbers


@pytest.mark.parametrize(
    ("printed", "decimal", "thousands"),
    [
        (["12", "1234"], ".", ""),
        (["12.5", "1.234"], ".", ""),
        (["12,5", "1.234", "s", ":", ""], ",", "."),
        (["1.234.567", "890"], ",", "."),
        (["1.234.567,8"], ",", "."),
        (["1 234,5", "7"], ",", numbers.BLANKS),
        (["1\u202f234", "12.25"], ".", numbers.BLANKS),
        (["1'234.5"], ".", "'"),
        (["0,125"], ",", ""),
        (["12,5", "abc"], ",", ""),
        ([], ".", ""),
    ],
)
def test_known_answers(printed: list[str], decimal: str, thousands: str) -> None:
    assert find_marks(pd.Series(printed, dtype="str")) == (decimal, thousands)


@pytest.mark.parametrize("printed", [["1.234"], ["1,234", "5"], ["123.456", "1.000"]])
def test_a_mark_that_may_be_either_is_refused(printed: list[str]) -> None:
    with pytest.raises(ValueError, match="may be"):
        find_marks(pd.Series(printed))


@pytest.mark.parametrize("printed", [["12,5", "12.5"], ["1.234.567", "1.5"], ["1,234,567", "1,5"]])
def test_marks_that_contradict_each_other_are_refused(printed: list[str]) -> None:
    with pytest.raises(ValueError, match="contradict"):
        find_marks(pd.Series(printed))


def shown(value: int, decimals: int, decimal: str, group: str) -> str:
    whole, part = divmod(value, 10**decimals)
    text = f"{whole:,}".replace(",", group[:1])
    return text + (f"{decimal}{part:0{decimals}d}" if decimals else "")


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 4)), min_size=1, max_size=8),
    st.sampled_from(WAYS),
)
def test_a_printed_column_is_read_right_or_refused(
    figures: list[tuple[int, int]], way: tuple[str, str]
) -> None:
    printed = pd.Series([shown(value, decimals, *way) for value, decimals in figures])
    try:
        decimal, thousands = find_marks(printed)
    except ValueError as error:
        assert "may be" in str(error)
        return
    read = parse_numbers(printed, decimal=decimal, thousands=thousands)
    assert read["readable"].all()
    expected = [value / 10**decimals for value, decimals in figures]
    assert read["value"].tolist() == pytest.approx(expected)
