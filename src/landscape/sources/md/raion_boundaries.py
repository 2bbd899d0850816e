"""Boundaries of the 37 raion-level units of Moldova (BNS), with figures of the census of 2014.

The units are 32 raions, the municipalities Chișinău, Bălți and Tighina,
Gagauzia and the left bank of the Nistru. Their CUATM codes end in ``00`` and
some are also the codes of a city (``0300`` is Bălți as a raion-level unit and
as a town), so their ids keep only the first two digits: ``MD_03`` is the unit,
``MD_0300`` the city.

The census was not taken in Tighina and on the left bank. The file prints 0
there in the columns of age and leaves the other figures blank: all are
missing. Gagauzia was counted.
"""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.geometry import size_columns, with_measures
from landscape.cleaning.sheets import read_features
from landscape.cleaning.spelling import use_comma_below
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import read_figures, require_shapes, tell_sums

YEAR = 2014
AGES = {
    "ageLess15": "aged_0_14",
    "age15_29": "aged_15_29",
    "age30_49": "aged_30_49",
    "age50_64": "aged_50_64",
    "age65_84": "aged_65_84",
    "above85": "aged_85_over",
}
COLUMNS = {
    "CODUNIC": "code",
    "NAME": "name",
    "STATN": "kind",
    "POPULATIE_2014": "population_of_localities",
    "person": "population",
    "GOSPODARII_2014": "households",
    "LOCUINTE_2014": "dwellings",
    **AGES,
}
FIGURES = ("population_of_localities", "population", "households", "dwellings", *AGES.values())
#: Age groups made of the bands of the file.
GROUPS = {
    "aged_15_64": ["aged_15_29", "aged_30_49", "aged_50_64"],
    "aged_65_over": ["aged_65_84", "aged_85_over"],
    "with_known_age": list(AGES.values()),
}
VARIABLES = {
    "population": "population",
    "households": "households",
    "dwellings": "dwellings",
    **{column: f"population_{column}" for column in (*AGES.values(), *GROUPS)},
}
AREA_COLUMNS = ["area_id", "code", "name", "kind", "area_km2", "lon", "lat", "geometry", "record"]


def read(raw: RawFolder) -> pd.DataFrame:
    """Shapes, codes, names and census figures."""
    frame: pd.DataFrame = with_measures(read_features(raw.file(), COLUMNS))
    return frame


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas (counties) with shapes; needs: residents, by age, households and dwellings.

    Of the two totals the file has, the one that is the sum of the age bands
    is used: it is the total of the published census table.
    """
    ledger = Ledger(context, frame)
    require_shapes(frame, {"code": r"\d{4}"}, context)
    frame = frame.assign(area_id=area_ids("MD", frame["code"].str[:2]))
    frame = frame.assign(
        name=use_comma_below(frame["name"]),
        kind=use_comma_below(frame["kind"]),
        **_figures(frame, ledger),
        **size_columns(frame),
    )
    tell_sums(frame, "population", list(AGES.values()), ledger, "residents by age")
    for group, bands in GROUPS.items():
        frame[group] = frame[bands].sum(axis=1, skipna=False)
    _tell_totals_that_differ(frame, ledger)
    needs = observations(frame, VARIABLES, year=YEAR, context=context)
    areas = frame[AREA_COLUMNS]
    return ledger.close(
        areas=areas.assign(
            country="MD",
            level="county",
            parent_id="MD",
            boundary_year=context.card.boundary_year,
        ),
        needs=needs,
    )


def _figures(frame: pd.DataFrame, ledger: Ledger) -> dict[str, pd.Series]:
    """The figures as numbers, all missing where the census was not taken."""
    figures = {name: read_figures(frame, frame[name], name, ledger, whole=True) for name in FIGURES}
    uncounted = figures["population_of_localities"].isna()
    ledger.note(
        frame[uncounted],
        "not_enumerated",
        frame.loc[uncounted, "name"] + ": no census of 2014",
        severity="warning",
        action="set_missing",
    )
    return {name: value.mask(uncounted) for name, value in figures.items()}


def _tell_totals_that_differ(frame: pd.DataFrame, ledger: Ledger) -> None:
    other, used = frame["population_of_localities"], frame["population"]
    rows = frame[(other != used).fillna(False).astype(bool)]
    message = (
        f"{YEAR}: sum of localities "
        + other[rows.index].astype("int64").astype("str")
        + ", census table "
        + used[rows.index].astype("int64").astype("str")
        + " (used)"
    )
    ledger.note(rows, "figures_differ", message)
