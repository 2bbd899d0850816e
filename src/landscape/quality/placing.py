"""By what way records found their area."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

#: The ways, from the surest on; the last two found no area.
WAYS = (
    "code",
    "name",
    "settlement",
    "neighbours",
    "authority",
    "point",
    "county_only",
    "ambiguous",
    "unknown",
)
_WAY_OF_RULE = {
    ("placed_by_settlement", "kept"): "settlement",
    ("settlement_elsewhere", "kept"): "settlement",
    ("placed_by_neighbours", "kept"): "neighbours",
    ("placed_by_authority", "kept"): "authority",
    ("placed_by_point", "kept"): "point",
    ("ambiguous_area", "kept"): "county_only",
    ("ambiguous_area", "rejected"): "ambiguous",
    ("unknown_area", "rejected"): "unknown",
}


def count_ways(
    accounting: pd.DataFrame, findings: pd.DataFrame, by_name: Collection[str]
) -> pd.DataFrame:
    """Records of each source by the way in which they found their area.

    ``by_name``: the sources whose records name their area; those of the others
    carry its code (or are the areas themselves). Columns ``source_id``,
    ``records`` (to be placed: read and not left out for another reason) and
    the names of ``WAYS``, which add up to ``records``. ``ambiguous`` and
    ``unknown`` were left out; ``county_only`` stays at the county.
    """
    keys = zip(findings["rule"].tolist(), findings["action"].tolist(), strict=True)
    way = pd.Series([_WAY_OF_RULE.get(key) for key in keys], index=findings.index, dtype="object")
    told = findings.assign(way=way).dropna(subset=["way"])
    told = told.sort_values("way", key=lambda ways: ways.map(WAYS.index), kind="stable")
    told = told.drop_duplicates(["source_id", "record"], keep="last")
    counts = pd.crosstab(told["source_id"], told["way"])
    counts = counts.reindex(index=accounting["source_id"], columns=WAYS, fill_value=0)
    lost = counts["ambiguous"] + counts["unknown"]
    table = accounting.set_index("source_id")
    records = table["rows_kept"] + lost
    usual = records - counts.sum(axis=1)
    named = pd.Series(counts.index.isin(list(by_name)), index=counts.index)
    counts["name"] = usual.where(named, 0)
    counts["code"] = usual.where(~named, 0)
    counts.insert(0, "records", records)
    return counts.astype("int64").rename_axis(columns=None).reset_index()
