"""Who runs the services."""

from __future__ import annotations

import pandas as pd

#: Providers of a list of public bodies; such a list cannot tell what others run.
PUBLIC = ("municipality", "county", "state")


def select_telling_sources(services: pd.DataFrame) -> pd.DataFrame:
    """The open services of the sources that tell who runs services.

    Those name at least one provider, and not public authorities alone: a list
    of public bodies would make every service look public.
    """
    others = ~services["provider_type"].isin([*PUBLIC, "unknown"])
    tells = services.loc[others, "source_id"].unique()
    return services[services["source_id"].isin(tells) & services["closed"].isna()]


def compare_providers(services: pd.DataFrame, by: str = "function") -> pd.DataFrame:
    """Services counted by type of provider: one row per value of ``by``, one column per type.

    Of the sources that ``select_telling_sources`` chooses; within them
    ``unknown`` is a column of its own.
    """
    rows = select_telling_sources(services)
    if rows.empty:
        return pd.DataFrame()
    return rows.pivot_table(
        index=by, columns="provider_type", values="count", aggfunc="sum", fill_value=0,
        dropna=True, observed=True,
    )  # fmt: skip
