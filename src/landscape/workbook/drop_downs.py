"""The hidden sheet of drop-down lists."""

from __future__ import annotations

from typing import Any

from landscape.workbook.questionnaire import load_choices


class Lists:
    """Writes each list once, when a question first asks for it, and says where it stands."""

    def __init__(self, page: Any, reader: str, marker: str):
        self._page, self._reader = page, reader
        self._places: dict[str, str] = {}
        page.write_string(0, 0, marker)

    def place(self, choices: str) -> str:
        """The range of a list's words, as a validation refers to it."""
        if choices not in self._places:
            column = len(self._places) + 1
            words = [entry[self._reader] for entry in load_choices()[choices].values()]
            self._page.write_string(0, column, choices)
            self._page.write_column(1, column, words)
            letter = chr(ord("A") + column)
            sheet = self._page.get_name()
            self._places[choices] = f"={sheet}!${letter}$2:${letter}${len(words) + 1}"
        return self._places[choices]

    def close(self) -> None:
        """Hide the sheet and lock it."""
        self._page.hide()
        self._page.protect()
