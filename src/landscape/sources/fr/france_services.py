"""France services: one-stop desks for public services (ANCT, August 2024)."""

from __future__ import annotations

import pandas as pd
import shapely

from landscape.cleaning.geometry import locate_points
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.providers import classify_providers
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.paths import SOURCE_MODULES
from landscape.provenance import RawFolder
from landscape.sources.contract import (
    Cleaned,
    Context,
    Ledger,
    load_mapping,
    require_mapped,
)
from landscape.sources.doubles import load_abbreviations, merge_doubles
from landscape.sources.figures import require_shapes
from landscape.sources.fr._codes import place_by_code

YEAR, BOUNDARIES = 2024, "2024-08-01"
COLUMNS = {
    "id_fs": "id",
    "lib_fs": "name",
    "insee_com": "code",
    "latitude": "lat",
    "longitude": "lon",
    "type_fs": "rank",
    "format_fs": "local_type",
    "labellisation_fs": "label",
}
RANKS = ("Principal", "Antenne")
LABEL = r"^Espace labellisé (\d{2})/(\d{2})/(\d{4})$"
#: Beyond this a point is not merely across a border that was generalised.
TOLERANCE_DEGREES = 0.03


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a place; addresses, telephones, mails, hours and comments are left behind."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services: one row a desk or bus, by the commune's code; no ESSPROS function.

    An itinerant service has the point of its base only, so its position is
    that of a municipality. Who runs it is read from its name where that
    tells (``La Poste``, ``Pimms``, ``Mairie``, ...). A branch that was later
    listed in its own right, at the same place, is one row.
    """
    ledger = Ledger(context, frame)
    mapping = load_mapping(__file__, context, "local_type")
    require_mapped(frame["local_type"], mapping, context)
    _require_known(frame, context)
    require_shapes(frame, {"id": r"\d+"}, context)
    frame = place_by_code(frame, context, ledger, on=BOUNDARIES)
    communes = context.areas[context.areas["level"] == "municipality"]
    frame = _with_points(frame, communes, ledger)
    itinerant = frame["local_type"].map(mapping["position"])
    frame = frame.assign(
        service_id=context.source_id + "/" + frame["id"],
        count=1,
        function=None,
        setting="desk",
        provider_type=provider_types(frame["name"]),
        position=frame["position"].where(frame["position"] != "exact", itinerant),
        opened=frame["label"].str.replace(LABEL, r"\3-\2-\1", regex=True),
        delivery="unknown",
        year=YEAR,
    )
    used = frame[["record", "area_id"]]
    names = communes.set_index("area_id")["name"]
    frame = frame.assign(place=frame["area_id"].map(names))
    frame = merge_doubles(frame, ledger, load_abbreviations(SOURCE_MODULES / "fr"), kinds=itinerant)
    unused = ["id", "code", "rank", "label", "place"]
    return ledger.close(used=used, services=frame.drop(columns=unused))


def _require_known(frame: pd.DataFrame, context: Context) -> None:
    if set(frame["rank"]) - set(RANKS):
        raise SourceError(f"{context.source_id}: type_fs: {set(frame['rank']) - set(RANKS)}")
    strange = frame.loc[~frame["label"].str.match(LABEL), "label"].unique()[:3]
    if len(strange):
        raise SourceError(f"{context.source_id}: labellisation_fs: {', '.join(strange)}")


def provider_types(names: pd.Series) -> pd.Series:
    """Who runs a desk, as its name tells; ``unknown`` for most."""
    rules = pd.read_csv(SOURCE_MODULES / "fr" / "providers.csv", dtype=str)
    return classify_providers(names, rules)


def _with_points(frame: pd.DataFrame, communes: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """With ``lon``, ``lat`` and ``position``; swapped coordinates are turned round.

    A point far from its commune is not believed: the commune's code is followed
    and its own point taken.
    """
    lon, lat = (parse_numbers(frame[axis], signed=True)["value"] for axis in ("lon", "lat"))
    points = communes.set_index("area_id")[["lon", "lat"]].astype("Float64")
    home_lon, home_lat = (frame["area_id"].map(points[axis]) for axis in ("lon", "lat"))
    swapped = (_apart(lon, lat, home_lon, home_lat) > 1) & (
        _apart(lat, lon, home_lon, home_lat) < 1
    )
    ledger.note(
        frame[swapped],
        "figure_corrected",
        "latitude and longitude were swapped",
        severity="warning",
        action="corrected",
    )
    lon, lat = lon.mask(swapped, lat), lat.mask(swapped, lon)
    away = _outside(lon, lat, frame["area_id"], communes)
    ledger.note(frame[away], "name_and_point_disagree", "code " + frame["code"], severity="warning")
    nowhere = lon.isna() | lat.isna()
    ledger.note(frame[nowhere], "value_missing", "coordinates")
    lost = away | nowhere
    position = lost.map({True: "municipality", False: "exact"})
    return frame.assign(
        lon=lon.mask(lost, home_lon), lat=lat.mask(lost, home_lat), position=position
    )


def _apart(lon: pd.Series, lat: pd.Series, other_lon: pd.Series, other_lat: pd.Series) -> pd.Series:
    """The larger difference of two points, in degrees; NaN where one is missing."""
    gaps = pd.DataFrame({"lon": lon - other_lon, "lat": lat - other_lat}).astype("float64")
    return gaps.abs().max(axis=1, skipna=False)


def _outside(
    lon: pd.Series, lat: pd.Series, area_id: pd.Series, communes: pd.DataFrame
) -> pd.Series:
    """Whether a point lies in another commune and not close to its own."""
    found = locate_points(lon, lat, communes)
    elsewhere = found.notna() & (found != area_id)
    shapes = area_id[elsewhere].map(communes.set_index("area_id")["geometry"]).dropna()
    if shapes.empty:
        return pd.Series(False, index=lon.index)
    points = shapely.points(
        lon[shapes.index].astype("float64"), lat[shapes.index].astype("float64")
    )
    gap = pd.Series(shapely.distance(points, shapes.to_numpy()), index=shapes.index)
    return (gap > TOLERANCE_DEGREES).reindex(lon.index, fill_value=False)
