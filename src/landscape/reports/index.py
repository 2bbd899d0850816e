"""The index of all reports in a folder: by country, theme, language, edition and date."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from babel import Locale
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from landscape.errors import LandscapeError
from landscape.figures.svg import mark_unsafe
from landscape.inventory import load
from landscape.language import LANGUAGES, Language, language
from landscape.reports.export import TEMPLATE, TEMPLATES
from landscape.reports.files import write_whole
from landscape.reports.policy import content_policy
from landscape.reports.render import today
from landscape.reports.snapshots import keep_snapshot, read_changes
from landscape.reports.told_changes import tell_changes
from landscape.sources.registry import countries

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
    form: str = "technical"

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
        form=facts.get("form") or "technical",
        **{name: facts[name] for name in texts},
    )


@dataclass(frozen=True)
class Entry:
    """One report with all its languages, the reader's own first, and what finds it."""

    cards: list[Card]
    theme: str
    words: str

    @property
    def languages(self) -> str:
        """Codes, with spaces between."""
        return " ".join(card.language for card in self.cards)

    @property
    def days(self) -> str:
        """On which days it was made, with spaces between."""
        return " ".join(sorted({card.made_on.isoformat() for card in self.cards}))


@dataclass(frozen=True)
class Group:
    """A country: its names (text, language), its reports, and what its last edition changed."""

    country: str
    names: list[tuple[str, str]]
    entries: list[Entry]
    changes: Markup


def write_index(folder: Path, code: str = "en", tables: Path | None = None) -> Path:
    """Write ``index.html`` for the reports that are in the folder; returns its path.

    The files themselves say what they are, so the index also lists reports
    made one by one, and nothing that is not there. ``code`` is its language.
    What each country's tables (in ``tables``, by default the project's) say is
    kept below ``editions/``, and what the last edition changed is told.
    Raises LandscapeError if the folder cannot be written.
    """
    reader = language(code)
    found = (read_card(path) for path in sorted(folder.glob("*.html")) if path.name != NAME)
    cards = [card for card in found if card]
    changes = {each: _changes(folder, each, reader, tables) for each in _countries_of(cards)}
    groups = _by_country(cards, reader, changes)
    script = (TEMPLATE / "index.js").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    page = {
        "language": code,
        "policy": content_policy([script]),
        "style": Markup((TEMPLATE / "page.css").read_text(encoding="utf-8")),
        "script": Markup(script),
        "groups": groups,
        "count": sum(len(group.entries) for group in groups),
        "choices": list_choices(groups, reader),
    }
    html = environment.get_template("reports.html.j2").render(
        page=page, reader=reader, text=reader.text, plural=reader.plural
    )
    write_whole(folder / NAME, mark_unsafe(html))
    return folder / NAME


def _countries_of(cards: list[Card]) -> list[str]:
    return sorted({card.country for card in cards} & set(countries()))


def _changes(folder: Path, country: str, reader: Language, tables: Path | None) -> Markup:
    """What the country's last edition changed; nothing where there is none to compare with."""
    try:
        keep_snapshot(load(country, tables), folder, today())
    except LandscapeError:
        pass  # reports of other tables than those at hand: the snapshots there are still tell
    except OSError as error:
        raise LandscapeError(f"{folder}: cannot be written: {error.strerror}") from error
    changes = read_changes(folder, country)
    return tell_changes(changes, reader, f"moved-{country}") if changes else Markup("")


def list_choices(groups: list[Group], reader: Language) -> dict[str, list[tuple[str, str]]]:
    """What a reader can choose from: per filter its values and their words, in order."""
    entries = [entry for group in groups for entry in group.entries]
    cards = [card for entry in entries for card in entry.cards]
    forms = {
        "technical": reader.text("Technical: everything"),
        "brief": reader.text("Brief: two pages"),
        "digest": reader.text("Digest: for a union, across its members"),
    }
    return {
        "country": [(group.country, group.names[0][0]) for group in groups],
        "theme": [(each, each) for each in sorted({e.theme for e in entries if e.theme})],
        "languages": sorted({(card.language, card.autonym) for card in cards}),
        "form": sorted({(card.form, forms.get(card.form, card.form)) for card in cards}),
        "days": [
            (day.isoformat(), reader.date(day))
            for day in sorted({card.made_on for card in cards}, reverse=True)
        ],
    }


def fold(text: str) -> str:
    """The text as searches compare it: small letters without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _entry(cards: list[Card], names: Iterable[str], reader: Language) -> Entry:
    theme = cards[0].theme
    if cards[0].language != reader.code:
        theme = reader.text(language(cards[0].language).message_of(theme) or theme)
    said = [word for card in cards for word in (card.title, card.theme, card.autonym)]
    words = fold(" ".join(dict.fromkeys([*names, theme, *said])))
    return Entry(cards, theme, words)


def _by_country(cards: list[Card], reader: Language, changes: Mapping[str, Markup]) -> list[Group]:
    """The reports of each country, each with all its languages, in the order of names."""
    subjects: dict[str, dict[str, list[Card]]] = defaultdict(lambda: defaultdict(list))
    for card in cards:
        subjects[card.country][card.subject].append(card)
    groups = []
    for country, reports in subjects.items():
        sorted_cards = [_own_language_first(group, reader) for group in reports.values()]
        codes = dict.fromkeys([reader.code, *(c.language for group in sorted_cards for c in group)])
        names = _country_names(country, codes, reader)
        every = [name for name, _ in _country_names(country, LANGUAGES, reader)]
        entries = [_entry(group, every, reader) for group in sorted_cards]
        groups.append(Group(country, names, entries, changes.get(country, Markup(""))))
    return sorted(groups, key=lambda group: group.names[0][0])


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
