"""Executed local budgets of Romania (Ministry of Finance, by transparenta.eu).

The name of a file says what its amounts are: ``county-`` or ``uat-``, the county,
the year, and ``income`` or ``chapter65-education``; where neither stands they are
all spending. Two things bear the name of a county:

- in the ``county-`` files the sum of all budgets in the county, to the last ban
  the sum of the ``uat-`` file: ``local_budget_...``;
- in the ``uat-`` files the budget of the county council alone (``JUDETUL CLUJ``,
  with the county's letters for a code), kept apart: ``county_council_budget_...``.
  The city hall of București stands likewise beside the budgets of its sectors.

A county's figure is therefore more than the sum of its municipalities. ``amount``
and ``total_amount`` are the same; residents and amounts per resident repeat the
census of 2021 and are not read.
"""

from __future__ import annotations

import re

import pandas as pd

from landscape.cleaning.codes import area_ids, clean_codes
from landscape.cleaning.sheets import read_records, rename_columns
from landscape.errors import SourceError
from landscape.matching import match_counties
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, join_records, observations
from landscape.sources.figures import read_figures

FILE_NAME = re.compile(
    r"(?P<level>county|uat)-(?P<income>income-)?(?:total-)?(?:[a-z]+-)?(?P<year>[0-9]{4})"
    r"(?P<education>-chapter65-education)?\.json"
)
LISTS = {"county": "heatmapCountyData", "uat": "heatmapUATData"}
COLUMNS = {"county_name": "county", "amount": "amount", "record": "record"}
COLUMNS_OF_UAT = {**COLUMNS, "siruta_code": "code", "uat_name": "name"}

#: County councils bear their county's letters, the city hall of București a code of its own.
COUNCIL, BUCHAREST_CITY = "[A-Z]{1,2}", "179132"
OWN, OF_COUNCIL = "local_budget_", "county_council_budget_"
COUNTRY = "RO"


def read(raw: RawFolder) -> pd.DataFrame:
    """One row an amount: of a county as a whole (no ``code``), a town hall or a county council."""
    return pd.concat([_read_file(raw, name) for name in raw.card.files], ignore_index=True)


def _read_file(raw: RawFolder, name: str) -> pd.DataFrame:
    told = FILE_NAME.fullmatch(name)
    if told is None:
        raise SourceError(f"{raw.card.source_id}: {name}: the name does not tell what it holds")
    path = raw.file(name)
    records = read_records(path, LISTS[told["level"]])
    is_uat = told["level"] == "uat"
    frame = rename_columns(records, COLUMNS_OF_UAT if is_uat else COLUMNS, path)
    kind = "income" if told["income"] else "spending"
    frame = frame.assign(
        figure="education_spending" if told["education"] else kind,
        year=told["year"],
        record=f"{name} " + frame["record"],
    )
    return frame if is_uat else frame.assign(code="", name=frame["county"])


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Resources: spending, income and spending on education of local budgets, in lei.

    Of municipalities, of counties as a whole, of county councils apart; of the
    country where every county is known.
    """
    ledger = Ledger(context, frame)
    code = clean_codes(frame["code"])
    county = match_counties(frame["county"], context.gazetteer)["area_id"]
    is_council = code.str.fullmatch(COUNCIL) | (code == BUCHAREST_CITY)
    area_id = area_ids("RO", code).where(~is_council & (code != ""), county)
    known = area_id.isin(context.area_ids("municipality") | context.area_ids("county"))
    frame = frame.assign(
        area_id=area_id.where(known),
        year=pd.to_numeric(frame["year"]),
        variable=is_council.map({True: OF_COUNCIL, False: OWN}) + frame["figure"],
    )
    said = frame["name"] + ", code " + code + ", county " + frame["county"]
    frame = ledger.reject(frame, ~known, "unknown_area", said, severity="error")
    ledger.note(frame[frame["amount"] == ""], "value_missing", "amount")
    frame = frame.assign(amount=read_figures(frame, frame["amount"], "amount", ledger))
    counties = _of_all_counties(frame, context)
    rows = pd.concat([frame, _add_up(counties)], ignore_index=True)
    resources = [
        observations(group, {"amount": str(variable)}, year="year", context=context)
        for variable, group in rows.groupby("variable")
    ]
    used = pd.concat([frame, counties])[["record", "area_id"]]
    return ledger.close(used=used, resources=pd.concat(resources, ignore_index=True))


def _of_all_counties(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The rows of counties, as parts of the country, of the years in which all are known."""
    every = context.area_ids("county")
    is_whole = frame["area_id"].isin(every) & frame["variable"].str.startswith(OWN)
    rows = frame[is_whole & frame["amount"].notna()].assign(area_id=COUNTRY)
    known = rows.groupby(["variable", "year"])["record"].transform("size")
    return rows[known == len(every)]


def _add_up(counties: pd.DataFrame) -> pd.DataFrame:
    """One row a figure and year: the sum over the counties."""
    groups = counties.sort_values("record").groupby(["variable", "year", "area_id"])
    sums = groups.agg(amount=("amount", "sum"), record=("record", join_records)).reset_index()
    return sums.assign(amount=sums["amount"].round(2))
