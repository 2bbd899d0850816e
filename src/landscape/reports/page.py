"""The page that a notebook writes, block by block, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from markupsafe import Markup, escape

from landscape.dictionaries import word_credit
from landscape.language import Language
from landscape.reports.blocks import Block, paragraph, side_by_side
from landscape.reports.page_figure import Drawn, figure_block
from landscape.reports.page_table import Table, count_rows, flat_table, folded, table_element
from landscape.reports.spreadsheet import csv_link

_ROWS_UNFOLDED = 12
_ANCHOR = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Finding:
    """A key finding: its figure, what it says, of which year, and how sure we are."""

    figure: str
    sentence: str
    year: str | int
    sureness: str


class SourceNote(Protocol):
    """What the list of sources says of each; a ``source.yml`` read in has this shape."""

    @property
    def title(self) -> dict[str, str]: ...
    @property
    def producer(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def reference_period(self) -> str: ...
    @property
    def retrieved_on(self) -> date: ...


class Page:
    """A page in one language; each method makes a block for a cell to show.

    ``title`` names the subject (a country, an authority), ``subtitle`` says in
    one sentence what the page is, ``edition`` which one. ``country`` (its code)
    and ``theme`` place the report in the index. ``form`` says how much of the
    notebook the report shows: "technical" all; else only what stands before
    the first chapter, and ``chapters``, by anchor. A cell that shows the page
    itself sets the header, the contents and the name of the report.
    """

    #: Whether figures and tables bring their tables along.
    carries_tables = True

    def __init__(
        self,
        language: Language,
        title: str,
        subtitle: str = "",
        *,
        edition: str = "",
        country: str = "",
        theme: str = "",
        form: str = "technical",
        chapters: Sequence[str] = (),
    ) -> None:
        if not title.strip():
            raise ValueError("a page needs a title")
        self.language = language
        self.title = title
        self.subtitle = subtitle
        self.edition = edition
        self.country = country
        self.theme = theme
        self.form = form
        self.chapters = list(chapters)
        self._chapters = 0
        self._figures = 0
        self._tables = 0

    def __repr__(self) -> str:
        return f"<page: {self.title} ({self.language.code})>"

    def header(self) -> Block:
        """Whose report, which edition, and one sentence on what it is."""
        parts = [
            Markup('<p class="kicker">{}</p>').format(self.theme) if self.theme else "",
            Markup("<h1>{}</h1>").format(self.title),
            Markup('<p class="subtitle">{}</p>').format(self.subtitle) if self.subtitle else "",
            Markup('<p class="edition">{}</p>').format(self.edition) if self.edition else "",
        ]
        names = ("title", "subtitle", "edition", "country", "theme")
        facts: dict[str, object] = {name: getattr(self, name) for name in names}
        facts |= {"form": self.form, "chapters": self.chapters}
        return Block("page", Markup("").join(parts), {**facts, "language": self.language.code})

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return self.header()._repr_mimebundle_()

    def _repr_html_(self) -> str:
        return self.header()._repr_html_()

    def chapter(self, title: str, *sentences: str, anchor: str = "") -> Block:
        """A chapter's heading, its first sentence, one that a mayor can repeat, and what follows.

        ``anchor`` names it in links, the same in every language; without it
        chapters are numbered. Raises ValueError if it is not lower-case ASCII.
        """
        self._chapters += 1
        name = anchor or f"chapter-{self._chapters}"
        if not _ANCHOR.fullmatch(name):
            raise ValueError(f"anchor {name!r}: lower-case letters, digits and hyphens only")
        html = Markup('<h2 id="{}">{}</h2>{}{}').format(
            name, title, paragraph(sentences[:1], "lead"), paragraph(sentences[1:])
        )
        return Block("chapter", html, {"id": name, "title": title})

    def section(self, title: str, *sentences: str) -> Block:
        """A heading inside a chapter and what follows it."""
        return Block("section", Markup("<h3>{}</h3>{}").format(title, paragraph(sentences)))

    def text(self, *sentences: str) -> Block:
        """A paragraph of sentences."""
        return Block("text", paragraph(sentences))

    def points(self, *sentences: str) -> Block:
        """A list of sentences."""
        items = Markup("").join(Markup("<li>{}</li>").format(each) for each in sentences)
        return Block("points", Markup('<ul class="points">{}</ul>').format(items))

    def findings(self, findings: Iterable[Finding], title: str = "") -> Block:
        """The key findings, each with its figure, its year and how sure we are."""
        items = Markup("").join(
            Markup(
                '<li><p class="finding-figure">{}</p><p class="finding-text">{}</p>'
                '<p class="finding-sureness"><span>{}</span> {}</p></li>'
            ).format(each.figure, each.sentence, each.year, each.sureness)
            for each in findings
        )
        return Block(
            "findings",
            Markup(
                '<section class="findings" aria-label="{label}">'
                '<h2 class="quiet">{label}</h2><ol>{items}</ol></section>'
            ).format(label=title or self.language.text("In short"), items=items),
        )

    def figure(self, figure: Drawn) -> Block:
        """A figure: static on paper, interactive on screen, its table folded behind it."""
        self._figures += 1
        return figure_block(figure, self.language, self._figures, self._file_stem())

    def figures(self, *figures: Drawn) -> Block:
        """Figures beside each other where the page is wide enough."""
        return side_by_side(self.figure(each) for each in figures)

    def table(self, table: Table, caption: str, source: str = "", **options: int) -> Block:
        """A table with its caption and its CSV, folded where it is long.

        ``decimals`` as for ``table_element``.
        """
        self._tables += 1
        anchor = f"table-{self._tables}"
        shown = flat_table(table)
        name = f"{self._file_stem()}-{anchor}.csv"
        inside = table_element(shown, caption, self.language, anchor, options.get("decimals"))
        if source:
            label = escape(self.language.text("Source:"))
            inside += Markup(f'<p class="figure-source">{label} {escape(source)}</p>')
        inside += self.file_link(shown, name)
        if count_rows(shown) > _ROWS_UNFOLDED:
            inside = folded(caption, inside, count_rows(shown))
        return Block("table", Markup(f'<div class="table" id="{anchor}">{inside}</div>'))

    def file_link(self, table: Table, name: str) -> Markup:
        """The table as a file that the page carries."""
        return csv_link(table, self.language, name)

    def note(self, *sentences: str, title: str = "") -> Block:
        """A remark beside the story."""
        heading = Markup('<p class="note-title">{}</p>').format(title) if title else ""
        html = Markup('<aside class="note"{}>{}{}</aside>').format(
            Markup(' aria-label="{}"').format(title) if title else "",
            heading,
            paragraph(sentences),
        )
        return Block("note", html)

    def not_known(self, *sentences: str) -> Block:
        """What the inventory could not know, said before the reader asks."""
        items = Markup("").join(Markup("<li>{}</li>").format(each) for each in sentences)
        label = self.language.text("What we do not know")
        html = Markup(
            '<section class="not-known" aria-label="{label}">'
            '<h2 class="quiet">{label}</h2><ul>{items}</ul></section>'
        ).format(label=label, items=items)
        return Block("not known", html)

    def opening(self, figure: Drawn | None, *not_known: str) -> Block:
        """The first screen's map, if there is one, and beside it what is not known."""
        shown = [self.figure(figure)] if figure is not None else []
        return side_by_side([*shown, self.not_known(*not_known)], "opening")

    def sources(self, sources: Sequence[SourceNote]) -> Block:
        """Every source with its producer, period, licence and address."""
        items = Markup("").join(self._source(each) for each in sources)
        return Block("sources", Markup('<ul class="sources">{}</ul>').format(items))

    def _source(self, source: SourceNote) -> Markup:
        title = source.title.get(self.language.code) or source.title["en"]
        facts = (source.producer, source.reference_period, source.licence)
        return _source_line(self.language, title, source.url, facts, source.retrieved_on)

    def _file_stem(self) -> str:
        """The beginning of the names under which tables are saved."""
        return f"landscape-{self.country or 'report'}-{self.language.code}"


@lru_cache
def _source_line(
    language: Language, title: str, url: str, facts: tuple[str, str, str], day: date
) -> Markup:
    """A source in the list; ``facts`` are its producer, period and licence."""
    producer, period, licence = facts
    link = Markup("{}").format(url)
    if url.startswith(("https://", "http://")):
        link = Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(url)
    details = language.text(
        "{producer}. Period: {period}. Licence: {licence}. Retrieved on {day}.",
        producer=language.join(word_credit(producer, language.code).split("; ")),
        period=language.period(period),
        licence=word_credit(licence, language.code),
        day=language.date(day),
    )
    return Markup("<li><cite>{}</cite> {} <span>{}</span></li>").format(title, details, link)
