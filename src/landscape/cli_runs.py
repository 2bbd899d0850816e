"""The command ``landscape run``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from landscape.reports.schedule import Outcome, Run, Summary

    Say = Callable[[Outcome, int, int], None]

OUT, ERR = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)


def run(
    *,
    edition: Annotated[str | None, typer.Option(help="An edition of reports.yml.")] = None,
    country: Annotated[
        str | None, typer.Option(help="Its reports alone: RO, BG, MD or FR.", metavar="CODE")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Reports made at once.")] = 1,
    cluster: Annotated[
        str,
        typer.Option(help="A Dask scheduler, such as tcp://host:8786.", metavar="ADDRESS"),
    ] = "",
    tables_at: Annotated[
        str,
        typer.Option(
            "--tables",
            help="Where its workers find the tables: a folder, or an address such as "
            "s3://bucket/processed; default data/processed.",
            metavar="ADDRESS",
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be made and why; make nothing.")
    ] = False,
    limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds after which a report is stopped.")
    ] = 300,
    out_folder: Annotated[Path | None, typer.Option("--out", help="Default reports/.")] = None,
) -> None:
    """Make the scheduled reports that are missing or out of date, and their index."""
    from landscape.paths import project
    from landscape.reports.schedule import Run, run_schedule
    from landscape.sources.registry import country as card_of

    home = project()
    out = out_folder or home.reports
    code = card_of(country).code if country else ""
    folders = (home.notebooks, home.processed, out)
    plan = Run(*folders, edition, jobs, limit, cluster, tables_at, code)
    if dry_run:
        _tell_tasks(plan, as_json)
        return
    with _telling(as_json) as say:
        summary = run_schedule(plan, say)
    if as_json:
        _print_json(summary.as_dict())
    else:
        _tell_summary(summary)
    if summary.failed:
        for failure in summary.failed:
            ERR.print(f"failed: {failure.name}: {failure.error}", markup=False)
        ERR.print(f"notebooks and logs of failures: {out / 'failed'}", markup=False)
        raise typer.Exit(3)


def _tell_tasks(plan: Run, as_json: bool) -> None:
    from landscape.reports.schedule import list_tasks

    tasks = list_tasks(plan)
    if as_json:
        _print_json([{"report": str(t.job), "file": t.job.file, "why": t.why} for t in tasks])
        return
    asked = [task for task in tasks if task.why]
    for task in asked:
        sys.stdout.write(f"{task.job.file}\t{task.why}\n")
    sys.stdout.write(f"{len(asked)} report(s) to make, {len(tasks) - len(asked)} up to date\n")


@contextmanager
def _telling(quiet: bool) -> Iterator[Say]:
    """A bar with the time left on a terminal, one line a report elsewhere."""
    if quiet:
        yield lambda outcome, done, asked: None
    elif not ERR.is_terminal:
        yield lambda outcome, done, asked: ERR.print(_line(outcome, done, asked), markup=False)
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=ERR, transient=True) as progress:
            bar = progress.add_task("reports", total=None)

            def say(outcome: Outcome, done: int, asked: int) -> None:
                if outcome.error:
                    progress.console.print(_line(outcome, done, asked), markup=False)
                progress.update(bar, completed=done, total=asked, description=outcome.name)

            yield say


def _line(outcome: Outcome, done: int, asked: int) -> str:
    result = outcome.path.name if outcome.path else f"failed: {outcome.error}"
    return f"[{done}/{asked}] {outcome.name}: {result} ({outcome.seconds:.1f} s)"


def _tell_summary(summary: Summary) -> None:
    """A table of what was made, and one line on the whole."""
    from rich.table import Table

    changed = [each for each in summary.outcomes if each.why or each.error]
    if changed and OUT.is_terminal:
        table = Table("report", "result", "because", "seconds")
        for each in changed:
            result = each.path.name if each.path else "failed"
            table.add_row(each.name, result, each.why, f"{each.seconds:.1f}")
        OUT.print(table)
    if not changed:
        there = len(summary.unchanged)
        OUT.print(f"nothing to do: {there} report(s) up to date ({summary.seconds:.1f} s)")
        return
    kept = f", {len(summary.unchanged)} up to date" if summary.unchanged else ""
    OUT.print(
        f"{len(summary.made)} report(s){kept} and {summary.index} in {summary.seconds:.0f} s",
        markup=False,
    )


def _print_json(content: object) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
