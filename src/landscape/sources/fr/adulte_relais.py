"""Social mediation posts that the State co-finances (ANCT, adultes-relais, 2023)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.sheets import read_records, rename_columns
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures

COLUMNS = {
    "id_poste": "post",
    "annee": "year",
    "montant": "amount",
    "code_cv": "contract",
    "insee_dep": "departement",
}
YEAR = "2023"
#: Above what the State gives for any post of a year.
MOST_FOR_A_POST = 50_000
VARIABLES = {"posts": "social_mediation_posts", "amount": "social_mediation_grants"}


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a post and employer: the post's number, the grant, the département."""
    path = raw.file()
    return rename_columns(read_records(path), {**COLUMNS, "record": "record"}, path)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Resources by département: posts and the State's grant.

    A post that changed employers within the year stands twice and counts
    once. The list is complete, so a département without a row has no post.
    """
    ledger = Ledger(context, frame)
    if set(frame["year"]) - {YEAR}:
        raise SourceError(f"{context.source_id}: years other than {YEAR}: {set(frame['year'])}")
    frame = frame.assign(area_id=area_ids("FR", frame["departement"])).sort_values("post")
    counties = context.areas.loc[context.areas["level"] == "county", "area_id"]
    message = "no département is given, urban contract " + frame["contract"]
    lost = ~frame["area_id"].isin(counties)
    frame = ledger.reject(frame, lost, "unknown_area", message)
    twice = frame.duplicated(["post", "departement"])
    message = "post " + frame["post"] + " with a second employer"
    frame = ledger.reject(frame, twice, "duplicate_record", message, severity="note")
    amounts = read_figures(frame, frame["amount"], "amount", ledger, most=MOST_FOR_A_POST)
    if amounts.isna().any():
        raise SourceError(f"{context.source_id}: an amount is missing or not one of a post")
    groups = frame.assign(amount=amounts).groupby("area_id")
    totals = pd.DataFrame({"posts": groups.size(), "amount": groups["amount"].sum(min_count=1)})
    totals = totals.reindex(counties.rename("area_id"), fill_value=0).reset_index()
    totals["record"] = "records: " + totals["posts"].astype("str")
    resources = observations(totals, VARIABLES, year=int(YEAR), context=context)
    return ledger.close(resources=resources, used=frame[["record", "area_id"]])
