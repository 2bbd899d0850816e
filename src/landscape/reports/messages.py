"""The words of the reports: gathered from code, templates and notebooks into catalogues.

``python -m landscape.reports.messages extract`` writes ``locales/landscape.pot``,
``update`` brings the catalogues of all languages to it, and ``check`` says what
they still lack, in YAML too (``check ro`` asks for one of them).
"""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from landscape.errors import LandscapeError
from landscape.language import LANGUAGES, LOCALES
from landscape.paths import PACKAGE, project
from landscape.reports.words_in_yaml import find_yaml_gaps

KEYWORDS: dict[str, Any] = {"text": None, "plural": (1, 2)}
TEMPLATE = "landscape.pot"


def _calls(source: str, keywords: Any) -> Iterator[tuple[int, str, list[str | None], list[str]]]:
    """The calls of the keywords, each with its line and its arguments (None if not literal).

    Read from the syntax tree: Babel's own reader sees no call inside an f-string
    before Python 3.12.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in keywords and node.args:
            values = (getattr(argument, "value", None) for argument in node.args)
            texts = [value if isinstance(value, str) else None for value in values]
            yield node.lineno, name, texts, []


def extract_code(
    file: io.BufferedIOBase, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, Any, Any, Any]]:
    """Extraction from a Python module, in the form that Babel asks for."""
    yield from _calls(file.read().decode("utf-8"), keywords)


def extract_notebook(
    file: io.BufferedIOBase, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, Any, Any, Any]]:
    """Extraction from the code cells of a notebook; a message's "line" is its cell's number."""
    notebook = nbformat.reads(file.read().decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            lines = cell.source.splitlines()
            plain = ("" if line.startswith(("%", "!")) else line for line in lines)
            for _, name, texts, comments in _calls("\n".join(plain), keywords):
                yield number, name, texts, comments


METHODS: dict[str, Any] = {
    ".py": extract_code,
    ".j2": "jinja2.ext:babel_extract",
    ".ipynb": extract_notebook,
}


def source_files(root: Path) -> Iterator[Path]:
    """Code and templates of the package, and the notebooks, in a steady order."""
    found = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2"), *(root / "notebooks").glob("*.ipynb")]
    return (path for path in sorted(found) if "node_modules" not in path.parts)


def extract_messages(files: Iterable[Path], root: Path) -> Catalog:
    """Every message that the files hand to ``text`` or ``plural``, with where it stands.

    Raises LandscapeError if one message is used both with and without a plural.
    """
    catalog = Catalog(project="landscape", charset="utf-8", header_comment="# Words of landscape.")
    for path in files:
        with path.open("rb") as file:
            for line, message, _, _ in extract(METHODS[path.suffix], file, KEYWORDS):
                place = path.relative_to(root).as_posix()
                _add(catalog, message, place, line)
    return catalog


def _add(catalog: Catalog, message: str | tuple[str, ...], place: str, line: int) -> None:
    key = message if isinstance(message, str) else message[0]
    known = catalog.get(key)
    if known is not None and isinstance(known.id, str) != isinstance(message, str):
        raise LandscapeError(f"{place}: {key!r} is used both with and without a plural")
    catalog.add(message, locations=[(place, line)], flags=["python-brace-format"])


def write_catalog(catalog: Catalog, path: Path) -> None:
    """Write a catalogue without dates and line numbers: it changes only when words do."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
    head = (
        '# Words of landscape.\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    )
    if catalog.locale:
        head += f'"Language: {catalog.locale}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n'
    path.write_text(head + "\n" + buffer.getvalue().decode("utf-8"), encoding="utf-8")


def read_catalog(path: Path, code: str | None) -> Catalog:
    """A catalogue from disk, or an empty one."""
    if not path.exists():
        return Catalog(locale=code, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=code)


def update_catalogs(template: Catalog, folder: Path = LOCALES) -> None:
    """Bring every language to the template: new messages come empty, unused ones go."""
    write_catalog(template, folder / TEMPLATE)
    for code in LANGUAGES:
        path = folder / f"{code}.po"
        catalog = read_catalog(path, code)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        write_catalog(catalog, path)


def find_gaps(template: Catalog, code: str, folder: Path = LOCALES) -> list[str]:
    """What a language lacks: one line for each message untranslated or with other placeholders.

    English is its own translation: only what it rewords is looked at.
    """
    catalog = read_catalog(folder / f"{code}.po", code)
    gaps = []
    for message in template:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = _forms(catalog.get(key))
        if not all(forms) or not forms:
            if code != "en":
                gaps.append(f"{code}: not translated: {key!r}")
            continue
        wrong = _compare_placeholders(_forms_of_id(message), forms)
        gaps += [f"{code}: {fault} in the translation of {key!r}" for fault in wrong]
    return gaps


def _compare_placeholders(texts: Sequence[str], forms: Sequence[str]) -> list[str]:
    """What is wrong with the placeholders of a translation.

    The form for one alone may go without its number: "this source".
    """
    every = _placeholders(*texts)
    needed = set.intersection(*(_placeholders(text) for text in texts))
    alone = needed - {"number"} if len(texts) > 1 else needed
    faults = []
    if any(_placeholders(form) - every for form in forms):
        faults.append("unknown placeholder")
    if any((needed if place else alone) - _placeholders(form) for place, form in enumerate(forms)):
        faults.append("a placeholder is lost")
    return faults


def _forms(message: Message | None) -> Sequence[str]:
    if message is None or message.fuzzy or not message.string:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _forms_of_id(message: Message) -> Sequence[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def main(arguments: Sequence[str]) -> int:
    """``extract``, ``update``, or ``check`` with languages; exit code 1 where words are missing."""
    root = project().root
    order, codes = (arguments[0] if arguments else ""), tuple(arguments[1:]) or LANGUAGES
    if order not in {"extract", "update", "check"}:
        sys.stderr.write("usage: python -m landscape.reports.messages extract|update|check\n")
        return 2
    template = extract_messages(source_files(root), root)
    if order == "extract":
        write_catalog(template, LOCALES / TEMPLATE)
    elif order == "update":
        update_catalogs(template)
    else:
        gaps = [
            gap for code in codes for gap in [*find_gaps(template, code), *find_yaml_gaps(code)]
        ]
        sys.stdout.write("".join(f"{gap}\n" for gap in gaps))
        return 1 if gaps else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
