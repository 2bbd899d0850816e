"""A run that is killed leaves the old tables or the new ones, whole; the next run works.

Child processes are forked here, so that each moment costs no new start: a
child saves an edition and kills itself at the n-th thing it does to the disk.
"""

import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from landscape import inventory
from landscape.inventory import load, save
from landscape.paths import Project
from landscape.schemas import TABLES
from landscape.tables import CountryTables

#: What Python does to the disk; a tree is removed by names that do not show the folder.
EVENTS = {"open", "os.mkdir", "os.rename"}
REMOVALS = {"os.rmdir", "os.remove", "shutil.rmtree"}
FILES = len(TABLES) + 2  # used.parquet and the manifest


@pytest.fixture(scope="module")
def without_findings(moldova: CountryTables) -> CountryTables:
    """An edition that can be told from the old one."""
    tables = {**moldova.tables, "findings": moldova.tables["findings"].head(0)}
    return dataclasses.replace(moldova, tables=tables)


@pytest.fixture(scope="module")
def prepared(moldova: CountryTables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    save(moldova, folder)
    return folder


def save_and_die(cleaned: CountryTables, folder: Path, moment: int) -> bool:
    """Whether a child that saves was killed at its n-th moment (False: it came to the end)."""
    child = os.fork()
    if child == 0:
        left = moment

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in REMOVALS or (event in EVENTS and str(folder) in str(arguments[0])):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        write = pd.DataFrame.to_parquet

        def write_and_count(*arguments: object, **options: object) -> None:
            write(*arguments, **options)  # in C++, which tells no event
            count("open", (str(folder),))

        pd.DataFrame.to_parquet = write_and_count
        sys.addaudithook(count)
        try:
            save(cleaned, folder)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def is_whole(folder: Path, rows: dict[str, int]) -> bool:
    """Whether the edition loads, and every table has as many rows as one run wrote."""
    found = load("MD", folder)
    assert len(list(found.folder.iterdir())) == FILES
    return all(len(getattr(found, name)) == count for name, count in rows.items())


def rows_of(cleaned: CountryTables) -> dict[str, int]:
    return {name: len(table) for name, table in cleaned.tables.items()}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, prepared: Path) -> None:
    """The indicators are computed before anything is written: here they come ready."""
    ready = pd.read_parquet(prepared / "MD" / "indicators.parquet")
    monkeypatch.setattr(inventory, "compute_indicators", lambda _: ready)


@pytest.mark.parametrize("first_run", [False, True])
def test_killed_at_every_moment(
    moldova: CountryTables,
    without_findings: CountryTables,
    prepared: Path,
    tmp_path: Path,
    first_run: bool,
) -> None:
    old, new = rows_of(moldova), rows_of(without_findings)
    seen, moment, killed = set(), 0, True
    while killed:
        moment += 1
        folder = tmp_path / str(moment)
        folder.mkdir()
        if not first_run:
            shutil.copytree(prepared / "MD", folder / "MD")
        killed = save_and_die(without_findings, folder, moment)
        seen.add(state_of(folder, old, new))
        save(without_findings, folder)
        assert is_whole(folder, new)
        assert [path.name for path in folder.iterdir()] == ["MD"]
    assert moment > FILES
    assert seen == ({"none", "new"} if first_run else {"old", "new"})


def state_of(folder: Path, old: dict[str, int], new: dict[str, int]) -> str:
    try:
        load("MD", folder)
    except inventory.LandscapeError as error:
        assert "no tables yet" in str(error)
        return "none"
    if is_whole(folder, old):
        return "old"
    assert is_whole(folder, new)
    return "new"


@pytest.mark.slow
def test_the_real_command_killed_by_the_clock(
    home: Project,
    landscape: Callable[..., subprocess.CompletedProcess[str]],
    moldova: CountryTables,
) -> None:
    started = time.monotonic()
    assert landscape("tables", "--country", "MD").returncode == 0
    seconds = time.monotonic() - started
    command = [sys.executable, "-m", "landscape", "tables", "--country", "MD"]
    environment = {**os.environ, "LANDSCAPE_HOME": str(home.root)}
    for share in (0.4, 0.7, 0.85, 0.95, 1.0):
        child = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        time.sleep(seconds * share)
        child.kill()
        child.wait()
        assert is_whole(home.processed, rows_of(moldova))
    assert landscape("tables", "--country", "MD").returncode == 0
    assert [path.name for path in home.processed.iterdir()] == ["MD"]
