"""What the French sources share: codes of older years, telling where they went, complete lists."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import among
from landscape.sources.changes import trace_codes
from landscape.sources.contract import Context, Ledger, observations


def reject_unknown(
    frame: pd.DataFrame, context: Context, ledger: Ledger, *, on: str
) -> pd.DataFrame:
    """The frame without rows whose ``code``, as used on that date, leads to no commune of today."""
    known = among(frame["code"], trace_codes(frame["code"], context, on=on)["code"])
    message = "code " + frame["code"]
    return ledger.reject(frame, ~known, "unknown_area", message, severity="error")


def tell_carried(frame: pd.DataFrame, used: pd.DataFrame, context: Context, ledger: Ledger) -> None:
    """A note for each row whose figures now stand with another commune, or with several."""
    own = dict(zip(context.areas["area_id"], context.areas["code"], strict=True))
    rows = frame[["record", "code"]].merge(used, on="record")
    moved = rows[rows["area_id"].map(own) != rows["code"]]
    message = "code " + moved["code"] + " is now part of " + moved["area_id"]
    ledger.note(moved, "figure_restated", message, action="corrected")


def largest_parts(links: pd.DataFrame) -> pd.DataFrame:
    """The links of whole things, which cannot be shared out: each code's to its largest part."""
    order = links.sort_values(["share", "area_id"], ascending=[False, True])
    return order.drop_duplicates("code").assign(share=1.0)


def place_by_code(
    frame: pd.DataFrame, context: Context, ledger: Ledger, *, on: str
) -> pd.DataFrame:
    """With the ``area_id`` of today's commune for each ``code`` as used on the ISO date ``on``.

    Rows without a known code are rejected. What stood in a commune that was
    split since goes to the largest of its parts.
    """
    frame = reject_unknown(frame, context, ledger, on=on)
    links = largest_parts(trace_codes(frame["code"], context, on=on))
    frame = frame.merge(links[["code", "area_id"]], on="code", how="left")
    tell_carried(frame[["record", "code"]], frame[["record", "area_id"]], context, ledger)
    return frame


def observed_everywhere(
    figures: pd.DataFrame,
    columns: dict[str, str],
    areas: pd.Series,
    *,
    year: int,
    context: Context,
) -> pd.DataFrame:
    """One observation an area; 0 for the areas that a complete list does not name.

    ``figures`` has ``area_id``, ``record`` and the columns, maybe with their
    statuses; ``columns`` gives each its variable.
    """
    missing = areas[~among(areas, figures["area_id"])]
    none = pd.DataFrame({"area_id": missing, "record": "not listed"})
    none = none.assign(**dict.fromkeys(columns, 0))
    rows = pd.concat([figures, none], ignore_index=True)
    for column in columns:
        status = f"{column}_status"
        if status in rows:
            rows[status] = rows[status].fillna("A")
    return observations(rows, columns, year=year, context=context)
