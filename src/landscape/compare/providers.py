"""Who runs the services."""

from __future__ import annotations

import pandas as pd


def compare_providers(services: pd.DataFrame, by: str = "function") -> pd.DataFrame:
    """Services counted by type of provider: one row per value of ``by``, one column per type.

    Only sources that tell the provider of at least one service take part;
    within them ``unknown`` is a column of its own.
    """
    tells = services.loc[services["provider_type"] != "unknown", "source_id"].unique()
    rows = services[services["source_id"].isin(tells) & services["closed"].isna()]
    if rows.empty:
        return pd.DataFrame()
    return rows.pivot_table(
        index=by, columns="provider_type", values="count", aggfunc="sum", fill_value=0,
        dropna=True, observed=True,
    )  # fmt: skip
