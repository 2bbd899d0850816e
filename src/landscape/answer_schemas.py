"""The tables that only authorities can fill: what they declare in the inventory workbook.

Every row bears ``evidence``: ``declared`` by the authority. A missing answer
means *not answered*, which is neither no nor zero.
"""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

#: What a figure or answer rests on.
EVIDENCE = ("register", "declared")
#: The tables that only authorities fill.
ANSWER_TABLES = ("governance", "participation", "partnerships", "practices", "questions")
#: The steps of participation, from the decision on paper to its effect.
STEPS = (
    "body_exists",
    "body_met",
    "minutes_published",
    "associations_present",
    "users_present",
    "decision_changed",
)


def _text(nullable: bool = True, among: tuple[str, ...] = (), **more: Any) -> pa.Column:
    checks = [pa.Check.isin(among)] if among else []
    return pa.Column("str", checks, nullable=nullable, **more)


def _year(nullable: bool = True) -> pa.Column:
    return pa.Column("Int64", pa.Check.in_range(1900, 2100), nullable=nullable)


def _table(name: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    """The columns of a table of answers, with those that they all share."""
    shared = {
        "year": _year(nullable=False),  # of the round
        "evidence": _text(nullable=False, among=EVIDENCE),
        "source_id": _text(nullable=False),
        "record": _text(nullable=False),  # authority, sheet and row
    }
    area = {"area_id": _text(nullable=False)}
    return pa.DataFrameSchema({**area, **columns, **shared}, strict=True, coerce=True, name=name)


def answer_tables(functions: tuple[str, ...]) -> dict[str, pa.DataFrameSchema]:
    """The schemas by name; ``functions`` are the ESSPROS codes."""
    themes = (*functions, "participation", "governance", "other")
    return {
        # One question a row, answered or not: competences, framework, needs and resources.
        "governance": _table(
            "governance",
            {
                "sheet": _text(nullable=False),
                "question": _text(nullable=False),  # as in the questionnaire
                "function": _text(among=functions),  # ESSPROS; of competences, needs and contracts
                "answer": _text(),  # a code of the question's list, or the text given
                "value": pa.Column("Float64", nullable=True),  # of figures and years
                "unit": _text(),
                "remark": _text(),
            },
        ),
        # One step a row: does a consultative body exist, meet, publish, and change anything.
        "participation": _table(
            "participation",
            {
                "step": _text(nullable=False, among=STEPS),
                "position": pa.Column("Int64", pa.Check.in_range(1, len(STEPS))),
                "answer": _text(among=("yes", "no", "unknown")),
                "remark": _text(),
            },
        ),
        # With whom an authority works.
        "partnerships": _table(
            "partnerships",
            {
                "partnership_id": _text(nullable=False, unique=True),
                "kind": _text(nullable=False),
                "partner": _text(nullable=False),
                "partner_country": _text(),
                "theme": _text(among=themes),
                "subject": _text(),
                "since": _year(),
                "until": _year(),  # missing where it goes on or is not told
            },
        ),
        # What an authority offers to show.
        "practices": _table(
            "practices",
            {
                "practice_id": _text(nullable=False, unique=True),
                "title": _text(nullable=False),
                "theme": _text(nullable=False, among=themes),
                "description": _text(),
                "partners": _text(),
                "since": _year(),
                "until": _year(),
                "changed": _text(),
                "proof": _text(),  # how the change is known: evaluation, figures, accounts, none
                "needed": _text(),
            },
        ),
        # What an authority is looking for.
        "questions": _table(
            "questions",
            {
                "question_id": _text(nullable=False, unique=True),
                "question": _text(nullable=False),
                "theme": _text(nullable=False, among=themes),
                "why": _text(),
                "urgency": _text(among=("high", "medium", "low")),
            },
        ),
    }
