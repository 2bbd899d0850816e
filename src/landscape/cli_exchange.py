"""The command ``landscape export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landscape.errors import UsageError

EVERY = "all"


def export(
    *,
    country: Annotated[str, typer.Option(help="RO, BG, MD or FR; or all.", metavar="CODE")],
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORM",
            help="datapackage, hsds, data-inclusion, sdmx, hxl, geopackage, geoparquet, xlsx or "
            "dcat; or all, the catalogue (dcat) last.",
        ),
    ],
    out_folder: Annotated[Path | None, typer.Option("--out", help="Default exports/.")] = None,
    lang: Annotated[
        str, typer.Option(help="Of the explanations in the spreadsheet: en, fr, ro or bg.")
    ] = "en",
    publisher: Annotated[
        str, typer.Option(help="Who publishes the catalogue (dcat).", metavar="NAME")
    ] = "",
    contact: Annotated[
        str, typer.Option(help="Where to ask about it: an e-mail address or a page (dcat).")
    ] = "",
) -> None:
    """Write an edition in an open standard: files others can read, and what they will miss."""
    from landscape.exchange import FORMS, export
    from landscape.inventory import load
    from landscape.language import LANGUAGES
    from landscape.paths import project
    from landscape.sources.registry import countries
    from landscape.sources.registry import country as find_country

    if lang not in LANGUAGES:
        raise UsageError(f"unknown language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    codes = list(countries()) if country == EVERY else [find_country(country).code]
    inventories = [load(code) for code in codes]
    for each in FORMS if form == EVERY else [form]:
        written = export(
            inventories,
            each,
            out_folder or project().exports,
            lang=lang,
            publisher=publisher,
            contact=contact,
        )
        for place in written:
            typer.echo(str(place))
    if form in ("dcat", EVERY) and not publisher:
        typer.echo("the catalogue names no publisher yet; give --publisher NAME", err=True)
