"""The Moldovan fixtures, laid out like the official files and cleaned together."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from fixture_cards import write_card
from landscape.paths import project
from landscape.provenance import RawFolder
from landscape.tables import CountryTables, clean_country

HERE = Path(__file__).parent
FIXTURES = {
    "raion_boundaries": {"raions_2014.geojson": "raion_boundaries.geojson"},
    "localities": {"localities_2014.geojson": "localities.geojson"},
    "census_2014": {
        name: f"census_2014/{name}"
        for name in ("population_by_commune_age.xls", "abroad_by_raion.xls")
    },
    "census_sectors": {"sector_centroids_2024.geojson": "census_sectors.geojson"},
    "unhcr_facilities": {"facilities_2026-07.csv": "unhcr_facilities.csv"},
}


def lay_out(raw: Path) -> Path:
    """A raw folder of fixtures: the project's own source.yml with the fixtures' checksums."""
    for source, files in FIXTURES.items():
        folder = raw / "md" / source
        folder.mkdir(parents=True)
        for official, fixture in files.items():
            shutil.copyfile(HERE / "fixtures" / fixture, folder / official)
        write_card(folder)
    return raw


@pytest.fixture(scope="session")
def moldova(tmp_path_factory: pytest.TempPathFactory) -> CountryTables:
    """The tables made of the fixtures."""
    return clean_country("MD", lay_out(tmp_path_factory.mktemp("raw")))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder of fixtures that a test may change."""
    return lay_out(tmp_path / "raw")


@pytest.fixture(scope="session")
def folder_of(moldova: CountryTables) -> Callable[[str], RawFolder]:
    """The raw folder of one source among the fixtures."""
    return {folder.card.source_id: folder for folder in moldova.sources}.__getitem__


@pytest.fixture(scope="session")
def official_moldova(official: Path) -> CountryTables:
    """The tables made of the official files."""
    return clean_country("MD", official, project().raw)


@pytest.fixture(scope="session")
def golden() -> Callable[[str], pd.DataFrame]:
    """A golden table by name, as text, blank where nothing is expected."""

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(HERE / "golden" / f"{name}.csv", dtype=str, keep_default_na=False)

    return read
