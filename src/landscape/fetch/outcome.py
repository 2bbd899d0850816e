"""What became of one official file, in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["there", "fetched", "accepted", "changed", "refused", "unreachable", "no_address"]
#: States in which the official file is where it belongs.
GOOD = ("there", "fetched", "accepted")


@dataclass(frozen=True)
class Outcome:
    """One file: ``ro/siruta/siruta_s1_2024.csv``, its state and what there is to say."""

    file: str
    state: State
    told: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the file that ``source.yml`` describes now lies in ``data/raw``."""
        return self.state in GOOD

    def __str__(self) -> str:
        words = self.state.replace("_", " ")
        return f"{self.file}: {words}{'; ' if self.told else ''}{self.told}"
