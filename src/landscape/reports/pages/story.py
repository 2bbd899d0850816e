"""The cells of a notebook, compiled once and run for one portrait after the other.

The page maker has no story of its own: it runs the notebook's cells in this
process, so that its pages tell what the notebook tells. Two names of the
notebook stand for something else here: ``read_portrait`` gives a portrait that
was gathered with many others, and ``profile.open_profile`` opens a compact page.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

from landscape.reports.blocks import Block
from landscape.reports.execute import read_notebook
from landscape.reports.files import ReportError
from landscape.reports.page import Page
from landscape.reports.pages.compact import CompactPage
from landscape.reports.portrait import Portrait
from landscape.reports.story import profile

_SHOWN = "_shown"


@dataclass(frozen=True)
class Story:
    """The code of a notebook's cells, and the names that its imports bind."""

    cells: tuple[CodeType, ...]
    names: dict[str, Any]

    def tell(self, portrait: Portrait) -> list[Block]:
        """The blocks that the cells show of a portrait, in their order; the page's header first."""
        shown: list[Block] = []

        def show(*values: object) -> None:
            for value in values:
                if isinstance(value, Page):
                    shown.append(value.header())
                elif isinstance(value, Block):
                    shown.append(value)

        names = {
            **self.names,
            "area": portrait.area_id,
            "lang": portrait.reading.language.code,
            "read_portrait": lambda *_: portrait,
            "display": show,
            _SHOWN: show,
        }
        for cell in self.cells:
            exec(cell, names)
        return shown


def read_story(notebook: Path) -> Story:
    """The notebook's cells, ready to be run; ReportError where it does not read a portrait."""
    names: dict[str, Any] = {}
    cells = []
    for cell in read_notebook(notebook).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source, notebook.name)
        imports: list[ast.stmt] = [
            each for each in tree.body if isinstance(each, (ast.Import, ast.ImportFrom))
        ]
        exec(_compile(imports, notebook), names)
        told = [each for each in tree.body if each not in imports]
        if "parameters" in cell.metadata["tags"]:
            exec(_compile(told, notebook), names)
        else:
            cells.append(_compile(_show_last(told), notebook))
    if "read_portrait" not in names or names.get("profile") is not profile:
        raise ReportError(f"{notebook}: does not tell the profile of a portrait")
    open_profile = partial(profile.open_profile, kind=CompactPage)
    names["profile"] = SimpleNamespace(**{**vars(profile), "open_profile": open_profile})
    return Story(tuple(cells), names)


def _compile(statements: list[ast.stmt], notebook: Path) -> CodeType:
    tree = ast.fix_missing_locations(ast.Module(statements, type_ignores=[]))
    return compile(tree, notebook.name, "exec")


def _show_last(statements: list[ast.stmt]) -> list[ast.stmt]:
    """The value of a cell's last line is shown, as a notebook shows it."""
    if not statements or not isinstance(statements[-1], ast.Expr):
        return statements
    last = statements[-1]
    show = ast.Call(ast.Name(_SHOWN, ast.Load()), [last.value], [])
    return [*statements[:-1], ast.copy_location(ast.Expr(show), last)]
