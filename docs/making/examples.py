"""Examples in docstrings, set apart as code: Markdown would take ``>>>`` for a quotation."""

from __future__ import annotations

import re
from typing import Any

import griffe

EXAMPLE = re.compile(r"(?:^>>> .*\n?(?:^(?!>>> )\S.*\n?)*)+", re.MULTILINE)


def fence_examples(text: str) -> str:
    """The docstring with each run of examples and what they print as a block of code.

    >>> print(fence_examples("Twice.\\n\\n>>> 2 * 2\\n4"))
    Twice.
    <BLANKLINE>
    ```pycon
    >>> 2 * 2
    4
    ```
    """
    return EXAMPLE.sub(lambda found: f"```pycon\n{found[0].rstrip()}\n```\n", text).rstrip()


class FenceExamples(griffe.Extension):
    """Does so for every docstring of the package."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the text before it is shown."""
        if obj.docstring is not None:
            obj.docstring.value = fence_examples(obj.docstring.value)
