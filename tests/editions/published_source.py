"""One source whose producer is a server on this machine, and what its producer may change."""

from __future__ import annotations

from collections.abc import Callable

from producer_server import Producer

from landscape.fetch import Outcome
from landscape.fetch.download import Limits
from landscape.paths import project

FIXTURE = project().root / "tests" / "sources" / "ro" / "fixtures" / "population_2021.csv"
SOURCE, FILE = "population_2021", "uat_cif_pop_2021.csv"
QUICK = Limits(connect=2, silence=0.5, whole=20, first_wait=0.01)

Fetch = Callable[..., Outcome]


def publish(producer: Producer, change: Callable[[list[str]], list[str]]) -> bytes:
    """The producer publishes the same file with other lines."""
    lines = change(FIXTURE.read_text("utf-8").splitlines(keepends=True))
    (producer.files / FILE).write_text("".join(lines), encoding="utf-8")
    return (producer.files / FILE).read_bytes()


def one_more(lines: list[str]) -> list[str]:
    return [*lines, lines[1].replace(",1017,", ",888888,")]
