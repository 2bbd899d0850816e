"""The command ``landscape``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from landscape import (
    cli_exchange,
    cli_fetch,
    cli_new,
    cli_pages,
    cli_publish,
    cli_runs,
    cli_workbook,
)
from landscape.errors import LandscapeError, UsageError

app = typer.Typer(
    help="Inventories of needs, resources and services in local social policy.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(cli_fetch.fetch)
app.command()(cli_workbook.workbook)
app.command()(cli_workbook.check)
app.command()(cli_runs.run)
app.command()(cli_pages.pages)
app.command()(cli_publish.publish)
app.command()(cli_exchange.export)
app.add_typer(cli_new.new, name="new")
out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)

Country = Annotated[
    str | None, typer.Option(help="One country only: RO, BG, MD or FR.", metavar="CODE")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option(help="Show the traceback of an error.")] = False,
) -> None:
    """Options of every command; ``--debug`` is acted on in ``main``."""


@app.command()
def sources(country: Country = None, as_json: AsJson = False) -> None:
    """List the sources: producer, period, licence, and which files are here."""
    from landscape.paths import project
    from landscape.provenance import open_raw_folder
    from landscape.sources.registry import source_names

    rows = []
    for code in _countries(country):
        for name in source_names(code):
            folder = open_raw_folder(project().raw, f"{code.lower()}/{name}")
            card = folder.card.model_dump(mode="json")
            here = "full" if folder.is_complete else "starter" if folder.has_starter else "missing"
            rows.append({**card, "country": code, "files_here": here})
    if as_json:
        _print_json(rows)
        return
    _print_table(
        ["source", "title", "producer", "period", "licence", "files here"],
        [
            [
                row["source_id"], row["title"]["en"], row["producer"], row["reference_period"],
                row["licence"], row["files_here"],
            ]
            for row in rows
        ],
    )  # fmt: skip


@app.command()
def tables(
    *,
    country: Country = None,
    raw: Annotated[Path | None, typer.Option(help="Raw files; default data/raw.")] = None,
    out_folder: Annotated[
        Path | None, typer.Option("--out", help="Where to write; default data/processed.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Countries built at once.")] = 2,
    workbooks: Annotated[
        Path | None,
        typer.Option(help="Returned inventory workbooks; default data/raw/workbooks."),
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help="The worked example's own edition, from --workbooks.")
    ] = False,
) -> None:
    """Clean the raw files into checked tables and compute the indicators."""
    from landscape.build import build_countries, build_example
    from landscape.paths import project

    home = project()
    if raw is not None and not raw.is_dir():
        raise LandscapeError(f"{raw}: no such folder of raw files")
    folders = (raw or home.raw, home.raw, out_folder or home.processed)
    options: dict[str, Any] = {"jobs": jobs, "say": _say, "workbooks": workbooks}
    made = build_countries(_countries(country), *folders, **options)
    for line in build_example(workbooks, folders[-1]) if example else made:
        out.print(line)


@app.command()
def match(
    names: Annotated[Path, typer.Argument(metavar="NAMES.csv", help="A CSV with names of places.")],
    country: Annotated[str, typer.Option(help="RO, BG, MD or FR.", metavar="CODE")],
    out_file: Annotated[Path, typer.Option("--out", help="Where to write the result.")],
    name: Annotated[str | None, typer.Option(help="Column of names.", metavar="COL")] = None,
    county: Annotated[str | None, typer.Option(help="Column of counties.", metavar="COL")] = None,
) -> None:
    """Find the area of each name: matched, ambiguous or unmatched, and why."""
    from landscape.inventory import load
    from landscape.matching import match_file

    inventory = load(country)
    found = match_file(
        names, country.upper(), name, county, out_file, inventory.areas, inventory.places
    )
    counts = found["match_status"].value_counts()
    told = ", ".join(f"{counts.get(s, 0)} {s}" for s in ("matched", "ambiguous", "unmatched"))
    out.print(f"{out_file}: {told}")


@app.command()
def trace(
    area: Annotated[str, typer.Argument(help="Its id, such as RO_1017, or its name.")],
    indicator: Annotated[str, typer.Argument(help="A name of the catalogue.")],
    country: Annotated[str | None, typer.Option(help="Needed for a name.", metavar="CODE")] = None,
    as_json: AsJson = False,
) -> None:
    """Walk from a figure back to its records, files, corrections and licences."""
    from landscape.inventory import load
    from landscape.tracing import find_area, trace

    inventory = load(country or area.partition("_")[0])
    found = trace(find_area(area, inventory), indicator, inventory)
    if as_json:
        _print_json(found.as_dict())
    else:
        out.print(repr(found), markup=False)


@app.command()
def report(
    notebook: Annotated[str, typer.Argument(help="The notebook's name or path.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", help="A parameter: -p NAME VALUE.", metavar="NAME VALUE"),
    ] = None,
    lang: Annotated[str | None, typer.Option(help="en, fr, ro or bg.")] = None,
    out_folder: Annotated[Path | None, typer.Option("--out", help="Default reports/.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="And a tagged PDF beside it.")] = False,
) -> None:
    """Make one report: run a notebook with parameters and write one HTML file."""
    from landscape.paths import project
    from landscape.reports.child import make_here
    from landscape.reports.execute import read_notebook
    from landscape.reports.parameters import parse_parameters, read_parameters
    from landscape.reports.pdf import find_browser, print_pdf
    from landscape.reports.render import render_report

    path = _find_notebook(notebook)
    texts = dict(pair.split("\0", 1) for pair in parameter or [])
    declared = read_parameters(read_notebook(path), path.name)
    values = parse_parameters(declared, texts, path.name)
    if pdf:
        find_browser()  # before the work, not after
    made = render_report(path, values, out_folder or project().reports, lang, make=make_here)
    for file in [made, *([print_pdf(made)] if pdf else [])]:
        out.print(str(file))


def _countries(code: str | None) -> list[str]:
    from landscape.sources.registry import countries, country

    return list(countries()) if code is None else [country(code).code]


def _find_notebook(name: str) -> Path:
    from landscape.paths import project

    folder = project().notebooks
    for path in (Path(name), folder / name, folder / f"{name}.ipynb"):
        if path.suffix == ".ipynb" and path.is_file():
            return path
    known = ", ".join(sorted(p.stem for p in folder.glob("*.ipynb")))
    raise UsageError(f"no notebook {name!r}; there are: {known}")


def _say(line: str) -> None:
    err.print(line, markup=False, style="dim")


def _print_table(header: list[str], rows: list[list[str]]) -> None:
    """A table on a terminal; elsewhere one line a row, tabs between the cells."""
    if not out.is_terminal:
        sys.stdout.writelines("\t".join(row) + "\n" for row in [header, *rows])
        return
    table = Table()
    for name in header:
        table.add_column(name, no_wrap=name == header[0])
    for row in rows:
        table.add_row(*row)
    out.print(table)


def _print_json(content: Any) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n")


def _pairs(arguments: Iterable[str]) -> list[str]:
    """The command line with ``-p NAME VALUE`` made one option value, as the parser wants it."""
    words, joined = iter(arguments), []
    for word in words:
        joined.append(word)
        if word == "-p":
            name, value = next(words, None), next(words, None)
            if name is None or value is None:
                raise UsageError("-p takes a name and a value, such as: -p country RO")
            joined.append(f"{name}\0{value}")
    return joined


def main() -> None:
    """Run the command; errors are one plain line and an exit code."""
    arguments = sys.argv[1:]
    debug = "--debug" in arguments
    arguments = [word for word in arguments if word != "--debug"]
    try:
        code = app(_pairs(arguments or ["--help"]), prog_name="landscape", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        sys.exit(_tell(error))
    sys.exit(code if isinstance(code, int) else 0)


def _tell(error: Exception) -> int:
    """Print the error in one line; returns the exit code."""
    code = 1
    if isinstance(error, LandscapeError):
        line, code = str(error), 2 if isinstance(error, UsageError) else 1
    elif hasattr(error, "format_message"):  # the parser of the command line
        line, code = f"{error.format_message().rstrip('.')}; see: landscape --help", 2
    elif isinstance(error, OSError) and error.strerror:
        line = (
            f"{error.filename or 'a file'}: {error.strerror}; check the path, space and permissions"
        )
    else:
        line = (
            f"unexpected {type(error).__name__}: {error}; this is a fault of the program: "
            "run it again with --debug and report what it shows"
        )
    err.print(f"landscape: {' '.join(line.split())}", markup=False)
    return code
