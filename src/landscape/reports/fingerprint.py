"""What a report rests on, in checksums: the way to know that it is out of date."""

from __future__ import annotations

import hashlib
import json
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from landscape.paths import PACKAGE
from landscape.reports.plan import Job

ABSENT = "absent"


def hash_package() -> str:
    """The files of this package, without those that ``make setup`` fetches into it."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        left_out = {"__pycache__", "node_modules"} & set(path.parts)
        if not left_out and path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def hash_code() -> str:
    """The version of the code: this package's files, and the versions of all others installed."""
    digest = hashlib.sha256(hash_package().encode())
    installed = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    for name in sorted(folder.name for folder in installed):
        digest.update(name.encode())
    return digest.hexdigest()


def hash_order(job: Job, notebook: bytes) -> str:
    """What is asked for: the notebook with its parameters and language."""
    digest = hashlib.sha256(notebook)
    digest.update(json.dumps(job.values, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()


def hash_inputs(code: str, notebook: Path, asked: Iterable[str], tables: Iterable[Path]) -> str:
    """What thousands of pages have in common: code, notebook, what is asked, folders of tables.

    Of a table its size and time of change are taken: a table is written once and replaced.
    """
    digest = hashlib.sha256(notebook.read_bytes())
    digest.update("\0".join([code, *asked]).encode())
    for folder in tables:
        for path in sorted(folder.iterdir()):
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class Tables:
    """Checksums of tables, each file read once for as long as it stays as it is.

    ``known`` holds what earlier runs computed: for each file its size, its time
    of change in nanoseconds and its checksum. Files are named relative to the
    folder of tables; one that is not there has the checksum ``absent``.
    """

    def __init__(self, folder: Path, known: dict[str, tuple[int, int, str]]) -> None:
        self.folder = folder
        self.known = known

    def checksum(self, name: str) -> str:
        """The checksum of a table as it is now."""
        path = self.folder / name
        try:
            found = path.stat()
            before = self.known.get(name)
            if before and before[:2] == (found.st_size, found.st_mtime_ns):
                return before[2]
            with path.open("rb") as file:
                checksum = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ABSENT
        self.known[name] = (found.st_size, found.st_mtime_ns, checksum)
        return checksum

    def take_stock(self) -> dict[str, str]:
        """The checksums of all tables that are there, before any report is begun."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        names = sorted(path.relative_to(self.folder).as_posix() for path in found)
        return {name: self.checksum(name) for name in names}

    def of(self, names: Iterable[str], before: dict[str, str]) -> dict[str, str]:
        """The checksums of the tables that a report used.

        Where one has changed since ``before``, nobody knows which of the two it
        read: it gets no checksum, and the report is made again by the next run.
        """
        return {
            name: now if (now := self.checksum(name)) == before.get(name, ABSENT) else "changed"
            for name in names
        }
