"""What a notebook cell shows: a piece of page, and what the report must know of it."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

BLOCK_TYPE = "application/vnd.landscape.block+json"


@dataclass(frozen=True)
class Block:
    """A piece of the page, safe to show: every text that came from data is escaped.

    ``kind`` says what it is and ``facts`` what the report needs to know of it
    (the title of a chapter, whether a figure is interactive). JupyterLab shows
    the HTML; the report's template reads both.
    """

    kind: str
    html: Markup
    facts: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.kind}: {' '.join(self.html.striptags().split())[:70]}>"

    def _repr_html_(self) -> str:
        return str(self.html)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            "text/html": str(self.html),
            "text/plain": repr(self),
            BLOCK_TYPE: {"kind": self.kind, **self.facts},
        }


def paragraph(sentences: Iterable[str], css_class: str = "") -> Markup:
    """The escaped sentences as one paragraph; nothing where there is none."""
    text = Markup(" ").join(escape(sentence) for sentence in sentences if sentence.strip())
    opening = Markup('<p class="{}">').format(css_class) if css_class else Markup("<p>")
    return opening + text + Markup("</p>") if text else Markup("")


def pack(text: str) -> str:
    """The text compressed and written in letters; the page's script unpacks it."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


def json_element(content: Mapping[str, Any], encoder: type[json.JSONEncoder]) -> Markup:
    """Data for a script of the page, as an element that no text inside it can end."""
    text = json.dumps(content, cls=encoder, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="application/json">{}</script>').format(Markup(text))


def side_by_side(blocks: Iterable[Block], css_class: str = "columns") -> Block:
    """Blocks in columns where the page is wide, one under the other where it is not."""
    shown = list(blocks)
    inside = Markup("").join(block.html for block in shown)
    needs = {
        name: any(block.facts.get(name) for block in shown)
        for name in ("interactive", "drill_down")
    }
    html = Markup('<div class="{}">{}</div>').format(css_class, inside)
    return Block(css_class, html, needs)
