"""The parameters of a notebook: what its ``parameters`` cell declares, and values for them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landscape.errors import LandscapeError
from landscape.sources.registry import country

if TYPE_CHECKING:  # importing it takes longer than a run that finds nothing to do
    from nbformat import NotebookNode

TAG = "parameters"
_SCALARS = {"str": str, "int": int, "float": float, "bool": bool}
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class ParameterError(LandscapeError, ValueError):
    """A notebook does not know the parameter, or its value has the wrong type."""


@dataclass(frozen=True)
class Parameter:
    """One declared parameter: its name, its type (``str``, ``int``, ``list``, ...), its default."""

    name: str
    kind: str
    default: Any

    def accepts(self, value: object) -> bool:
        """Whether the value has the declared type; a whole number is also a float, not a bool."""
        if value is None:
            return self.default is None
        if self.kind == "float":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        if self.kind == "list":
            scalars = tuple(_SCALARS.values())
            return isinstance(value, list) and all(isinstance(each, scalars) for each in value)
        return type(value) is _SCALARS.get(self.kind, type(None))

    def parse(self, text: str) -> object:
        """A value written on the command line, in the declared type; lists take commas.

        Raises ValueError if the text is not of that type.
        """
        if self.kind == "list":
            return [part.strip() for part in text.split(",") if part.strip()]
        if self.kind == "bool":
            if text.lower() not in _WORDS:
                raise ValueError(text)
            return _WORDS[text.lower()]
        return _SCALARS.get(self.kind, str)(text)


def read_parameters(notebook: NotebookNode, name: str) -> dict[str, Parameter]:
    """The parameters that the notebook declares, in order.

    Its cell tagged ``parameters`` holds nothing but assignments of literals
    (``country = "RO"``, ``limit: int | None = None``). ``name`` is what error
    messages call the notebook. Raises ParameterError if there is not exactly
    one such cell, or if it holds anything else.
    """
    cells = [cell for cell in notebook.cells if TAG in cell.metadata.get("tags", [])]
    if not cells:
        return {}
    if len(cells) > 1:
        raise ParameterError(f"{name}: {len(cells)} cells are tagged {TAG!r}, expected one")
    declared = {}
    for statement in ast.parse(cells[0].source).body:
        parameter = _declaration(statement)
        if parameter is None:
            raise ParameterError(
                f"{name}, parameters cell, line {statement.lineno}: "
                "only assignments of plain values belong here"
            )
        declared[parameter.name] = parameter
    return declared


def _declaration(statement: ast.stmt) -> Parameter | None:
    """The parameter that a statement declares; None if it does something else."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, annotation = statement.targets[0], ""
    elif isinstance(statement, ast.AnnAssign):
        target, annotation = statement.target, ast.unparse(statement.annotation)
    else:
        return None
    if not isinstance(target, ast.Name) or statement.value is None:
        return None
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        return None
    kind = annotation.split("|")[0].split("[")[0].strip() or type(default).__name__
    return Parameter(target.id, kind, default)


def check_parameters(
    declared: Mapping[str, Parameter], values: Mapping[str, object], name: str
) -> None:
    """Raises ParameterError for a value whose name or type the notebook does not declare.

    papermill writes names into the notebook's code as they are: nothing that
    the notebook has not declared may pass.
    """
    for key, value in values.items():
        if key not in declared:
            known = ", ".join(declared) or "none"
            raise ParameterError(f"{name} has no parameter {key!r}; it has: {known}")
        if not declared[key].accepts(value):
            raise ParameterError(
                f"{name}: parameter {key} takes {declared[key].kind}, "
                f"not {type(value).__name__} {value!r}"
            )


def check_countries(values: Mapping[str, object]) -> None:
    """UsageError, before minutes of work, for a ``country`` or ``countries`` that do not exist."""
    several = values.get("countries", [])
    for code in [values.get("country", ""), *(several if isinstance(several, list) else [])]:
        if code:
            country(str(code))


def parse_parameters(
    declared: Mapping[str, Parameter], texts: Mapping[str, str], name: str
) -> dict[str, object]:
    """Values written as text on the command line, each in the type its notebook declares.

    Raises ParameterError for an unknown name or a text of another type.
    """
    values: dict[str, object] = {}
    for key, text in texts.items():
        if key not in declared:
            check_parameters(declared, {key: text}, name)
        try:
            values[key] = declared[key].parse(text)
        except ValueError as error:
            raise ParameterError(
                f"{name}: parameter {key} takes {declared[key].kind}, not {text!r}"
            ) from error
    return values
