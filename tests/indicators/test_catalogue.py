"""The catalogue says what is wrong with an entry, and where."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from landscape.errors import LandscapeError
from landscape.indicators.catalogue import CATALOGUE, load_catalogue

WORDS = {"en": "a", "fr": "b", "ro": "c", "bg": "d"}
ENTRY = {
    "topic": "staff",
    "layer": "resources",
    "theme": "general",
    "title": WORDS,
    "unit": WORDS,
    "decimals": 1,
    "direction": "neutral",
    "inputs": {"posts": {"variable": "posts_filled"}, "population": {"variable": "population"}},
    "countries": {"RO": {"grade": "C", "counted": WORDS}},
}


def catalogue_of(tmp_path: Path, **changes: object) -> Path:
    fields = {key: value for key, value in {**ENTRY, **changes}.items() if value is not None}
    path = tmp_path / "catalogue.yml"
    path.write_text(yaml.safe_dump({"staff_per_1000": fields}), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", list(load_catalogue()))
def test_every_entry_has_its_function_with_its_inputs(name: str) -> None:
    indicator = load_catalogue()[name]
    module = import_module(f"landscape.indicators.{indicator.layer}")
    function = getattr(module, indicator.function)
    parameters = [p for p in inspect.signature(function).parameters if p != "years"]
    declared = ["answers", "function"]
    assert parameters == (declared if indicator.is_declared else list(indicator.inputs))
    assert function.__doc__


def test_every_function_is_in_the_catalogue() -> None:
    used = {(i.layer, i.function) for i in load_catalogue().values()}
    for layer in ("territory", "needs", "resources", "services"):
        module = import_module(f"landscape.indicators.{layer}")
        own = inspect.getmembers(module, inspect.isfunction)
        assert {(layer, n) for n, f in own if f.__module__ == module.__name__} <= used


def test_entries_for_each_function_bear_its_word() -> None:
    found = load_catalogue()
    assert found["services_per_10000_old_age"].theme == "old_age"
    assert found["services_per_10000_old_age"].function == "services_per_10000"
    assert "old age" in found["services_per_10000_old_age"].title["en"]


def test_a_right_entry(tmp_path: Path) -> None:
    found = load_catalogue(catalogue_of(tmp_path))
    assert list(found) == ["staff_per_1000"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"unit": None}, "unit: Field required"),
        ({"decimals": 9}, "decimals: "),
        ({"direction": "up"}, "direction: "),
        ({"theme": "joy"}, "theme joy is no ESSPROS function"),
        ({"topic": "age"}, "topic age is not in topics.yml under layer resources"),
        ({"colour": "red"}, "colour: "),
        ({"inputs": {"posts": {"variable": "joy"}}}, "inputs.posts: .*joy is not in variables.yml"),
        ({"inputs": {"posts": {}}}, "inputs.posts: .*either a variable or services"),
        ({"inputs": {"posts": {"services": ["ro/x"], "function": "joy"}}}, "joy is not one of"),
        (
            {"inputs": {"posts": {"services": ["ro/x"], "provider_type": ["me"]}}},
            "me is not one of",
        ),
        ({"countries": {"RO": {"grade": "D", "counted": WORDS}}}, "countries.RO.grade: "),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    with pytest.raises(LandscapeError, match=rf"catalogue\.yml: staff_per_1000: .*{says}"):
        load_catalogue(catalogue_of(tmp_path, **changes))


@pytest.mark.parametrize("text", ["a: [", "- a", "", "a: 3"])
def test_a_catalogue_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "catalogue.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LandscapeError, match=r"catalogue\.yml"):
        load_catalogue(path)


def test_the_catalogue_uses_each_key_once() -> None:
    """YAML keeps the last of two entries of one name in silence."""
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[0] for line in lines if line[:1].isalpha()]
    assert len(names) == len(set(names))
