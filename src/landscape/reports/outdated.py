"""Which reports are to be made, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from landscape.reports.fingerprint import ABSENT, Tables, hash_order
from landscape.reports.plan import Job
from landscape.reports.state import Made


@dataclass(frozen=True)
class Task:
    """A report of the plan; ``why`` it is to be made, empty where it is up to date."""

    job: Job
    asked: str
    why: str


def find_tasks(
    jobs: list[Job], out: Path, reports: dict[str, Made], tables: Tables, code: str
) -> list[Task]:
    """Every report of the plan, in its order, with the reason why it is to be made."""
    notebooks = {path: path.read_bytes() for path in {job.notebook for job in jobs}}
    tasks = []
    for job in jobs:
        asked = hash_order(job, notebooks[job.notebook])
        tasks.append(Task(job, asked, _why(out / job.file, asked, reports, tables, code)))
    return tasks


def _why(path: Path, asked: str, reports: dict[str, Made], tables: Tables, code: str) -> str:
    made = reports.get(path.name)
    try:
        found = path.stat()
    except OSError:
        return "is missing"
    if made is None:
        return "was not made by a run"
    if (found.st_size, found.st_mtime_ns) != (made.size, made.mtime_ns):
        return "its file was changed"
    if made.asked != asked:
        return "the notebook or its parameters changed"
    if made.code != code:
        return "the code changed"
    return _why_tables(made, tables)


def _why_tables(made: Made, tables: Tables) -> str:
    changed = [name for name, before in made.tables.items() if tables.checksum(name) != before]
    if not changed:
        return ""
    lost = [name for name in changed if tables.checksum(name) == ABSENT]
    return f"{'lost' if lost else 'changed'}: {', '.join((lost or changed)[:3])}"
