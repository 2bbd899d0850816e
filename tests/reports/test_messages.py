"""The catalogues: what is gathered, what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages import Catalog

from landscape.errors import LandscapeError
from landscape.language import LANGUAGES, LOCALES, language
from landscape.paths import project
from landscape.reports.messages import (
    COMPLETE,
    extract_messages,
    find_gaps,
    read_catalog,
    source_files,
    update_catalogs,
)


@pytest.fixture(scope="module")
def template() -> Catalog:
    root = project().root
    return extract_messages(source_files(root), root)


@pytest.mark.parametrize("code", COMPLETE)
def test_every_word_is_translated(template: Catalog, code: str) -> None:
    assert find_gaps(template, code) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_its_catalogue_and_no_wrong_placeholder(
    template: Catalog, code: str
) -> None:
    assert (LOCALES / f"{code}.po").exists()
    assert [gap for gap in find_gaps(template, code) if "placeholder" in gap] == []
    language(code)


def test_words_come_from_code_templates_and_notebooks(
    tmp_path: Path, write_notebook: Callable[..., Path]
) -> None:
    code = tmp_path / "words.py"
    code.write_text(
        't.text("One {x}", x=1)\nt.plural("{number} a", "{number} as", 2)\n'
        "f\"{t.text('Inside a string')} and {t.text(variable)}\"\n"
    )
    page = tmp_path / "page.j2"
    page.write_text('{{ text("From a template") }}{{ plural("{number} b", "{number} bs", n) }}')
    notebook = write_notebook("lang = 'en'", "%time\nreader.text(\n    'From ' 'a cell'\n)")
    found = extract_messages([code, page, notebook], tmp_path)
    assert {message.id for message in found if message.id} == {
        "One {x}",
        ("{number} a", "{number} as"),
        "From a template",
        ("{number} b", "{number} bs"),
        "From a cell",
        "Inside a string",
    }
    assert found["From a cell"].locations == [("trial.ipynb", 2)]


def test_one_message_is_not_used_with_and_without_a_plural(tmp_path: Path) -> None:
    code = tmp_path / "words.py"
    code.write_text('t.text("{number} a")\nt.plural("{number} a", "{number} as", 2)\n')
    with pytest.raises(LandscapeError, match="with and without a plural"):
        extract_messages([code], tmp_path)


def test_updating_keeps_translations_and_drops_what_is_unused(tmp_path: Path) -> None:
    first = Catalog()
    first.add("Needs")
    first.add("Old")
    first.add(("{number} area", "{number} areas"))
    update_catalogs(first, tmp_path)
    path = tmp_path / "fr.po"
    path.write_text(path.read_text().replace('"Needs"\nmsgstr ""', '"Needs"\nmsgstr "Besoins"'))
    second = Catalog()
    second.add("Needs")
    second.add("Means")
    update_catalogs(second, tmp_path)
    french = read_catalog(path, "fr")
    assert french["Needs"].string == "Besoins"
    assert french.get("Old") is None
    assert find_gaps(second, "fr", tmp_path) == ["fr: not translated: 'Means'"]
    assert find_gaps(second, "en", tmp_path) == []
    before = path.read_bytes()
    update_catalogs(second, tmp_path)
    assert path.read_bytes() == before


def test_a_translation_with_another_placeholder_is_a_gap(tmp_path: Path) -> None:
    template = Catalog()
    template.add("of {total}")
    update_catalogs(template, tmp_path)
    path = tmp_path / "fr.po"
    path.write_text(
        path.read_text().replace('"of {total}"\nmsgstr ""', '"of {total}"\nmsgstr "sur {totla}"')
    )
    assert "unknown placeholder" in find_gaps(template, "fr", tmp_path)[0]
