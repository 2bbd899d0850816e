"""What became of every row that was read."""

from __future__ import annotations

import pandas as pd

from landscape.errors import TableError

#: What can become of a row, the strongest first; a row that two apply to counts once.
OUTCOMES = ("rejected", "set_missing", "corrected", "noted", "untouched")
_OUTCOME_OF_ACTION = {"kept": "noted"}


def count_outcomes(accounting: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Rows of each source by what became of them: one row a source, in the order of reading.

    ``accounting`` has source_id, rows_read, rows_kept, rows_rejected. Columns
    ``source_id``, ``read`` and the names of ``OUTCOMES``, which add up to
    ``read``: left out; kept with a value set to missing; kept with a value
    corrected; kept as read, with a remark; kept as read. Raises TableError
    where findings and accounting do not agree.
    """
    rows = findings[["source_id", "record", "action"]].drop_duplicates()
    outcome = rows["action"].replace(_OUTCOME_OF_ACTION)
    rank = outcome.map({name: place for place, name in enumerate(OUTCOMES)})
    rows = rows.assign(rank=rank).sort_values("rank").drop_duplicates(["source_id", "record"])
    counts = pd.crosstab(rows["source_id"], rows["rank"].map(dict(enumerate(OUTCOMES))))
    table = accounting[["source_id", "rows_read"]].rename(columns={"rows_read": "read"})
    table = table.join(counts.reindex(columns=OUTCOMES[:-1], fill_value=0), on="source_id")
    table = table.fillna(dict.fromkeys(OUTCOMES[:-1], 0))
    table["untouched"] = table["read"] - table[list(OUTCOMES[:-1])].sum(axis=1)
    wrong = table["rejected"].to_numpy() != accounting["rows_rejected"].to_numpy()
    wrong |= (table["untouched"] < 0).to_numpy()
    if wrong.any():
        source_id = table.loc[wrong, "source_id"].iloc[0]
        raise TableError(
            f"{source_id}: the findings do not account for the rows; rebuild the tables"
        )
    return table.astype(dict.fromkeys(["read", *OUTCOMES], "int64"))


def count_findings(findings: pd.DataFrame, examples: int = 2) -> pd.DataFrame:
    """Findings by source, rule, severity and action, the most severe first.

    Columns source_id, rule, severity, action, ``findings``, ``records`` and
    ``examples`` (the first messages that differ, as a list).
    """
    keys = ["source_id", "rule", "severity", "action"]
    groups = findings.groupby(keys, sort=False)
    counted = groups.agg(
        findings=("record", "size"),
        records=("record", "nunique"),
        examples=("message", lambda texts: texts.drop_duplicates().head(examples).tolist()),
    ).reset_index()
    order = {"error": 0, "warning": 1, "note": 2}
    return counted.sort_values(
        "severity", key=lambda severity: severity.map(order), kind="stable", ignore_index=True
    )
