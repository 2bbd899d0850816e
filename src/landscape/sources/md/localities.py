"""Towns, communes and villages of Moldova as points (BNS, census of 2014).

A municipality is here a unit of the first tier, with its own mayor: 13
municipalities (``mun.``), 53 towns (``or.``) and 916 communes and single
villages (``com.``, ``sat.``), 982 in all, as the law on the
administrative-territorial organisation counts them. 897 of them lie where the
census was taken; 79 on the left bank and 2 in the unit of Tighina, and Corjova,
Chițcani, Cremenciug and Gîsca near it, do not.

The file lists 1,687 points: one for the seat of each unit, one for each other
village (its ``CODUNIC`` is the CUATM code), and five for the sectors of
Chișinău, which repeat the city (the corrections take their figures out) and are
no units of their own. Units are told by
``CODST``: digits 4 and 5 are those of the raion-level unit, all but the last
two are those of the unit, and the last two are ``00`` for its seat. (The path
in words, ``GFANAME``, says the same but for slips of spelling; only the word
for the unit's type is taken from it.) A unit bears the name and the code of its
seat.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_features
from landscape.cleaning.spelling import use_comma_below
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.corrections import apply_corrections
from landscape.sources.figures import read_figures, require_shapes

YEAR = 2014
COLUMNS = {
    "CODUNIC": "code",
    "CODST": "path_code",
    "STATN": "type",
    "NAME": "name",
    "GFANAME": "path",
    "GOSPODARII_2014": "households",
    "LOCUINTE_2014": "dwellings",
}
FIGURES = ("households", "dwellings")
SHAPES = {"code": r"\d{4}", "path_code": r"MD\d{10}"}

SECTOR, VILLAGE = "sectorul municipiului", "sat"
CITY = "municipiu-reședință"
SEATS = (CITY, "municipiu", "oraș-reședință", "oraș", "sat-reședință")
#: The unit's type, by the abbreviation in the path.
KINDS = {"mun.": "municipiu", "or.": "oraș", "com.": "comună", "sat.": "sat"}


def read(raw: RawFolder) -> pd.DataFrame:
    """Codes, names, census figures and the point of each locality (no shapes)."""
    features = read_features(raw.file(), COLUMNS)
    points = gpd.GeoSeries(features.geometry)
    frame = pd.DataFrame(features.drop(columns="geometry"))
    return frame.assign(lon=points.x.map("{:.5f}".format), lat=points.y.map("{:.5f}".format))


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas (municipalities), places (villages and sectors); needs: households, dwellings.

    The figures of a unit are the sums of its localities, missing where one
    of them was not counted.
    """
    ledger = Ledger(context, frame)
    frame = apply_corrections(frame, __file__, ledger, key=["code"])
    require_shapes(frame, SHAPES, context)
    frame = _with_units(frame, context, ledger)
    lost = frame["area_id"].isna()
    frame = ledger.reject(
        frame, lost, "unknown_area", "unit " + frame["unit"] + " has no seat", severity="error"
    )
    _tell_uncounted(frame, ledger)
    seats = frame[frame["type"].isin(SEATS)]
    return ledger.close(
        used=frame[["record", "area_id"]],
        areas=_areas(seats, context),
        places=_places(frame),
        needs=_needs(frame, seats, context),
    )


def _with_units(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The frame with ``unit``, ``kind``, ``parent_id``, ``area_id``, and figures as numbers."""
    figures = {name: read_figures(frame, frame[name], name, ledger, whole=True) for name in FIGURES}
    position = {name: parse_numbers(frame[name])["value"] for name in ("lon", "lat")}
    abbreviation = frame["path"].str.split(", ").str[2].str.split().str[0]
    frame = frame.assign(
        name=use_comma_below(frame["name"].str.strip()),
        type=use_comma_below(frame["type"]),
        unit=frame["path_code"].str[:10],
        kind=abbreviation.map(KINDS),
        parent_id=area_ids("MD", frame["path_code"].str[5:7]),
        **figures,
        **position,
    )
    _require_known(frame, abbreviation, context)
    seats = frame[frame["type"].isin(SEATS)].set_index("unit")["code"]
    cities = frame[frame["type"] == CITY].set_index("parent_id")["code"]
    seat = frame["unit"].map(seats)
    seat = seat.where(frame["type"] != SECTOR, frame["parent_id"].map(cities))
    return frame.assign(area_id=area_ids("MD", seat))


def _require_known(frame: pd.DataFrame, abbreviation: pd.Series, context: Context) -> None:
    """SourceError where a type, a raion or the shape of a code is not as the docs above say."""
    is_seat = frame["path_code"].str.endswith("00")
    problems = {
        "type of locality": ~frame["type"].isin([*SEATS, VILLAGE, SECTOR]),
        "type of unit": frame["kind"].isna(),
        "raion": ~frame["parent_id"].isin(context.area_ids("county")),
        "code of seat or village": is_seat != frame["type"].isin([*SEATS, SECTOR]),
    }
    for what, wrong in problems.items():
        if wrong.any():
            values = frame.loc[wrong, "type"] + " " + frame.loc[wrong, "path"]
            shown = ", ".join(map(repr, values.unique()[:3]))
            raise SourceError(f"{context.source_id}: {what} not known: {shown}")


def _areas(seats: pd.DataFrame, context: Context) -> pd.DataFrame:
    columns = ["area_id", "code", "name", "kind", "parent_id", "lon", "lat", "record"]
    return seats[columns].assign(
        country="MD", level="municipality", boundary_year=context.card.boundary_year
    )


def _places(frame: pd.DataFrame) -> pd.DataFrame:
    """The villages of communes and towns, and the sectors of the city.

    A seat is listed where its unit is a commune (the commune is more than the
    village); a town or a village that is a unit is no place inside itself.
    """
    is_unit = frame["type"].isin(SEATS) & (frame["kind"] != KINDS["com."])
    columns = ["area_id", "name", "code", "lon", "lat", "record"]
    return frame.loc[~is_unit, columns].assign(kind="settlement")


def _needs(frame: pd.DataFrame, seats: pd.DataFrame, context: Context) -> pd.DataFrame:
    counted = frame[frame["type"] != SECTOR].groupby("area_id")[list(FIGURES)]
    sums = counted.sum(skipna=False)
    rows = seats[["area_id", "record"]].join(sums, on="area_id")
    return observations(rows, {name: name for name in FIGURES}, year=YEAR, context=context)


def _tell_uncounted(frame: pd.DataFrame, ledger: Ledger) -> None:
    rows = frame[frame["households"].isna() & (frame["type"] != SECTOR)]
    ledger.note(rows, "not_enumerated", rows["name"] + ": no census of 2014")
