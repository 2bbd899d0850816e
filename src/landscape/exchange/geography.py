"""The areas as GeoPackage and GeoParquet."""

from __future__ import annotations

from pathlib import Path

import pyogrio

from landscape.exchange.sharing import Edition
from landscape.exchange.writing import Left
from landscape.schemas import LEVELS


def write_geopackage(edition: Edition, folder: Path) -> list[Left]:
    """Write ``areas.gpkg``, a layer a level of areas, EPSG:4326; codes stay text.

    Areas without a shape are rows with an empty one. A layer holds points
    where no boundary is at hand.
    """
    areas = edition.inventory.areas
    for level in LEVELS:
        rows = areas[areas["level"] == level]
        if rows.empty:
            continue
        # Without any shape the kind of the layer cannot be told from its rows.
        kind = None if rows.geometry.notna().any() else "Unknown"
        pyogrio.write_dataframe(
            rows, folder / "areas.gpkg", layer=level, driver="GPKG", geometry_type=kind
        )
    return []


def write_geoparquet(edition: Edition, folder: Path) -> list[Left]:
    """Write ``areas.parquet`` with all levels, EPSG:4326."""
    edition.inventory.areas.to_parquet(folder / "areas.parquet", index=False)
    return []
