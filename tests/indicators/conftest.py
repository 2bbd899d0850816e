"""The tiny country of ``tiny_country.py``, and what is computed of it."""

import pandas as pd
import pytest
from tiny_country import ALL, AREAS, Compute, Country

from landscape.indicators import compute
from landscape.indicators.catalogue import Indicator


@pytest.fixture
def country() -> Country:
    """The tiny country with its population of 2019 at all levels' bottom, the municipalities."""
    populations = {a: facts[2] for a, facts in AREAS.items() if facts[0] == "municipality"}
    return Country().knows("population", 2019, **populations)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> Compute:
    """Computes catalogue entries for a tiny country; indexed by indicator and area."""

    def run(country: Country, *entries: Indicator, seed: int | None = None) -> pd.DataFrame:
        catalogue = {one.name: one for one in entries or ALL}
        monkeypatch.setattr(compute, "load_catalogue", lambda: catalogue)
        table = compute.compute_indicators(country.data(seed))
        return table.set_index(["indicator", "area_id"]).sort_index()

    return run
