"""Writing a skeleton: every name is checked and every file absent before the first is written."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path

from landscape.errors import LandscapeError, UsageError, did_you_mean
from landscape.indicators.catalogue import load_catalogue
from landscape.paths import Project
from landscape.sources.registry import country

TEMPLATES = Path(__file__).parent / "templates"
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST = 60
#: Layers whose indicators are computed from tables; declared ones are asked in workbooks.
LAYERS = ("territory", "needs", "resources", "services")


@dataclass(frozen=True)
class Written:
    """Which files are new, which have more in them, and what to do next, a line each."""

    created: list[Path]
    extended: list[Path]
    next_steps: list[str]


def write_source(name: str, code: str, home: Project) -> Written:
    """The module, mapping, fixture, card and test of a source.

    Raises UsageError for a name that is no plain lower-case word of Python or
    an unknown country, LandscapeError where a file of that name is there.
    """
    _check_name(name)
    cc = country(code).code.lower()
    modules, tests = _package(home) / "sources" / cc, home.root / "tests" / "sources" / cc
    words = {"SOURCE": f"{cc}/{name}", "TITLE": name.replace("_", " ").capitalize()}
    targets = {
        modules / f"{name}.py": "source_module",
        modules / f"{name}.csv": "mapping",
        home.raw / cc / name / "source.yml": "source_card",
        tests / "fixtures" / name / f"{name}.csv": "fixture",
        tests / f"test_{name}.py": "source_test",
    }
    _refuse_existing(targets)
    for path, template in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_fill(template, words), encoding="utf-8")
    card, module = home.raw / cc / name / "source.yml", modules / f"{name}.py"
    return Written(
        list(targets),
        [],
        [
            f"fill in {_told(card, home)}: who publishes what, and the sha256 of each file",
            f"name COLUMNS and write clean() in {_told(module, home)}; its types go in the CSV",
            "write about twenty rows into the fixture and compare with a golden table",
            f"then: landscape tables --country {cc.upper()}",
        ],
    )


def write_indicator(name: str, layer: str, code: str, home: Project) -> Written:
    """An entry at the end of the catalogue and a function at the end of the layer's module.

    Raises UsageError as ``write_source``, and for an unknown layer;
    LandscapeError where an indicator or a function has that name.
    """
    _check_name(name)
    if layer not in LAYERS:
        raise UsageError(f"unknown layer {layer!r}{did_you_mean(layer, LAYERS)}")
    card = country(code)
    folder = _package(home) / "indicators"
    catalogue, module = folder / "catalogue.yml", folder / f"{layer}.py"
    text = module.read_text(encoding="utf-8")
    functions = {n.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)}
    if name in load_catalogue() or name in functions:
        raise LandscapeError(f"indicator {name} is there already; nothing was written")
    words = {"NAME": name, "LAYER": layer, "COUNTRY": card.code}
    words["COUNTRY_LOW"] = card.code.lower()
    _append(catalogue, _fill("indicator_entry", words))
    _append(module, _fill("indicator_function", words))
    return Written(
        [],
        [catalogue, module],
        [
            f"fill in the last entry of {_told(catalogue, home)}",
            f"write {name}() at the end of {_told(module, home)}, on estimates.py",
            f"then: landscape tables --country {card.code}",
        ],
    )


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name) or iskeyword(name) or len(name) > LONGEST:
        raise UsageError(
            f"{name!r} cannot be a name: lower-case letters, digits and single underscores, "
            f"a letter first, at most {LONGEST}, no word of Python, such as day_centres"
        )


def _package(home: Project) -> Path:
    folder = home.root / "src" / "landscape"
    if not (folder / "sources").is_dir():
        raise LandscapeError(f"{folder}: not there; run landscape new in a checkout of the project")
    return folder


def _refuse_existing(targets: dict[Path, str]) -> None:
    for path in targets:
        if path.exists():
            raise LandscapeError(f"{path}: is there already; nothing was written")


def _fill(template: str, words: dict[str, str]) -> str:
    text = (TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


def _append(path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{before}\n{text}", encoding="utf-8")


def _told(path: Path, home: Project) -> str:
    return path.relative_to(home.root).as_posix()
