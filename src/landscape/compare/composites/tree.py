"""Weighted means up a tree of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from landscape.errors import LandscapeError

Mean = Literal["arithmetic", "geometric"]

#: A geometric mean takes values below this as this: a single 0 would make the mean 0.
LOWEST = 1.0


@dataclass(frozen=True)
class Node:
    """An indicator or an aggregate: its name, what it is a part of, its weight there."""

    name: str
    parent: str | None
    weight: float = 1.0


def aggregate_tree(
    values: pd.DataFrame,
    nodes: list[Node],
    mean: Mapping[str, Mean] | Mean = "arithmetic",
    least_known: float = 0.0,
) -> pd.DataFrame:
    """All aggregates of a tree: a column each, indexed like ``values``.

    ``values`` has a column for each leaf, on one scale (higher is more);
    missing ones are left out of the mean and the other weights take their
    place. An aggregate is NA where parts with less than ``least_known`` of the
    weight are known, or none. ``mean``: for all, or by aggregate. Raises
    LandscapeError where the nodes are no tree, a weight is negative or a leaf
    has no column. Method: OECD/JRC Handbook on constructing composite
    indicators (2008), step 6.
    """
    parts = _parts(nodes)
    missing = [node.name for node in nodes if node.name not in parts and node.name not in values]
    if missing:
        raise LandscapeError(f"composite: no values for {', '.join(missing)}; add the column")
    known = {str(name): values[name].astype("float64") for name in values.columns}
    found: dict[str, pd.Series] = {}
    for name in _upwards(parts, set(known)):
        below = parts[name]
        table = np.column_stack([known[part.name].to_numpy() for part in below])
        weights = np.array([part.weight for part in below])
        kind = mean if isinstance(mean, str) else mean.get(name, "arithmetic")
        found[name] = pd.Series(weighted_mean(table, weights, kind, least_known), values.index)
        known[name] = found[name]
    return pd.DataFrame(found, index=values.index)


def weighted_mean(
    table: np.ndarray, weights: np.ndarray, kind: Mean, least_known: float = 0.0
) -> np.ndarray:
    """The mean along the last axis of ``table`` with ``weights``, of what is not NaN.

    ``weights`` has as many entries as that axis, or the shape of the table.
    NaN where known parts have less than ``least_known`` of the weight, or none.
    """
    known = np.isfinite(table)
    weighed = np.where(known, weights, 0.0)
    total = weighed.sum(axis=-1)
    scaled = np.log(np.maximum(table, LOWEST)) if kind == "geometric" else table
    added = np.where(known, scaled * weights, 0.0).sum(axis=-1)
    everything = np.broadcast_to(weights, table.shape).sum(axis=-1)
    enough = (total > 0) & (total >= least_known * everything - 1e-12)
    found = np.divide(added, total, out=np.full(total.shape, np.nan), where=enough)
    return np.asarray(np.exp(found)) if kind == "geometric" else found


def _parts(nodes: list[Node]) -> dict[str, list[Node]]:
    """The parts of each aggregate; refuses doubles, negative weights and unknown parents."""
    names = [node.name for node in nodes]
    if len(set(names)) < len(names):
        raise LandscapeError("composite: a name stands twice in the tree; give each node its own")
    parts: dict[str, list[Node]] = {}
    for node in nodes:
        if not node.weight >= 0:
            raise LandscapeError(f"composite: the weight of {node.name} must be 0 or more")
        if node.parent is not None:
            parts.setdefault(node.parent, []).append(node)
    return parts


def _upwards(parts: dict[str, list[Node]], leaves: set[str]) -> list[str]:
    """The aggregates, each after its own parts."""
    waiting, ready, order = dict(parts), set(leaves), []
    while waiting:
        now = [name for name, below in waiting.items() if {p.name for p in below} <= ready]
        if not now:
            raise LandscapeError(f"composite: {', '.join(waiting)} form no tree; check the parents")
        order += now
        ready |= set(now)
        waiting = {name: below for name, below in waiting.items() if name not in ready}
    return order
