"""From an executed notebook to one HTML file: outputs only, nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from landscape.figures.svg import mark_unsafe
from landscape.language import Language, language
from landscape.reports.assets import read_script
from landscape.reports.blocks import BLOCK_TYPE, pack
from landscape.reports.drill_down import frame_page, frame_scripts
from landscape.reports.policy import content_policy

TEMPLATES = Path(__file__).parent / "template"
TEMPLATE = TEMPLATES / "landscape"
WIDGET = "application/vnd.jupyter.widget-view+json"
PAGE_FACTS = ("title", "subtitle", "edition", "country", "theme", "language", "form")


@dataclass
class Outputs:
    """What the cells of a notebook showed, in order."""

    facts: dict[str, Any] = field(default_factory=dict)
    header: Markup = field(default_factory=Markup)
    chapters: list[dict[str, Any]] = field(default_factory=list)
    body: list[Markup] = field(default_factory=list)
    interactive: bool = False
    drill_down: bool = False


def read_outputs(notebook: Mapping[str, Any]) -> Outputs:
    """The blocks and other rich outputs of an executed notebook.

    Markdown cells are notes for the analyst, in one language: they stay in the
    notebook, as do printed lines and warnings.
    """
    outputs, chapter = Outputs(), ""
    for data in _shown(notebook):
        block = data.get(BLOCK_TYPE)
        if block is not None and block["kind"] == "chapter":
            chapter = block["id"]
        if _left_out(outputs.facts, chapter):
            continue
        if block is None:
            outputs.body.append(_other_output(data))
        elif block["kind"] == "page":
            outputs.facts, outputs.header = block, Markup(data["text/html"])
        else:
            outputs.body.append(Markup(data["text/html"]))
            outputs.interactive |= bool(block.get("interactive"))
            outputs.drill_down |= bool(block.get("drill_down"))
            if block["kind"] == "chapter":
                outputs.chapters.append(block)
    return outputs


def _left_out(facts: Mapping[str, Any], chapter: str) -> bool:
    """Whether a shorter edition leaves the chapter out."""
    short = facts.get("form", "technical") != "technical"
    return short and chapter != "" and chapter not in facts["chapters"]


def _shown(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if output["output_type"] not in {"display_data", "execute_result"}:
                continue
            if WIDGET not in output["data"]:  # controls are for a kernel, not for a file
                yield output["data"]


def _other_output(data: Mapping[str, Any]) -> Markup:
    """An output that is not a block of ours: what an analyst shows while exploring."""
    text = str(data.get("text/plain", ""))
    if "text/html" in data:
        return Markup('<div class="other">{}</div>').format(Markup(data["text/html"]))
    if "image/svg+xml" in data:
        return Markup('<div class="other" role="img" aria-label="{}">{}</div>').format(
            text, Markup(data["image/svg+xml"])
        )
    if "image/png" in data:
        source = "data:image/png;base64," + str(data["image/png"]).replace("\n", "")
        return Markup('<div class="other"><img src="{}" alt="{}"></div>').format(source, text)
    return Markup('<pre class="other">{}</pre>').format(text)


class ReportExporter(TemplateExporter):
    """nbconvert with the project's own template.

    Not the HTML exporter: that one brings addresses of scripts on the network
    and parses each page a second time.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            template_name="landscape",
            extra_template_basedirs=[str(TEMPLATES)],
            file_extension=".html",
            **options,
        )
        self.output_mimetype = "text/html"

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.filters["css_text"] = css_text
        return environment


def css_text(text: str) -> str:
    """The text inside a CSS string: all but ASCII letters and digits as code points."""
    return Markup("").join(
        Markup(letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} ")
        for letter in text
    )


def export_page(notebook: NotebookNode, fallback: Mapping[str, Any], made_on: date) -> str:
    """The HTML of an executed notebook.

    ``fallback`` holds the title, language and whatever else names the page
    where no cell shows a ``Page``. Raises AssetError if a figure is
    interactive and the library that draws it is not installed.
    """
    outputs = read_outputs(notebook)
    facts = {**dict.fromkeys(PAGE_FACTS, ""), **fallback, **outputs.facts}
    script = (TEMPLATE / "page.js").read_text(encoding="utf-8")
    library = read_script("plotly") if outputs.interactive else ""
    scripts = [script, library] if library else [script]
    # A frame inherits the policy of the page around it.
    scripts += frame_scripts() if outputs.drill_down else []
    page = {
        "facts": facts,
        "name": " · ".join(str(facts[key]) for key in ("title", "theme") if facts[key]),
        "card": json.dumps({**facts, "made_on": made_on.isoformat()}, ensure_ascii=False),
        "policy": content_policy(scripts),
        "style": Markup((TEMPLATE / "page.css").read_text(encoding="utf-8")),
        "script": Markup(script),
        "chart_library": _pack_once("plotly") if library else "",
        "map_frame": _pack_once("frame") if outputs.drill_down else "",
        "header": outputs.header or Markup("<h1>{}</h1>").format(facts["title"]),
        "outputs": outputs,
        "words": page_words(language(facts["language"]), made_on),
    }
    html, _ = _exporter().from_notebook_node(notebook, resources={"page": page})
    # A name in a table could otherwise turn the direction of the sentence that quotes it.
    return mark_unsafe(str(html))


@lru_cache
def _exporter() -> ReportExporter:
    return ReportExporter()


@lru_cache
def _pack_once(name: str) -> str:
    return pack(frame_page() if name == "frame" else read_script(name))


def warm_export() -> None:
    """Compile the template and compress the scripts now, for processes that are forked later."""
    empty = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    export_page(empty, {"title": "", "language": "en"}, date.today())
    for name in ("plotly", "frame"):
        _pack_once(name)


def page_words(reader: Language, made_on: date) -> dict[str, str]:
    """The words of the page's own furniture."""
    return {
        "skip": reader.text("Skip to the content"),
        "contents": reader.text("Contents"),
        "made": reader.text(
            "Made on {day} with landscape {version}.",
            day=reader.date(made_on),
            version=version("landscape"),
        ),
        "offline": reader.text(
            "Everything is in this file: it opens without internet and can be passed on."
        ),
    }
