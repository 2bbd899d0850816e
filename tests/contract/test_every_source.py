"""Every source keeps the contract. Sources are found by their folders; there is no list."""

import ast
import inspect
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from landscape.dictionaries import load_rules, load_variables
from landscape.language import LANGUAGES
from landscape.paths import PACKAGE, SOURCE_MODULES
from landscape.provenance import load_source_card
from landscape.schemas import DELIVERIES, FUNCTIONS, POSITIONS, PROVIDERS, SETTINGS
from landscape.sources.registry import countries, source_module, source_names

ROOT = PACKAGE.parents[1]
CODED = {
    "function": FUNCTIONS,
    "setting": SETTINGS,
    "provider_type": PROVIDERS,
    "delivery": DELIVERIES,
    "position": POSITIONS,
}
SOURCES = [(code, name) for code in countries() for name in source_names(code)]
MODULES = sorted(SOURCE_MODULES.glob("*/*.py"))
MAPPINGS = [path for path in sorted(SOURCE_MODULES.glob("*/*.csv")) if path.stem.count(".") == 0]

every_source = pytest.mark.parametrize(("code", "name"), SOURCES, ids=map("/".join, SOURCES))
every_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: f"{p.parent.name}/{p.stem}")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def texts_of(path: Path) -> set[str]:
    """All text constants of a module."""
    found = (n.value for n in ast.walk(tree_of(path)) if isinstance(n, ast.Constant))
    return {value for value in found if isinstance(value, str)}


def in_four_languages(words: dict) -> bool:
    return all(str(words.get(code, "")).strip() for code in LANGUAGES)


@every_source
def test_it_reads_and_cleans(code: str, name: str) -> None:
    module = source_module(code, name)
    assert next(iter(inspect.signature(module.read).parameters)) == "raw"
    assert list(inspect.signature(module.clean).parameters)[:2] == ["frame", "context"]
    assert module.read.__doc__ and module.clean.__doc__ and module.__doc__


@every_source
def test_its_card_says_where_it_comes_from(code: str, name: str) -> None:
    source_id = f"{code.lower()}/{name}"
    path = ROOT / "data" / "raw" / source_id / "source.yml"
    card = load_source_card(path, source_id)
    assert set(card.title) == set(LANGUAGES)
    assert len(set(card.title.values())) > 1, "the title is not translated"
    assert card.url.startswith("https://")
    assert card.licence.strip() and card.producer.strip() and card.citation.strip()
    assert re.search(r"\d{4}", card.reference_period)
    assert card.starter is None or re.fullmatch(r"[0-9a-f]{64}", card.starter)


@every_source
def test_it_has_a_fixture_a_golden_table_and_a_test(code: str, name: str) -> None:
    folder = ROOT / "tests" / "sources" / code.lower()
    assert named_after(folder / "fixtures", name), "no fixture"
    assert named_after(folder / "golden", name) or shares_areas(folder, code, name), "no golden"
    assert (folder / f"test_{name}.py").is_file()


def named_after(folder: Path, name: str) -> list[Path]:
    """Files or folders that bear the source's name, alone or at the beginning."""
    return [p for p in folder.glob(f"{name}*") if re.fullmatch(rf"{name}([._].*)?", p.name)]


def shares_areas(folder: Path, code: str, name: str) -> bool:
    """Whether it is one of several sources that make one golden table of areas."""
    return name in countries()[code].area_sources and (folder / "golden" / "areas.csv").is_file()


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_mappings_use_common_codes(path: Path) -> None:
    mapping = pd.read_csv(path, dtype=str, keep_default_na=False)
    if "in_scope" in mapping:
        assert set(mapping["in_scope"]) <= {"yes", "no"}
        mapping = mapping[mapping["in_scope"] == "yes"]
    for column, codes in CODED.items():
        if column in mapping:
            allowed = {*codes, ""} if column == "function" else set(codes)
            assert set(mapping[column]) <= allowed, column
    if "local_type" in mapping:
        assert mapping["local_type"].is_unique
        assert (mapping["local_type"].str.strip() == mapping["local_type"]).all()
        for language in LANGUAGES:
            assert mapping[f"label_{language}"].str.strip().ne("").all(), language
    if "pattern" in mapping:
        assert mapping["pattern"].map(re.compile).notna().all()


@every_module
def test_rules_used_are_explained(path: Path) -> None:
    """``ledger.note(rows, rule, ...)`` and ``ledger.reject(frame, mask, rule, ...)``."""
    place = {"note": 1, "reject": 2}
    used = set()
    for call in ast.walk(tree_of(path)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            position = place.get(call.func.attr)
            given = call.args[position : position + 1] if position else []
            used |= {a.value for a in given if isinstance(a, ast.Constant)}
    assert used <= set(load_rules())


@every_module
def test_it_knows_no_other_country(path: Path) -> None:
    """A country's facts are data: no module asks which country it is in."""
    own = path.parent.name.upper()
    others = {code for code in countries() if code != own}
    compared = {
        n.value
        for c in ast.walk(tree_of(path))
        if isinstance(c, ast.Compare)
        for n in ast.walk(c)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }
    assert not compared & others


def test_every_rule_is_in_four_languages_and_used() -> None:
    shared = [SOURCE_MODULES / f"{name}.py" for name in ("placing", "corrections", "doubles")]
    used = set().union(*(texts_of(path) for path in [*MODULES, *shared]))
    for rule, words in load_rules().items():
        assert in_four_languages(words), rule
        assert rule in used, f"no source uses the rule {rule}"


def test_every_variable_is_explained() -> None:
    for name, entry in load_variables().items():
        assert set(entry) == {"unit", "sum", "meaning"}, name
        assert isinstance(entry["sum"], bool), name
        assert entry["meaning"].endswith("."), name


@pytest.mark.parametrize("code", list(countries()))
def test_a_country_is_told_in_four_languages(code: str) -> None:
    card = countries()[code]
    assert in_four_languages(card.name)
    for level in card.levels.values():
        assert in_four_languages(level.one) and in_four_languages(level.many)
    assert all(in_four_languages(note) for note in card.notes)
    assert set(card.levels) == {"county", "municipality"}
    assert set(card.population) <= set(load_variables())
