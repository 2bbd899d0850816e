"""Layouts of printed tables: merged cells, blanks that mean "as above", levels by indentation.

Everything here takes cells as text and gives them back as text; nothing is
guessed. Rows keep their index, so that a record still says where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

#: Words that begin the row of a total, in the languages of the offices.
TOTALS = ("total", "ensemble", "общо", "всичко", "întreaga țară")
#: What stands before a note below a table.
NOTE = re.compile(
    r"\s*(?:\*+|\(?\d\)|[¹²³]|source\b|sursa\b|note?\b|notă\b|източник\b|забележка\b)", re.I
)


def fill_down(cells: pd.Series) -> pd.Series:
    """Blank cells with the text above them, where blanks mean "as above".

    Blanks before the first text stay blank.

    >>> fill_down(pd.Series(["", "Alba", "", "Arad", ""])).tolist()
    ['', 'Alba', 'Alba', 'Arad', 'Arad']
    """
    return cells.fillna("").replace("", None).ffill().fillna("").astype("str")


def spread_merged(header: Sequence[str]) -> list[str]:
    """A header row whose merged cells keep their text in the first column only.

    >>> spread_merged(["Code", "Men", "", "Women", ""])
    ['Code', 'Men', 'Men', 'Women', 'Women']
    """
    return fill_down(pd.Series(list(header), dtype="str")).tolist()


def find_header(rows: pd.DataFrame, headers: Sequence[str]) -> int:
    """The label of the only row that holds all of the headers, below any title rows.

    Raises ValueError where no row does, or several.

    >>> find_header(pd.DataFrame([["Table 3", ""], ["Code", "Men"], ["1", "2"]]), ["Code", "Men"])
    1
    """
    holds = [set(headers) <= {str(cell).strip() for cell in row} for row in rows.to_numpy()]
    found = rows.index[holds]
    if len(found) != 1:
        raise ValueError(f"{len(found)} rows hold the headers {', '.join(headers)}, not one")
    return int(found[0])


def levels_by_indent(names: pd.Series) -> pd.Series:
    """The level of each name by the blanks before it: 0 for the least indented, then 1, 2, ...

    Raises ValueError where a name is indented by more than one level under
    the row above: then blanks do not tell levels.

    >>> levels_by_indent(pd.Series(["Alba", "  Aiud", "  Blaj", "Arad"])).tolist()
    [0, 1, 1, 0]
    """
    blanks = names.str.replace("\u00a0", " ").str.len() - names.str.lstrip(" \u00a0").str.len()
    levels = blanks.map({width: level for level, width in enumerate(sorted(blanks.unique()))})
    if len(levels) and (levels.iloc[0] > 0 or (levels.diff() > 1).any()):
        raise ValueError("the names are not indented level by level")
    return levels.astype("int64")


def is_total(names: pd.Series) -> pd.Series:
    """Whether a row is a total among the areas: its name begins with a word of ``TOTALS``.

    >>> is_total(pd.Series(["TOTAL", "Totești", "Общо за страната", "total județ"])).tolist()
    [True, False, True, True]
    """
    pattern = rf"(?i)\s*(?:{'|'.join(TOTALS)})(?!\w)"
    return names.fillna("").str.match(pattern)


def is_note(rows: pd.DataFrame) -> pd.Series:
    """Whether a row is a note: text in its first cell alone, with the mark of a note before it.

    A name with nothing beside it is an area without figures, and no note.

    >>> is_note(pd.DataFrame([["Alba", "3"], ["* provisional", ""], ["Arad", ""]])).tolist()
    [False, True, False]
    """
    alone = (rows.iloc[:, 1:].fillna("") == "").all(axis=1)
    return alone & rows.iloc[:, 0].fillna("").str.match(NOTE)
