"""An edition on disk: loaded as it was saved, and told what to run where it is broken."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import landscape
from landscape.answer_schemas import ANSWER_TABLES
from landscape.errors import LandscapeError, UsageError
from landscape.inventory import Inventory, load, save
from landscape.schemas import TABLES
from landscape.tables import CountryTables

RUN = "run: landscape tables --country MD"


@pytest.fixture(scope="session")
def saved(moldova: CountryTables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("processed")
    save(moldova, folder)
    return folder


@pytest.fixture
def processed(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "processed"))


def test_what_is_saved_is_what_is_loaded(moldova: CountryTables, saved: Path) -> None:
    inventory = landscape.load("md", saved)
    assert isinstance(inventory, Inventory)
    assert (inventory.country.code, inventory.edition) == ("MD", "starter")
    for name in set(TABLES) - {"areas", "indicators", *ANSWER_TABLES}:
        pd.testing.assert_frame_equal(getattr(inventory, name), moldova.tables[name])
    assert all(inventory.declared(name).empty for name in (*ANSWER_TABLES, "services"))
    areas = pd.DataFrame(inventory.areas.drop(columns="geometry"))
    pd.testing.assert_frame_equal(areas, moldova.tables["areas"][list(areas)])
    assert inventory.areas.crs.to_epsg() == 4326
    assert set(inventory.sources) == set(moldova.accounting["source_id"])
    pd.testing.assert_frame_equal(inventory.accounting, moldova.accounting)
    assert "starter edition" in repr(inventory)
    assert not inventory.indicators.empty


def test_saving_twice_gives_the_same_bytes(moldova: CountryTables, processed: Path) -> None:
    before = {path.name: path.read_bytes() for path in (processed / "MD").iterdir()}
    save(moldova, processed)
    assert {path.name: path.read_bytes() for path in (processed / "MD").iterdir()} == before


def test_tables_that_were_never_built(tmp_path: Path) -> None:
    with pytest.raises(LandscapeError, match=f"no tables yet; {RUN}"):
        load("MD", tmp_path)
    with pytest.raises(UsageError, match="unknown country 'XX'"):
        load("XX", tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff", b'{"edition": "full"}'])
def test_a_broken_manifest(processed: Path, content: bytes) -> None:
    (processed / "MD" / "manifest.json").write_bytes(content)
    with pytest.raises(LandscapeError, match=rf"manifest\.json: cannot be read; {RUN}"):
        load("MD", processed)


def test_a_manifest_of_another_age(processed: Path) -> None:
    path = processed / "MD" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "sources": [{"name": "old"}]}), encoding="utf-8")
    inventory = load("MD", processed)
    with pytest.raises(LandscapeError, match=rf"manifest\.json: cannot be read; {RUN}"):
        _ = inventory.sources


@pytest.mark.parametrize("table", ["areas", "needs", "indicators"])
@pytest.mark.parametrize("fault", ["gone", "empty", "cut", "other"])
def test_a_broken_table(processed: Path, table: str, fault: str) -> None:
    path = processed / "MD" / f"{table}.parquet"
    whole = path.read_bytes()
    path.unlink()
    if fault != "gone":
        path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "other": b"PAR1"}[fault])
    inventory = load("MD", processed)
    with pytest.raises(LandscapeError, match=rf"{table}\.parquet: cannot be read; {RUN}"):
        getattr(inventory, table)


def test_a_folder_that_cannot_be_written(moldova: CountryTables, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(LandscapeError, match=r"taken: cannot be written: .* check the space"):
        save(moldova, tmp_path / "taken")


def test_a_disk_that_fills_up_leaves_the_old_tables(
    moldova: CountryTables, processed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in (processed / "MD").iterdir()}

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    with pytest.raises(LandscapeError, match="No space left on device"):
        save(moldova, processed)
    assert [path.name for path in processed.iterdir()] == ["MD"]
    assert {path.name: path.read_bytes() for path in (processed / "MD").iterdir()} == before


def test_tables_that_climb_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of: example"):
        load("MD", tmp_path, tables="../..")
