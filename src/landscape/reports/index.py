"""The index of all reports in a folder: by country, with language, edition and date."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from babel import Locale
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from landscape.language import Language, language
from landscape.reports.export import TEMPLATE, TEMPLATES, content_policy
from landscape.reports.render import write_whole

NAME = "index.html"
_HEAD = 16_000


@dataclass(frozen=True)
class Card:
    """What a report says of itself in its head."""

    file: str
    title: str
    theme: str
    edition: str
    country: str
    language: str
    made_on: date

    @property
    def subject(self) -> str:
        """The file's name without its language: the same for all translations of a report."""
        return Path(self.file).stem.removesuffix(f"_{self.language}")

    @property
    def autonym(self) -> str:
        """The report's language in its own words."""
        name = Locale.parse(self.language).get_language_name(self.language) or self.language
        return name[0].upper() + name[1:]


class _CardParser(HTMLParser):
    card: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("name") == "landscape":
            self.card = found.get("content")


def read_card(path: Path) -> Card | None:
    """What a report says of itself; None for a file that is not a report."""
    with path.open(encoding="utf-8", errors="replace") as file:
        parser = _CardParser()
        parser.feed(file.read(_HEAD))
    if parser.card is None:
        return None
    facts = json.loads(parser.card)
    texts = ("title", "theme", "edition", "country", "language")
    return Card(
        file=path.name,
        made_on=date.fromisoformat(facts["made_on"]),
        **{name: facts[name] for name in texts},
    )


def write_index(folder: Path, code: str = "en") -> Path:
    """Write ``index.html`` for the reports that are in the folder; returns its path.

    The files themselves say what they are, so the index also lists reports
    made one by one, and nothing that is not there. ``code`` is its language.
    Raises ReportError if the folder cannot be written.
    """
    reader = language(code)
    found = (read_card(path) for path in sorted(folder.glob("*.html")) if path.name != NAME)
    groups = _by_country([card for card in found if card], reader)
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    page = {
        "language": code,
        "policy": content_policy([]),
        "style": Markup((TEMPLATE / "page.css").read_text(encoding="utf-8")),
        "groups": groups,
        "count": sum(len(reports) for _, reports in groups),
    }
    html = environment.get_template("reports.html.j2").render(
        page=page, reader=reader, text=reader.text, plural=reader.plural
    )
    write_whole(folder / NAME, html)
    return folder / NAME


def _by_country(
    cards: list[Card], reader: Language
) -> list[tuple[list[tuple[str, str]], list[list[Card]]]]:
    """Per country its names (text, language) and its reports, each with all its languages."""
    countries: dict[str, dict[str, list[Card]]] = defaultdict(lambda: defaultdict(list))
    for card in cards:
        countries[card.country][card.subject].append(card)
    groups = []
    for country, subjects in countries.items():
        reports = [_own_language_first(group, reader) for group in subjects.values()]
        codes = dict.fromkeys(
            [reader.code, *(card.language for group in reports for card in group)]
        )
        groups.append((_country_names(country, codes, reader), reports))
    return sorted(groups, key=lambda group: group[0][0][0])


def _own_language_first(cards: list[Card], reader: Language) -> list[Card]:
    return sorted(cards, key=lambda card: (card.language != reader.code, card.language))


def _country_names(country: str, codes: Iterable[str], reader: Language) -> list[tuple[str, str]]:
    if not country:
        return [(reader.text("Several countries"), reader.code)]
    names = {
        str(Locale.parse(code).territories.get(country, country)): code
        for code in reversed(list(codes))
    }
    return [(name, code) for name, code in reversed(names.items())]
