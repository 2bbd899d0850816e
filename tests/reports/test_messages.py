"""The catalogues: what is gathered, what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages import Catalog

from landscape.errors import LandscapeError
from landscape.language import LANGUAGES, LOCALES, language
from landscape.paths import project
from landscape.reports.messages import (
    extract_messages,
    find_gaps,
    read_catalog,
    source_files,
    update_catalogs,
    write_catalog,
)


@pytest.fixture(scope="module")
def template() -> Catalog:
    root = project().root
    return extract_messages(source_files(root), root)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_is_translated(template: Catalog, code: str) -> None:
    assert find_gaps(template, code) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_its_catalogue(template: Catalog, code: str) -> None:
    assert (LOCALES / f"{code}.po").exists()
    language(code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalogues_hold_no_word_that_is_not_said(template: Catalog, code: str) -> None:
    said = {str(message.id) for message in template}
    kept = {str(message.id) for message in read_catalog(LOCALES / f"{code}.po", code)}
    assert kept <= said


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_plural_has_all_the_forms_of_its_language(code: str) -> None:
    catalog = read_catalog(LOCALES / f"{code}.po", code)
    for message in catalog:
        if isinstance(message.id, tuple) and any(message.string):
            assert len(message.string) == catalog.num_plurals, message.id


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


def translate(folder: Path, message: str | tuple[str, str], *forms: str) -> list[str]:
    """The gaps of French where the message is translated by these forms."""
    template = Catalog()
    template.add(message)
    update_catalogs(template, folder)
    french = read_catalog(folder / "fr.po", "fr")
    key = message if isinstance(message, str) else message[0]
    french[key].string = forms if len(forms) > 1 else forms[0]
    write_catalog(french, folder / "fr.po")
    return find_gaps(template, "fr", folder)


def test_a_translation_keeps_the_placeholders(tmp_path: Path) -> None:
    assert translate(tmp_path, "of {total}", "sur {total}") == []
    assert "unknown placeholder" in translate(tmp_path, "of {total}", "{total} sur {totla}")[0]
    assert "is lost" in translate(tmp_path, "{known} of {total}", "sur {total}")[0]


def test_only_the_form_for_one_may_go_without_its_number(tmp_path: Path) -> None:
    message = ("{number} area of {name}", "{number} areas of {name}")
    assert translate(tmp_path, message, "ce lieu, {name}", "{number} lieux, {name}") == []
    assert "is lost" in translate(tmp_path, message, "{number} lieu, {name}", "lieux, {name}")[0]
    assert "is lost" in translate(tmp_path, message, "ce lieu", "{number} lieux, {name}")[0]
