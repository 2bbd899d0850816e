"""Areas through time: figures of an older date carried along the dated changes of areas.

A crosswalk has one row per change and pair of areas: on ``date``, ``share`` of
what was ``area_id_from`` went to ``area_id_to``. An area that falls apart has
one row for each part, the one that keeps its id among them; what no row names
stayed as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from landscape.cleaning.boundaries import LINK_COLUMNS, carry_counts

#: Changes that bring a whole area to another one; the others share it out.
WHOLE = ("merger", "renamed")
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
    asked = list(dict.fromkeys(area_ids))
    before = {} if until else _undated(crosswalk)
    dated = crosswalk[(crosswalk["date"] > on).fillna(False)]
    if until:
        dated = dated[dated["date"] <= until]
    for _, changes in sorted(dated.groupby("date"), reverse=True):
        before.update(_undo(changes, before))
    present = set(asked)
    rows = [
        (area_id, part, share)
        for area_id in asked
        for part, share in _shares(area_id, before.get(area_id, {area_id: 1.0}), present).items()
    ]
    links = pd.DataFrame(rows, columns=LINK_COLUMNS)
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


def carry_to(
    values: pd.DataFrame,
    crosswalk: pd.DataFrame,
    boundary_year: int | None = None,
    *,
    on: str,
    counts: Sequence[str] = (),
    rates: Mapping[str, str | None] | None = None,
) -> pd.DataFrame:
    """Figures of the areas of the ISO date ``on`` as figures of the areas of another year.

    ``values`` has ``area_id``, the columns named and, if known, ``record`` and
    ``<column>_status``. ``counts`` are added up and shared out: their sums
    stay the same. ``rates`` (medians, percentages) name each the column of its
    denominator, itself a count: the rate of a merged area is the mean weighted
    by it. With ``None`` for a denominator a rate stands only where the
    territory did not change and is missing (M) elsewhere; it is never averaged
    unweighted. ``boundary_year`` means 1 January; without it, the areas of today.

    Returns ``area_id``, ``record`` and per column its value and status: E
    where a figure was shared out, M or C where a part of it is not known.
    Raises ValueError for a boundary year before the figures: older areas
    cannot be had from what they became.
    """
    until = None if boundary_year is None else f"{boundary_year}-01-01"
    if until is not None and until < on:
        raise ValueError(f"figures of {on} cannot be carried back to the areas of {until}")
    rates = dict(rates or {})
    frame = values.assign(code=values["area_id"].astype("str")).drop(columns="area_id")
    if "record" not in frame:
        frame["record"] = frame["code"]
    links = trace_areas(frame["code"], crosswalk, on=on, until=until)
    weighted = {rate: weight for rate, weight in rates.items() if weight is not None}
    frame = _with_products(frame, weighted)
    products = [f"{rate} {word}" for rate in weighted for word in ("product", "weight")]
    carried, _ = carry_counts(frame, [*counts, *products], links)
    for rate in rates:
        carried = _with_rate(carried, frame, links, rate, is_weighted=rate in weighted)
    shown = [c for name in (*counts, *rates) for c in (name, f"{name}_status")]
    return carried[["area_id", "record", *shown]]


def _with_products(frame: pd.DataFrame, weighted: Mapping[str, str]) -> pd.DataFrame:
    """With each rate times its denominator, and that denominator where the rate is known."""
    added = {}
    for rate, denominator in weighted.items():
        weight = frame[denominator].astype("Float64")
        added[f"{rate} product"] = frame[rate].astype("Float64") * weight
        added[f"{rate} product_status"] = _status(frame, rate)
        added[f"{rate} weight"] = weight.where(frame[rate].notna())
    return frame.assign(**added)


def _status(frame: pd.DataFrame, column: str) -> pd.Series:
    told = frame.get(f"{column}_status", pd.Series("A", index=frame.index))
    return told.where(frame[column].notna() | told.isin(["M", "C"]), "M")


def _with_rate(
    carried: pd.DataFrame, frame: pd.DataFrame, links: pd.DataFrame, rate: str, *, is_weighted: bool
) -> pd.DataFrame:
    """With the rate: as it was where nothing changed, weighted or missing elsewhere."""
    rows = frame.assign(status=_status(frame, rate)).merge(links, on="code")
    changed = rows["area_id"].duplicated(keep=False) | (rows["share"] != 1).fillna(True)
    alone = rows[~changed].set_index("area_id")
    value = carried["area_id"].map(alone[rate]).astype("Float64")
    status = carried["area_id"].map(alone["status"])
    if is_weighted:
        moved = ~carried["area_id"].isin(alone.index)
        weight = carried[f"{rate} weight"]
        value = value.where(~moved, carried[f"{rate} product"] / weight.where(weight != 0))
        status = status.where(~moved, carried[f"{rate} product_status"])
    status = status.where(value.notna() | status.isin(["M", "C"]), "M")
    return carried.assign(**{rate: value, f"{rate}_status": status})
