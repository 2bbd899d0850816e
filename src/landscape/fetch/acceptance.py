"""Accepting a new vintage: the files in their place, and ``source.yml`` that describes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from landscape.errors import LandscapeError, SourceError
from landscape.fetch.mirror import place_file
from landscape.provenance import RawFolder, load_source_card, sha256_of


def accept_vintage(
    pinned: RawFolder, new: Mapping[str, Path], rows: int, *, period: str, today: date
) -> None:
    """Put the new files in their place and record sha256, rows, date and period in ``source.yml``.

    The rest of ``source.yml`` stays as it was written, letter by letter; the
    new text is read and checked before any file is replaced. Without a
    ``period`` the old one stays. Raises LandscapeError where something cannot be written.
    """
    path = pinned.path / "source.yml"
    text = path.read_text(encoding="utf-8")
    for name, file in new.items():
        text = _replace(text, rf"^(\s+{re.escape(name)}:\s*)\S+", sha256_of(file), path)
    if pinned.card.rows is not None:
        text = _replace(text, r"^(rows:\s*)\d+", str(rows), path)
    text = _replace(text, r"^(retrieved_on:\s*)\S+", today.isoformat(), path)
    if period:
        text = _replace(text, r"^(reference_period:\s*).+$", json.dumps(period), path)
    beside = path.with_name(".source.yml.part")
    try:
        beside.write_text(text, encoding="utf-8")
        load_source_card(beside, pinned.card.source_id)
        for name, file in new.items():
            place_file(file, pinned.path / name, sha256_of(file))
        beside.replace(path)
    except OSError as error:
        raise LandscapeError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        beside.unlink(missing_ok=True)


def _replace(text: str, pattern: str, value: str, path: Path) -> str:
    found, count = re.subn(
        pattern, lambda match: f"{match[1]}{value}", text, count=1, flags=re.MULTILINE
    )
    if count != 1:
        raise SourceError(f"{path}: cannot be updated by the command; record the vintage by hand")
    return found
