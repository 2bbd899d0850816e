"""Text made comparable: invisible characters, look-alike letters, Romanian letters."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.text import clean_text, comma_below, map_distinct, one_alphabet, tidy


def test_tidy_makes_one_blank_of_every_kind_of_blank() -> None:
    assert tidy("\ufeff Alba\u00a0\u2009Iulia \r\n") == "Alba Iulia"


def test_tidy_drops_what_cannot_be_seen() -> None:
    assert tidy("Al\u00adba\u200b \u202eIulia\x07") == "Alba Iulia"


def test_tidy_composes_letters() -> None:
    assert tidy("Bacau\u0306") == "Bacaŭ"
    assert tidy("s\u0326") == "ș"


@given(st.text())
def test_tidy_twice_is_tidy_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_cedilla_becomes_comma() -> None:
    assert comma_below("Ştefăneşti, Ţara") == "Ștefănești, Țara"


@pytest.mark.parametrize(
    ("mixed", "mended"),
    [
        ("P\u0435linia", "Pelinia"),
        ("\u0415dine\u021b", "Edineț"),
        ("Соfия", "Соfия"),
        ("София", "София"),
        ("Sofia София", "Sofia София"),
        ("Ва\u0070на", "Варна"),
    ],
)
def test_words_of_two_alphabets(mixed: str, mended: str) -> None:
    assert one_alphabet(mixed) == mended


@given(st.text(alphabet="abeopxcyABEKMHOPTабвеорсухАВЕКМНОРСТХ -", max_size=30))
def test_one_alphabet_twice_is_once(text: str) -> None:
    assert one_alphabet(one_alphabet(text)) == one_alphabet(text)


def test_columns_keep_order_index_and_missing() -> None:
    column = pd.Series([" Iaşi ", None, "\u200b", " Iaşi "], index=[9, 3, 5, 7], name="town")
    cleaned = clean_text(column)
    assert cleaned.index.tolist() == [9, 3, 5, 7]
    assert cleaned.isna().tolist() == [False, True, True, False]
    assert cleaned[9] == cleaned[7] == "Iași"


def test_numbers_in_a_text_column_are_an_error() -> None:
    with pytest.raises(TypeError, match="column 'town' holds 3"):
        map_distinct(pd.Series(["a", 3], name="town", dtype=object), tidy)
