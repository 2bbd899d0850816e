"""What the French sources share: codes of older years, and telling where they went."""

from __future__ import annotations

import pandas as pd

from landscape.sources.contract import Context, Ledger


def reject_unknown(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The frame without rows whose ``code`` is that of no commune, today's or former."""
    communes = context.areas.loc[context.areas["level"] == "municipality", "code"]
    known = frame["code"].isin(communes) | frame["code"].isin(context.places["code"].dropna())
    message = "code " + frame["code"]
    return ledger.reject(frame, ~known, "unknown_area", message, severity="error")


def tell_carried(
    frame: pd.DataFrame, used: pd.DataFrame, communes: pd.DataFrame, ledger: Ledger
) -> None:
    """A note for each row whose figures now stand with another commune, or with several."""
    own = dict(zip(communes["area_id"], communes["code"], strict=True))
    rows = frame[["record", "code"]].merge(used, on="record")
    moved = rows[rows["area_id"].map(own) != rows["code"]]
    message = "code " + moved["code"] + " is now part of " + moved["area_id"]
    ledger.note(moved, "figure_restated", message, action="corrected")
