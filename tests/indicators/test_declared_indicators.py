"""Indicators of what authorities declare: known answers, and n of N."""

import pandas as pd
import pytest

from landscape.answer_schemas import STEPS
from landscape.indicators import governance
from landscape.indicators.catalogue import load_catalogue
from landscape.indicators.intervals import wilson_interval
from landscape.schemas import check_table

DECLARED = {"year": 2026, "evidence": "declared", "source_id": "xx/workbook"}


def framework(*rows: tuple[str, str, str | None, float | None]) -> pd.DataFrame:
    """Answers of the framework: area, question, answer, value."""
    named = [
        {**DECLARED, "area_id": area, "sheet": "framework", "question": question,
         "answer": answer, "value": value, "record": f"{area} {question}"}
        for area, question, answer, value in rows
    ]  # fmt: skip
    return check_table("governance", pd.DataFrame(named))


def steps(**areas: str) -> pd.DataFrame:
    """Answers to the six steps, a letter each: y, n, u(nknown) or . for none."""
    words = {"y": "yes", "n": "no", "u": "unknown", ".": None}
    rows = [
        {**DECLARED, "area_id": area, "step": step, "position": place, "answer": words[letter],
         "record": f"{area} {step}"}
        for area, letters in areas.items()
        for place, (step, letter) in enumerate(zip(STEPS, letters, strict=True), start=1)
    ]  # fmt: skip
    return check_table("participation", pd.DataFrame(rows))


def of(estimate: pd.DataFrame) -> tuple[float, float]:
    """n and N of a country's figure."""
    row = estimate.loc["country"]
    return float(row["numerator"]), float(row["denominator"])


ANSWERS = {
    "governance": framework(
        ("A", "needs_assessment", "yes", None), ("A", "needs_assessment_year", "2022", 2022),
        ("B", "needs_assessment", "yes", None), ("B", "needs_assessment_year", "2021", 2021),
        ("C", "needs_assessment", "no", None), ("C", "needs_assessment_year", None, None),
        ("D", "needs_assessment", "yes", None), ("D", "needs_assessment_year", None, None),
        ("E", "needs_assessment", "unknown", None),
        ("F", "needs_assessment", None, None),
        ("A", "strategy", "yes", None), ("A", "strategy_to", "2025", 2025),
        ("B", "strategy", "yes", None), ("B", "strategy_to", None, None),
        ("C", "strategy", "preparing", None), ("D", "strategy", "unknown", None),
        ("A", "budget_line", "no", None), ("B", "budget_line", "yes", None),
        ("C", "budget_line", None, None),
    ),
    "participation": steps(
        A="yyyyyy", B="yynnnn", C="nnnnnn", D="yyyyu.", E="u.....", F="yyyyyn", G="n.....",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "n", "total"),
    [
        ("needs_assessment_recent", 1, 3),  # 2022 is recent in 2026, 2021 is not; D tells no year
        ("strategy_in_force", 1, 3),  # A's ran out; C prepares one
        ("social_budget_line", 1, 2),
        ("participation_in_theory", 4, 6),
        ("participation_in_practice", 1, 5),  # of D it is not known
        ("participation_gap", 2, 5),  # B and F
    ],
)
def test_shares_count_those_that_answered(name: str, n: int, total: int) -> None:
    estimate = getattr(governance, name)(ANSWERS, None)
    assert of(estimate) == (n, total)
    row = estimate.loc["country"]
    wilson = wilson_interval(pd.Series([n]), pd.Series([total])).iloc[0] * 100
    assert row[["low", "high"]].tolist() == pytest.approx(wilson.tolist())
    assert row["value"] == pytest.approx(100 * n / total)


def test_nobody_answered_is_no_figure() -> None:
    empty = {name: rows.assign(answer=None) for name, rows in ANSWERS.items()}
    for name in ("needs_assessment_recent", "participation_in_practice"):
        row = getattr(governance, name)(empty, None).loc["country"]
        assert pd.isna(row["value"]) and pd.isna(row["low"])


def services(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    """Declared services: function, provider, delivery, closed."""
    columns = ["function", "provider_type", "delivery", "closed"]
    return pd.DataFrame(rows, columns=columns).assign(service_id=[str(n) for n in range(len(rows))])


def test_the_share_delegated_is_of_open_services_that_tell() -> None:
    declared = services(
        ("old_age", "association", "delegated", None),
        ("old_age", "municipality", "in_house", None),
        ("old_age", "association", "unknown", None),
        ("old_age", "association", "delegated", "2026"),
        ("housing", "association", "independent", None),
        ("housing", "unknown", "delegated", None),
    )
    answers = {"services": declared}
    assert of(governance.delegated_to_associations(answers, None)) == (1, 3)
    assert of(governance.delegated_to_associations(answers, "old_age")) == (1, 2)
    assert of(governance.delegated_to_associations(answers, "housing")) == (0, 1)


def test_completeness_is_of_each_authority_and_has_no_interval() -> None:
    found = governance.answers_completeness(ANSWERS, None)
    assert found.loc["C", ["numerator", "denominator"]].tolist() == [8, 10]
    assert found.loc["country", "denominator"] == found["denominator"].iloc[:-1].sum()
    assert found[["low", "high"]].isna().all(axis=None)


def test_the_catalogue_names_the_interval() -> None:
    declared = {n: i for n, i in load_catalogue().items() if i.is_declared}
    assert {n for n, i in declared.items() if i.chance != "share"} == {"answers_completeness"}
    assert all(not indicator.inputs for indicator in declared.values())
    assert {grade.grade for i in declared.values() for grade in i.countries.values()} == {"B"}
