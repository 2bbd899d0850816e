"""Words that stand in YAML, the languages beside each other, and what a language lacks there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from landscape.language import LANGUAGES
from landscape.paths import PACKAGE, project
from landscape.yaml_files import read_mapping

#: Every other language is translated from it.
FIRST = LANGUAGES[0]


def yaml_files(root: Path) -> list[Path]:
    """The project's dictionaries, countries and cards of sources."""
    kept = (path for path in PACKAGE.rglob("*.yml") if "node_modules" not in path.parts)
    return sorted([*kept, *(root / "data" / "raw").glob("*/*/source.yml")])


def find_yaml_gaps(code: str, files: Sequence[Path] | None = None) -> list[str]:
    """One line for each entry that has English words and none in this language."""
    listed = yaml_files(project().root) if files is None else files
    return [
        f"{code}: not in {path.name} of {path.parent.name}: {place}"
        for path in listed
        for place, words in find_words(read_mapping(path))
        if not str(words.get(code) or "").strip()
    ]


def find_words(content: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping of languages to words, with its place: English and one other tell it."""
    if isinstance(content, dict):
        if isinstance(content.get(FIRST), str) and len(set(content) & set(LANGUAGES)) > 1:
            yield place, content
        else:
            for key, value in content.items():
                yield from find_words(value, f"{place}.{key}".strip("."))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from find_words(value, f"{place}[{number}]")
