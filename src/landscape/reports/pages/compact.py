"""A page as light as it can be with the same words and figures.

It has no interactive chart, no table behind a figure and no file of a table:
those are left to the report of the same area. The style, and a map that the
areas of a county have in common, are files beside the pages (see ``docs/decisions/0008-pages.md``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from landscape.figures.svg import mark_unsafe
from landscape.language import Language
from landscape.reports.blocks import Block
from landscape.reports.export import PAGE_FACTS, TEMPLATE, Outputs, css_text, page_words
from landscape.reports.page import Page
from landscape.reports.page_figure import Drawn, figure_block
from landscape.reports.page_table import Table
from landscape.reports.policy import content_policy

FORM = "compact"
#: The folder of what pages have in common, and the style in it.
SHARED, STYLE = "shared", "page.css"
#: It is opened from a disk or from a web server.
BESIDE = "file: 'self'"
PICTURES = f"data: {BESIDE}"
_LAYERS = (
    ".layers{display:grid}.layers>*{grid-area:1/1;width:100%}"
    ".layers>img{height:100%;max-height:34rem;object-fit:contain}"
    ".opening .layers>img{max-height:26rem}"
)


class CompactPage(Page):
    """A page that is one of thousands; ``drawings`` are the files that it shows, by name."""

    carries_tables = False

    def __init__(self, language: Language, title: str, subtitle: str = "", **options: Any) -> None:
        super().__init__(language, title, subtitle, **{**options, "form": FORM})
        self.drawings: dict[str, str] = {}

    def header(self) -> Block:
        """The header, which also holds the drawings once the figures are shown."""
        block = super().header()
        return Block(block.kind, block.html, {**block.facts, "drawings": self.drawings})

    def file_link(self, table: Table, name: str) -> Markup:
        """Nothing: the files of thousands of tables would be the greater part of the pages."""
        return Markup("")

    def figure(self, figure: Drawn) -> Block:
        """The drawing with its words."""
        self._figures += 1
        if figure.shared is not None:
            self.drawings[figure.shared.name] = figure.shared.svg
        return figure_block(figure, self.language, self._figures, "", compact=True)


@dataclass(frozen=True)
class Made:
    """A page and the drawings that it shows, by name."""

    html: str
    drawings: dict[str, str]


def make_page(blocks: Sequence[Block], language: Language, made_on: date) -> Made:
    """The page of some blocks, the header among them, by the template of the reports."""
    outputs = Outputs()
    for block in blocks:
        if block.kind == "page":
            outputs.facts, outputs.header = {**block.facts}, block.html
        else:
            outputs.body.append(block.html)
            if block.kind == "chapter":
                outputs.chapters.append({**block.facts})
    drawings = outputs.facts.pop("drawings")
    outputs.facts.pop("chapters")
    facts = {**dict.fromkeys(PAGE_FACTS, ""), **outputs.facts}
    page = {
        **_furniture(language, made_on),
        "facts": facts,
        "name": " · ".join(str(facts[key]) for key in ("title", "theme") if facts[key]),
        "card": json.dumps({**facts, "made_on": made_on.isoformat()}, ensure_ascii=False),
        "header": outputs.header,
        "outputs": outputs,
    }
    html = _template().render(resources={"page": page})
    # A name in a table could otherwise turn the direction of the sentence that quotes it.
    # What a drawing needs to be a file of its own it does not need inside a page.
    html = html.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return Made(mark_unsafe(html), drawings)


@lru_cache
def _furniture(language: Language, made_on: date) -> dict[str, Any]:
    """What all pages of one day have in common."""
    words = page_words(language, made_on)
    words["offline"] = language.text(
        "This page opens without internet. Its map is in the folder “shared”: pass on both."
    )
    return {
        "policy": content_policy([], PICTURES).replace("style-src", f"style-src {BESIDE}"),
        "style_file": f"../{SHARED}/{STYLE}",
        "script": "",
        "words": words,
    }


@lru_cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True)
    environment.filters["css_text"] = css_text
    return environment.get_template("index.html.j2")


def read_style() -> str:
    """The style of the reports without comments and indents, and that of drawings in two parts."""
    text = (Path(TEMPLATE) / "page.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r":\s+", ":", " ".join(text.split())))
    return text + _LAYERS
