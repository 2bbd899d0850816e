"""Answers as rows of the tables; what registers say of the same things stays beside them."""

from __future__ import annotations

import pandas as pd

from landscape.answer_schemas import STEPS
from landscape.dictionaries import load_variables
from landscape.schemas import empty_table
from landscape.sources.contract import Ledger
from landscape.sources.workbook.answers import SHARED, question_of
from landscape.workbook.authorities import SERVICE_COLUMNS

NUMERIC = ("count", "number", "money", "year")
#: Questions that identify the authority and go to no table.
IDENTIFYING = ("name", "kind", "department", "answered_on")
#: Which year the figures of a sheet are of; without it they are of the round.
YEAR_OF = {"needs": "persons_year", "resources": "budget_year"}


def confirm(asked: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The questions with the register's value as the answer where the authority confirmed it.

    Adds ``known``, what the registers said when the workbook was written.
    """
    asked = asked.merge(known, on=["area_id", "question"], how="left")
    agreed = (asked["confirmed"] == "yes") & asked["answer"].isna()
    return asked.assign(answer=asked["answer"].where(~agreed, asked["known"]))


def governance_rows(asked: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Every question of forms and grids but the steps of participation, and the contracts."""
    rows = asked[~asked["question"].isin([*STEPS, *IDENTIFYING])]
    rows = rows.assign(
        function=rows["item"].replace("", pd.NA),
        value=_numbers(rows),
        unit=_units(rows, _currencies(asked)),
        answer=_texts(rows["answer"]),
    )
    contracts = services[services["contract"].notna()]
    contracts = contracts.assign(
        sheet="services", question="contract", answer=contracts["contract"]
    )
    columns = [*SHARED, "sheet", "question", "function", "answer", "value", "unit", "remark"]
    whole = pd.concat([rows, contracts.drop(columns="remark")], ignore_index=True)
    return whole.reindex(columns=columns)


def participation_rows(asked: pd.DataFrame) -> pd.DataFrame:
    """One row a step, in the order of the steps."""
    rows = asked[asked["question"].isin(STEPS)]
    places = {step: place for place, step in enumerate(STEPS, start=1)}
    rows = rows.assign(step=rows["question"], position=rows["question"].map(places))
    return rows[[*SHARED, "step", "position", "answer", "remark"]]


def service_rows(services: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The services that authorities declare: added, corrected, confirmed or closed.

    What they say is not theirs stays out. A county does not say in which
    municipality a service stands.
    """
    rows = services[services["state"] != "not_ours"]
    levels = areas.set_index("area_id")["level"]
    in_municipality = rows["area_id"].map(levels) == "municipality"
    rows = rows.assign(
        service_id=rows["area_id"] + "/workbook/" + rows["number"].astype(str),
        count=1,
        capacity=rows["places"],
        setting=rows["setting"].fillna("day_outreach"),
        local_type="declared",
        provider_type=rows["provider_type"].fillna("unknown"),
        delivery=rows["delivery"].fillna("unknown"),
        position=in_municipality.map({True: "municipality", False: "none"}),
        closed=rows["year"].astype(str).where(rows["state"] == "closed"),
    )
    return rows[[c for c in empty_table("services") if c in rows]]


def observation_rows(
    asked: pd.DataFrame, services: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures as observations of ``declared_*`` variables: needs, and resources.

    A blank is status M. An amount whose currency is not told is missing too.
    """
    rows = asked.assign(variable=_variables(asked))
    rows = rows[rows["variable"].notna()]
    rows = rows.assign(
        value=_numbers(rows), unit=_units(rows, _currencies(asked)), year=_years(rows, asked)
    )
    rows = rows.assign(value=rows["value"].where(rows["unit"].notna()))
    rows = rows.assign(
        unit=rows["unit"].fillna("currency not told"),
        status=rows["value"].notna().map({True: "A", False: "M"}),
    )
    columns = ["area_id", "variable", "year", "value", "unit", "status", "record"]
    of_resources = rows["sheet"] == "resources"
    needs = [rows.loc[~of_resources, columns], _waiting(services)]
    return pd.concat(needs, ignore_index=True), rows.loc[of_resources, columns]


def _waiting(services: pd.DataFrame) -> pd.DataFrame:
    """Persons on waiting lists, over the services of an authority that tell theirs."""
    told = services[services["waiting"].notna()]
    sums = told.groupby(["area_id", "year"])["waiting"].sum().reset_index(name="value")
    return sums.assign(
        variable="declared_waiting_list",
        unit="persons",
        status="A",
        record=sums["area_id"] + " services",
    )


def _numbers(rows: pd.DataFrame) -> pd.Series:
    """The answers that are figures or years; NA elsewhere."""
    kinds = [
        question_of(sheet, name).kind
        for sheet, name in zip(rows["sheet"], rows["question"], strict=True)
    ]
    figures = rows["answer"].where(pd.Series(kinds, index=rows.index).isin(NUMERIC))
    return pd.to_numeric(figures, errors="coerce").astype("Float64")


def _texts(answers: pd.Series) -> pd.Series:
    """Answers as text: whole numbers without decimals."""
    return answers.map(
        lambda answer: f"{answer:g}" if isinstance(answer, float) else str(answer),
        na_action="ignore",
    ).astype("str")


def _currencies(asked: pd.DataFrame) -> pd.Series:
    """The currency that each authority chose, by area_id."""
    rows = asked[(asked["question"] == "currency") & asked["answer"].notna()]
    return rows.set_index("area_id")["answer"]


def _variables(rows: pd.DataFrame) -> pd.Series:
    """The observation that each question's figure becomes; None where it becomes none."""
    asked = zip(rows["sheet"], rows["question"], rows["item"], strict=True)
    found = [question_of(sheet, name).variable_of(item) for sheet, name, item in asked]
    return pd.Series(found, index=rows.index, dtype="object")


def _units(rows: pd.DataFrame, currencies: pd.Series) -> pd.Series:
    """The unit of each figure: that of its variable, of amounts the authority's currency."""
    dictionary = {name: entry["unit"] for name, entry in load_variables().items()}
    told = _variables(rows).map(dictionary)
    return told.mask(told == "national currency", rows["area_id"].map(currencies))


def _years(rows: pd.DataFrame, asked: pd.DataFrame) -> pd.Series:
    """The year of each figure: the one told beside it, else that of the round."""
    years = rows["year"].astype("Int64")
    for sheet, question in YEAR_OF.items():
        told = asked[(asked["sheet"] == sheet) & (asked["question"] == question)]
        told = told.assign(item=told["item"].where(told["item"] != "", "*"))
        by = told.set_index(["area_id", "item"])["answer"]
        keys = zip(rows["area_id"], rows["item"].where(rows["item"] != "", "*"), strict=True)
        found = pd.Series([by.get(key) for key in keys], index=rows.index, dtype="object")
        found = pd.to_numeric(found, errors="coerce").astype("Int64")
        years = years.mask((rows["sheet"] == sheet) & found.notna(), found)
    return years


def tell_differences(asked: pd.DataFrame, ledger: Ledger) -> None:
    """Where the authority says otherwise than the register: both stand, and it is told."""
    rows = asked[asked["known"].notna() & asked["answer"].notna()]
    rows = rows[_texts(rows["known"]).str.casefold() != _texts(rows["answer"]).str.casefold()]
    text = (
        rows["question"] + ": register " + _texts(rows["known"])
        + ", declared " + _texts(rows["answer"])
    )  # fmt: skip
    ledger.note(rows, "declared_differs", text)


def tell_services(declared: pd.DataFrame, listed: pd.DataFrame, ledger: Ledger) -> None:
    """What authorities say of the services that a register lists."""
    rows = declared[declared["key"] != ""]
    for state, rule in (("closed", "declared_closed"), ("not_ours", "declared_elsewhere")):
        some = rows[rows["state"] == state]
        ledger.note(some, rule, some["key"])
    rows = rows[rows["state"].isin(["confirmed", "corrected"])]
    columns = ["service_id", *SERVICE_COLUMNS.values()]
    pairs = rows.merge(
        listed[columns], left_on="key", right_on="service_id", how="left", suffixes=("", "_listed")
    )
    gone = pairs[pairs["service_id"].isna()]
    ledger.note(gone, "declared_differs", gone["key"] + ": the register no longer lists it")
    for question, column in SERVICE_COLUMNS.items():
        was = pairs[f"{column}_listed" if column in rows else column]
        both = pairs.assign(was=_texts(was), now=_texts(pairs[question]))
        both = both[both["service_id"].notna() & both["now"].notna()]
        both = both[both["was"].fillna("").str.casefold() != both["now"].str.casefold()]
        text = both["key"] + ": " + question + ": register " + both["was"].fillna("-")
        ledger.note(both, "declared_differs", text + ", declared " + both["now"])
