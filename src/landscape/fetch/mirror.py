"""Official files from a mirror folder: copied, checked, never half-written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from landscape.errors import LandscapeError, SourceError
from landscape.provenance import load_source_card, sha256_of
from landscape.sources.registry import source_names


def fetch_country(
    code: str, mirror: Path, raw: Path, progress: Callable[[str], None] = lambda _: None
) -> int:
    """Copy the official files of a country's sources from a mirror; returns how many were new.

    The mirror has the shape ``<country>/<source>/<file>``. A file is copied
    beside its place, checked against ``source.yml``, then renamed, so a good
    file is never replaced by a bad one. Files already there and right are
    left alone. Raises LandscapeError naming the file.
    """
    if not mirror.is_dir():
        raise LandscapeError(f"{mirror}: no such folder; give the folder of the official files")
    copied = 0
    for name in source_names(code):
        source_id = f"{code.lower()}/{name}"
        card = load_source_card(raw / source_id / "source.yml", source_id)
        for file, expected in card.files.items():
            target = raw / source_id / file
            if target.exists() and sha256_of(target) == expected:
                continue
            place_file(mirror / source_id / file, target, expected)
            progress(f"{source_id}/{file}")
            copied += 1
    return copied


def place_file(origin: Path, target: Path, expected: str) -> None:
    """Copy a file into its place if it has the SHA-256 ``expected``; else SourceError, and
    what was there stays."""
    beside = target.with_name(f".{target.name}.part")
    for path in (origin, target, beside):
        if path.is_symlink():
            raise SourceError(f"{path}: is a link; put the file itself there")
    if not origin.is_file():
        raise SourceError(f"{origin}: the mirror lacks this file; {target} was left as it was")
    try:
        shutil.copyfile(origin, beside)
        found = sha256_of(beside)
        if found != expected:
            raise SourceError(
                f"{origin}: is not the file that source.yml describes "
                f"(expected {expected[:12]}, found {found[:12]}); {target} was left as it was"
            )
        beside.replace(target)
    except OSError as error:
        raise LandscapeError(f"{target}: cannot be written: {error.strerror or error}") from None
    finally:
        beside.unlink(missing_ok=True)
