"""Notebooks run as an analyst runs them, and what their cells showed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from landscape.paths import Project
from landscape.reports.blocks import BLOCK_TYPE

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


def shown(notebook: Any, kind: str) -> list[Any]:
    """The blocks of one kind that the cells showed."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            block = output.get("data", {}).get(BLOCK_TYPE)
            if block and block["kind"] == kind:
                found.append(output["data"])
    return found
