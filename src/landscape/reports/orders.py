"""What a worker is given to make a report, and what it gives back: plain values that travel."""

from __future__ import annotations

from dataclasses import dataclass, field

#: A report that takes longer than this many seconds is stopped.
MOST_SECONDS = 300


@dataclass(frozen=True)
class Order:
    """One report to make; all that a worker on another machine needs but the tables.

    ``notebook`` is the notebook's text and ``folder`` where it stands;
    ``environment`` holds variables that the report sees, such as
    ``LANDSCAPE_HOME``; ``seconds`` is the time limit.
    """

    notebook: str
    notebook_name: str
    folder: str
    values: dict[str, object]
    environment: dict[str, str] = field(default_factory=dict)
    seconds: float = MOST_SECONDS


@dataclass(frozen=True)
class Result:
    """A page, or the reason why there is none.

    ``used`` are the tables asked for, relative to the folder of tables;
    ``transient`` says that the same order may well succeed another time;
    ``failing`` is the notebook up to the cell that failed, ``log`` the details.
    """

    html: str = ""
    used: tuple[str, ...] = ()
    error: str = ""
    transient: bool = False
    failing: str = ""
    log: str = ""
    cpu_seconds: float = 0.0
