"""Indicators of what authorities declare in the inventory workbook.

Each function takes the answers of one country (tables ``governance``,
``participation`` and declared ``services``) and the ESSPROS function asked for,
or None. It gives one row for the country, indexed by ``country``, with the
columns of ``estimates``: the numerator counts authorities (or services), the
denominator those that answered. *Not answered* and *not known* are in neither.
The authorities are those that took part, no sample: the 95 % interval says
what chance alone would do, not whom they stand for.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landscape.answer_schemas import STEPS
from landscape.indicators.estimates import share

Answers = Mapping[str, pd.DataFrame]
#: The one row of a country's figure.
COUNTRY = "country"
#: A needs assessment is recent where it is of the round's year or the four before.
RECENT_YEARS = 5


def _answers_to(answers: Answers, question: str) -> pd.DataFrame:
    """The rows of one question of the framework, by area_id."""
    rows = answers["governance"]
    rows = rows[(rows["sheet"] == "framework") & (rows["question"] == question)]
    return rows.set_index("area_id")


def _share_of(yes: pd.Series, known: pd.Series) -> pd.DataFrame:
    """How many of the authorities known say yes; both are truth values by area_id."""
    index = pd.Index([COUNTRY])
    part = pd.Series([float((yes & known).sum())], index=index, dtype="Float64")
    return share(part, pd.Series([float(known.sum())], index=index, dtype="Float64"))


def needs_assessment_recent(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Per cent of authorities whose needs assessment is under five years old.

    Of those that say that there is none, or that there is one and of which year.
    """
    made, year = (_answers_to(answers, q) for q in ("needs_assessment", "needs_assessment_year"))
    told = year["value"].reindex(made.index)
    known = (made["answer"] == "no") | ((made["answer"] == "yes") & told.notna())
    recent = (made["year"] - told < RECENT_YEARS).fillna(False).astype(bool)
    return _share_of((made["answer"] == "yes") & recent, known)


def strategy_in_force(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Per cent of authorities with a social strategy that is adopted and has not run out.

    A strategy whose last year is not told counts as in force; one in
    preparation does not.
    """
    rows = _answers_to(answers, "strategy")
    last = _answers_to(answers, "strategy_to")["value"].reindex(rows.index)
    runs = (last.isna() | (last >= rows["year"])).astype(bool)
    return _share_of(
        (rows["answer"] == "yes") & runs, rows["answer"].isin(["yes", "no", "preparing"])
    )


def social_budget_line(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Per cent of authorities with a budget line for social policy."""
    rows = _answers_to(answers, "budget_line")
    return _share_of(rows["answer"] == "yes", rows["answer"].isin(["yes", "no"]))


def _steps(answers: Answers) -> pd.DataFrame:
    """The answers to the six steps, a row an authority."""
    rows = answers["participation"].set_index(["area_id", "step"])["answer"]
    return rows.unstack().reindex(columns=[*STEPS])  # noqa: PD010


def participation_in_theory(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Per cent of authorities that have set up a consultative body (step 1 of 6)."""
    first = _steps(answers)[STEPS[0]]
    return _share_of(first == "yes", first.isin(["yes", "no"]))


def participation_in_practice(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Per cent of authorities whose body takes all six steps.

    It exists, met in the last 12 months, publishes its minutes, with
    associations and users, and changed a decision. Of the authorities that
    answered yes or no to each step, or no to one of them.
    """
    steps = _steps(answers)
    return _share_of((steps == "yes").all(axis=1), _all_told(steps))


def participation_gap(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Percentage points between theory and practice, over the same authorities.

    Those with a body that does not take all six steps, of those of which both are known.
    """
    steps = _steps(answers)
    first = steps[STEPS[0]]
    known = _all_told(steps) & first.isin(["yes", "no"])
    return _share_of((first == "yes") & ~(steps == "yes").all(axis=1), known)


def _all_told(steps: pd.DataFrame) -> pd.Series:
    """Of which authorities it is known whether all steps are taken: one no settles it."""
    return (steps == "no").any(axis=1) | steps.isin(["yes", "no"]).all(axis=1)


def delegated_to_associations(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Per cent of declared services that authorities delegate to associations.

    Of the open services whose delivery and provider are told, of one ESSPROS
    function or of all.
    """
    rows = answers["services"]
    rows = rows[rows["closed"].isna()].set_index("service_id")
    if function is not None:
        rows = rows[rows["function"] == function]
    known = (rows["delivery"] != "unknown") & (rows["provider_type"] != "unknown")
    delegated = (rows["delivery"] == "delegated") & (rows["provider_type"] == "association")
    return _share_of(delegated, known)


def answers_completeness(answers: Answers, function: str | None = None) -> pd.DataFrame:
    """Per cent of the questions asked that each authority answered, and all together.

    Questions of forms and rows of grids; *not known* is an answer. One row an
    authority (by area_id) and one for the country.
    """
    rows = pd.concat([answers["governance"], answers["participation"]], ignore_index=True)
    rows = rows[rows["sheet"].fillna("participation") != "services"]
    counts = rows.groupby("area_id")["answer"].agg(["count", "size"]).astype("Float64")
    counts.loc[COUNTRY] = counts.sum()
    # Every question is counted, none is sampled: there is no interval.
    found = share(counts["count"], counts["size"])
    found[["low", "high"]] = pd.NA
    return found
