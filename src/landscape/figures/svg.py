"""Writing SVG: elements, safe text, and identifiers that are the same on every run."""

from __future__ import annotations

import re
import textwrap
from hashlib import blake2b

FONT = "system-ui, sans-serif"

# Not allowed in XML 1.0, or able to turn the direction of the text that follows:
# a reader sees that something stood there, and nothing else is moved.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


_SPECIAL = re.compile("[&<>\"']")


def mark_unsafe(text: str) -> str:
    """The text with control and direction characters shown as U+FFFD; lines and tabs stay."""
    return _UNSAFE.sub("\ufffd", text)


def clean_text(text: str) -> str:
    """The same in one line."""
    # What is printable holds no line, no control and no direction character: most texts.
    if text.isprintable():
        return text
    return mark_unsafe(" ".join(re.split(r"[\t\n\r]+", text)))


def escape(text: object) -> str:
    """Text fit for an element or a quoted attribute of XML and HTML."""
    safe = clean_text(str(text))
    if not _SPECIAL.search(safe):
        return safe
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace('"', "&quot;").replace("'", "&#39;")


def shorten(text: str, longest: int) -> str:
    """The text, cut to so many characters with an ellipsis where it is longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def in_lines(text: str, longest: int, most: int = 3) -> list[str]:
    """The text broken at spaces into lines of so many characters; the last is cut if need be."""
    lines = textwrap.wrap(clean_text(text), longest, break_on_hyphens=False) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shorten(line, longest) for line in lines]


def element(name: str, *content: str, **attributes: object) -> str:
    """An element; content is markup, attribute values are escaped.

    ``stroke_width`` is written ``stroke-width`` and ``class_`` is ``class``.
    An attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(content)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _number(value: object) -> object:
    """Floats with two decimals at most and no trailing zeros; the rest as it is."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def label(content: object, **attributes: object) -> str:
    """A ``<text>`` element with the content escaped."""
    return element("text", escape(content), **attributes)


def tooltip(content: object) -> str:
    """The ``<title>`` that a pointer shows and a screen reader reads."""
    return element("title", escape(content))


def focusable(words: str) -> dict[str, object]:
    """Attributes that let the keyboard reach a shape and a screen reader say the words."""
    return {"tabindex": 0, "role": "img", "aria_label": words}


def prefix_for(*parts: str) -> str:
    """A short prefix for the ids and classes of a figure, made from what it contains."""
    return "f" + blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=5).hexdigest()


def document(
    body: str, *, title: str, alt: str, prefix: str, role: str, **attributes: object
) -> str:
    """The outer ``<svg>`` with its accessible name and description.

    role is ``img`` for a picture, ``group`` where single areas can be reached
    by keyboard (the children of an image are hidden from assistive technology).
    """
    return element(
        "svg",
        element("title", escape(title), id=f"{prefix}-title"),
        element("desc", escape(alt), id=f"{prefix}-desc"),
        body,
        xmlns="http://www.w3.org/2000/svg",
        role=role,
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
        font_family=FONT,
        **attributes,
    )
