"""How complete two registers are that list the same things: capture and recapture.

D. G. Chapman, "Some properties of the hypergeometric distribution with
applications to zoological sample censuses", University of California
Publications in Statistics 1 (1951); variance by G. A. F. Seber (1970); interval
on the logarithm of what neither list saw by A. Chao, Biometrics 43 (1987).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from landscape.quality.overlaps import Overlap

#: With fewer things on both lists the estimate is biased (Robson and Regier, 1964).
FEWEST_ON_BOTH = 7
NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Total:
    """How many there are, on a list or not, with the 95 % interval."""

    value: float
    low: float
    high: float


def estimate_total(first: int, second: int, both: int) -> Total:
    """Chapman's estimate of how many there are, from two lists and what stands on both.

    (first + 1)(second + 1) / (both + 1) - 1. The interval never falls below
    what was seen. Raises ValueError where ``both`` is more than either list.

    >>> round(estimate_total(85, 49, 34).value, 1)
    121.9
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"{both} cannot stand on both of lists of {first} and {second}")
    seen = first + second - both
    value = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (
        (first + 1) * (second + 1) * (first - both) * (second - both)
        / ((both + 1) ** 2 * (both + 2))
    )  # fmt: skip
    unseen = value - seen
    if unseen <= 0 or variance == 0:
        return Total(value, float(seen), float(max(seen, value)))
    spread = math.exp(NORMAL_95 * math.sqrt(math.log(1 + variance / unseen**2)))
    return Total(value, seen + unseen / spread, seen + unseen * spread)


def compare_lists(services: pd.DataFrame, overlap: Overlap) -> pd.DataFrame:
    """Two lists side by side: one row a kind of service.

    What is counted are municipalities with at least one service of the kind
    (and of the providers that both lists hold). Columns ``kind``, ``first``,
    ``second``, ``both``, ``either``; ``total``, ``low``, ``high``: how many there
    are by Chapman's estimate, NA where fewer than seven stand on both lists or
    the lists speak of different times too far apart (``overlap.is_closed``);
    ``first_share`` and ``second_share``: what each list has of that, per cent.
    """
    rows = [_compare_kind(services, overlap, kind) | {"kind": kind} for kind in overlap.kinds]
    columns = ["kind", "first", "second", "both", "either", "total", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    table = table.astype(dict.fromkeys(["total", "low", "high"], "Float64"))
    for name in ("first", "second"):
        table[f"{name}_share"] = 100 * table[name] / table["total"]
    return table


def _compare_kind(services: pd.DataFrame, overlap: Overlap, kind: str) -> dict[str, object]:
    first, second = (_municipalities(services, overlap, kind, source) for source in overlap.lists)
    both = first & second
    found: dict[str, object] = {
        "first": len(first),
        "second": len(second),
        "both": len(both),
        "either": len(first | second),
    }
    if overlap.is_closed and len(both) >= FEWEST_ON_BOTH:
        total = estimate_total(len(first), len(second), len(both))
        found |= {"total": total.value, "low": total.low, "high": total.high}
    return found


def _municipalities(services: pd.DataFrame, overlap: Overlap, kind: str, source: str) -> set[str]:
    """The municipalities in which a list has an open service of the kind."""
    types = overlap.kinds[kind].types[source]
    rows = services[(services["source_id"] == source) & services["closed"].isna()]
    rows = rows[rows["local_type"].isin(types) & (rows["position"] != "none")]
    if overlap.providers:
        rows = rows[rows["provider_type"].isin(overlap.providers)]
    return set(rows["area_id"])
