"""The folder that holds published editions: what is in it, its index, and whether all is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from landscape.errors import LandscapeError
from landscape.figures.svg import mark_unsafe
from landscape.language import Language, language
from landscape.provenance import sha256_of
from landscape.reports.export import TEMPLATE, TEMPLATES
from landscape.reports.files import write_whole
from landscape.reports.policy import content_policy

#: A file that says whose folder this is; nothing is written into a folder of others.
MARKER, INDEX = "landscape-editions.json", "index.html"
MANIFEST, CHECKSUMS, DATA = "manifest.json", "SHA256SUMS", "data"
_MARK = {"format": "landscape editions", "version": 1}


@dataclass(frozen=True)
class Shelved:
    """One edition of a shelf: its folder and its manifest."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def day(self) -> date:
        """When it was published."""
        return date.fromisoformat(self.manifest["published_on"])

    def countries(self, reader: Language) -> list[str]:
        """The countries that have a data package in it, in the reader's words."""
        names = Locale.parse(reader.code).territories
        return [str(names.get(code, code)) for code in self.manifest["data"]]


def open_shelf(shelf: Path) -> None:
    """Make the folder of editions, or see that it is one; LandscapeError where it is another's."""
    marker = shelf / MARKER
    try:
        if shelf.is_dir() and any(shelf.iterdir()) and not marker.is_file():
            raise LandscapeError(
                f"{shelf}: holds files that were not published; give an empty folder, or one "
                "that holds editions"
            )
        shelf.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LandscapeError(
            f"{shelf}: no edition can be written here: {error.strerror}"
        ) from error
    if not marker.is_file():
        write_whole(marker, json.dumps(_MARK, indent=1) + "\n")


def list_editions(shelf: Path) -> list[Shelved]:
    """The editions that are there, the newest first; a folder without a manifest is none."""
    found = [
        Shelved(path.parent, json.loads(path.read_text(encoding="utf-8")))
        for path in shelf.glob(f"*/{MANIFEST}")
        if not path.parent.name.startswith(".")
    ]
    by_name = sorted(found, key=lambda each: each.folder.name, reverse=True)
    return sorted(by_name, key=lambda each: each.manifest["published_at"], reverse=True)


def write_shelf_index(shelf: Path, code: str) -> Path:
    """Write the index of all editions of a shelf, in a language; returns its path."""
    reader = language(code)
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    page = {
        "language": code,
        "policy": content_policy([]),
        "style": Markup((TEMPLATE / "page.css").read_text(encoding="utf-8")),
        "editions": list_editions(shelf),
    }
    html = environment.get_template("editions.html.j2").render(
        page=page, reader=reader, text=reader.text, plural=reader.plural
    )
    write_whole(shelf / INDEX, mark_unsafe(html))
    return shelf / INDEX


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` of every file of an edition, as ``sha256sum -c`` reads it."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in _files(folder)]
    write_whole(folder / CHECKSUMS, "".join(lines))


def read_checksums(folder: Path) -> dict[str, str]:
    """The recorded checksums of an edition, by file; LandscapeError where they cannot be read."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
        return {name: checksum for checksum, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError) as error:
        raise LandscapeError(f"{folder / CHECKSUMS}: cannot be read; copy it anew") from error


def verify(shelf: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every edition of a shelf with what is wrong in it: a file lost, changed or added.

    LandscapeError where the folder holds no editions.
    """
    if not (shelf / MARKER).is_file():
        raise LandscapeError(f"{shelf}: holds no published editions ({MARKER} is not there)")
    for edition in list_editions(shelf):
        yield edition.folder, list(_find_faults(edition.folder))


def _find_faults(folder: Path) -> Iterator[str]:
    recorded, there = read_checksums(folder), _files(folder)
    for name in sorted(set(recorded) | set(there)):
        if name not in there:
            yield f"{name} is missing"
        elif name not in recorded:
            yield f"{name} was added"
        elif _checksum(folder / name) != recorded[name]:
            yield f"{name} was changed"


def _checksum(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return "unreadable"


def content_of(folder: Path) -> str:
    """What an edition says, in one checksum: all but when it was published."""
    told = {name: each for name, each in read_checksums(folder).items() if name != MANIFEST}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    names = sorted(path.relative_to(folder).as_posix() for path in found)
    return [name for name in names if name != CHECKSUMS]
