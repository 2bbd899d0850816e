"""Running a notebook, and saying in one line why it failed."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from landscape import errors
from landscape.reports.files import ReportError
from landscape.reports.kernel import NAME, kernel_in


def read_notebook(path: Path) -> NotebookNode:
    """The notebook; ReportError if the file is missing or is not a notebook."""
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except FileNotFoundError as error:
        raise ReportError(f"{path}: no such notebook") from error
    except Exception as error:
        raise ReportError(f"{path} is not a notebook: {_one_line(error)}") from error
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    return notebook


def execute_notebook(
    notebook: NotebookNode, values: Mapping[str, object], path: Path, timeout: int
) -> NotebookNode:
    """The notebook, run from its own folder with these parameters, with its outputs.

    Raises ReportError where a cell fails or takes longer than ``timeout``
    seconds, or where the kernel dies.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="landscape-") as folder:
        options: dict[str, Any] = {
            "kernel_manager_class": kernel_in(Path(folder)),
            "shutdown_kernel": "immediate",
        }
        try:
            executed: NotebookNode = papermill.execute_notebook(
                notebook,
                None,
                parameters=dict(values),
                kernel_name=NAME,
                language="python",
                progress_bar=False,
                execution_timeout=timeout,
                cwd=str(path.parent.resolve()),
                **options,
            )
            return executed
        except papermill.PapermillExecutionError as error:
            raise explain_failure(error, notebook, path.name, bool(values)) from error
        except CellTimeoutError as error:
            raise ReportError(f"{path.name}: a cell took longer than {timeout} s") from error
        except (DeadKernelError, RuntimeError, TimeoutError) as error:
            raise ReportError(f"{path.name}: the kernel stopped: {_one_line(error)}") from error


def explain_failure(
    error: papermill.PapermillExecutionError, notebook: NotebookNode, name: str, injected: bool
) -> ReportError:
    """Which cell failed and why, in one line; ``injected`` where values were given."""
    place = _cell_number(error.cell_index, injected, notebook)
    # An error of this project is a sentence already; of others the kind is needed too.
    kind = "" if hasattr(errors, error.ename) else f"{error.ename}: "
    return ReportError(f"{name}, cell {place}: {kind}{_one_line(error.evalue)}")


def _cell_number(index: int, injected: bool, notebook: NotebookNode) -> int:
    """The cell's number in the notebook as its author sees it, counted from 1."""
    tagged = [at for at, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.tags]
    before = injected and (not tagged or index > tagged[0])
    return index if before else index + 1


def _one_line(error: object) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return " ".join(line.strip() for line in lines)[:300]
