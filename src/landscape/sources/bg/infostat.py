"""Residents in 2019 and deaths from 2015 to 2020 by municipality (NSI, InfoStat)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_sheet_table
from landscape.matching import match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations

DEATH_YEARS = range(2015, 2021)
POPULATION = {
    "": "name",
    "(брой) / 2019 / Общо / Общо": "population",
    "(брой) / 2019 / Общо / Мъже": "population_men",
    "(брой) / 2019 / Общо / Жени": "population_women",
}
DEATHS = {"": "name"} | {f"(брой) / {year} / Общо": f"deaths_{year}" for year in DEATH_YEARS}
FILES = {
    "population_2019": (POPULATION, range(2, 6)),
    "deaths_2015_2020": (DEATHS, range(2, 5)),
}
FIGURES = [name for columns in (POPULATION, DEATHS) for name in columns.values() if name != "name"]
WHOLE_COUNTRY = "Общо за страната"


def read(raw: RawFolder) -> pd.DataFrame:
    """Both tables, one below the other, each row with the names above and below it.

    The tables name no county but list municipalities county by county: of two
    of one name, the neighbours tell which is which.
    """
    parts = []
    for name, (columns, header) in FILES.items():
        part = read_sheet_table(raw.file(f"{name}.xlsx"), columns, header=header)
        part = part.assign(above=part["name"].shift(), below=part["name"].shift(-1))
        parts.append(part.assign(record=name + " " + part["record"]))
    return pd.concat(parts, ignore_index=True).fillna("")


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: residents of 2019 by sex, deaths of six years. A dash means none: zero."""
    ledger = Ledger(context, frame)
    is_note = (frame[FIGURES] == "").all(axis=1)
    frame = ledger.reject(
        frame, is_note, "not_an_area", "below the table: " + frame["name"], severity="note"
    )
    frame = _place(frame, context, ledger)
    needs = []
    for columns, measure in ((POPULATION, "population"), (DEATHS, "deaths")):
        names = [name for name in columns.values() if name != "name"]
        rows = frame[(frame[names] != "").any(axis=1)]
        figures = {name: parse_numbers(rows[name].replace("-", "0"))["value"] for name in names}
        rows = rows.assign(**figures)
        for name in names:
            variable, _, year = name.partition("_20")
            needs.append(
                observations(
                    rows,
                    {name: variable if measure == "deaths" else name},
                    year=int(f"20{year}") if year else 2019,
                    context=context,
                )
            )
    return ledger.close(needs=pd.concat(needs, ignore_index=True))


def _place(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    found = match_names(frame["name"], context.gazetteer)
    by_name = found["area_id"].where(found["match_status"] == "matched")
    county = context.areas.set_index("area_id")["parent_id"]
    near = pd.DataFrame(
        {
            side: match_names(frame[side], context.gazetteer)["area_id"].map(county)
            for side in ("above", "below")
        }
    )
    twins = found["match_status"] == "ambiguous"
    decided = pd.Series(
        [
            _among(candidates, neighbours, county)
            for candidates, neighbours in zip(
                found.loc[twins, "candidates"], near[twins].to_numpy(), strict=True
            )
        ],
        index=frame.index[twins],
        dtype="object",
    )
    frame = frame.assign(area_id=by_name.astype("object").fillna(decided))
    frame["area_id"] = frame["area_id"].mask(frame["name"] == WHOLE_COUNTRY, context.country)
    ledger.note(
        frame[decided.notna().reindex(frame.index, fill_value=False)],
        "placed_by_neighbours",
        frame["name"] + " between " + frame["above"] + " and " + frame["below"],
    )
    frame = ledger.reject(
        frame, twins & frame["area_id"].isna(), "ambiguous_area", frame["name"], severity="error"
    )
    return ledger.reject(
        frame, frame["area_id"].isna(), "unknown_area", frame["name"], severity="error"
    )


def _among(candidates: str, neighbours: list[str], county: pd.Series) -> str | None:
    """The one candidate that lies in the county of a neighbouring row, if there is one."""
    fitting = [area_id for area_id in candidates.split("|") if county[area_id] in neighbours]
    return fitting[0] if len(fitting) == 1 else None
