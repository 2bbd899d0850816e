"""Every notebook keeps the project's habits: it tells a story and holds no machinery."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest
import yaml
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


def test_its_twin_in_plain_python_says_the_same(path: Path, notebook: NotebookNode) -> None:
    twin = path.parent / "plain" / f"{path.stem}.py"
    assert twin.is_file(), "run: make pair"
    told = [
        (cell.cell_type, cell.source, cell.metadata.get("tags", []))
        for cell in jupytext.read(twin, fmt="py:percent").cells
    ]
    own = [(c.cell_type, c.source, c.metadata.get("tags", [])) for c in notebook.cells]
    assert told == own, "run: make pair"


def test_no_twin_is_left_of_a_notebook_that_is_gone() -> None:
    twins = {twin.stem for twin in (project().notebooks / "plain").iterdir()}
    assert twins == {path.stem for path in NOTEBOOKS}


def hooks() -> dict[str, dict]:
    content = yaml.safe_load((project().root / ".pre-commit-config.yaml").read_text("utf-8"))
    return {hook["id"]: hook for repo in content["repos"] for hook in repo["hooks"]}


def test_a_commit_takes_outputs_off_and_keeps_tags(tmp_path: Path) -> None:
    shown = nbformat.read(NOTEBOOKS[0], as_version=4)
    code = [cell for cell in shown.cells if cell.cell_type == "code"]
    code[1].outputs = [nbformat.v4.new_output("stream", text="kept out")]
    code[1].execution_count = 7
    dirty = tmp_path / "dirty.ipynb"
    nbformat.write(shown, dirty)
    hook = hooks()["nbstripout"]
    assert hook["types"] == ["jupyter"]
    program = Path(sys.executable).with_name(Path(hook["entry"].split()[0]).name)
    subprocess.run([program, *hook["entry"].split()[1:], dirty], check=True)
    clean = nbformat.read(dirty, as_version=4)
    test_nothing_that_it_showed_is_stored(clean)
    test_its_first_code_cell_holds_the_parameters(clean)
    assert "kept out" not in dirty.read_text(encoding="utf-8")


def test_a_commit_brings_twins_to_their_notebooks() -> None:
    assert hooks()["jupytext"]["entry"].endswith("jupytext --sync")
    assert hooks()["jupytext"]["files"] == r"^notebooks/[^/]+\.ipynb$"
