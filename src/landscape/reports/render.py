"""One report: a notebook is run with its parameters and written as one HTML file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from nbformat import NotebookNode

from landscape.language import language as language_of
from landscape.reports.execute import execute_notebook, read_notebook
from landscape.reports.export import export_page
from landscape.reports.files import ReportError, report_name, write_whole
from landscape.reports.orders import MOST_SECONDS
from landscape.reports.parameters import check_countries, check_parameters, read_parameters

#: How a page is made of a notebook, its file, the values of its parameters and its time limit.
Make = Callable[[NotebookNode, Path, Mapping[str, object], int], str]


def render_report(
    notebook: Path,
    parameters: Mapping[str, object],
    out: Path,
    language: str | None = None,
    *,
    timeout: int = MOST_SECONDS,
    make: Make | None = None,
) -> Path:
    """Run the notebook and write its report into the folder ``out``; returns the file.

    ``language`` sets the notebook's parameter ``lang``; ``make`` makes the page
    in another way than by a kernel of its own. A reader never meets
    half a report: the file is written beside and renamed, and a failure leaves
    the report that was there. Raises ParameterError (a ValueError) for wrong
    parameters, and ReportError if the notebook cannot be read, fails, takes
    longer than ``timeout`` seconds in a cell, or if ``out`` cannot be written.
    """
    source = read_notebook(notebook)
    values = dict(parameters) if language is None else {**parameters, "lang": language}
    declared = read_parameters(source, notebook.name)
    check_parameters(declared, values, notebook.name)
    check_countries(values)
    if "lang" in values:
        language_of(str(values["lang"]))  # before the folder is made, and minutes of work
    target = out / report_name(notebook, declared, values)
    _require_writable(out)

    write_whole(target, (make or _make_by_kernel)(source, notebook, values, timeout))
    return target


def _make_by_kernel(
    source: NotebookNode, notebook: Path, values: Mapping[str, object], timeout: int
) -> str:
    def execute() -> NotebookNode:
        return execute_notebook(source, values, notebook, timeout)

    return make_page(source, notebook.name, values, execute)


def make_page(
    source: NotebookNode,
    name: str,
    values: Mapping[str, object],
    execute: Callable[[], NotebookNode],
) -> str:
    """The HTML of a notebook that ``execute`` runs with these checked values.

    ``name`` is the notebook's file name. What ``execute`` raises passes through.
    """
    declared = read_parameters(source, name)
    effective = {**{each.name: each.default for each in declared.values()}, **values}
    reader = language_of(str(effective.get("lang", "en")))
    executed = execute()
    title = name.removesuffix(".ipynb").replace("_", " ")
    named = {key: str(effective[key]) for key in ("country", "edition") if effective.get(key)}
    return export_page(executed, {"title": title, "language": reader.code, **named}, today())


def today() -> date:
    """The day written into reports; SOURCE_DATE_EPOCH sets it where builds are compared."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def _require_writable(folder: Path) -> None:
    """Fail before minutes of work, not after."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ReportError(f"{folder}: no report can be written here: {error.strerror}") from error
