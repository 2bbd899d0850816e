"""Figures and codes as offices print them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.codes import area_ids, clean_codes
from landscape.cleaning.numbers import parse_numbers


def read_one(text: str | None, **how: object) -> tuple[float | None, str, bool]:
    row = parse_numbers(pd.Series([text], dtype="object"), **how).iloc[0]
    value = None if pd.isna(row["value"]) else float(row["value"])
    return value, row["status"], bool(row["readable"])


@pytest.mark.parametrize(
    ("text", "how", "value"),
    [
        ("12", {}, 12),
        (" -3.5 ", {"signed": True}, -3.5),
        ("+0", {}, 0),
        ("1.234,5", {"decimal": ",", "thousands": "."}, 1234.5),
        ("1 234 567", {"thousands": " \u00a0\u202f"}, 1_234_567),
        ("1\u202f234,0", {"decimal": ",", "thousands": " \u00a0\u202f"}, 1234),
        ("0012", {}, 12),
    ],
)
def test_figures(text: str, how: dict[str, str], value: float) -> None:
    assert read_one(text, **how) == (value, "A", True)


@pytest.mark.parametrize(
    ("mark", "status"), [("", "M"), ("-", "M"), ("nd", "M"), (":", "M"), ("S", "C"), (None, "M")]
)
def test_marks_are_missing_and_never_zero(mark: str | None, status: str) -> None:
    assert read_one(mark) == (None, status, True)


@pytest.mark.parametrize(
    "text",
    ["x", "-3", "12 persons", "1,5", "1e5", "12.", ".5", "1 23", "--", "1٢", "²", "0x1F", "inf"],
)
def test_what_is_neither_is_said_to_be_unreadable(text: str) -> None:
    assert read_one(text, thousands=" ") == (None, "M", False)


def test_a_source_may_have_marks_of_its_own() -> None:
    assert read_one("x", marks={"x": "C"}) == (None, "C", True)


@given(value=st.integers(-(10**9), 10**9))
def test_grouped_figures_come_back(value: int) -> None:
    text = f"{value:,}".replace(",", "\u00a0")
    assert read_one(text, thousands="\u00a0", signed=True) == (value, "A", True)


@given(order=st.permutations(["1", "s", "", "x", "2.5"]))
def test_row_order_does_not_matter(order: list[str]) -> None:
    read = {text: read_one(text) for text in order}
    together = parse_numbers(pd.Series(order))
    for text, (_, row) in zip(order, together.iterrows(), strict=True):
        value = None if pd.isna(row["value"]) else row["value"]
        assert (value, row["status"], row["readable"]) == read[text]


@pytest.mark.parametrize(
    ("text", "width", "code"),
    [
        ("10,00", 0, "10"),
        ("1001.0", 5, "01001"),
        (" 2A004 ", 5, "2A004"),
        ("VAR06", 0, "VAR06"),
        ("100", 5, "00100"),
        ("", 5, ""),
        ("1000", 0, "1000"),
        ("179.132", 0, "179132"),
        ("179\u00a0132,00", 0, "179132"),
        ("1.000", 0, "1000"),
    ],
)
def test_codes(text: str, width: int, code: str) -> None:
    assert clean_codes(pd.Series([text]), width).tolist() == [code]


def test_missing_codes_make_no_area() -> None:
    codes = clean_codes(pd.Series([None, "", "7"], dtype="str"), 2)
    assert area_ids("XX", codes).isna().tolist() == [True, True, False]
    assert area_ids("XX", codes).iloc[2] == "XX_07"


@given(code=st.integers(0, 10**7), width=st.integers(0, 9), end=st.sampled_from(["", ",00", ".0"]))
def test_codes_come_back_whatever_a_spreadsheet_added(code: int, width: int, end: str) -> None:
    plain = str(code).zfill(width)
    assert clean_codes(pd.Series([f" {code}{end} "]), width).tolist() == [plain]
    assert clean_codes(pd.Series([f"{code:,}".replace(",", ".")]), width).tolist() == [plain]
