"""The command ``landscape publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

OUT, ERR = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of all editions.")],
    *,
    edition: Annotated[str | None, typer.Option(help="An edition of reports.yml.")] = None,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Also where some reports could not be made.")
    ] = False,
    data: Annotated[
        bool, typer.Option("--data/--no-data", help="With the countries' data packages.")
    ] = True,
    lang: Annotated[str, typer.Option(help="Of the indexes: en, fr, ro or bg.")] = "en",
    reports: Annotated[Path | None, typer.Option(help="Default reports/.")] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare DIR with its checksums; publish nothing.")
    ] = False,
) -> None:
    """Put an edition into a folder for a web server or a USB stick; older ones stay as they are."""
    if verify:
        _verify(folder)
        return
    from landscape.language import language
    from landscape.paths import project
    from landscape.publishing import publish as publish_edition
    from landscape.reports.schedule import Run

    home, code = project(), language(lang).code
    run = Run(home.notebooks, home.processed, reports or home.reports, edition)
    done = publish_edition(run, folder, incomplete=incomplete, data=data, lang=code)
    told = f"{done.reports} report(s) in" if done.is_new else "nothing has changed since"
    OUT.print(f"{told} {done.folder}", markup=False)
    for file, why in done.missing.items():
        ERR.print(f"not published: {file} {why}", markup=False)
    if done.missing:
        raise typer.Exit(3)


def _verify(folder: Path) -> None:
    from landscape.publishing import verify

    faults = 0
    for edition, found in verify(folder):
        OUT.print(f"{edition.name}: {'whole' if not found else 'damaged'}", markup=False)
        faults += len(found)
        for fault in found:
            ERR.print(f"{edition.name}: {fault}", markup=False)
    if faults:
        raise typer.Exit(1)
