"""Which tables this process has read: what a report really rests on."""

from __future__ import annotations

from pathlib import Path

_USED: dict[Path, None] = {}


def note_use(path: Path) -> None:
    """Remember that a file was asked for, whether or not it is there."""
    _USED[path] = None


def forget_uses() -> None:
    """Begin anew, for a process that has read what others will ask for."""
    _USED.clear()


def list_used(below: Path) -> list[str]:
    """The files asked for so far, as paths relative to a folder; files elsewhere are left out."""
    folder = below.resolve()
    found = (path.resolve() for path in _USED)
    return sorted({p.relative_to(folder).as_posix() for p in found if p.is_relative_to(folder)})
