"""Parameters are checked against the notebook's own cell before anything starts."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from landscape.reports.parameters import (
    Parameter,
    ParameterError,
    check_parameters,
    parse_parameters,
    read_parameters,
)

CELL = """
country = "RO"
year: int | None = None
share = 0.5
brief = False
themes: list[str] = []
"""


def read(source: str) -> dict[str, Parameter]:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    return read_parameters(nbformat.v4.new_notebook(cells=[cell]), "trial.ipynb")


@pytest.fixture
def declared() -> dict[str, Parameter]:
    return read(CELL)


def test_the_cell_declares_names_types_and_defaults(declared: dict[str, Parameter]) -> None:
    assert {name: each.kind for name, each in declared.items()} == {
        "country": "str",
        "year": "int",
        "share": "float",
        "brief": "bool",
        "themes": "list",
    }
    assert declared["country"].default == "RO"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("country", "FR"),
        ("year", 2016),
        ("year", None),
        ("share", 1),
        ("brief", True),
        ("themes", ["old_age"]),
    ],
)
def test_a_value_of_the_declared_type_passes(
    declared: dict[str, Parameter], name: str, value: object
) -> None:
    check_parameters(declared, {name: value}, "trial.ipynb")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("country", 1),
        ("country", None),
        ("year", "2016"),
        ("year", True),
        ("share", True),
        ("brief", 1),
        ("themes", "old_age"),
        ("themes", [{}]),
    ],
)
def test_a_value_of_another_type_is_refused(
    declared: dict[str, Parameter], name: str, value: object
) -> None:
    with pytest.raises(ValueError, match=rf"trial.ipynb: parameter {name} takes"):
        check_parameters(declared, {name: value}, "trial.ipynb")


@pytest.mark.parametrize("name", ["unknown", "x = 1\nimport os", "__import__('os')", "", "Country"])
def test_a_name_that_the_notebook_does_not_declare_is_refused(
    declared: dict[str, Parameter], name: str
) -> None:
    with pytest.raises(ParameterError, match="it has: country, year, share, brief, themes"):
        check_parameters(declared, {name: "1"}, "trial.ipynb")


@pytest.mark.parametrize(
    "line", ["import os", "x = open('f')", "a, b = 1, 2", "print(1)", "x: int"]
)
def test_the_cell_holds_plain_values_only(line: str) -> None:
    with pytest.raises(ParameterError, match="parameters cell, line 2"):
        read(f"country = 'RO'\n{line}")


def test_text_from_the_command_line_takes_the_declared_type(
    declared: dict[str, Parameter],
) -> None:
    texts = {"country": "BG", "year": "2016", "share": "0.2", "brief": "yes", "themes": "a, b"}
    assert parse_parameters(declared, texts, "trial.ipynb") == {
        "country": "BG",
        "year": 2016,
        "share": 0.2,
        "brief": True,
        "themes": ["a", "b"],
    }


@pytest.mark.parametrize(("name", "text"), [("year", "2O16"), ("brief", "perhaps"), ("no", "1")])
def test_text_of_another_type_is_refused(
    declared: dict[str, Parameter], name: str, text: str
) -> None:
    with pytest.raises(ParameterError, match=name):
        parse_parameters(declared, {name: text}, "trial.ipynb")


def test_a_notebook_without_the_cell_has_no_parameters(write_notebook: Callable[..., Path]) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    assert read_parameters(notebook, "plain.ipynb") == {}
