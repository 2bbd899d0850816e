"""Unemployment, households, births and deaths by commune (INSEE, census of 2021)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.carried import carry_along
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.changes import trace_codes
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.fr._codes import reject_unknown, tell_carried

COLUMNS = {
    "insee_com": "code",
    "commune_type": "type",
    "population_2021": "population_2021",
    "population_2015": "population_2015",
    "menages_2021": "households",
    "naissances_2022": "births",
    "deces_2022": "deaths",
    "pop_15_64_totale_2021": "aged_15_64",
    "pop_15_64_chomage_2021": "unemployed",
    "pop_15_64_active_2021": "labour_force",
}
FIGURES = [column for column in COLUMNS.values() if column not in ("code", "type")]
DELEGATED = "COMD"
TYPES = ("COM", "ARM", DELEGATED)

#: Population is given for the communes of the first date, everything else for those of the
#: second. The population of 2021 is that of ``fr/population``; here it only serves as a check.
POPULATION_BOUNDARIES, BOUNDARIES = "2024-01-01", "2023-12-31"
POPULATION = {"population_2015": "population"}
CENSUS = {
    "households": "households",
    "aged_15_64": "population_aged_15_64",
    "unemployed": "unemployed_15_64",
    "labour_force": "labour_force_15_64",
}
EVENTS = {"births": "births", "deaths": "deaths"}
YEARS = {2015: POPULATION, 2021: CENSUS, 2022: EVENTS}


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a code and postcode, with the figures as printed; names are left behind."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: population of 2015, census figures of 2021, births and deaths of 2022.

    A delegated commune repeats the figures of its commune, and a commune with
    several postcodes stands once for each; both count once.
    """
    ledger = Ledger(context, frame)
    unknown = set(frame["type"]) - set(TYPES)
    if unknown:
        raise SourceError(f"{context.source_id}: commune_type: {', '.join(sorted(unknown))}")
    message = "delegated commune of code " + frame["code"]
    delegated = frame["type"] == DELEGATED
    frame = ledger.reject(frame, delegated, "not_an_area", message, severity="note")
    frame = _once_a_code(frame, context, ledger)
    frame = reject_unknown(frame, context, ledger, on=BOUNDARIES)
    frame = _with_figures(frame, context, ledger)
    own = frame[~_without_own_figures(frame, ledger)]
    parts, used = [], []
    for year, variables in YEARS.items():
        rows, on = (frame, POPULATION_BOUNDARIES) if variables is POPULATION else (own, BOUNDARIES)
        links = trace_codes(rows["code"], context, on=on)
        carried, records = carry_along(rows, links, counts=list(variables))
        parts.append(observations(carried, variables, year=year, context=context))
        used.append(records)
    every = pd.concat(used, ignore_index=True).drop_duplicates()
    tell_carried(frame, every, context, ledger)
    return ledger.close(needs=pd.concat(parts, ignore_index=True), used=every)


def _once_a_code(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """One row a code; SourceError where two rows of a code differ."""
    codes = frame.drop_duplicates(["code", *FIGURES])["code"]
    different = codes[codes.duplicated()]
    if not different.empty:
        listed = ", ".join(different.unique()[:5])
        raise SourceError(f"{context.source_id}: different figures for one code: {listed}")
    twice = frame["code"].duplicated()
    message = "code " + frame["code"] + ", another postcode"
    return ledger.reject(frame, twice, "duplicate_record", message, severity="note")


def _with_figures(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """With numbers; the census figures are missing where the census was not taken.

    Mayotte had no census in 2021: its communes are printed with 0 residents
    and hundreds of births. The villages destroyed in 1916 have neither.
    """
    figures = {column: parse_numbers(frame[column]) for column in FIGURES}
    for column, parsed in figures.items():
        if parsed["value"].isna().any():
            strange = ", ".join(frame.loc[parsed["value"].isna(), column].unique()[:5])
            raise SourceError(f"{context.source_id}: {column}: not a figure: {strange}")
    frame = frame.assign(**{column: parsed["value"] for column, parsed in figures.items()})
    not_counted = (frame["population_2021"] == 0) & (frame["births"] + frame["deaths"] > 0)
    counted = [*POPULATION, *CENSUS]
    frame[counted] = frame[counted].mask(not_counted)
    message = "code " + frame["code"] + ": 0 residents printed"
    ledger.note(
        frame[not_counted], "not_enumerated", message, severity="warning", action="set_missing"
    )
    return frame


def _without_own_figures(frame: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """Communes set up again on 1 January 2024, whose figures stand with the one they left.

    They are printed with residents but no household; the other commune's
    figures are shared out between them.
    """
    apart = (frame["population_2021"] > 0) & (frame["households"] == 0)
    message = "code " + frame["code"] + ": everything but population stands with another code"
    ledger.note(frame[apart], "other_territory", message, severity="warning", action="corrected")
    return apart.fillna(False).astype(bool)
