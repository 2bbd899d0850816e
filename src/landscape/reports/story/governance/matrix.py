"""Who decides, pays and delivers; and what authorities declare as shares, with n of N."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading
from landscape.reports.story.governance.answers import count_authorities, has_answers, source_of
from landscape.workbook.questionnaire import choice_word, load_questionnaire

ROLES = ("decides", "pays", "delivers")


def show_competences(page: Page, reading: Reading) -> list[Block]:
    """The matrix of one country: fields by who decides, pays and delivers."""
    if not has_answers(reading):
        return []
    caption = reading.language.pair(
        reading.country, reading.language.text("who decides, who pays, who delivers")
    )
    return [page.table(list_competences(reading), caption, source=source_of([reading]))]


def list_competences(reading: Reading) -> pd.DataFrame:
    """A row a field: the actors named, with how many authorities name each, and n of N."""
    sheet, code = load_questionnaire()["competences"], reading.language.code
    rows = reading.inventory.declared("governance")
    rows = rows[rows["sheet"] == "competences"]
    label = sheet.item_label or sheet.title
    table = []
    for function in dict.fromkeys(rows["function"]):
        own = rows[rows["function"] == function]
        cells = {
            sheet.questions[role].label[code]: _actors(
                reading, own.loc[own["question"] == role, "answer"]
            )
            for role in ROLES
        }
        name = reading.term("function", str(function))
        table.append({label[code]: name[:1].upper() + name[1:], **cells})
    return pd.DataFrame(table)


def _actors(reading: Reading, answers: pd.Series) -> str:
    """The actors named, the most often named first; how many answered of how many."""
    text, counts = reading.language.text, answers.value_counts()
    if counts.empty:
        return text("not answered")
    named = [
        f"{choice_word('actor', str(actor), reading.language.code)} ({number})"
        for actor, number in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    ]
    told = text("{known} of {areas}", known=int(counts.sum()), areas=len(answers))
    return f"{', '.join(named)} · {told}"


def list_shares(readings: Sequence[Reading]) -> pd.DataFrame:
    """Every declared indicator of every country, with its interval and n of N."""
    text = readings[0].language.text
    rows = []
    for reading in filter(has_answers, readings):
        for name in reading.known_indicators("governance"):
            whole = reading.values(name, "country").dropna(subset=["value"])
            if whole.empty:
                continue
            row = whole.iloc[0]
            rows.append(
                {
                    text("Indicator"): reading.title(name),
                    text("Country"): reading.country,
                    text("Share, %"): reading.number(name, row["value"]),
                    text("Between (95 %)"): _interval(reading, name, row),
                    text("Yes, of those that answered"): text(
                        "{known} of {areas}",
                        known=reading.language.number(row["numerator"]),
                        areas=reading.language.number(row["denominator"]),
                    ),
                    text("Workbooks returned"): count_authorities(reading),
                }
            )
    return pd.DataFrame(rows)


def _interval(reading: Reading, name: str, row: pd.Series) -> str:
    if pd.isna(row["low"]):
        return reading.language.text("all counted")
    low, high = (reading.number(name, row[bound]) for bound in ("low", "high"))
    return reading.language.text("{low} to {high}", low=low, high=high)
