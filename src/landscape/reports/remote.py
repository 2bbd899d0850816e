"""Reports made on another machine: the same code, the same tables, a page sent back.

Called on the workers of a cluster (see ``landscape.reports.pools``). A worker
needs this package and the address of the tables, and writes nothing but a
temporary folder of its own.
"""

from __future__ import annotations

import multiprocessing
import platform
import re
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from landscape.errors import LandscapeError
from landscape.reports.assets import missing_assets
from landscape.reports.fingerprint import Tables, hash_package
from landscape.reports.orders import Order, Result
from landscape.reports.wanted import Wanted
from landscape.reports.workers import make_page_in_process, start_server

#: What a run on a cluster rests on besides what every report does.
_CLUSTER = ("distributed", "dask", "msgpack")


@dataclass(frozen=True)
class Terms:
    """What a run expects of its workers.

    ``versions`` is what ``describe_installation`` gave where the run is;
    ``tables`` the address of the tables and ``stock`` their checksums by name;
    ``wanted`` what the reports of the run will ask for.
    """

    versions: Mapping[str, str]
    tables: str
    stock: Mapping[str, str]
    wanted: Wanted


@lru_cache
def describe_installation() -> dict[str, str]:
    """The versions of all that a page is made by, as this process found them when it began."""
    named = [re.split(r"[^A-Za-z0-9._-]", text)[0] for text in _required()]
    return {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "landscape": f"{_version('landscape')} ({hash_package()[:12]})",
        "chart library": "not installed" if missing_assets() else "installed",
        **{name: _version(name) for name in (*named, *_CLUSTER)},
    }


def find_difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What is not the same in two installations, the first of it; empty where all is."""
    for name in here:
        if here[name] != there.get(name, "absent"):
            return f"{name} is {there.get(name, 'absent')} there and {here[name]} here"
    return ""


def find_obstacle(versions: Mapping[str, str]) -> str:
    """Why this process cannot make the reports of a run with these versions; empty if it can."""
    difference = find_difference(versions, describe_installation())
    if difference:
        return f"{difference}; install the same on every worker, then restart it"
    if multiprocessing.current_process().daemon:
        return "it may start no process; start it with: dask worker ADDRESS --no-nanny"
    return ""


def make_there(order: Order, terms: Terms) -> tuple[Result, float]:
    """The page of an order, or its failure, and the seconds it took; on a worker."""
    started = time.perf_counter()
    try:
        home = _open_home(terms)
    except LandscapeError as error:
        return Result(error=str(error)), time.perf_counter() - started
    at_home = {**order.environment, "LANDSCAPE_HOME": str(home)}
    there = replace(order, folder=str(home / "notebooks"), environment=at_home)
    result = make_page_in_process(there)
    return result, time.perf_counter() - started


def _required() -> list[str]:
    try:
        return [text for text in requires("landscape") or [] if "extra ==" not in text]
    except PackageNotFoundError:
        return []


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


_HOMES: dict[tuple[str, ...], Path] = {}
_TEMPORARY: list[tempfile.TemporaryDirectory[str]] = []
_LOCK = threading.Lock()


def _open_home(terms: Terms) -> Path:
    """A project folder of this worker with the tables of the run, prepared once for each edition.

    LandscapeError where versions or tables differ from those of the run, or
    where this worker may start no process.
    """
    key = (terms.tables, *(f"{name} {checksum}" for name, checksum in terms.stock.items()))
    with _LOCK:
        obstacle = find_obstacle(terms.versions)
        if obstacle:
            raise LandscapeError(f"{_here()}: {obstacle}")
        if key not in _HOMES:
            _HOMES[key] = _prepare_home(terms)
        return _HOMES[key]


def _prepare_home(terms: Terms) -> Path:
    folder = tempfile.TemporaryDirectory(prefix="landscape-worker-")
    home = Path(folder.name)
    for name in ("notebooks", "data/raw"):
        (home / name).mkdir(parents=True)
    tables = home / "data" / "processed"
    if "://" in terms.tables:
        _fetch(terms, tables)
    else:
        tables.symlink_to(terms.tables, target_is_directory=True)
    _require_same(terms, tables)
    _TEMPORARY.append(folder)  # removed when the worker ends
    with replace(terms.wanted, tables=str(tables)).told():
        start_server()
    return home


def _fetch(terms: Terms, tables: Path) -> None:
    """Copy the tables of the run from an address that fsspec knows."""
    from fsspec.core import url_to_fs  # noqa: PLC0415  (comes with the extra `cluster`)

    try:
        system, root = url_to_fs(terms.tables)
        for name in terms.stock:
            (tables / name).parent.mkdir(parents=True, exist_ok=True)
            system.get_file(f"{root.rstrip('/')}/{name}", str(tables / name))
    except Exception as error:  # every file system has errors of its own
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise LandscapeError(
            f"{_here()}: the tables at {terms.tables} cannot be read: {reason}"
        ) from error


def _require_same(terms: Terms, tables: Path) -> None:
    there = Tables(tables, {})
    for name, checksum in terms.stock.items():
        if there.checksum(name) != checksum:
            raise LandscapeError(
                f"{_here()}: {name} at {terms.tables} is not what the run has; "
                "copy data/processed there, or give another address with --tables"
            )


def _here() -> str:
    return f"the worker on {platform.node()}"
