"""The scheduled set: what is missing or out of date is made, and the index of all reports."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from landscape.errors import LandscapeError
from landscape.paths import project
from landscape.reports.files import write_whole
from landscape.reports.fingerprint import Tables, hash_code
from landscape.reports.orders import MOST_SECONDS, Order, Result
from landscape.reports.outdated import Task, find_tasks
from landscape.reports.plan import Job, list_jobs, read_plan
from landscape.reports.pools import collect, open_cluster, open_local
from landscape.reports.remote import Terms, describe_installation
from landscape.reports.state import FOLDER, Made, State, open_state
from landscape.reports.wanted import find_wanted
from landscape.reports.workers import (
    call_in_process,
    write_index_of,
)

INDEX, FAILED, PARTS = "index.html", "failed", "parts"
#: What of the surroundings a report may see; a worker elsewhere is given the same.
_PASSED_ON = ("LANDSCAPE_HOME", "SOURCE_DATE_EPOCH")


@dataclass(frozen=True)
class Outcome:
    """What became of one report: its file, or the reason why there is none.

    ``why`` is the reason why it was made; empty where it was as it should be.
    """

    name: str
    seconds: float
    path: Path | None = None
    error: str = ""
    why: str = ""
    cpu_seconds: float = 0.0


@dataclass(frozen=True)
class Summary:
    """What became of the set, in the order of the plan."""

    outcomes: tuple[Outcome, ...]
    index: Path
    seconds: float

    @property
    def made(self) -> list[Outcome]:
        """The reports that this run made."""
        return [outcome for outcome in self.outcomes if outcome.path and outcome.why]

    @property
    def unchanged(self) -> list[Outcome]:
        """The reports that were there already, from the same tables, notebook and code."""
        return [outcome for outcome in self.outcomes if outcome.path and not outcome.why]

    @property
    def failed(self) -> list[Outcome]:
        """The reports that could not be made, each with its reason."""
        return [outcome for outcome in self.outcomes if not outcome.path]

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {
            "made": [
                {
                    "report": each.name,
                    "file": str(each.path),
                    "seconds": round(each.seconds, 2),
                    "cpu_seconds": round(each.cpu_seconds, 2),
                    "why": each.why,
                }
                for each in self.made
            ],
            "unchanged": [{"report": e.name, "file": str(e.path)} for e in self.unchanged],
            "failed": [{"report": each.name, "error": each.error} for each in self.failed],
            "index": str(self.index),
            "seconds": round(self.seconds, 2),
        }


@dataclass(frozen=True)
class Run:
    """Where a run works: notebooks, tables, the folder of reports; and its limits.

    ``cluster`` is the address of a Dask scheduler, whose workers find the tables
    at ``tables_at`` (by default where they are here); without it ``jobs``
    processes of this machine work. ``country`` leaves out the reports that are
    not about it alone.
    """

    notebooks: Path
    tables: Path
    out: Path
    edition: str | None = None
    jobs: int = 1
    seconds: float = MOST_SECONDS
    cluster: str = ""
    tables_at: str = ""
    country: str = ""

    def list_jobs(self) -> list[Job]:
        """The plan's reports; PlanError or ParameterError where the plan is wrong."""
        plan = read_plan(self.notebooks / "reports.yml")
        jobs = list_jobs(plan, self.edition, self.notebooks, self.tables)
        return [job for job in jobs if not self.country or job.is_about(self.country)]


def run_schedule(
    run: Run,
    say: Callable[[Outcome, int, int], None] = lambda outcome, done, asked: None,
) -> Summary:
    """Make the reports of an edition that are missing or out of date, then the index.

    One that fails stops no other. ``say`` is given each outcome as it ends,
    with how many have ended of how many. Raises PlanError or ParameterError
    before anything starts where the plan is wrong, and LandscapeError where
    another run is at work in the same folder or the cluster cannot be used.
    """
    started = time.perf_counter()
    jobs = run.list_jobs()
    with open_state(run.out) as state:
        parts = _clear_parts(run.out)
        tables = Tables(run.tables, state.checksums())
        before = tables.take_stock()
        state.record_checksums(tables.known)
        code = hash_code()
        tasks = find_tasks(jobs, run.out, state.reports(), tables, code)
        asked = [task for task in tasks if task.why]
        outcomes = {t.job.file: Outcome(str(t.job), 0.0, run.out / t.job.file) for t in tasks}
        for done, (task, result, seconds) in enumerate(_results(run, asked, before), start=1):
            outcome = Outcome(
                str(task.job), seconds, None, result.error, task.why, result.cpu_seconds
            )
            if not result.error:
                outcome = _keep(outcome, task, run.out, result, parts)
            if outcome.path:
                used = tables.of(result.used, before)
                state.record(task.job.file, _describe(outcome, task, code, used, result.html))
            _keep_failure(run.out, task.job, outcome, result)
            outcomes[task.job.file] = outcome
            say(outcome, done, len(asked))
        index = _refresh_index(run, state, code, before)
    return Summary(tuple(outcomes.values()), index, time.perf_counter() - started)


def list_tasks(run: Run) -> list[Task]:
    """What a run would do and why, without doing it (``--dry-run``)."""
    jobs = run.list_jobs()
    reports: dict[str, Made] = {}
    known: dict[str, tuple[int, int, str]] = {}
    if (run.out / FOLDER / "runs.sqlite").exists():
        state = State(run.out)
        reports, known = state.reports(), state.checksums()
        state.close()
    return find_tasks(jobs, run.out, reports, Tables(run.tables, known), hash_code())


def _results(
    run: Run, tasks: list[Task], stock: dict[str, str]
) -> Iterator[tuple[Task, Result, float]]:
    """Each task with its result and seconds, as they end."""
    if not tasks:
        return
    asked = ((task.job.notebook.stem, task.job.values) for task in tasks)
    wanted = find_wanted(run.tables, asked)
    if run.cluster:
        address = run.tables_at or str(run.tables.resolve())
        terms = Terms(describe_installation(), address, stock, wanted)
        opened = open_cluster(run.cluster, terms)
    else:
        opened = open_local(min(run.jobs, len(tasks)), wanted)
    with opened as pool:
        for place, result, seconds in collect(pool, [_order(task.job, run) for task in tasks]):
            yield tasks[place], result, seconds


def _order(job: Job, run: Run) -> Order:
    return Order(
        job.notebook.read_text(encoding="utf-8"),
        job.notebook.name,
        str(job.notebook.parent.resolve()),
        job.values,
        _environment(),
        run.seconds,
    )


def _environment() -> dict[str, str]:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {"LANDSCAPE_HOME": str(project().root), **environment}


def _keep(outcome: Outcome, task: Task, out: Path, result: Result, parts: Path) -> Outcome:
    """Write the page; where that fails the outcome says so."""
    try:
        write_whole(out / task.job.file, result.html, parts)
    except LandscapeError as error:
        return replace(outcome, error=str(error))
    return replace(outcome, path=out / task.job.file)


def _describe(outcome: Outcome, task: Task, code: str, used: dict[str, str], html: str) -> Made:
    assert outcome.path is not None
    written = outcome.path.stat()
    checksum = hashlib.sha256(html.encode()).hexdigest()
    return Made(
        task.asked, code, used, written.st_size, written.st_mtime_ns, outcome.seconds, checksum
    )


def _keep_failure(out: Path, job: Job, outcome: Outcome, result: Result) -> None:
    """The failing notebook and its log beside the reports; those of an earlier failure go."""
    folder, stem = out / FAILED, job.file.removesuffix(".html")
    log, notebook = folder / f"{stem}.log", folder / f"{stem}.ipynb"
    try:
        log.unlink(missing_ok=True)
        notebook.unlink(missing_ok=True)
        if outcome.path:
            return
        folder.mkdir(exist_ok=True)
        values = "".join(f"{name} = {value!r}\n" for name, value in job.values.items())
        log.write_text(f"{outcome.error}\n\n{values}\n{result.log}\n", encoding="utf-8")
        if result.failing:
            notebook.write_text(result.failing, encoding="utf-8")
    except OSError:
        return  # A full disk: the outcome has told the reason already.


def _clear_parts(out: Path) -> Path:
    """The folder for unfinished files, without what a killed run left in it."""
    parts = out / FOLDER / PARTS
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True, exist_ok=True)
    return parts


def _refresh_index(run: Run, state: State, code: str, tables: dict[str, str]) -> Path:
    """The index, written again only where what it was written from has changed."""
    found = sorted(path for path in run.out.glob("*.html") if path.name != INDEX)
    content = "".join(f"{p.name} {p.stat().st_size} {p.stat().st_mtime_ns}\n" for p in found)
    content = f"{code}\n{sorted(tables.items())}\n{content}"
    if state.indexed() != content or not (run.out / INDEX).exists():
        call_in_process(write_index_of, run.out, _environment())
        state.record_index(content)
    return run.out / INDEX
