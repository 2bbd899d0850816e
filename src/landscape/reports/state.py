"""What earlier runs made and from what: a small SQLite file beside the reports."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from landscape.errors import LandscapeError

FOLDER = ".landscape"
_TABLES = """
CREATE TABLE IF NOT EXISTS reports (
    file TEXT PRIMARY KEY, asked TEXT NOT NULL, code TEXT NOT NULL, tables TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, seconds REAL NOT NULL,
    sha256 TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS checksums (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS pages (
    file TEXT PRIMARY KEY, made_from TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS indexed (folder TEXT PRIMARY KEY, content TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Made:
    """A report as a run left it: from which order, code and tables; the file's facts.

    ``sha256`` is empty for what a version before this column made.
    """

    asked: str
    code: str
    tables: dict[str, str]
    size: int
    mtime_ns: int
    seconds: float
    sha256: str = ""


@dataclass(frozen=True)
class Page:
    """The size and time of change of one page of thousands, as a run left it."""

    size: int
    mtime_ns: int


class State:
    """The record of a folder of reports; every change is on the disk when the call returns."""

    def __init__(self, out: Path) -> None:
        self._base = sqlite3.connect(out / FOLDER / "runs.sqlite", isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.executescript(_TABLES)
        columns = {row[1] for row in self._base.execute("PRAGMA table_info(reports)")}
        if "sha256" not in columns:
            self._base.execute("ALTER TABLE reports ADD COLUMN sha256 TEXT NOT NULL DEFAULT ''")

    def reports(self) -> dict[str, Made]:
        """Every report recorded, by file name."""
        rows = self._base.execute(
            "SELECT file, asked, code, tables, size, mtime_ns, seconds, sha256 FROM reports"
        )
        return {row[0]: Made(row[1], row[2], json.loads(row[3]), *row[4:]) for row in rows}

    def record(self, file: str, made: Made) -> None:
        """Record a report whose file is in its place."""
        values = (file, made.asked, made.code, json.dumps(made.tables, sort_keys=True))
        self._base.execute(
            "INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, made.size, made.mtime_ns, made.seconds, made.sha256),
        )

    def pages(self, made_from: str) -> dict[str, Page]:
        """The pages made from just this, by file."""
        rows = self._base.execute(
            "SELECT file, size, mtime_ns FROM pages WHERE made_from = ?", (made_from,)
        )
        return {row[0]: Page(row[1], row[2]) for row in rows}

    def record_pages(self, pages: dict[str, Page], made_from: str) -> None:
        """Record pages that are in their places."""
        rows = [(file, made_from, page.size, page.mtime_ns) for file, page in pages.items()]
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", rows)

    def checksums(self) -> dict[str, tuple[int, int, str]]:
        """Size, time of change and checksum of the tables, by name."""
        rows = self._base.execute("SELECT name, size, mtime_ns, sha256 FROM checksums")
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def record_checksums(self, known: dict[str, tuple[int, int, str]]) -> None:
        """Record the checksums of tables."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany(
                "INSERT OR REPLACE INTO checksums VALUES (?, ?, ?, ?)",
                [(name, *facts) for name, facts in known.items()],
            )

    def indexed(self) -> str:
        """What the index was last written from."""
        row = self._base.execute("SELECT content FROM indexed WHERE folder = '.'").fetchone()
        return str(row[0]) if row else ""

    def record_index(self, content: str) -> None:
        """Record what the index was written from."""
        self._base.execute("INSERT OR REPLACE INTO indexed VALUES ('.', ?)", (content,))

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


@contextmanager
def open_state(out: Path) -> Iterator[State]:
    """The state of a folder of reports, for one run alone.

    A second run in the same folder is told so (LandscapeError) while the first
    is at work. The lock is SQLite's own on a file of its own: the system lets
    go of it however the run ends.
    """
    folder = out / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / "lock.sqlite", timeout=0.2, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise LandscapeError(f"{folder}: no report can be written here: {reason}") from error
    try:
        _take(lock, out)
        with closing(_open(out)) as state:
            yield state
    except sqlite3.OperationalError as error:
        raise LandscapeError(
            f"{folder}: what is made cannot be recorded ({error}); free some space, "
            "then run again: finished reports stay"
        ) from error
    finally:
        lock.close()


def _take(lock: sqlite3.Connection, out: Path) -> None:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise LandscapeError(
            f"{out}: another run is making the reports here; wait for its end, then run again"
        ) from error


def _open(out: Path) -> State:
    try:
        return State(out)
    except sqlite3.OperationalError:
        raise  # of the disk, not of the file
    except sqlite3.DatabaseError as error:
        path = out / FOLDER / "runs.sqlite"
        raise LandscapeError(
            f"{path}: cannot be read ({error}); delete it, and all reports are made again"
        ) from error
