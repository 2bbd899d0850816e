"""A simulated country of 400 areas, for the tests of zones."""

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from landscape.compare.zones.context import Context, gather_context

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

SIDE = 20


@pytest.fixture(scope="module")
def tables() -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Areas of 10 km in counties of 25, and one need and one resource, in the project's tables."""
    rng = np.random.default_rng(7)
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    metres = [
        box(x, y, x + 1e4, y + 1e4)
        for x, y in zip(4.5e6 + column * 1e4, 2.5e6 + row * 1e4, strict=True)
    ]
    shapes = gpd.GeoSeries(metres, crs="EPSG:3035")
    points = shapes.centroid.to_crs("EPSG:4326")
    areas = gpd.GeoDataFrame(
        {
            "area_id": [f"XX_{i}" for i in range(SIDE * SIDE)],
            "country": "XX",
            "level": "municipality",
            "name": [f"Town {i}" for i in range(SIDE * SIDE)],
            "parent_id": [f"XX_C{r // 5}{c // 5}" for r, c in zip(row, column, strict=True)],
            "population": np.round(np.exp(rng.normal(8, 0.8, SIDE * SIDE))),
            "area_km2": 100.0,
            "lon": points.x,
            "lat": points.y,
        },
        geometry=shapes.to_crs("EPSG:4326"),
    )
    parts = [
        pd.DataFrame({"area_id": areas["area_id"], "indicator": name, "year": 2020,
                      "value": rng.gamma(4, size=SIDE * SIDE)})
        for name in ("unemployment", "staff_per_1000")
    ]  # fmt: skip
    return areas, pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def context(tables: tuple[gpd.GeoDataFrame, pd.DataFrame]) -> Context:
    return gather_context(*tables)


#: An area inside the map that is not the largest of its county.
@pytest.fixture(scope="module")
def town(context: Context) -> int:
    population = context.areas["population"].to_numpy()
    inner = [i for i in range(SIDE * SIDE) if 3 < i % SIDE < 16 and 3 < i // SIDE < 16]
    ordinary_towns = [i for i in inner if not context.seat[i]]
    return min(ordinary_towns, key=lambda i: abs(population[i] - np.median(population)))
