"""Residents in 2019 and deaths from 2015 to 2020 by municipality (NSI, InfoStat)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.sheets import read_sheet_table
from landscape.matching import match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures, tell_sums

COUNTRY = "BG"
WHOLE_COUNTRY = "Общо за страната"
NAME = {"": "name"}
POPULATION = {
    "(брой) / 2019 / Общо / Общо": "population",
    "(брой) / 2019 / Общо / Мъже": "population_men",
    "(брой) / 2019 / Общо / Жени": "population_women",
}
DEATHS = {f"(брой) / {year} / Общо": f"deaths_{year}" for year in range(2015, 2021)}
#: The tables, their columns, and the rows of the sheet that hold the headers.
FILES = {
    "population_2019": (POPULATION, range(2, 6)),
    "deaths_2015_2020": (DEATHS, range(2, 5)),
}
#: Our columns, with the variable and the year of each.
FIGURES = {column: (column, 2019) for column in POPULATION.values()} | {
    column: ("deaths", int(column[-4:])) for column in DEATHS.values()
}


def read(raw: RawFolder) -> pd.DataFrame:
    """Both tables, one below the other, each row with the names above and below it.

    The tables name no county but list municipalities county by county: of two
    of one name, the neighbours tell which is which.
    """
    parts = []
    for name, (columns, header) in FILES.items():
        part = read_sheet_table(raw.file(f"{name}.xlsx"), NAME | columns, header=header)
        part = part.assign(above=part["name"].shift(), below=part["name"].shift(-1))
        parts.append(part.assign(record=name + " " + part["record"]))
    return pd.concat(parts, ignore_index=True).fillna("")


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: residents of 2019 by sex, deaths of six years."""
    ledger = Ledger(context, frame)
    is_note = (frame["name"] == "") | (frame[list(FIGURES)] == "").all(axis=1)
    frame = ledger.reject(
        frame, is_note, "not_an_area", "below the table: " + frame["name"], severity="note"
    )
    frame = _place(frame, context, ledger)
    # The note below the table: a dash says that there was no case.
    counts = {
        column: read_figures(frame, frame[column].replace("-", "0"), column, ledger, whole=True)
        for column in FIGURES
    }
    whole, *parts = POPULATION.values()
    tell_sums(frame.assign(**counts), whole, parts, ledger, "residents by sex")
    needs = []
    for column, (variable, year) in FIGURES.items():
        rows = frame.assign(**counts)[frame[column] != ""]
        needs.append(observations(rows, {column: variable}, year=year, context=context))
    return ledger.close(needs=pd.concat(needs, ignore_index=True))


def _place(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The area of each row by its name; of homonyms, the one in the county of its neighbours."""
    found = match_names(frame["name"], context.gazetteer)
    by_name = found["area_id"].where(found["match_status"] == "matched")
    by_name = by_name.mask(frame["name"] == WHOLE_COUNTRY, COUNTRY)
    twins = frame[found["match_status"] == "ambiguous"]
    by_neighbour = _between(twins, found.loc[twins.index, "candidates"], context)
    frame = frame.assign(area_id=by_name.fillna(by_neighbour))
    told = twins["name"] + " between " + twins["above"] + " and " + twins["below"]
    placed = frame.loc[by_neighbour.dropna().index]
    ledger.note(placed, "placed_by_neighbours", told[placed.index])
    lost = frame["area_id"].isna()
    is_twin = pd.Series(frame.index.isin(twins.index), index=frame.index)
    frame = ledger.reject(frame, lost & is_twin, "ambiguous_area", frame["name"], severity="error")
    return ledger.reject(frame, lost & ~is_twin, "unknown_area", frame["name"], severity="error")


def _between(twins: pd.DataFrame, candidates: pd.Series, context: Context) -> pd.Series:
    """The only candidate that lies in the county of the row above or below, else NA."""
    county = context.areas.set_index("area_id")["parent_id"]
    above = match_names(twins["above"], context.gazetteer)["area_id"].map(county)
    below = match_names(twins["below"], context.gazetteer)["area_id"].map(county)
    options = candidates.str.split("|").explode()
    near = options.map(county)
    fits = (near == above.reindex(near.index)) | (near == below.reindex(near.index))
    fitting = options[fits.fillna(False)]
    return fitting[~fitting.index.duplicated(keep=False)]
