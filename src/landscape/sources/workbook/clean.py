"""Returned workbooks cleaned into tables; where a register says otherwise, both are kept.

One record is one question of a form, one item of a grid or one row of a list.
An answer that cannot be read is set missing, and a finding says so; a row of a
list without what it cannot do without is left out. Of two workbooks of one
authority the later stands, and what differed is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from landscape.errors import TableError
from landscape.provenance import RawFolder
from landscape.schemas import empty_table
from landscape.sources.contract import Cleaned, Context, Ledger
from landscape.sources.registry import CountryCard
from landscape.sources.workbook.answers import known_values, list_rows, question_rows
from landscape.sources.workbook.card import source_card
from landscape.sources.workbook.declared import (
    confirm,
    governance_rows,
    observation_rows,
    participation_rows,
    service_rows,
    tell_differences,
    tell_services,
)
from landscape.sources.workbook.folder import Sent, latest

LISTS = {"partnerships": "partnership_id", "practices": "practice_id", "questions": "question_id"}
#: What a row of a list cannot do without.
REQUIRED = {
    "services": ["name", "setting"],
    "partnerships": ["kind", "partner"],
    "practices": ["title", "theme"],
    "questions": ["question", "theme"],
}


def clean_workbooks(
    sent: list[Sent], folder: Path, card: CountryCard, tables: Mapping[str, pd.DataFrame]
) -> tuple[RawFolder, Cleaned]:
    """What the authorities of a country declare, as tables with ``evidence`` declared.

    ``sent`` are the workbooks of that country as ``read_folder`` gives them,
    ``tables`` those of the registers. Raises TableError where a workbook is of
    an area that is not there.
    """
    _require_known_areas(sent, tables["areas"])
    standing = list(latest(sent).values())
    older = [each for each in sent if each not in standing]
    source = RawFolder(folder, source_card(card, sent))
    asked = confirm(question_rows(standing), known_values(standing))
    lists = {name: list_rows(standing, name) for name in REQUIRED}
    read = [rows[["record", "area_id"]] for rows in (asked, *lists.values())]
    frame = pd.concat([*read, _older_records(older)], ignore_index=True).drop_duplicates()
    ledger = Ledger(Context(source.card, tables["areas"]), frame.reset_index(drop=True))
    _tell_older(older, standing, frame, ledger)
    _tell_problems(standing, ledger)
    lists = {name: _complete(rows, name, ledger) for name, rows in lists.items()}
    made = _tables(asked, lists, tables["areas"])
    tell_differences(asked, ledger)
    tell_services(lists["services"], tables["services"], ledger)
    kept = [asked, *lists.values()]
    used = pd.concat([rows[["record", "area_id"]] for rows in kept], ignore_index=True)
    marked = {
        name: rows.assign(evidence="declared", source_id=source.card.source_id)
        for name, rows in made.items()
    }
    return source, ledger.close(used, **marked)


def _tables(
    asked: pd.DataFrame, lists: dict[str, pd.DataFrame], areas: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    needs, resources = observation_rows(asked, lists["services"])
    return {
        "needs": needs,
        "resources": resources,
        "services": service_rows(lists["services"], areas),
        "governance": governance_rows(asked, lists["services"]),
        "participation": participation_rows(asked),
        **{name: _list_table(lists[name], name) for name in LISTS},
    }


def _list_table(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    identifiers = rows["area_id"] + "/" + name + "/" + rows["number"].astype(str)
    rows = rows.rename(columns={"evidence": "proof"}).assign(**{LISTS[name]: identifiers})
    columns = [c for c in empty_table(name) if c not in ("evidence", "source_id")]
    return rows[columns]


def _require_known_areas(sent: list[Sent], areas: pd.DataFrame) -> None:
    unknown = [each for each in sent if each.area_id not in set(areas["area_id"])]
    if unknown:
        raise TableError(
            f"{unknown[0].returned.path}: of {unknown[0].area_id}, which is not an area of the "
            "country today; ask the authority to answer for its present area"
        )


def _complete(rows: pd.DataFrame, name: str, ledger: Ledger) -> pd.DataFrame:
    """The rows of a list that have what they need."""
    lacking = rows[REQUIRED[name]].isna().any(axis=1)
    if "state" in rows:
        lacking &= ~rows["state"].isin(["closed", "not_ours"])
    return ledger.reject(rows, lacking, "answer_incomplete", "a cell of the row is needed")


def _older_records(older: list[Sent]) -> pd.DataFrame:
    """One record for every earlier workbook of an authority."""
    rows = [(_older_name(each, n), each.area_id) for n, each in enumerate(older)]
    return pd.DataFrame(rows, columns=["record", "area_id"])


def _older_name(sent: Sent, number: int) -> str:
    return f"{sent.area_id} earlier workbook {number + 1} of {sent.day}"


def _tell_older(
    older: list[Sent], standing: list[Sent], frame: pd.DataFrame, ledger: Ledger
) -> None:
    """Earlier workbooks are left out; every answer that differs is told."""
    now = question_rows(standing)
    for number, each in enumerate(older):
        both = now.merge(question_rows([each]), on=["record", "question"], suffixes=("", "_was"))
        was, then = (both[c].astype("object") for c in ("answer_was", "answer"))
        changed = both[was.notna() & ~(then.notna() & (then == was))]
        said = changed["answer"].map(str, na_action="ignore").fillna("no answer")
        text = changed["question"] + ": " + changed["answer_was"].map(str) + ", then " + said
        ledger.note(changed, "answer_changed", text)
        rows = frame[frame["record"] == _older_name(each, number)]
        told = f"{len(changed)} answer(s) differ in the later workbook"
        ledger.reject(rows, rows["record"].notna(), "workbook_superseded", told, severity="note")


def _tell_problems(standing: list[Sent], ledger: Ledger) -> None:
    """What ``landscape check`` would have said, one finding a problem."""
    rows = [
        {
            "record": f"{each.area_id} {problem.place.sheet} {problem.place.cell}".strip(),
            "area_id": each.area_id,
            "text": problem.english,
            "rule": "answer_not_readable" if problem.refused else "answer_doubtful",
            "action": "set_missing" if problem.refused else "kept",
        }
        for each in standing
        for problem in each.returned.problems
    ]
    told = pd.DataFrame(rows, columns=["record", "area_id", "text", "rule", "action"])
    for (rule, action), some in told.groupby(["rule", "action"]):
        ledger.note(some, str(rule), some["text"], severity="warning", action=str(action))
