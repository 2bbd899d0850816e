"""A notebook run in this very process: no second interpreter, no sockets.

For processes that live for one report (see ``landscape.reports.workers``):
what a notebook leaves behind ends with its process.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import nbformat
import papermill
from ipykernel.jsonutil import json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets import List, Type
from traitlets.config import Config

ENGINE = "landscape"
INLINE_FIGURES = "module://matplotlib_inline.backend_inline"


class _Publisher(DisplayPublisher):
    """Keeps what ``display`` is given, as outputs of a notebook."""

    def publish(self, data: Any, metadata: Any = None, **_: Any) -> None:  # type: ignore[override]
        self.shell.shown.append(_output("display_data", data, metadata))

    def clear_output(self, wait: bool = False) -> None:
        self.shell.shown.clear()


class _Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    shell: Any

    def write_output_prompt(self) -> None:
        """Nothing: there is no terminal."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        count = self.shell.execution_count
        self.shell.shown.append(
            _output("execute_result", format_dict, md_dict, execution_count=count)
        )

    def finish_displayhook(self) -> None:
        """Nothing: there is no terminal."""


class ReportShell(InteractiveShell):
    """IPython without a terminal: outputs and errors are kept for the notebook."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    shown: Any = List()

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.shown.append(
            nbformat.v4.new_output(  # type: ignore[no-untyped-call]
                "error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)
            )
        )


class ShellEngine(Engine):  # type: ignore[misc]
    """papermill's way to run cells, on a ``ReportShell`` made for this notebook."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any
    ) -> None:
        """Run the cells in order up to the first that fails."""
        shell = _open_shell()
        for index, cell in enumerate(nb_man.nb.cells):
            nb_man.cell_start(cell, index)
            well = cell.cell_type != "code" or _run_cell(shell, cell)
            if not well:
                nb_man.cell_exception(cell, index)
            nb_man.cell_complete(cell, index)
            if not well:
                return


papermill_engines.register(ENGINE, ShellEngine)


def run_in_process(
    notebook: NotebookNode, values: Mapping[str, object], folder: Path, failing: Path
) -> NotebookNode:
    """The notebook, run in this process and from a folder, with its outputs.

    ``failing`` is where the notebook is written if a cell fails. Raises
    papermill's PapermillExecutionError then.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    os.environ["MPLBACKEND"] = INLINE_FIGURES
    os.environ["IPYTHONDIR"] = str(failing.parent / "ipython")
    executed: NotebookNode = papermill.execute_notebook(
        notebook,
        str(failing),
        parameters=dict(values),
        engine_name=ENGINE,
        kernel_name="python3",
        language="python",
        request_save_on_cell_execute=False,
        progress_bar=False,
        cwd=str(folder),
    )
    return executed


def _open_shell() -> ReportShell:
    settings = {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}
    shell: ReportShell = ReportShell.instance(config=Config(settings))
    return shell


def _run_cell(shell: ReportShell, cell: NotebookNode) -> bool:
    """Run a cell and keep its outputs; whether it went well."""
    shell.shown = []
    out, err, run = io.StringIO(), io.StringIO(), cast(Any, shell.run_cell)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        result = run(cell.source, store_history=True)
    said = [("stdout", out.getvalue()), ("stderr", err.getvalue())]
    streams = [
        nbformat.v4.new_output("stream", name=name, text=text)  # type: ignore[no-untyped-call]
        for name, text in said
        if text
    ]
    cell.outputs = [*streams, *shell.shown]
    cell.execution_count = shell.execution_count - 1
    return bool(result.success)


def _output(kind: str, data: Any, metadata: Any, **more: Any) -> NotebookNode:
    clean = cast(Any, json_clean)
    made: NotebookNode = nbformat.v4.new_output(  # type: ignore[no-untyped-call]
        kind, data=clean(data), metadata=clean(metadata or {}), **more
    )
    return made
