"""The starter extract of a source: what a fresh clone needs, in the project's own layout.

An extract is the frame that a source module reads from the official file,
before cleaning: fewer columns, fewer rows where wanted, shapes simplified. It
is kept as ``starter.csv.xz`` beside the ``source.yml``.
"""

from __future__ import annotations

import io
import lzma
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from landscape.cleaning.geometry import EQUAL_AREA, GEOGRAPHIC, mend_shapes
from landscape.errors import SourceError
from landscape.provenance import STARTER, RawFolder


def read_starter(folder: RawFolder) -> pd.DataFrame:
    """The extract of a source as its module's ``read`` would give the official file."""
    path = folder.starter()
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (lzma.LZMAError, EOFError, ValueError) as error:
        raise SourceError(f"{path}: not readable: {error}; restore it from git") from None
    if "geometry" not in frame:
        return frame
    # Blank cells as None: a missing text would be a number for shapely.
    shapes = shapely.from_wkt([text or None for text in frame["geometry"]])
    shapes = gpd.GeoSeries(mend_shapes(shapes), index=frame.index, crs=GEOGRAPHIC)
    located: pd.DataFrame = gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes)
    return located


def write_starter(frame: pd.DataFrame, folder: Path, tolerance: float) -> None:
    """Write an extract; its shapes lose what is finer than ``tolerance`` metres.

    Borders stay shared.
    """
    if "geometry" in frame:
        frame = pd.DataFrame(frame).assign(geometry=_simplified_text(frame, tolerance))
    text = io.StringIO()
    frame.to_csv(text, index=False, lineterminator="\n")
    packed = lzma.compress(text.getvalue().encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STARTER).write_bytes(packed)


def _simplified_text(frame: pd.DataFrame, tolerance: float) -> pd.Series:
    """WKT with four decimals (about ten metres), blank where there is no shape."""
    shapes = gpd.GeoSeries(frame["geometry"], crs=GEOGRAPHIC).to_crs(EQUAL_AREA)
    known = shapes.dropna()
    if (known.geom_type != "Point").any():
        # Areas of two levels lie on one another: each level is a coverage of its own.
        levels = frame.get("level", pd.Series("", index=frame.index)).loc[known.index]
        groups = [rows.simplify_coverage(tolerance) for _, rows in known.groupby(levels)]
        simple = pd.concat(groups).reindex(known.index)
    else:
        simple = known
    kept = simple.where(~simple.is_empty, known).to_crs(GEOGRAPHIC)
    rounded = shapely.set_precision(kept.to_numpy(), 0.0001, mode="pointwise")
    text = shapely.to_wkt(rounded, rounding_precision=4, trim=True)
    return pd.Series(text, index=known.index).reindex(frame.index).fillna("")
