"""One report in a process that lives for it alone: run, export, send the page back, end."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import FrameType

import nbformat
import papermill
from nbformat import NotebookNode

from landscape.errors import LandscapeError
from landscape.paths import project
from landscape.reports.execute import explain_failure
from landscape.reports.files import ReportError
from landscape.reports.orders import Order, Result
from landscape.reports.render import make_page
from landscape.reports.shell import run_in_process
from landscape.used_files import list_used

#: Failures of the machine, not of the report.
TRANSIENT = {"MemoryError", "OSError", "ConnectionError", "BlockingIOError", "InterruptedError"}


class TookTooLongError(Exception):
    """The report's time is over."""


def work(order: Order, pipe: Connection) -> None:
    """Make the page and send it; the process ends with whoever asked for it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(order.environment)
    try:
        pipe.send(make_result(order))
        pipe.close()
    finally:
        # Nothing of a notebook's is to run after its report: no exit handler, no thread.
        os._exit(0)


def make_result(order: Order) -> Result:
    """The page of an order, or its failure; needs a process that nothing was run in before."""
    tables = project().processed
    with tempfile.TemporaryDirectory(prefix="landscape-") as beside:
        failing = Path(beside) / "failing.ipynb"
        html, error, transient, log = "", "", False, ""
        try:
            _limit(order.seconds)
            html = _page(order, failing)
        except papermill.PapermillExecutionError as reason:
            error = str(explain_failure(reason, _read(order), order.notebook_name, True))
            transient = reason.ename in TRANSIENT
            log = "\n".join(reason.traceback)
            if reason.ename == TookTooLongError.__name__:
                error = f"{order.notebook_name}: {reason.evalue}"
        except LandscapeError as reason:
            error, log = str(reason), traceback.format_exc()
        except Exception as reason:
            error = " ".join(f"{type(reason).__name__}: {reason}".split())
            transient, log = type(reason).__name__ in TRANSIENT, traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        written = failing.read_text(encoding="utf-8") if error and failing.exists() else ""
    used = tuple(list_used(tables))
    return Result(html, used, error, transient, written, log, time.process_time())


def make_here(
    source: NotebookNode, notebook: Path, values: Mapping[str, object], seconds: float
) -> str:
    """The page of a notebook run in this process, which must live for nothing else.

    No second interpreter imports the stack, which takes as long as the report.
    Raises ReportError where a cell fails or the time is over.
    """
    text: str = nbformat.writes(source)  # type: ignore[no-untyped-call]
    folder = str(notebook.parent.resolve())
    result = make_result(Order(text, notebook.name, folder, dict(values), seconds=seconds))
    if result.error:
        raise ReportError(result.error)
    return result.html


def _page(order: Order, failing: Path) -> str:
    source = _read(order)

    def execute() -> NotebookNode:
        return run_in_process(source, order.values, Path(order.folder), failing)

    return make_page(source, order.notebook_name, order.values, execute)


def _read(order: Order) -> NotebookNode:
    notebook: NotebookNode = nbformat.reads(  # type: ignore[no-untyped-call]
        order.notebook, as_version=4
    )
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    return notebook


def _limit(seconds: float) -> None:
    """Interrupt the notebook at its time limit, so that it can say where it was."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TookTooLongError(f"took longer than {seconds:g} s and was stopped")

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _end_with_parent() -> None:
    """Where the run is killed, its reports end too."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
