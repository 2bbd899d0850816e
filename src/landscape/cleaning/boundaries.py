"""Figures of an older date carried to the areas of today: mergers, splits, parts of cities.

Which older code stands for which area is told by the table ``places``: each
row with a ``code`` links it to an ``area_id``, for the time between
``valid_from`` and ``valid_to`` where these are given. A code that is itself an
area's code means that area, unless a dated link says that at the time it stood
for a larger one that has been split since.
"""

from __future__ import annotations

import pandas as pd

LINK_COLUMNS = ["code", "area_id", "share"]


def link_codes(
    codes: pd.Series, areas: pd.DataFrame, places: pd.DataFrame, *, on: str
) -> pd.DataFrame:
    """Which of the areas each code, as used on the ISO date ``on``, stands for.

    ``areas`` (``area_id``, ``code``, ``population``) are those of one level.
    Returns one row per distinct code and area with ``code``, ``area_id`` and
    ``share``: 1 where the code went into one area, the area's part of the
    present population where it was split (NA where that is not known). An
    area that has a figure of its own among ``codes`` takes no share of
    another's. Codes that stand for nothing have no row.
    """
    # As objects, because looking up thousands of texts in Arrow's is ten times slower.
    asked = pd.DataFrame({"code": codes.drop_duplicates()}, dtype="object")
    areas = areas[["area_id", "code", "population"]].astype("object")
    links = places.loc[places["code"].notna(), ["code", "area_id", "valid_from", "valid_to"]]
    links = links.astype("object")
    dated = links["valid_from"].notna() | links["valid_to"].notna()
    valid = (links["valid_from"].fillna("") <= on) & (links["valid_to"].fillna("9999") >= on)
    split = _without_own_figures(links[dated & valid], areas, asked["code"])
    present = areas[["code", "area_id"]]
    former = links.loc[~dated, ["code", "area_id"]]
    pieces = [asked.merge(split[["code", "area_id"]], on="code")]
    for source in (present, former):
        done = pd.concat(pieces)["code"]
        pieces.append(asked[~asked["code"].isin(done)].merge(source, on="code"))
    found = pd.concat(pieces, ignore_index=True).drop_duplicates()
    shares = _with_shares(found, areas)
    return shares.astype({"code": "str", "area_id": "str"})[LINK_COLUMNS]


def _without_own_figures(
    split: pd.DataFrame, areas: pd.DataFrame, codes: pd.Series
) -> pd.DataFrame:
    own = split["area_id"].map(areas.set_index("area_id")["code"])
    return split[(own == split["code"]) | ~own.isin(codes)]


def _with_shares(found: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    size = pd.to_numeric(areas["population"]).astype("Float64").set_axis(areas["area_id"])
    weight = found["area_id"].map(size).astype("Float64")
    groups = weight.groupby(found["code"])
    total = groups.transform("sum").where(groups.transform("count") == groups.transform("size"))
    return found.assign(share=(weight / total).where(groups.transform("size") > 1, 1.0))


def carry_counts(
    frame: pd.DataFrame, columns: list[str], links: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Additive figures of older codes as figures of today's areas; sums are conserved.

    ``frame`` has ``code``, ``record`` and the numeric ``columns``, each maybe
    with ``<column>_status``; ``links`` is what ``link_codes`` gives and has
    every code of the frame. Returns the figures (``area_id``, ``record``, the
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
