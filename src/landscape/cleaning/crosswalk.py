"""Areas through time: where the areas of an older date lie today.

A crosswalk has one row per change and pair of areas: on ``date``, ``share`` of
what was ``area_id_from`` went to ``area_id_to``. An area that falls apart has
one row for each part, the one that keeps its id among them; what no row names
stayed as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

#: Changes that bring a whole area to another one; the others share it out.
WHOLE = ("merger", "renamed")
CROSSWALK_COLUMNS = ["area_id_from", "area_id_to", "date", "kind", "share"]
LINK_COLUMNS = ["code", "area_id", "share"]
#: What today's areas (or those of the year asked for) an older area lies in, with their shares.
Parts = dict[str, float]


def trace_areas(
    area_ids: Iterable[str], crosswalk: pd.DataFrame, *, on: str, until: str | None = None
) -> pd.DataFrame:
    """Where each area, as it was on the ISO date ``on``, lies at the date ``until``.

    Without ``until`` the areas are those of today. Returns ``code`` (the id
    asked for), ``area_id`` and ``share``, as ``carry_counts`` takes them: one
    row per part, shares adding up to 1 (NA where a share is not known).

    The changes are undone from the last to the first. So a commune that was
    merged and is on its own again comes back to itself, and is not taken for
    a share of the merger. A part that has a figure of its own among the ids
    takes no share of another's. A change without a date is followed, to the
    areas of today, where it brings a whole area to another one: that id can
    only be an old one. A share without a date is not, because nobody knows
    which figures it stands in.
    """
    asked = pd.Series(area_ids, dtype="object").drop_duplicates(ignore_index=True)
    before = {} if until else _undated(crosswalk)
    dated = crosswalk[(crosswalk["date"] > on).fillna(False)]
    if until:
        dated = dated[dated["date"] <= until]
    for _, changes in sorted(dated.groupby("date"), reverse=True):
        before.update(_undo(changes, before))
    changed = asked.isin(before.keys())
    present = set(asked)
    rows = [
        (area_id, part, share)
        for area_id in asked[changed]
        for part, share in _shares(area_id, before[area_id], present).items()
    ]
    same = pd.DataFrame({"code": asked[~changed], "area_id": asked[~changed], "share": 1.0})
    links = pd.concat([same, pd.DataFrame(rows, columns=LINK_COLUMNS)], ignore_index=True)
    return links.astype({"code": "str", "area_id": "str", "share": "Float64"})


def _undated(crosswalk: pd.DataFrame) -> dict[str, Parts]:
    rows = crosswalk[crosswalk["date"].isna() & crosswalk["kind"].isin(WHOLE)]
    return {a: {b: 1.0} for a, b in zip(rows["area_id_from"], rows["area_id_to"], strict=True)}


def _undo(changes: pd.DataFrame, after: dict[str, Parts]) -> dict[str, Parts]:
    """What the areas named in the changes of one day held on the day before."""
    whole = changes["kind"].isin(WHOLE)
    before = _unmerge(changes[whole], after)
    for old, rows in changes[~whole].groupby("area_id_from"):
        held: Parts = {}
        for new, share in zip(rows["area_id_to"], rows["share"].astype(float), strict=True):
            for part, size in after.get(new, {new: 1.0}).items():
                held[part] = held.get(part, 0.0) + share * size
        before[str(old)] = held
    return before


def _unmerge(mergers: pd.DataFrame, after: dict[str, Parts]) -> dict[str, Parts]:
    """What merged areas and those that took them in held before.

    Where the merger was undone later, an area that is on its own again takes
    its own part with it, one known to be in a certain part takes that, and
    the others hold what is left.
    """
    pairs = list(zip(mergers["area_id_from"], mergers["area_id_to"], strict=True))
    before, left = {}, {new: after.get(new, {new: 1.0}) for _, new in pairs}
    for old, new in pairs:
        parts = after.get(new, {new: 1.0})
        home = {old} if old in parts else set(after.get(old, {}))
        if len(parts) > 1 and home and home <= set(parts):
            before[old] = dict.fromkeys(home, 1.0)
            left[new] = {part: share for part, share in left[new].items() if part != old}
    for old, new in pairs:
        before.setdefault(old, left[new] or after.get(new, {new: 1.0}))
    return before | {new: parts for new, parts in left.items() if parts and new not in before}


def _shares(area_id: str, parts: Parts, present: set[str]) -> Parts:
    """Shares that add up to 1, without the parts that have a figure of their own."""
    kept = {p: s for p, s in parts.items() if p == area_id or p not in present} or parts
    if len(kept) == 1:
        return dict.fromkeys(kept, 1.0)
    total = sum(kept.values())
    return {part: share / total for part, share in kept.items()}
