"""State investment grants to local authorities (DETR, DSIL, DSID; DGCL and ANCT, 2019)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.carried import carry_along
from landscape.cleaning.codes import area_ids
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_sheet_table
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.changes import trace_codes
from landscape.sources.contract import Cleaned, Context, Ledger
from landscape.sources.fr._codes import observed_everywhere, reject_unknown, tell_carried

YEAR, BOUNDARIES = 2019, "2019-01-01"
#: The first sheet only explains the columns.
SHEET = 1
COLUMNS = {
    "id_dep": "departement",
    "id_terr": "code",
    "dotation": "grant",
    "echelon": "tier",
    "categorie": "category",
    "montant_sub": "amount",
}
COMMUNE, INTERCOMMUNAL, COUNCIL = "commune", "epci", "conseil_departemental"
#: The starter extract leaves these out: they only serve to check the amount.
CHECKS = {"cout_total": "cost", "pct_sub": "printed_share"}
#: How far the share printed may be from amount by cost: it is rounded to two decimals at worst.
ROUNDING = 0.01
GRANTS = ("DETR", "DSIL", "DSID")
#: The eight themes of the information sheet by their number; 1 is health and social.
CATEGORIES = tuple("12345678")
SOCIAL = "1"


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a project; descriptions are left behind."""
    return read_sheet_table(raw.file(), COLUMNS | CHECKS, sheet=SHEET)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Resources: grants to communes, and by département those to its council and its EPCI.

    Intercommunal bodies (EPCI) are no level of their own here: their grants
    stand with their département, apart from the others. The list is complete:
    an authority without a row got nothing.
    """
    ledger = Ledger(context, frame)
    _require_known(frame, context)
    frame = frame.assign(
        amount=parse_numbers(frame["amount"])["value"],
        social=parse_numbers(frame["amount"])["value"].where(
            frame["category"].str[:1] == SOCIAL, 0
        ),
    )
    if {*CHECKS.values()} <= {*frame.columns}:
        _tell_shares(frame, ledger)
    to_commune = frame["tier"] == COMMUNE
    communes, used = _communes(frame[to_commune], context, ledger)
    counties, used_above = _counties(frame[~to_commune], context, ledger)
    return ledger.close(
        resources=pd.concat([communes, counties], ignore_index=True),
        used=pd.concat([used, used_above], ignore_index=True),
    )


def _require_known(frame: pd.DataFrame, context: Context) -> None:
    known = {
        "tier": frame["tier"].isin([COMMUNE, INTERCOMMUNAL, COUNCIL]),
        "grant": frame["grant"].isin(GRANTS),
        "category": frame["category"].str[:1].isin(CATEGORIES),
        "amount": parse_numbers(frame["amount"])["value"].notna(),
    }
    for column, fits in known.items():
        if not fits.all():
            strange = ", ".join(map(repr, frame.loc[~fits, column].unique()[:5]))
            raise SourceError(f"{context.source_id}: {column} not known: {strange}")


def _tell_shares(frame: pd.DataFrame, ledger: Ledger) -> None:
    """A finding for each grant that is not the share of the cost that stands beside it."""
    cost, share = (parse_numbers(frame[column])["value"] for column in CHECKS.values())
    fits = (frame["amount"] / cost.where(cost > 0) - share).abs() <= ROUNDING
    wrong = frame[~fits.fillna(False).astype(bool)]
    said = "grant " + wrong["amount"].astype("str") + ", cost " + wrong["cost"]
    said += ", share " + wrong["printed_share"]
    ledger.note(wrong, "parts_do_not_add_up", said, severity="warning")


def _communes(
    frame: pd.DataFrame, context: Context, ledger: Ledger
) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = reject_unknown(frame, context, ledger, on=BOUNDARIES)
    links = trace_codes(frame["code"], context, on=BOUNDARIES)
    columns = {
        "amount": "state_investment_grants",
        "social": "state_investment_grants_health_social",
    }
    carried, used = carry_along(frame, links, counts=list(columns))
    tell_carried(frame, used, context, ledger)
    areas = context.areas.loc[context.areas["level"] == "municipality", "area_id"]
    return observed_everywhere(carried, columns, areas, year=YEAR, context=context), used


def _counties(
    frame: pd.DataFrame, context: Context, ledger: Ledger
) -> tuple[pd.DataFrame, pd.DataFrame]:
    counties = context.areas.loc[context.areas["level"] == "county", "area_id"]
    frame = frame.assign(area_id=area_ids("FR", frame["departement"]))
    outside = ~frame["area_id"].isin(counties)
    message = "authority " + frame["code"] + ", grant of " + frame["amount"].astype("str") + " EUR"
    frame = ledger.reject(frame, outside, "outside_scope", message)
    parts = []
    for tier, variable in (
        (COUNCIL, "state_investment_grants_county_council"),
        (INTERCOMMUNAL, "state_investment_grants_intercommunal"),
    ):
        groups = frame[frame["tier"] == tier].groupby("area_id")
        sums = groups["amount"].sum().to_frame()
        sums["record"] = "records: " + groups.size().astype("str")
        names = {"amount": variable}
        parts.append(
            observed_everywhere(sums.reset_index(), names, counties, year=YEAR, context=context)
        )
    return pd.concat(parts, ignore_index=True), frame[["record", "area_id"]]
