"""Every row has one fate, every record one way to its area."""

import pandas as pd
import pytest

from landscape.errors import TableError
from landscape.quality.accounting import OUTCOMES, count_findings, count_outcomes
from landscape.quality.placing import WAYS, count_ways

ACCOUNTING = pd.DataFrame(
    [("ro/x", 10, 8, 2), ("ro/y", 5, 5, 0)],
    columns=["source_id", "rows_read", "rows_kept", "rows_rejected"],
)


def findings(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    columns = ["source_id", "record", "rule", "action"]
    return pd.DataFrame(rows, columns=columns).assign(
        severity="note", message=lambda table: table["record"] + " told"
    )


FOUND = findings(
    ("ro/x", "row 1", "unknown_area", "rejected"),
    ("ro/x", "row 2", "ambiguous_area", "rejected"),
    ("ro/x", "row 2", "value_missing", "kept"),
    ("ro/x", "row 3", "figure_corrected", "corrected"),
    ("ro/x", "row 3", "value_not_readable", "set_missing"),
    ("ro/x", "row 4", "placed_by_point", "kept"),
    ("ro/x", "row 4", "value_missing", "kept"),
    ("ro/x", "row 5", "placed_by_settlement", "kept"),
)


def test_a_row_counts_once_by_the_strongest_that_befell_it() -> None:
    table = count_outcomes(ACCOUNTING, FOUND).set_index("source_id")
    assert table.loc["ro/x", list(OUTCOMES)].tolist() == [2, 1, 0, 2, 5]
    assert table.loc["ro/y", list(OUTCOMES)].tolist() == [0, 0, 0, 0, 5]
    assert (table[list(OUTCOMES)].sum(axis=1) == table["read"]).all()


def test_without_a_finding_every_row_is_as_read() -> None:
    clean = ACCOUNTING.assign(rows_rejected=0, rows_kept=ACCOUNTING["rows_read"])
    assert count_outcomes(clean, FOUND.iloc[:0])["untouched"].tolist() == [10, 5]


def test_a_row_left_out_without_a_finding_is_an_error() -> None:
    with pytest.raises(TableError, match="ro/x: the findings do not account"):
        count_outcomes(ACCOUNTING, FOUND.iloc[1:])


def test_findings_are_counted_by_rule_the_most_severe_first() -> None:
    table = count_findings(FOUND.assign(severity=["error", *["note"] * 7]), examples=1)
    first = table.iloc[0]
    assert (first["rule"], first["severity"], first["findings"]) == ("unknown_area", "error", 1)
    missing = table[table["rule"] == "value_missing"].iloc[0]
    assert (missing["records"], missing["examples"]) == (2, ["row 2 told"])


def test_each_record_has_one_way_to_its_area() -> None:
    table = count_ways(ACCOUNTING, FOUND, ["ro/x"]).set_index("source_id")
    x = table.loc["ro/x"]
    assert x["records"] == 10
    assert x[["name", "settlement", "point", "ambiguous", "unknown"]].tolist() == [6, 1, 1, 1, 1]
    assert table.loc["ro/y", "code"] == 5
    assert (table[list(WAYS)].sum(axis=1) == table["records"]).all()


def test_what_is_out_of_scope_needs_no_place() -> None:
    outside = findings(
        ("ro/x", "row 1", "outside_scope", "rejected"), ("ro/x", "row 2", "not_an_area", "rejected")
    )
    assert count_ways(ACCOUNTING, outside, [])["records"].tolist() == [8, 5]
