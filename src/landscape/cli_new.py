"""The commands ``landscape new source`` and ``landscape new indicator``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from landscape.skeleton.write import Written

OUT = Console(soft_wrap=True, highlight=False)

new = typer.Typer(
    help="Write the skeleton of a source or an indicator, to be filled in.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="Lower-case, with underscores: day_centres.")]
Country = Annotated[str, typer.Option(help="The country that it begins with.", metavar="CODE")]


@new.command()
def source(name: Name, *, country: Country) -> None:
    """A source: module, mapping, source.yml, fixture and test."""
    from landscape.paths import project
    from landscape.skeleton.write import write_source

    _tell(write_source(name, country, project()))


@new.command()
def indicator(
    name: Name,
    *,
    country: Country,
    layer: Annotated[str, typer.Option(help="territory, needs, resources or services.")],
) -> None:
    """An indicator: an entry of the catalogue and a function."""
    from landscape.paths import project
    from landscape.skeleton.write import write_indicator

    _tell(write_indicator(name, layer, country, project()))


def _tell(written: Written) -> None:
    for path in written.created:
        OUT.print(f"new: {path}", markup=False)
    for path in written.extended:
        OUT.print(f"extended: {path}", markup=False)
    for number, step in enumerate(written.next_steps, start=1):
        OUT.print(f"{number}. {step}", markup=False)
