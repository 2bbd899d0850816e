"""Residents of the counties, municipalities and settlements of Bulgaria, 2002 to 2017 (NSI)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.layout import fill_down
from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures

YEARS = range(2002, 2018)
COUNTS = [f"pop{year}" for year in YEARS]
COLUMNS = {"": "area"} | {f"брой / {year} / Общо": f"pop{year}" for year in YEARS}
HEADER_ROWS = 3
#: The estimates from 2011 on start from that year's census; those before were not revised.
BREAK = 2011
COUNTRY, COUNTY, MUNICIPALITY, SETTLEMENT = "BG", r"[A-Z]{3}", r"[A-Z]{3}\d{2}", r"\d{5}"


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes and counts. Only its place below a municipality says where a settlement was counted.

    That municipality becomes ``counted_in``, so that the order of the rows
    matters no longer. A settlement that changed municipality stands below both.
    """
    frame = read_csv(raw.file(), COLUMNS, header=HEADER_ROWS)
    split = frame["area"].str.partition(" ")
    frame = frame.assign(code=split[0], name=split[2])
    above = fill_down(frame["code"].where(frame["code"].str.fullmatch(MUNICIPALITY), ""))
    is_settlement = frame["code"].str.fullmatch(SETTLEMENT)
    frame["counted_in"] = above.where(is_settlement, "")
    return frame[["code", "name", "counted_in", *COUNTS, "record"]]


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: population on 31 December, on the territory that each area has today.

    Where a settlement changed municipality, its residents of the years before
    are moved with it, out of the figures of its former municipality (and
    county) and into those of the present one: so a new boundary is not taken
    for people leaving. All other figures are as published. Rows of settlements
    serve that restatement and check the sums; they give no rows of their own.
    """
    ledger = Ledger(context, frame)
    figures = {
        column: read_figures(frame, frame[column], column, ledger, whole=True) for column in COUNTS
    }
    frame = frame.assign(**figures)
    is_settlement = frame["code"].str.fullmatch(SETTLEMENT)
    settlements = _with_owner(frame[is_settlement], context)
    published = frame[~is_settlement].assign(area_id=_area_ids(frame.loc[~is_settlement, "code"]))
    known = {*context.areas["area_id"], COUNTRY}
    unknown = ~published["area_id"].isin(known)
    published = ledger.reject(
        published, unknown, "unknown_area", "code " + published["code"], severity="error"
    )
    unplaced = ~settlements["area_id"].isin(known)
    settlements = ledger.reject(
        settlements, unplaced, "unknown_area", "code " + settlements["code"], severity="error"
    )
    _check_sums(published, settlements, ledger)
    published = _restate(published, settlements, ledger)
    published = published.assign(**{f"pop{BREAK}_status": "B"})
    needs = [
        observations(published, {column: "population"}, year=year, context=context)
        for column, year in zip(COUNTS, YEARS, strict=True)
    ]
    used = pd.concat([published, settlements])[["record", "area_id"]]
    return ledger.close(used=used, needs=pd.concat(needs, ignore_index=True))


def _area_ids(codes: pd.Series) -> pd.Series:
    return area_ids("BG", codes).where(codes != COUNTRY, COUNTRY)


def _with_owner(settlements: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Settlements with the municipality they belong to today (EKATTE); gone ones stay put."""
    today = context.places.dropna(subset=["code"]).set_index("code")["area_id"]
    before = area_ids("BG", settlements["counted_in"])
    return settlements.assign(
        former_id=before, area_id=settlements["code"].map(today).fillna(before)
    )


def _check_sums(published: pd.DataFrame, settlements: pd.DataFrame, ledger: Ledger) -> None:
    """A finding where the settlements listed do not add up to their municipality."""
    sums = settlements.groupby("former_id")[COUNTS].sum(min_count=1)
    listed = published[published["area_id"].isin(sums.index)]
    gap = listed[COUNTS].to_numpy() - sums.loc[listed["area_id"]].to_numpy()
    wrong = pd.DataFrame(gap, index=listed.index).fillna(0).ne(0).any(axis=1)
    ledger.note(
        listed[wrong], "parts_do_not_add_up", "settlements and municipality", severity="warning"
    )


def _restate(published: pd.DataFrame, settlements: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The published figures with the settlements that moved counted where they are today."""
    moved = settlements[settlements["area_id"] != settlements["former_id"]]
    changes = pd.concat([_moves(moved, "area_id", 1), _moves(moved, "former_id", -1)])
    changes = changes.groupby(level=0).sum(min_count=1).reindex(published["area_id"])
    changes = changes.set_axis(published.index).astype("Float64")
    changed = published[changes.fillna(0).ne(0).any(axis=1)]
    ledger.note(changed, "figure_restated", _names_of_moved(changed, moved), action="corrected")
    restated = published[COUNTS].fillna(0) + changes
    return published.assign(**published[COUNTS].where(changes.isna(), restated))


def _moves(moved: pd.DataFrame, column: str, sign: int) -> pd.DataFrame:
    """Residents to add to (or take from) municipalities and counties."""
    counts = moved[COUNTS] * sign
    by_municipality = counts.groupby(moved[column]).sum(min_count=1)
    by_county = counts.groupby(moved[column].str[: len("BG_ABC")]).sum(min_count=1)
    return pd.concat([by_municipality, by_county])


def _names_of_moved(changed: pd.DataFrame, moved: pd.DataFrame) -> pd.Series:
    """Per area, the settlements that it won (+) or lost (-), until when."""
    last = moved[COUNTS].notna().to_numpy()[:, ::-1].argmax(axis=1)
    until = pd.Series([COUNTS[-1 - place].removeprefix("pop") for place in last], moved.index)
    told = moved["name"] + " until " + until

    def tell(area_id: str) -> str:
        # A county wins or loses only what crosses its boundary.
        now = moved["area_id"].str[: len(area_id)] == area_id
        then = moved["former_id"].str[: len(area_id)] == area_id
        return "; ".join([*("+ " + told[now & ~then]), *("- " + told[then & ~now])])

    return changed["area_id"].map(tell)
