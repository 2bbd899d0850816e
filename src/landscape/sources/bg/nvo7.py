"""The national examination after grade 7, by school (Ministry of Education, 2021 and 2022)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.sheets import read_csv
from landscape.matching import match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, join_records, observations
from landscape.sources.figures import read_figures

PAPERS = ("language", "mathematics")
PLACE = {"Област": "county", "Община": "municipality", "Населено място": "settlement"}
#: The files, their columns, and how many header rows each has.
FILES = {
    2021: (
        "nvo-7-2021.csv",
        {
            "Явили се / БЕЛ": "language_candidates",
            "Ср. успех в точки / БЕЛ": "language_mean",
            "Явили се / МАТ": "mathematics_candidates",
            "Ср. успех в точки / МАТ": "mathematics_mean",
        },
        2,
    ),
    2022: (
        "nvo-7-2022.csv",
        {
            "Явили се БЕЛ": "language_candidates",
            "Ср. успех в точки БЕЛ": "language_mean",
            "Явили се МАТ": "mathematics_candidates",
            "Ср. успех в точки МАТ": "mathematics_mean",
        },
        1,
    ),
}
ABROAD = "ЧУЖБИНА"
#: A paper is marked out of so many.
MOST_POINTS = 100


def read(raw: RawFolder) -> pd.DataFrame:
    """Schools of both years, one below the other, with candidates and mean points."""
    parts = []
    for year, (name, columns, height) in FILES.items():
        part = read_csv(raw.file(name), PLACE | columns, header=height)
        parts.append(part.assign(year=str(year), record=f"{year} " + part["record"]))
    return pd.concat(parts, ignore_index=True)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: candidates and points (mean times candidates) by municipality of the school.

    Means of larger areas are points / candidates of their schools together.
    """
    ledger = Ledger(context, frame)
    frame = ledger.reject(
        frame, frame["county"] == ABROAD, "outside_scope", "school abroad", severity="note"
    )
    frame = _place(frame, context, ledger)
    sums = {}
    for paper in PAPERS:
        printed = {name: frame[f"{paper}_{name}"] for name in ("candidates", "mean")}
        candidates = read_figures(
            frame, printed["candidates"], f"{paper} candidates", ledger, whole=True
        )
        mean = read_figures(
            frame, printed["mean"], f"{paper} mean", ledger, decimal=",", most=MOST_POINTS
        )
        lacking = candidates.isna() | mean.isna()
        ledger.note(frame[lacking], "value_missing", f"{paper} paper", action="set_missing")
        sums[f"exam7_{paper}_candidates"] = candidates.mask(lacking)
        sums[f"exam7_{paper}_points"] = (candidates * mean).mask(lacking)
    figures = frame[["area_id", "year", "record"]].assign(**sums)
    groups = figures.groupby(["area_id", "year"])
    totals = groups[list(sums)].sum(min_count=1).round(2)
    totals["record"] = groups["record"].agg(join_records)
    totals = totals.reset_index()
    totals["year"] = totals["year"].astype(int)
    return ledger.close(
        used=frame[["record", "area_id"]],
        needs=observations(totals, {name: name for name in sums}, year="year", context=context),
    )


def _place(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The municipality of each school: that of its settlement where the one named lacks it.

    In 2022 ДОБРИЧ stands for the municipality around the town; the town itself
    is ГР.ДОБРИЧ there. Villages tell the two apart.
    """
    named = match_names(frame["municipality"], context.gazetteer, counties=frame["county"])
    by_name = named["area_id"].where(named["match_status"] == "matched")
    village = match_names(frame["settlement"], context.gazetteer, counties=frame["county"])
    is_exact = (village["match_status"] == "matched") & village["reason"].str.startswith(
        "settlement"
    )
    by_village = village["area_id"].where(is_exact)
    frame = frame.assign(area_id=by_village.fillna(by_name))
    differs = by_village.notna() & by_name.notna() & (by_village != by_name)
    where = frame["settlement"] + ", " + frame["municipality"] + " (" + frame["county"] + ")"
    ledger.note(frame[differs], "settlement_elsewhere", where[differs], severity="warning")
    return ledger.reject(frame, frame["area_id"].isna(), "unknown_area", where, severity="error")
