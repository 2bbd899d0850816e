"""What is checked of every edition, beside what its schemas refuse already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from landscape.inventory import Inventory


@dataclass(frozen=True)
class Check:
    """``find`` gives a line a fault; ``asset`` is what it is a check of."""

    asset: str
    says: str
    find: Callable[[Inventory], list[str]]
    is_error: bool = True


def find_unaccounted(inventory: Inventory) -> list[str]:
    """Sources whose rows read are not rows kept and rows rejected together."""
    rows = inventory.accounting
    wrong = rows[rows["rows_read"] != rows["rows_kept"] + rows["rows_rejected"]]
    return [
        f"{row.source_id}: {row.rows_read} read, {row.rows_kept} kept, {row.rows_rejected} rejected"
        for row in wrong.itertuples()
    ]


def find_errors(inventory: Inventory) -> list[str]:
    """Findings of severity ``error``: figures that cleaning set missing or rejected."""
    rows = inventory.findings
    wrong = rows[rows["severity"] == "error"]
    return [
        f"{row.source_id} {row.record}: {row.rule} ({row.action})" for row in wrong.itertuples()
    ]


def find_outside_interval(inventory: Inventory) -> list[str]:
    """Values that lie outside their own interval."""
    rows = inventory.indicators.dropna(subset=["value", "low", "high"])
    wrong = rows[(rows["value"] < rows["low"]) | (rows["value"] > rows["high"])]
    return [f"{row.area_id} {row.indicator} {row.year}" for row in wrong.itertuples()]


def find_wrong_coverage(inventory: Inventory) -> list[str]:
    """Values whose coverage is no share."""
    rows = inventory.indicators.dropna(subset=["coverage"])
    wrong = rows[~rows["coverage"].between(0, 1)]
    return [f"{row.area_id} {row.indicator} {row.year}" for row in wrong.itertuples()]


CHECKS = {
    "every_row_accounted_for": Check(
        "tables", "Of every source, rows read are rows kept and rows rejected.", find_unaccounted
    ),
    "no_error_found": Check(
        "tables", "Cleaning found no error; what it found is told.", find_errors, is_error=False
    ),
    "value_within_interval": Check(
        "indicators", "Every value lies within its interval.", find_outside_interval
    ),
    "coverage_is_a_share": Check(
        "indicators", "Coverage lies between 0 and 1.", find_wrong_coverage
    ),
}


def check_edition(inventory: Inventory) -> dict[str, list[str]]:
    """The faults that each check finds, by its name; empty where it passes."""
    return {name: check.find(inventory) for name, check in CHECKS.items()}
