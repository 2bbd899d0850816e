"""Where the project is, and how numbers, days and words read in each language."""

from datetime import date
from pathlib import Path

import pytest

from landscape.errors import LandscapeError
from landscape.language import LANGUAGES, LOCALES, language
from landscape.paths import PACKAGE, project


def test_the_project_around_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANDSCAPE_HOME", raising=False)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "deep")
    assert project().root == tmp_path.resolve()
    assert project().processed == tmp_path.resolve() / "data" / "processed"


def test_the_named_project_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))
    assert project().root == tmp_path.resolve()
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path / "absent"))
    with pytest.raises(LandscapeError, match="absent: LANDSCAPE_HOME names no folder"):
        project()


def test_without_a_project_around_the_installed_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANDSCAPE_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert project().root == PACKAGE.parents[1]


@pytest.mark.parametrize(
    ("code", "number", "day"),
    [
        ("en", "1,234.5", "1 September 2026"),
        ("fr", "1\u202f234,5", "1er septembre 2026"),
        ("ro", "1.234,5", "1 septembrie 2026"),
        ("bg", "1\u00a0234,5", "1 септември 2026\u202fг."),
    ],
)
def test_numbers_and_days(code: str, number: str, day: str) -> None:
    words = language(code)
    assert words.number(1234.5, 1) == number
    assert words.date(date(2026, 9, 1)) == day


def test_an_unknown_language_names_the_choices() -> None:
    with pytest.raises(ValueError, match="unknown language 'de': choose one of en, fr, ro, bg"):
        language("de")


def test_a_message_without_translation_stays_english() -> None:
    assert language("bg").text("No such message, {name}", name="x") == "No such message, x"
    assert language("en").plural("{number} area", "{number} areas", 1) == "1 area"
    assert language("en").plural("{number} area", "{number} areas", 1200) == "1,200 areas"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_its_catalogue(code: str) -> None:
    assert (LOCALES / f"{code}.po").is_file()
