"""The rule that begins furthest left says who runs a service."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.providers import classify_providers

RULES = pd.DataFrame(
    {
        "pattern": [r"\basociatia\b", r"\bprimaria\b", r"\bparohia\b", r"\bparohi(a|ei)\b"],
        "provider_type": ["association", "municipality", "church", "company"],
    }
)
NAMES = st.lists(
    st.sampled_from(["Asociația", "Primăria", "PAROHIA", "Sfânta", "Ana", "\n", ""]), max_size=5
).map(" ".join)


def types(*names: str | None) -> list[str]:
    return classify_providers(pd.Series(names, dtype="str"), RULES).tolist()


def test_the_first_words_decide_whatever_the_order_of_the_rules() -> None:
    assert types("Asociația Parohia", "Parohia Asociația") == ["association", "church"]


def test_where_two_rules_begin_together_the_upper_one_decides() -> None:
    assert types("Parohia Ana") == ["church"]


def test_case_marks_and_line_breaks_do_not_matter() -> None:
    assert types("ASOCIAŢIA\nAna", "asociatia ana") == ["association", "association"]


def test_no_rule_no_name_no_type() -> None:
    assert types("Casa Ana", "", None) == ["unknown"] * 3
    assert types() == []


@given(names=st.lists(NAMES, min_size=1), order=st.randoms(use_true_random=False))
def test_each_name_has_its_type_whatever_stands_beside(names: list[str], order: object) -> None:
    alone = {name: types(name)[0] for name in names}
    order.shuffle(names)  # type: ignore[attr-defined]
    assert types(*names) == [alone[name] for name in names]
