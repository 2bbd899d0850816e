"""Figures of older areas as figures of the areas of another date: sums kept, rates weighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from landscape.cleaning.crosswalk import trace_areas

Rates = Mapping[str, str | None]


def carry_to(
    values: pd.DataFrame,
    crosswalk: pd.DataFrame,
    boundary_year: int | None = None,
    *,
    on: str,
    counts: Sequence[str] = (),
    rates: Rates | None = None,
) -> pd.DataFrame:
    """Figures of the areas of the ISO date ``on`` as figures of the areas of another year.

    ``values`` has ``area_id``, the columns named and, if known, ``record`` and
    ``<column>_status``. ``counts`` and ``rates`` are carried as `carry_along`
    says. ``boundary_year`` means 1 January; without it, the areas of today.

    Returns ``area_id``, ``record`` and per column its value and status.
    Raises ValueError for a boundary year before the figures: older areas
    cannot be had from what they became.

    >>> from landscape.cleaning.crosswalk import CROSSWALK_COLUMNS
    >>> merged = ("FR_69159", "FR_69114", "2024-03-15", "merger", 1.0)
    >>> crosswalk = pd.DataFrame([merged], columns=CROSSWALK_COLUMNS)
    >>> old = pd.DataFrame({"area_id": ["FR_69114", "FR_69159"], "people": [2200, 700]})
    >>> new = carry_to(old, crosswalk, 2025, on="2021-01-01", counts=["people"])
    >>> new[["area_id", "people", "people_status"]].values.tolist()
    [['FR_69114', 2900.0, 'A']]
    """
    until = None if boundary_year is None else f"{boundary_year}-01-01"
    if until is not None and until < on:
        raise ValueError(f"figures of {on} cannot be carried back to the areas of {until}")
    frame = values.assign(code=values["area_id"].astype("str")).drop(columns="area_id")
    if "record" not in frame:
        frame["record"] = frame["code"]
    links = trace_areas(frame["code"], crosswalk, on=on, until=until)
    carried, _ = carry_along(frame, links, counts=counts, rates=rates)
    return carried


def carry_along(
    frame: pd.DataFrame,
    links: pd.DataFrame,
    *,
    counts: Sequence[str] = (),
    rates: Rates | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures of older codes as figures of the areas that the links lead to.

    ``frame`` has ``code``, ``record`` and the columns, each maybe with
    ``<column>_status``; ``links`` (``code``, ``area_id``, ``share``) has every
    code of it. ``counts`` are added up and shared out: their sums stay the
    same. ``rates`` (medians, percentages) name each the column of its
    denominator, itself a count: the rate of a merged area is the mean weighted
    by it. With ``None`` for a denominator a rate stands only where the
    territory did not change and is missing (M) elsewhere; it is never averaged
    unweighted.

    Returns the figures (``area_id``, ``record``, per column its value and
    status: E where a figure was shared out, M or C where a part of it is not
    known) and the records used for each area (``record``, ``area_id``).
    """
    rates = dict(rates or {})
    weighted = {rate: weight for rate, weight in rates.items() if weight is not None}
    frame = _with_products(frame, weighted)
    products = [f"{rate} {word}" for rate in weighted for word in ("product", "weight")]
    carried, used = carry_counts(frame, [*counts, *products], links)
    for rate in rates:
        carried = _with_rate(carried, frame, links, rate, is_weighted=rate in weighted)
    shown = [c for name in (*counts, *rates) for c in (name, f"{name}_status")]
    return carried[["area_id", "record", *shown]], used


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


def carry_counts(
    frame: pd.DataFrame, columns: list[str], links: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Additive figures of older codes as figures of today's areas; sums are conserved.

    ``frame`` has ``code``, ``record`` and the numeric ``columns``, each maybe
    with ``<column>_status``; ``links`` (``code``, ``area_id``, ``share``) has every
    code of the frame. Returns the figures (``area_id``, ``record``, the
    columns with their statuses) and the records used for each area
    (``record``, ``area_id``). A sum lacks its value where one of its parts
    does: status C if a part is secret, else M. A figure shared out after a
    split is an estimate (E). Raises ValueError for a code without a link.
    """
    rows = frame.merge(links, on="code", how="left")
    if rows["area_id"].isna().any():
        unknown = rows.loc[rows["area_id"].isna(), "code"].unique()[:3]
        raise ValueError(f"codes without a link to an area: {', '.join(unknown)}")
    used = rows[["record", "area_id"]]
    owner = rows["area_id"]
    carried = _joined_records(used)
    for column in columns:
        value = rows[column].astype("Float64") * rows["share"]
        groups = value.groupby(owner)
        whole = groups.count() == groups.size()
        carried[column] = groups.sum().where(whole).reindex(carried.index)
        carried[f"{column}_status"] = _statuses(rows, column, whole).reindex(carried.index)
    return carried.reset_index(), used.reset_index(drop=True)


def _statuses(rows: pd.DataFrame, column: str, whole: pd.Series) -> pd.Series:
    owner, status = rows["area_id"], rows.get(f"{column}_status")
    told = pd.Series("A", index=rows.index) if status is None else status.astype("str")
    shared = (rows["share"] != 1).fillna(True) | (told == "E")
    secret = (told == "C").groupby(owner).any()
    result = pd.Series("A", index=whole.index).mask(shared.groupby(owner).any(), "E")
    result = result.mask((told == "B").groupby(owner).any(), "B")
    return result.mask(~whole, "M").mask(~whole & secret, "C")


def _joined_records(used: pd.DataFrame) -> pd.DataFrame:
    """One record text an area: the records themselves up to three, else the first and how many."""
    groups = used.groupby("area_id", sort=False)["record"]
    text = groups.first()
    size = groups.size()
    few = used[used["area_id"].map(size).between(2, 3)]
    if not few.empty:
        text.update(few.groupby("area_id")["record"].agg(", ".join))
    many = size[size > 3]
    text.update(text[many.index] + " and " + (many - 1).astype(str) + " more")
    return text.to_frame()
