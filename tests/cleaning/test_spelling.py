"""Names in capitals, written as they are spelled."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.spelling import title_case, use_comma_below

ROMANIAN = st.text(alphabet="AĂÂBCDEIÎLMNORSȘTȚU -.1", max_size=30)


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("CETATEA DE BALTĂ", "Cetatea de Baltă"),
        ("BAIA DE ARIEȘ", "Baia de Arieș"),
        ("CLUJ-NAPOCA", "Cluj-Napoca"),
        ("VALEA LUI MIHAI", "Valea lui Mihai"),
        ("ȘTEFAN CEL MARE", "Ștefan cel Mare"),
        ("1 DECEMBRIE", "1 Decembrie"),
        ("I. L. CARAGIALE", "I. L. Caragiale"),
        ("C.A. ROSETTI", "C.A. Rosetti"),
        ("DE JOS", "De Jos"),
        ("VALU LUI TRAIAN", "Valu lui Traian"),
        ("", ""),
    ],
)
def test_romanian_names(printed: str, written: str) -> None:
    assert title_case(pd.Series([printed]), "ro").tolist() == [written]


@given(names=st.lists(ROMANIAN))
def test_only_the_case_changes_and_only_once(names: list[str]) -> None:
    text = pd.Series(names, dtype="str")
    written = title_case(text, "ro")
    assert written.str.upper().tolist() == text.str.upper().tolist()
    assert title_case(written, "ro").tolist() == written.tolist()


@given(names=st.lists(st.text(alphabet="aşţŞŢșțz ", max_size=10)))
def test_no_cedilla_stays_and_nothing_else_changes(names: list[str]) -> None:
    text = pd.Series(names, dtype="str")
    written = use_comma_below(text)
    assert not set("".join(written)) & set("şţŞŢ")
    assert written.str.len().tolist() == text.str.len().tolist()
    assert use_comma_below(written).tolist() == written.tolist()
