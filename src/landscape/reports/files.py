"""Files of reports: what they are called, and how they are written."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from landscape.errors import LandscapeError
from landscape.reports.parameters import Parameter

_UNNAMED = ("lang", "edition")


class ReportError(LandscapeError):
    """A report could not be made; the message says which and why in one line."""


def report_name(
    notebook: Path, declared: Mapping[str, Parameter], values: Mapping[str, object]
) -> str:
    """The file name of a report: notebook, parameters, language.

    The edition appears where it is not the notebook's own: ``country_inventory_RO_en.html``,
    ``country_inventory_RO_brief_fr.html``. A value that a file name cannot hold
    is shortened, with a checksum so that two values never share a name.
    """
    effective = {**{name: each.default for name, each in declared.items()}, **values}
    shown = [value for name, value in effective.items() if name not in _UNNAMED and value]
    edition = effective.get("edition")
    if edition and edition != declared["edition"].default:
        shown.append(edition)
    shown.append(effective.get("lang", "en"))
    return "_".join([notebook.stem, *(_name_part(value) for value in shown)]) + ".html"


def _name_part(value: object) -> str:
    text = "-".join(map(str, value)) if isinstance(value, list) else str(value)
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", text).strip("-.")[:40]
    checksum = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return safe if safe == text else f"{safe}-{checksum}".strip("-")


def write_whole(target: Path, text: str, beside: Path | None = None) -> None:
    """Write the file beside its place and rename it, so that it is whole or not there.

    ``beside`` is the folder for the unfinished file, on the same disk; by default
    that of the file. The text is on the disk before the file has its name: a
    power cut leaves the old report or the new one.

    Raises ReportError where the folder cannot be written or the disk is full.
    """
    try:
        descriptor, part = tempfile.mkstemp(".part", f".{target.name}.", beside or target.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(part).chmod(0o644)
            Path(part).replace(target)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ReportError(f"{target} cannot be written: {error.strerror}") from error
