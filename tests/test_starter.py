"""An extract comes back as it was written; shared borders stay shared."""

import hashlib
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from landscape.errors import SourceError
from landscape.provenance import STARTER, RawFolder, SourceCard
from landscape.starter import read_starter, write_starter


def folder_of(path: Path) -> RawFolder:
    card = SourceCard(
        source_id="xx/areas",
        title=dict.fromkeys(("en", "fr", "ro", "bg"), "Areas"),
        producer="Office",
        url="https://office.example",
        licence="CC BY 4.0",
        reference_period="2020",
        retrieved_on=date(2026, 1, 1),
        files={"areas.geojson": "0" * 64},
        is_exhaustive=True,
        citation="Office",
        starter=hashlib.sha256((path / STARTER).read_bytes()).hexdigest(),
    )
    return RawFolder(path, card)


def test_text_comes_back_as_it_was(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"code": ["01001", "NA", ""], "name": ['"x", y', "ș\nț", " z "], "record": ["1", "2", "3"]},
        dtype="str",
    )
    write_starter(frame, tmp_path, 100)
    pd.testing.assert_frame_equal(read_starter(folder_of(tmp_path)), frame)


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    frame = pd.DataFrame({"code": ["1"], "record": ["row 1"]})
    for name in ("a", "b"):
        write_starter(frame, tmp_path / name, 100)
    assert (tmp_path / "a" / STARTER).read_bytes() == (tmp_path / "b" / STARTER).read_bytes()


def neighbours() -> gpd.GeoDataFrame:
    """Two areas with a winding border between them, and one without a shape."""
    steps = np.linspace(0, 0.3, 300)
    border = [(25 + 0.0005 * np.sin(900 * y), 45 + y) for y in steps]
    west = shapely.Polygon([(24.8, 45), *border, (24.8, 45.3)])
    east = shapely.Polygon([(25.2, 45), *border, (25.2, 45.3)])
    return gpd.GeoDataFrame(
        {"record": ["1", "2", "3"]}, geometry=[west, east, None], crs="EPSG:4326"
    )


def test_shapes_lose_detail_and_keep_their_borders(tmp_path: Path) -> None:
    write_starter(neighbours(), tmp_path, 200)
    frame = read_starter(folder_of(tmp_path))
    west, east, missing = frame.geometry
    assert missing is None
    assert shapely.get_num_coordinates(west) < 60
    assert west.is_valid and east.is_valid
    assert west.intersection(east).area == pytest.approx(0, abs=1e-9)
    whole = shapely.union_all(neighbours().geometry.dropna().to_numpy())
    assert shapely.union_all([west, east]).area == pytest.approx(whole.area, rel=1e-3)


def test_points_are_kept(tmp_path: Path) -> None:
    points = gpd.GeoDataFrame({"record": ["1"]}, geometry=[shapely.Point(25.12345, 45)], crs=4326)
    write_starter(points, tmp_path, 5000)
    assert read_starter(folder_of(tmp_path)).geometry.iloc[0].x == pytest.approx(25.1235, abs=1e-4)


def test_an_extract_that_is_no_xz(tmp_path: Path) -> None:
    for content in (b"no xz", b"", b"\xfd7zXZ\x00\x00\x04"):
        (tmp_path / STARTER).write_bytes(content)
        with pytest.raises(SourceError, match=r"not readable: .*; restore it from git"):
            read_starter(folder_of(tmp_path))
