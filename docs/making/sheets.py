"""Pages made from what the project itself holds: a sheet a source, the indicators, the glossary."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from landscape.indicators.catalogue import load_catalogue
from landscape.inventory import Inventory, load
from landscape.language import LANGUAGES
from landscape.paths import SOURCE_MODULES
from landscape.provenance import NONE_KNOWN, SourceCard
from landscape.sources.registry import countries, country, source_names

ROOT = Path(__file__).parents[2]
TABLES = ("needs", "resources", "services")


def table(header: list[str], rows: list[list[object]]) -> str:
    """A Markdown table; bars inside cells are escaped."""

    def line(cells: list[object]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(list(header)), line(["---"] * len(header)), *map(line, rows)])


def source_pages() -> Iterator[tuple[str, str]]:
    """A page a source and one that lists them: path in the site, Markdown."""
    listed: list[list[object]] = []
    for code in countries():
        inventory = load(code)
        for name in source_names(code):
            source_id = f"{code.lower()}/{name}"
            if source_id not in inventory.sources:
                continue
            card = inventory.sources[source_id]
            page = f"{code.lower()}-{name}.md"
            counts = _accounting(inventory, source_id)
            listed.append(
                [
                    code,
                    f"[{card.title['en']}]({page})",
                    card.producer,
                    card.reference_period,
                    card.licence,
                    f"{counts['rows_read']:,}",
                ]
            )
            yield f"sources/{page}", _sheet(code, name, card, inventory)
    header = ["country", "source", "producer", "about", "licence", "records"]
    intro = "# Sources\n\nEach page is made from `source.yml`, the country's card and the tables.\n"
    yield "sources/index.md", f"{intro}\n{table(header, listed)}\n"


def _accounting(inventory: Inventory, source_id: str) -> pd.Series:
    return inventory.accounting.set_index("source_id").loc[source_id]


def _sheet(code: str, name: str, card: SourceCard, inventory: Inventory) -> str:
    titles = [[language, card.title[language]] for language in LANGUAGES]
    counts = _accounting(inventory, card.source_id)
    told = importlib.import_module(f"landscape.sources.{code.lower()}.{name}").__doc__ or ""
    parts = [
        f"# {card.title['en']}",
        told.split("\n\n")[0],
        table(["language", "title"], titles),
        "## What it is",
        table(["", ""], _facts(code, card)),
        "## Files",
        table(["file", "sha256", "where it can be had"], _files(card)),
        "## What was read",
        f"{inventory.edition.capitalize()} edition: {counts['rows_read']:,} records read, "
        f"{counts['rows_kept']:,} kept, {counts['rows_rejected']:,} left out, each with its reason "
        "in the table of findings.",
        _gives(card.source_id, inventory),
        _mapping(code, name),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(code: str, card: SourceCard) -> list[list[object]]:
    silence = "as none" if card.is_exhaustive else "as not known"
    facts: list[list[object]] = [
        ["country", country(code).name["en"]],
        ["identifier", f"`{card.source_id}`"],
        ["producer", card.producer],
        ["page", f"<{card.page or card.url}>"],
        ["licence", card.licence],
        ["about", card.reference_period],
        ["retrieved on", card.retrieved_on],
        ["boundaries of", card.boundary_year or "not said"],
        ["an area that is not listed is read", silence],
        ["columns about persons, never read", ", ".join(card.dropped_columns) or "none"],
        ["cite as", card.citation],
    ]
    return [*facts, ["to know", card.notes]] if card.notes else facts


def _files(card: SourceCard) -> list[list[object]]:
    rows: list[list[object]] = []
    for name, checksum in card.files.items():
        known = card.downloads.get(name)
        where = f"<{known.url}>" if known else f"{NONE_KNOWN}; see the page"
        if known and known.member:
            where += f", in it `{known.member}`"
        rows.append([f"`{name}`", f"`{checksum[:12]}…`", where])
    return rows


def _gives(source_id: str, inventory: Inventory) -> str:
    """The variables and services that came out of it."""
    rows: list[list[object]] = []
    for name in TABLES:
        found = getattr(inventory, name)
        found = found[found["source_id"] == source_id]
        if name == "services":
            kinds = found.groupby(["function", "setting"], dropna=False)["count"].sum()
            rows += [[name, f"{f}, {s}", f"{n:,}"] for (f, s), n in kinds.items()]
        else:
            years = found.groupby("variable")["year"].agg(["size", "min", "max"])
            rows += [
                [name, f"`{row.Index}`, {_years(row.min, row.max)}", f"{row.size:,}"]
                for row in years.itertuples()
            ]
    return table(["table", "what", "rows"], rows) if rows else "It gives areas and their names."


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _mapping(code: str, name: str) -> str:
    """How its local types are read, where it has any."""
    path = SOURCE_MODULES / code.lower() / f"{name}.csv"
    if not path.exists():
        return ""
    mapping = pd.read_csv(path, dtype=str, keep_default_na=False)
    wanted = ["local_type", "label_en", "function", "setting"]
    if not set(wanted) <= set(mapping.columns):
        return ""
    rows = mapping[wanted].to_numpy().tolist()
    return f"## How its types are read\n\n{table(['type', 'label', 'function', 'setting'], rows)}"


def indicators_page() -> str:
    """Every indicator of the catalogue: what is counted, where, and how far it compares."""
    parts = ["# Indicators", "Made from `indicators/catalogue.yml`. Grade A: same definition; B: "
             "near enough, with a note; C: compare inside one country only."]  # fmt: skip
    for name, entry in load_catalogue().items():
        rows = [[c, each.grade, each.counted["en"]] for c, each in entry.countries.items()]
        line = f"`{name}`, {entry.unit['en']}; layer {entry.layer}; interval: {entry.chance}"
        parts += [f"## {entry.title['en']}", line, table(["", "grade", "counted"], rows)]
    return "\n\n".join(parts) + "\n"


def decisions_page(folder: Path) -> str:
    """The list of decisions."""
    rows = []
    for path in sorted(folder.glob("*.md")):
        title = path.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
        rows.append(f"- [{title}](decisions/{path.name})")
    return "# Decisions\n\n" + "\n".join(rows) + "\n"


def root_page(name: str) -> str:
    """A page of the project's root, its headings as they are."""
    text = (ROOT / name).read_text("utf-8")
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
