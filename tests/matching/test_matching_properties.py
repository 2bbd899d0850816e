"""What holds for any list of names, and not only for those we thought of."""

from __future__ import annotations

import random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from small_country import areas_of, gazetteer_of

from landscape.matching import match_names
from landscape.matching.normal_form import fold, why_not_a_name

COUNTRIES = ("RO", "BG", "MD", "FR")
KNOWN = [name for country in COUNTRIES for name in areas_of(country)["name"]]
SPELLINGS = st.one_of(
    st.sampled_from(KNOWN),
    st.sampled_from(KNOWN).map(str.upper),
    st.sampled_from(["TOTAL", "-", "", "CJ Alba", "sat Recea, com. Albac", "Сфия", "st", "(", "'"]),
    st.text(max_size=30),
    st.text(alphabet="ABCDEabcdeșţâАБВабв 0123456789.,;-()/?", max_size=25),
)
COUNTY_SPELLINGS = st.one_of(st.none(), st.sampled_from(["Alba", "CLUJ", "София", "01", "?", "x"]))
ROWS = st.lists(st.tuples(SPELLINGS, COUNTY_SPELLINGS), min_size=1, max_size=15)


@given(st.sampled_from(COUNTRIES), ROWS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_rows_never_matters(
    country: str, rows: list[tuple[str, str | None]], rng: random.Random
) -> None:
    shuffled = list(range(len(rows)))
    rng.shuffle(shuffled)
    names = pd.Series([name for name, _ in rows], dtype="str")
    counties = pd.Series([county for _, county in rows], dtype="str")
    gazetteer = gazetteer_of(country)
    straight = match_names(names, gazetteer, counties=counties)
    mixed = match_names(names.iloc[shuffled], gazetteer, counties=counties.iloc[shuffled])
    pd.testing.assert_frame_equal(mixed.sort_index(), straight)


@given(st.sampled_from(COUNTRIES), ROWS)
@settings(max_examples=150, deadline=None)
def test_every_row_has_one_of_three_outcomes_and_a_reason(
    country: str, rows: list[tuple[str, str | None]]
) -> None:
    names = pd.Series([name for name, _ in rows], dtype="str")
    found = match_names(names, gazetteer_of(country))
    matched = found["match_status"] == "matched"
    assert set(found["match_status"]) <= {"matched", "ambiguous", "unmatched"}
    assert found.index.equals(names.index)
    assert (found["area_id"].notna() == matched).all()
    assert found["area_id"].dropna().str.startswith(f"{country}_").all()
    assert found["score"].between(0, 1).all()
    assert (found["reason"].str.len() > 0).all()
    assert found.loc[found["match_status"] == "ambiguous", "candidates"].notna().all()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.sampled_from(COUNTRIES), st.text(max_size=40))
def test_the_words_of_a_name_are_their_own_normal_form(country: str, text: str) -> None:
    normal = gazetteer_of(country).normal
    words = normal.words(text)
    assert normal.words(words) == words


@given(st.text(alphabet=" \t\u00a0\u200b-–—_.…,;:()'\"*/", max_size=12))
def test_signs_alone_are_blank(signs: str) -> None:
    assert why_not_a_name(fold(signs)) == "blank"
    found = match_names(pd.Series([signs]), gazetteer_of("RO"))
    assert found["match_status"].item() == "unmatched"


@given(st.sampled_from(["TOTAL", "Total", "ОБЩО", "Ensemble", "Subtotal"]), st.sampled_from(KNOWN))
def test_a_total_of_a_known_place_is_no_place(word: str, name: str) -> None:
    for country in COUNTRIES:
        found = match_names(pd.Series([f"{word} {name}"]), gazetteer_of(country))
        assert found["match_status"].item() == "unmatched"
