"""Income and poverty by commune (INSEE Filosofi 2021)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.carried import carry_along
from landscape.cleaning.codes import area_ids
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.changes import trace_codes
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.fr._codes import reject_unknown, tell_carried

YEAR = 2021
#: The communes are those of this date.
BOUNDARIES = "2024-01-01"
COLUMNS = {
    "CODGEO": "code",
    "NBMENFISC21": "households",
    "NBPERSMENFISC21": "persons",
    "MED21": "median",
    "TP6021": "poverty",
}
COUNTS = {"households": "fiscal_households", "persons": "persons_in_fiscal_households"}
LEVELS = {"median": "median_income", "poverty": "poverty_rate"}


def read(raw: RawFolder) -> pd.DataFrame:
    """Households, persons, median income and poverty rate, with ``s`` and ``nd`` as printed."""
    return read_csv(raw.file(), COLUMNS, sep=";")


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: counts carried to today's communes; medians and rates only where nothing changed.

    Arrondissements are left out where their city has its own row. A median or
    rate cannot be put together from parts: where a commune was merged or
    split after the file, it is missing.
    """
    ledger = Ledger(context, frame)
    frame = _without_arrondissements(frame, context, ledger)
    frame = reject_unknown(frame, context, ledger, on=BOUNDARIES)
    for column in (*COUNTS, *LEVELS):
        frame = _with_figures(frame, column, context)
    links = trace_codes(frame["code"], context, on=BOUNDARIES)
    rates = dict.fromkeys(LEVELS)
    carried, used = carry_along(frame, links, counts=list(COUNTS), rates=rates)
    tell_carried(frame, used, context, ledger)
    _tell_lost(frame, links, ledger)
    needs = observations(carried, COUNTS | LEVELS, year=YEAR, context=context)
    return ledger.close(needs=needs, used=used)


def _without_arrondissements(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """Without rows of parts of a city that has a row of its own."""
    parts = context.places[context.places["kind"] == "settlement"].set_index("code")["area_id"]
    city = frame["code"].map(parts)
    twice = city.isin(area_ids("FR", frame["code"]))
    return ledger.reject(frame, twice, "not_an_area", "part of " + city.fillna(""), severity="note")


def _with_figures(frame: pd.DataFrame, column: str, context: Context) -> pd.DataFrame:
    figures = parse_numbers(frame[column], decimal=",")
    if not figures["readable"].all():
        strange = frame.loc[~figures["readable"], column].unique()[:5]
        raise SourceError(f"{context.source_id}: {column}: not a figure: {', '.join(strange)}")
    return frame.assign(**{column: figures["value"], f"{column}_status": figures["status"]})


def _tell_lost(frame: pd.DataFrame, links: pd.DataFrame, ledger: Ledger) -> None:
    """A finding for each row whose median and rate no commune of today can take over.

    A commune that only changed its code takes them with it.
    """
    parts = frame[["code", "record"]].merge(links, on="code")
    changed = parts["area_id"].duplicated(keep=False) | (parts["share"] != 1).fillna(True)
    message = "median income and poverty rate of code " + parts["code"]
    ledger.note(
        parts[changed], "other_territory", message, severity="warning", action="set_missing"
    )
