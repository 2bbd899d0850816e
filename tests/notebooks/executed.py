"""Notebooks run as an analyst runs them, and what their cells showed."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from fork_calls import call_in_fork
from landscape.paths import Project
from landscape.reports.blocks import BLOCK_TYPE, Block
from landscape.reports.execute import read_notebook
from landscape.reports.shell import run_in_process

#: Each country in one of its own languages, so that all four are met.
IN_ITS_LANGUAGE = {"RO": "ro", "BG": "bg", "MD": "en", "FR": "fr"}


def run_every_cell(name: str, home: Project, folder: Path) -> None:
    """nbval, lax: an analyst who opens the notebook and runs it all meets no error."""
    notebook = home.notebooks / f"{name}.ipynb"
    options = [
        "--nbval-lax",
        "--nbval-cell-timeout=120",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-q", f"--rootdir={folder}", str(notebook)],
        env={**os.environ, "LANDSCAPE_HOME": str(home.root), "PYTEST_ADDOPTS": ""},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout


def execute(name: str, home: Project, folder: Path, **parameters: Any) -> Any:
    """The notebook of that name, run by papermill as a report is, with what its cells showed.

    In a fork of this process, as reports are run in forks: no interpreter imports the stack anew.
    """
    path = home.notebooks / f"{name}.ipynb"
    source = read_notebook(path)
    return call_in_fork(
        lambda: run_in_process(source, parameters, path.parent, folder / "failing.ipynb")
    )


def header_of(notebook: Any) -> dict[str, Any]:
    """What the page's one header says: title, country, language."""
    (header,) = [data[BLOCK_TYPE] for data in shown(notebook, "page")]
    return dict(header)


def chapters_of(notebook: Any) -> list[str]:
    """The anchors of the chapters, in the page's order."""
    return [data[BLOCK_TYPE]["id"] for data in shown(notebook, "chapter")]


def shown(notebook: Any, kind: str) -> list[Any]:
    """The blocks of one kind that the cells showed."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            block = output.get("data", {}).get(BLOCK_TYPE)
            if block and block["kind"] == kind:
                found.append(output["data"])
    return found


def words_of(said: str | Block) -> str:
    """What a reader reads of a sentence or of a block, without its drawings."""
    if isinstance(said, str):
        return said
    text = re.sub(r"(?s)<(script|svg|style).*?</\1>", " ", str(said.html))
    return re.sub(r"<[^>]+>", " ", text)
