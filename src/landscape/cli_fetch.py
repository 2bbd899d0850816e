"""The command ``landscape fetch``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landscape.errors import LandscapeError, UsageError

if TYPE_CHECKING:
    from landscape.fetch.download import Progress


def fetch(
    *,
    country: Annotated[
        str | None, typer.Option(help="One country only: RO, BG, MD or FR.", metavar="CODE")
    ] = None,
    source: Annotated[
        str, typer.Option(help="One source only, such as siruta.", metavar="NAME")
    ] = "",
    mirror: Annotated[
        Path | None,
        typer.Option(help="A folder of official files, <country>/<source>/<file>; no network."),
    ] = None,
    newer: Annotated[
        bool, typer.Option("--newer", help="Ask for new vintages also where the file is here.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the new vintage that was told.")
    ] = False,
    period: Annotated[
        str, typer.Option(help="What the accepted figures are about, such as 2027-06.")
    ] = "",
) -> None:
    """Official files into data/raw, each checked against its source.yml: one line a file."""
    from landscape.fetch import fetch_country
    from landscape.paths import project
    from landscape.sources.registry import countries
    from landscape.sources.registry import country as find_country

    if source and country is None:
        raise UsageError("--source needs --country, such as: --country RO --source siruta")
    if period and not (accept and source):
        raise UsageError("--period goes with --accept and one --source")
    codes = list(countries()) if country is None else [find_country(country).code]
    if mirror is not None and not (newer or accept or source):
        for code in codes:
            copied = fetch_country(code, mirror, project().raw, _say)
            typer.echo(f"{code}: {copied} file(s) fetched; the others were there already")
        return
    if mirror is not None and not mirror.is_dir():
        raise LandscapeError(f"{mirror}: no such folder; give the folder of the official files")
    _fetch_live(codes, source, mirror, newer=newer, accept=accept, period=period)


def _fetch_live(
    codes: list[str], source: str, mirror: Path | None, *, newer: bool, accept: bool, period: str
) -> None:
    """Tell each file in a line; LandscapeError at the end where some are not as described."""
    from landscape.fetch import fetch_live
    from landscape.fetch.live import Wish
    from landscape.paths import cache_folder, project

    wish = Wish(accept=accept, newer=newer, period=period, mirror=mirror, progress=_bar)
    states: Counter[str] = Counter()
    for code in codes:
        for outcome in fetch_live(
            code, project().raw, source=source, cache=cache_folder(), wish=wish
        ):
            typer.echo(str(outcome))
            states["good" if outcome.is_good else outcome.state] += 1
    wrong = {state: count for state, count in states.items() if state != "good"}
    if wrong:
        listed = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in wrong.items())
        raise LandscapeError(f"{states['good']} file(s) are in their place; {listed}: see above")


def _bar(file: str) -> Progress:
    """A line that grows on a terminal; one plain line where there is none."""
    if not sys.stderr.isatty():
        _say(f"downloading {file}")
        return lambda _have, _whole: None

    def show(have: int, whole: int | None) -> None:
        share = f" of {whole / 2**20:.1f}" if whole else ""
        end = "\n" if have == whole else ""
        sys.stderr.write(f"\r{file}: {have / 2**20:.1f}{share} MB{end}")
        sys.stderr.flush()

    return show


def _say(line: str) -> None:
    typer.echo(line, err=True)
