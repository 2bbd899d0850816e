"""Pages whose code is run: what each block shows is set below it, so no figure is typed by hand."""

from __future__ import annotations

import ast
import contextlib
import io
import re
from typing import Any

import pandas as pd

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run_page(markdown: str, name: str) -> tuple[str, dict[str, Any]]:
    """The page with the result of each ``python`` block below it, and the names they defined.

    Blocks share one namespace. A block shows what it prints and the value of
    its last line, if that is an expression. Raises what the code raises, with
    the page's name and the block's number.
    """
    names: dict[str, Any] = {"__name__": name}
    number = 0

    def run(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{found[0]}\n\n{_run_block(found[1], f'{name}, block {number}', names)}"

    with pd.option_context("display.width", 110, "display.max_columns", 12, "display.max_rows", 30):
        return BLOCK.sub(run, markdown), names


def _run_block(code: str, place: str, names: dict[str, Any]) -> str:
    tree = ast.parse(code, place)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, place, "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), place, "eval"), names)
    shown = getattr(value, "svg", None)
    if shown is not None:
        return re.sub(r"\s*\n\s*", " ", value._repr_html_()) + "\n"
    text = printed.getvalue() + (str(value) if value is not None else "")
    return f"```text\n{text.rstrip()}\n```\n" if text.strip() else ""
