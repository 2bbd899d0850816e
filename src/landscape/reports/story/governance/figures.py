"""Bars of yes, no and not known: frameworks and the steps of participation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from landscape.answer_schemas import STEPS
from landscape.figures.figure import Figure
from landscape.figures.shares import plot_share_bars
from landscape.reports.reading import Reading
from landscape.reports.story.governance.answers import count_authorities, has_answers, source_of
from landscape.workbook.questionnaire import choice_word, load_questionnaire

#: The questions on the framework, in the order of the workbook.
FRAMEWORK = ("needs_assessment", "strategy", "budget_line", "monitoring")
#: Answers in the order of the bars; of the strategy there is one more.
CODES = ("yes", "preparing", "no", "unknown")


def framework_of(reading: Reading) -> Figure:
    """One country: a bar a question on the framework."""
    rows = {_short("framework", q, reading): _shares(reading, q) for q in FRAMEWORK}
    return _bars(rows, [reading], reading.language.text("Assessment, strategy, budget, monitoring"))


def steps_of(reading: Reading) -> Figure:
    """One country: a bar a step of participation, from theory to practice."""
    rows = {_short("participation", step, reading): _shares(reading, step) for step in STEPS}
    return _bars(rows, [reading], reading.language.text("Participation, step by step"))


def compare_question(readings: Sequence[Reading], sheet: str, question: str) -> Figure:
    """One question side by side: a bar a country."""
    answered = [reading for reading in readings if has_answers(reading)]
    first = answered[0]
    rows = {f"{r.country} ({count_authorities(r)})": _shares(r, question) for r in answered}
    asked = load_questionnaire()[sheet].questions[question]
    return _bars(rows, answered, asked.label[first.language.code])


def _short(sheet: str, question: str, reading: Reading) -> str:
    asked = load_questionnaire()[sheet].questions[question]
    words = (asked.short or asked.label)[reading.language.code]
    return words[:1].upper() + words[1:]


def _shares(reading: Reading, question: str) -> pd.Series:
    """Each answer as a share of the workbooks returned; the rest did not answer."""
    if question in STEPS:
        rows = reading.inventory.declared("participation")
        answers = rows.loc[rows["step"] == question, "answer"]
    else:
        rows = reading.inventory.declared("governance")
        own = (rows["sheet"] == "framework") & (rows["question"] == question)
        answers = rows.loc[own, "answer"]
    counts = answers.value_counts().reindex([*CODES], fill_value=0)
    return counts / max(len(answers), 1)


def _bars(rows: dict[str, pd.Series], readings: Sequence[Reading], title: str) -> Figure:
    language = readings[0].language
    table = pd.DataFrame(rows).T
    used = [code for code in CODES if table[code].gt(0).any() or code in ("yes", "no")]
    table = table[used].set_axis(_words(used, language.code), axis="columns")
    returned = sum(count_authorities(reading) for reading in readings)
    return plot_share_bars(
        table,
        title=title,
        unit=language.text("% of the workbooks returned"),
        source=source_of(readings),
        language=language,
        note=language.plural(
            "Hatched: not answered. {number} workbook came back.",
            "Hatched: not answered. {number} workbooks came back.",
            returned,
        ),
        rest=language.text("not answered"),
    )


def _words(codes: Iterable[str], reader: str) -> list[str]:
    return [choice_word("strategy" if code == "preparing" else "yes_no", code, reader)
            for code in codes]  # fmt: skip
