"""The scheduled set: every report of an edition, and the index of all reports."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from landscape.errors import LandscapeError
from landscape.reports.index import write_index
from landscape.reports.plan import Job, list_jobs, read_plan
from landscape.reports.render import MOST_SECONDS, render_report


@dataclass(frozen=True)
class Outcome:
    """What became of one report: its file, or the reason why there is none."""

    name: str
    seconds: float
    path: Path | None = None
    error: str = ""


@dataclass(frozen=True)
class Summary:
    """What became of the set, in the order of the plan."""

    outcomes: tuple[Outcome, ...]
    index: Path
    seconds: float

    @property
    def made(self) -> list[Outcome]:
        """The reports that are there."""
        return [outcome for outcome in self.outcomes if outcome.path]

    @property
    def failed(self) -> list[Outcome]:
        """The reports that could not be made, each with its reason."""
        return [outcome for outcome in self.outcomes if not outcome.path]

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {
            "made": [
                {"report": each.name, "file": str(each.path), "seconds": round(each.seconds, 2)}
                for each in self.made
            ],
            "failed": [{"report": each.name, "error": each.error} for each in self.failed],
            "index": str(self.index),
            "seconds": round(self.seconds, 2),
        }


def run_schedule(
    notebooks: Path,
    out: Path,
    edition: str | None = None,
    *,
    jobs: int = 1,
    say: Callable[[str], None] = lambda line: None,
    timeout: int = MOST_SECONDS,
) -> Summary:
    """Make every report of an edition, then the index; one that fails stops no other.

    ``notebooks`` holds ``reports.yml``; without ``edition`` its first one is
    made. ``say`` is given one line per report as it ends. Raises PlanError or
    ParameterError before anything starts where the plan is wrong.
    """
    started = time.perf_counter()
    planned = list_jobs(read_plan(notebooks / "reports.yml"), edition, notebooks)
    outcomes: dict[int, Outcome] = {}
    for done, (place, outcome) in enumerate(_outcomes(planned, out, jobs, timeout), start=1):
        outcomes[place] = outcome
        result = outcome.path.name if outcome.path else f"failed: {outcome.error}"
        say(f"[{done}/{len(planned)}] {outcome.name}: {result} ({outcome.seconds:.1f} s)")
    index = write_index(out)
    ordered = tuple(outcomes[place] for place in sorted(outcomes))
    return Summary(ordered, index, time.perf_counter() - started)


def make_report(job: Job, out: Path, timeout: int) -> Outcome:
    """One report, with its failure caught: the next one does not depend on it."""
    started = time.perf_counter()
    path, error = None, ""
    try:
        path = render_report(job.notebook, job.parameters, out, job.language, timeout)
    except LandscapeError as reason:
        error = str(reason)
    except Exception as reason:
        error = " ".join(f"{type(reason).__name__}: {reason}".split())
    return Outcome(str(job), time.perf_counter() - started, path, error)


def _outcomes(
    planned: list[Job], out: Path, jobs: int, timeout: int
) -> Iterator[tuple[int, Outcome]]:
    """Each report's place in the plan and outcome, as they end."""
    if jobs <= 1 or len(planned) <= 1:
        for place, job in enumerate(planned):
            yield place, make_report(job, out, timeout)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(planned)), mp_context=context) as pool:
        futures: dict[Future[Outcome], int] = {
            pool.submit(make_report, job, out, timeout): place for place, job in enumerate(planned)
        }
        for future in as_completed(futures):
            place = futures[future]
            reason = future.exception()
            yield (
                place,
                Outcome(str(planned[place]), 0.0, error=f"its process ended: {reason}")
                if reason
                else future.result(),
            )
