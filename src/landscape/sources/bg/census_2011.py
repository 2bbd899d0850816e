"""Age, education and work at the census of 2011, jobs and wages of 2019, by municipality (NSI)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_sheet_table
from landscape.provenance import RawFolder
from landscape.sources.bg._shares import recover_denominator
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import require_shapes, tell_sums

SHEET = "data_obstini"
AGES = {
    "share19minus": "population_aged_0_19",
    "share20_29": "population_aged_20_29",
    "share30_39": "population_aged_30_39",
    "share40_49": "population_aged_40_49",
    "share50_59": "population_aged_50_59",
    "share60_69": "population_aged_60_69",
    "share70plus": "population_aged_70_over",
}
BELOW_60 = [group for group in AGES.values() if group[-2:] in {"19", "29", "39", "49", "59"}]
#: Not printed: what remains of the residents beside those of 15 and over, hence estimated.
CHILDREN = "population_aged_0_14"
EDUCATION = {
    "college": "population_with_higher_education",
    "high_school": "population_with_secondary_education",
    "below_high_school": "population_with_lower_education",
}
#: The sheet "Definitions" calls these shares of the whole population: of everybody
#: of 15 and over, with or without work, as their recovered denominators show.
WORK = {
    "not_in_labor_force": "inactive",
    "employment_rate": "employed",
    "unemployment_rate": "unemployed",
}
IN_2019 = {
    "population": "population_with_known_age",
    "pop_below_working_age": "population_below_working_age",
    "pop_working_age": "population_of_working_age",
    "pop_above_working_age": "population_above_working_age",
    "empl_tot": "jobs",
    "empl_manuf_agr": "jobs_in_industry_and_agriculture",
}
WAGE = "avewage_tot"
COLUMNS = {"obst_code": "code", "pop2011": "pop2011", WAGE: WAGE} | {
    column: column for group in (AGES, EDUCATION, WORK, IN_2019) for column in group
}
SHARES = [*AGES, *EDUCATION, *WORK]
SHARE = r"([01]|[01]\.\d+)?"
#: Part of the residents under 20 who are 15 to 19, and 7 to 19, in the whole country.
AGED_15_TO_19, AGED_7_TO_19 = 0.286, 0.668
#: The municipality that Sarnitsa left in 2015.
BEFORE_SECESSION = "PAZ08"


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes, residents, shares; shares by ethnic self-identification stay behind."""
    return read_sheet_table(raw.file(), COLUMNS, sheet=SHEET)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: counts of 2011 recovered from the shares printed, and figures of 2019.

    The unemployment rate is unemployed / labour_force; the file's own
    ``unemployment_rate`` divides by everybody of 15 and over.
    """
    ledger = Ledger(context, frame)
    require_shapes(frame, {"pop2011": r"\d*"} | dict.fromkeys(SHARES, SHARE), context)
    frame = frame.assign(area_id=area_ids("BG", frame["code"]))
    unknown = ~frame["area_id"].isin(context.area_ids("municipality"))
    frame = ledger.reject(frame, unknown, "unknown_area", "code " + frame["code"], severity="error")
    at_census = frame[frame["pop2011"] != ""]
    ledger.note(
        frame[frame["pop2011"] == ""],
        "value_missing",
        "no municipality of its own at the census of 2011",
        action="set_missing",
    )
    ledger.note(
        at_census[at_census["code"] == BEFORE_SECESSION],
        "other_territory",
        "2011 with Сърница, which left in 2015",
    )
    needs = [_of_2011(at_census, ledger, context), _of_2019(frame, ledger, context)]
    return ledger.close(
        used=frame[["record", "area_id"]], needs=pd.concat(needs, ignore_index=True)
    )


def _of_2011(frame: pd.DataFrame, ledger: Ledger, context: Context) -> pd.DataFrame:
    whole = frame[(frame[SHARES] != "").all(axis=1)]
    counts = pd.DataFrame([_counts(row) for row in whole.to_dict("records")], index=whole.index)
    counts = counts.reindex(frame.index).astype("Float64")
    residents, groups = frame[["record", "area_id"]].join(counts), [*AGES.values()]
    tell_sums(residents, "population_with_known_age", groups, ledger, "ages", rounding=len(groups))
    lacking = counts.isna().any(axis=1)
    ledger.note(
        frame[lacking],
        "value_not_readable",
        "the shares of 2011 fit no number of persons",
        severity="warning",
        action="set_missing",
    )
    rows = pd.concat([frame[["area_id", "record"]], counts], axis=1)
    found = observations(
        rows,
        {variable: variable for variable in counts.columns.astype(str)},
        year=2011,
        context=context,
    )
    known = found["value"].notna()
    status = found["status"].mask(known & (found["variable"] == CHILDREN), "E")
    before_secession = found["area_id"] == f"BG_{BEFORE_SECESSION}"
    return found.assign(status=status.mask(known & before_secession, "B"))


def _counts(row: dict[Any, str]) -> dict[str, int | None]:
    """Persons by age, education and work in one municipality."""
    residents = int(row["pop2011"])
    young = round(float(row["share19minus"]) * residents)
    adults = residents - young
    learners = recover_denominator(
        [row["college"], row["high_school"]],
        [row["below_high_school"]],
        low=adults,
        high=residents,
        expected=adults + AGED_7_TO_19 * young,
    )
    workers = recover_denominator(
        [row["not_in_labor_force"]],
        [row["employment_rate"], row["unemployment_rate"]],
        low=adults,
        high=residents,
        expected=adults + AGED_15_TO_19 * young,
    )
    work = _of(workers, row, WORK)
    inactive = work.pop("inactive")
    active = None if workers is None or inactive is None else workers - inactive
    ages = _of(residents, row, AGES)
    return {
        "population_with_known_age": residents,
        CHILDREN: None if workers is None else residents - workers,
        **ages,
        "population_aged_60_over": residents - sum(ages[group] or 0 for group in BELOW_60),
        "population_aged_7_over": learners,
        **_of(learners, row, EDUCATION),
        "population_aged_15_over": workers,
        "labour_force": active,
        **work,
    }


def _of(persons: int | None, row: dict[Any, str], shares: dict[str, str]) -> dict[str, int | None]:
    return {
        variable: None if persons is None else round(float(row[share]) * persons)
        for share, variable in shares.items()
    }


def _of_2019(frame: pd.DataFrame, ledger: Ledger, context: Context) -> pd.DataFrame:
    """Residents by working age, jobs, and wages as a sum so that counties can be added up."""
    figures = pd.DataFrame({c: parse_numbers(frame[c])["value"] for c in [*IN_2019, WAGE]})
    for column in ("empl_tot", "empl_manuf_agr", WAGE):
        ledger.note(
            frame[figures[column].isna()], "value_missing", f"{column} 2019", action="set_missing"
        )
    rows = pd.concat([frame[["area_id", "record"]], figures], axis=1)
    rows["wages_paid"] = (rows[WAGE] * rows["empl_tot"]).round()
    variables = {**IN_2019, "wages_paid": "wages_paid"}
    return observations(rows, variables, year=2019, context=context)
