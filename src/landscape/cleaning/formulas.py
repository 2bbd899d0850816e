"""Cells that a spreadsheet would run: one guard for everything that the project exports."""

from __future__ import annotations

import re

#: What a formula begins with, also in the wide letters that some programs turn into plain ones.
_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[-+](?:\d[\d.,\s]*)?\d\s?%?")


def safe_cell(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula.

    Numbers with a sign, and dashes that stand for nothing, stay as they are.

    >>> safe_cell("=1+1"), safe_cell("-5,2"), safe_cell("-"), safe_cell("Abrud")
    ("'=1+1", '-5,2', '-', 'Abrud')
    """
    start = text.lstrip()
    if not (start.startswith(_STARTS) or text.startswith(_BREAKS)):
        return text
    is_plain = not start.strip("-+ ") or _NUMBER.fullmatch(start)
    return text if is_plain and not text.startswith(_BREAKS) else f"'{text}"


def bare_cell(text: str) -> str:
    """The text without the apostrophe that ``safe_cell`` put before it.

    >>> bare_cell("'=1+1"), bare_cell("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    inside = text[1:]
    return inside if text.startswith("'") and safe_cell(inside) == text else text
