"""What was read of a folder of tables before a fork, so that every fork finds it read.

A report is a process forked from one that has read the tables (see
``docs/decisions/0006-runs.md``): it finds them in memory, and what it changes
in them ends with it.
"""

from __future__ import annotations

from pathlib import Path

_KEPT: dict[Path, tuple[object, object]] = {}


def keep(folder: Path, content: object) -> None:
    """Keep what was read of a folder, for as long as its files stay as they are."""
    _KEPT[folder.resolve()] = (_stamp(folder), content)


def find_kept(folder: Path) -> object | None:
    """What was kept of a folder; None where nothing was, or where a file has changed since."""
    stamp, content = _KEPT.get(folder.resolve(), (None, None))
    return content if stamp is not None and stamp == _stamp(folder) else None


def _stamp(folder: Path) -> list[tuple[str, int, int, int]]:
    found = [(path.name, path.stat()) for path in sorted(folder.glob("*"))]
    return [(name, each.st_size, each.st_mtime_ns, each.st_ino) for name, each in found]
