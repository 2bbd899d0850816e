"""The command ``landscape pages``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

OUT, ERR = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)
NOTEBOOK = "municipality_profile.ipynb"


def pages(
    *,
    country: Annotated[str, typer.Option(help="RO, BG, MD or FR.", metavar="CODE")],
    lang: Annotated[str, typer.Option(help="en, fr, ro or bg.")] = "en",
    level: Annotated[
        Literal["municipality", "county"], typer.Option(help="Which areas have a page.")
    ] = "municipality",
    out_folder: Annotated[
        Path | None, typer.Option("--out", help="Default reports/pages/CODE_LANG.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes at work.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Make the profile of every area of a country, as light pages, and an index to find any."""
    from landscape.errors import UsageError
    from landscape.language import LANGUAGES
    from landscape.paths import project
    from landscape.reports.atlas import open_atlas
    from landscape.reports.pages.make import Wish, make_pages
    from landscape.sources.registry import country as card_of

    code = card_of(country).code
    if lang not in LANGUAGES:
        raise UsageError(f"unknown language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    home = project()
    tier = "" if level == "municipality" else f"_{level}"
    out = out_folder or home.reports / "pages" / f"{code}_{lang}{tier}"
    wish = Wish(code, level, lang, home.notebooks / NOTEBOOK, out, jobs)
    with _telling(as_json) as say:
        outcome = make_pages(wish, open_atlas(code), say)
    if as_json:
        told = {
            "made": outcome.made,
            "unchanged": outcome.unchanged,
            "failed": outcome.failed,
            "index": str(outcome.index),
            "seconds": round(outcome.seconds, 1),
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        OUT.print(
            f"{outcome.made} page(s) made, {outcome.unchanged} up to date, and {outcome.index} "
            f"in {outcome.seconds:.0f} s",
            markup=False,
        )
    for area, reason in outcome.failed.items():
        ERR.print(f"failed: {area}: {reason}", markup=False)
    if outcome.failed:
        raise typer.Exit(3)


@contextmanager
def _telling(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left on a terminal, a line for each batch elsewhere."""
    if quiet:
        yield lambda done, asked: None
    elif not ERR.is_terminal:
        yield lambda done, asked: ERR.print(f"[{done}/{asked}] pages", markup=False)
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=ERR, transient=True) as progress:
            bar = progress.add_task("pages", total=None)
            yield lambda done, asked: progress.update(bar, completed=done, total=asked)
