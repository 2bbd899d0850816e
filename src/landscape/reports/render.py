"""One report: a notebook is run with its parameters and written as one HTML file."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from landscape.language import language as language_of
from landscape.reports.execute import ReportError, execute_notebook, read_notebook
from landscape.reports.export import export_page
from landscape.reports.parameters import Parameter, check_parameters, read_parameters

MOST_SECONDS = 300
_UNNAMED = ("lang", "edition")


def render_report(
    notebook: Path,
    parameters: Mapping[str, object],
    out: Path,
    language: str | None = None,
    timeout: int = MOST_SECONDS,
) -> Path:
    """Run the notebook and write its report into the folder ``out``; returns the file.

    ``language`` sets the notebook's parameter ``lang``. A reader never meets
    half a report: the file is written beside and renamed, and a failure leaves
    the report that was there. Raises ParameterError (a ValueError) for wrong
    parameters, and ReportError if the notebook cannot be read, fails, takes
    longer than ``timeout`` seconds in a cell, or if ``out`` cannot be written.
    """
    source = read_notebook(notebook)
    values = dict(parameters) if language is None else {**parameters, "lang": language}
    declared = read_parameters(source, notebook.name)
    check_parameters(declared, values, notebook.name)
    effective = {**{name: each.default for name, each in declared.items()}, **values}
    reader = language_of(str(effective.get("lang", "en")))
    target = out / report_name(notebook, declared, values)
    _require_writable(out)
    executed = execute_notebook(source, values, notebook, timeout)
    fallback = {"title": notebook.stem.replace("_", " "), "language": reader.code}
    named = {key: str(effective[key]) for key in ("country", "edition") if effective.get(key)}
    html = export_page(executed, {**fallback, **named}, today())
    write_whole(target, html)
    return target


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


def today() -> date:
    """The day written into reports; SOURCE_DATE_EPOCH sets it where builds are compared."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def write_whole(target: Path, text: str) -> None:
    """Write the file beside its place and rename it, so that it is whole or not there.

    Raises ReportError where the folder cannot be written or the disk is full.
    """
    try:
        descriptor, beside = tempfile.mkstemp(".part", f".{target.name}.", target.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            Path(beside).chmod(0o644)
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ReportError(f"{target} cannot be written: {error.strerror}") from error


def _require_writable(folder: Path) -> None:
    """Fail before minutes of work, not after."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ReportError(f"{folder}: no report can be written here: {error.strerror}") from error
