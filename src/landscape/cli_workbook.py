"""The commands on inventory workbooks: ``landscape workbook`` and ``landscape check``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from landscape.errors import UsageError


def workbook(
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder for the workbooks.")],
    country: Annotated[str | None, typer.Option(help="RO, BG, MD or FR.", metavar="CODE")] = None,
    areas: Annotated[
        Path | None, typer.Option(help="A CSV with a column area_id, one authority a row.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="en, fr, ro or bg.")] = None,
    year: Annotated[int | None, typer.Option(help="Of the round; default this year.")] = None,
    example: Annotated[
        bool, typer.Option("--example", help="The twelve fictive authorities instead.")
    ] = False,
    filled: Annotated[
        bool, typer.Option("--filled", help="With the answers of the worked example.")
    ] = False,
) -> None:
    """Write inventory workbooks to send out, one .xlsx an authority."""
    from landscape.language import LANGUAGES
    from landscape.sending import write_example_round, write_round

    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"unknown language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    if example:
        if country is not None or areas is not None:
            raise UsageError("--example has its own authorities: leave out --country and --areas")
        paths = write_example_round(out, lang, filled=filled)
    else:
        if country is None or areas is None or filled:
            raise UsageError(
                "workbook needs --country and --areas (or --example; --filled goes with it)"
            )
        paths = write_round(country, areas, lang, year or date.today().year, out)
    typer.echo(f"{len(paths)} workbook(s) in {out}")


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A returned workbook.")],
) -> None:
    """Check a returned inventory workbook: one line a problem, in its language."""
    from landscape.workbook.check import check_workbook

    problems, all_well = check_workbook(file)
    for line in problems or [all_well]:
        typer.echo(line)
    if problems:
        raise typer.Exit(1)
