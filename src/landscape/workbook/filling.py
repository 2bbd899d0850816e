"""Answers to be written into a workbook, as the worked example and the tests do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cell = str | float | int


@dataclass(frozen=True)
class Filling:
    """Answers by sheet.

    ``forms`` holds question -> answer, ``grids`` item -> question -> answer,
    ``lists`` rows of question -> answer, written below those of the register.
    Choices are given by their codes.
    """

    forms: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    grids: Mapping[str, Mapping[str, Mapping[str, Cell]]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, Cell]]] = field(default_factory=dict)
