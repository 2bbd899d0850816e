"""Every notebook keeps the project's habits: it tells a story and holds no machinery."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from landscape.paths import project

NOTEBOOKS = sorted(project().notebooks.glob("*.ipynb"))
MACHINERY = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)
MOST_LINES = 15
#: A path, or the name of a file: "data/raw", "table.csv".
FILE = re.compile(r"^[\w.~-]*/[\w./-]+$|\.(?:csv|xlsx?|parquet|json|ya?ml|html|geojson|gpkg)$")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def notebook(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code_of(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def statements(notebook: NotebookNode) -> list[ast.AST]:
    return [node for source in code_of(notebook) for node in ast.walk(ast.parse(source))]


def test_it_is_valid_and_runs_with_the_usual_kernel(notebook: NotebookNode) -> None:
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"


def test_nothing_that_it_showed_is_stored(notebook: NotebookNode) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in cells if cell.outputs] == []
    assert [cell.execution_count for cell in cells if cell.execution_count is not None] == []
    assert "widgets" not in notebook.metadata


def test_its_first_code_cell_holds_the_parameters(notebook: NotebookNode) -> None:
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert tagged[0].source == code_of(notebook)[0]


def test_it_begins_with_a_word_to_the_analyst(notebook: NotebookNode) -> None:
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")


def test_it_defines_nothing_and_keeps_its_cells_short(notebook: NotebookNode) -> None:
    assert [
        type(node).__name__ for node in statements(notebook) if isinstance(node, MACHINERY)
    ] == []
    assert [source for source in code_of(notebook) if len(source.splitlines()) > MOST_LINES] == []


def test_it_names_no_file(notebook: NotebookNode) -> None:
    texts = [
        node.value
        for node in statements(notebook)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in texts if FILE.search(text)] == []
    names = {node.id for node in statements(notebook) if isinstance(node, ast.Name)}
    assert names.isdisjoint({"open", "Path"})


def test_its_cells_pass_the_linter(path: Path) -> None:
    for order in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *order, "--no-cache", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
