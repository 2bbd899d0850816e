"""What plot functions accept, checked once, and the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from landscape.figures.describe import describe_values, word_for_missing
from landscape.language import Language

DEGREES = 4326


@dataclass(frozen=True, eq=False)
class AreaValues:
    """One value per area, with what is needed to say it in words.

    names, numbers, confidential are indexed by area_id, in the order of the
    areas. A number is NA where it is not inventoried or confidential.
    """

    names: pd.Series[str]
    numbers: pd.Series[float]
    confidential: pd.Series[bool]
    unit: str
    decimals: int
    language: Language

    def said(self) -> list[str]:
        """For each area its value with the unit, or why it has none."""
        pairs = zip(self.numbers.tolist(), self.confidential.tolist(), strict=True)
        return [self._say(value, secret) for value, secret in pairs]

    def fingerprint(self) -> str:
        """The names and numbers in one text, to tell figures apart."""
        return "\n".join(self.names) + self.numbers.to_numpy(dtype=np.float64).tobytes().hex()

    def tips(self) -> list[str]:
        """The same with the area's name before it."""
        pairs = zip(self.names.tolist(), self.said(), strict=True)
        return [self.language.pair(name, words) for name, words in pairs]

    def _say(self, value: float, secret: bool) -> str:
        if not np.isnan(value):
            return self.language.amount(value, self.unit, self.decimals)
        return self.language.text("confidential") if secret else word_for_missing(self.language)

    def alt(self, kind: str) -> str:
        """The text alternative: what kind of drawing, then extremes and unknowns."""
        said = describe_values(
            self.names,
            self.numbers,
            unit=self.unit,
            language=self.language,
            decimals=self.decimals,
            confidential=int(self.confidential.sum()),
        )
        return f"{kind} {said}"

    def table(self) -> pd.DataFrame:
        """Area, code, value; a remark where some are confidential."""
        text = self.language.text
        table = pd.DataFrame(
            {
                text("Area"): self.names.to_numpy(),
                text("Code"): self.names.index.to_numpy(),
                self.unit: self.numbers.to_numpy(),
            }
        )
        if self.confidential.any():
            table[text("Remark")] = np.where(self.confidential, text("confidential"), "")
        return table


def read_values(
    areas: pd.DataFrame,
    values: pd.Series[float],
    *,
    unit: str,
    decimals: int,
    language: Language,
    status: pd.Series[str] | None = None,
) -> AreaValues:
    """The values in the order of the areas; an area without a value is NA.

    status, by area_id: a missing value with the SDMX status C is
    confidential. Raises ValueError where a column is absent, an area_id or a
    value occurs twice, or a value is for an area that is not drawn: what
    would be lost silently is an error.
    """
    require_areas(areas)
    ids = pd.Index(areas["area_id"])
    known = align_values(values, ids)
    secret = pd.Series(False, index=ids)
    if status is not None:
        secret = known.isna() & status.reindex(ids).eq("C").fillna(False).astype(bool)
    names = pd.Series(areas["name"].astype(str).to_numpy(), index=ids)
    return AreaValues(names, known, secret, unit, decimals, language)


def require_areas(areas: pd.DataFrame, *columns: str) -> None:
    """Raises ValueError where a column is absent, an area_id repeats, or there is no row.

    area_id and name are always needed, the columns given besides.
    """
    absent = [column for column in ("area_id", "name", *columns) if column not in areas.columns]
    if absent:
        raise ValueError(f"areas lack the column {', '.join(absent)}")
    if areas.empty:
        raise ValueError("there is no area to draw")
    repeated = areas["area_id"][areas["area_id"].duplicated()]
    if len(repeated):
        raise ValueError(f"area_id occurs twice: {repeated.iloc[0]}")


def align_values(values: pd.Series[float], ids: pd.Index[str]) -> pd.Series[float]:
    """The values as float64 for these ids, NA where there is none.

    Raises ValueError where the values name an id twice or one that is not wanted.
    """
    if values.index.has_duplicates:
        raise ValueError(f"two values for {values.index[values.index.duplicated()][0]}")
    unknown = values.index.difference(ids)
    if len(unknown):
        raise ValueError(f"{len(unknown)} values are for no area drawn, such as {unknown[0]}")
    floats = pd.Series(values.to_numpy(dtype=float, na_value=np.nan), index=values.index)
    return floats.reindex(ids)


def geometry_of(areas: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """The geometry in EPSG:4326. Raises ValueError where there is none or no CRS."""
    if not isinstance(areas, gpd.GeoDataFrame) or areas.crs is None:
        raise ValueError("a map needs areas with a geometry and a CRS")
    return areas.geometry if is_in_degrees(areas.crs.srs) else areas.geometry.to_crs(DEGREES)


@lru_cache(maxsize=8)
def is_in_degrees(crs: str) -> bool:
    """Whether a CRS is EPSG:4326; remembered, because PROJ looks it up in its database."""
    return CRS(crs).to_epsg() == DEGREES
