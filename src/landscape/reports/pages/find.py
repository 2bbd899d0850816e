"""Pages that find one page of thousands: by name, or by county."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from landscape.figures.svg import clean_text, mark_unsafe
from landscape.language import Language
from landscape.reports.atlas import Atlas
from landscape.reports.blocks import pack
from landscape.reports.export import TEMPLATES
from landscape.reports.files import write_whole
from landscape.reports.pages.compact import read_style
from landscape.reports.policy import content_policy

NAME = "index.html"


@dataclass(frozen=True)
class List:
    """Lines of one page of an index: files and names; ``up`` leads to the page above."""

    title: str
    said: str
    lines: list[tuple[str, str]]
    up: str = ""
    packed: str = ""


def write_indexes(
    out: Path, places: dict[str, str], atlas: Atlas, tier: tuple[str, str], reader: Language
) -> None:
    """Write the index of a folder of pages, and one for each county.

    ``places`` are the files by area_id, relative to the folder; those that are
    not there are left out. ``tier``: country and level. The index holds all
    names, packed: they are unpacked when a reader begins to type, so that it
    opens at once.
    """
    reading = atlas.readings(reader)[tier[0]]
    there = [area for area, file in places.items() if (out / file).exists()]
    counties: dict[str, list[tuple[str, str]]] = {}
    for area in sorted(there, key=lambda each: reader.sort_key(reading.name(each))):
        counties.setdefault(places[area].partition("/")[0], []).append((area, reading.name(area)))
    names = {folder: reading.label(folder) for folder in counties}
    order = sorted(counties, key=lambda folder: reader.sort_key(names[folder]))
    title = reader.pair(reading.country, reading.level(tier[1]))
    for folder in order:
        lines = [(f"{area}.html", name) for area, name in counties[folder]]
        page = List(f"{names[folder]} ({title})", _count(reader, len(lines)), lines, f"../{NAME}")
        _write(out / folder / NAME, reader, page)
    packed = [line for folder in order for line in _lines(folder, names[folder], counties[folder])]
    lines = [(f"{folder}/{NAME}", names[folder]) for folder in order]
    said = _count(reader, len(there))
    _write(out / NAME, reader, List(title, said, lines, packed=pack("\n".join(packed))))


def _lines(folder: str, name: str, areas: list[tuple[str, str]]) -> list[str]:
    """A line for the county and one for each area; no name can begin another line or column."""
    listed = [f"{area}\t{clean_text(each)}" for area, each in areas]
    return [f"\t{folder}\t{clean_text(name)}", *listed]


def _count(reader: Language, number: int) -> str:
    return reader.plural("{number} page", "{number} pages", number)


def _write(path: Path, reader: Language, listed: List) -> None:
    script = (TEMPLATES / "find.js").read_text(encoding="utf-8") if listed.packed else ""
    page = {
        "language": reader.code,
        "policy": content_policy([script] if script else []),
        "style": Markup(read_style()),
        "script": Markup(script),
        "list": listed,
    }
    html = _environment().get_template("find.html.j2").render(page=page, text=reader.text)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, mark_unsafe(html))


@lru_cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
