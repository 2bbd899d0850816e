"""The words of readers are set as their languages ask: spaces, apostrophes, letters."""

import re
from collections.abc import Iterator

import pytest
import yaml
from babel.messages.pofile import read_po

from landscape.dictionaries import (
    load_columns,
    load_credits,
    load_rules,
    load_terms,
    load_topics,
)
from landscape.indicators.catalogue import load_catalogue
from landscape.language import LANGUAGES, LOCALES
from landscape.paths import project
from landscape.sources.registry import countries
from landscape.workbook.questionnaire import load_choices, load_questionnaire, load_words

FAULTS = {
    "fr": [
        (r"'", "a straight apostrophe: write ’"),
        (r" [:;!?%»]|« ", "a plain space: write a no-break space before : ; ! ? % » and after «"),
        (r"[^\s\u202f\u00a0;:?!][;!?»](?!\w)", "no space before ; ! ? or »"),
        (r"\d \d{3}\b", "a plain space inside a number: write a narrow no-break space"),
    ],
    "ro": [
        (r"[şţŞŢ]", "a letter with a cedilla: write ș and ț with a comma below"),
        (r"\d %", "a plain space before %: write a no-break space"),
    ],
    "bg": [
        (r"[\"“”](?=\w)", "quotation marks: write „ and “"),
        (r"\d %|\d \d{3}\b", "a plain space inside a figure: write a no-break space"),
    ],
    "en": [],
}


def dictionaries() -> Iterator[tuple[str, dict[str, str]]]:
    """Every entry with words in four languages, with where it stands."""
    for dimension, entries in load_terms().items():
        yield from ((f"terms.yml {dimension} {code}", words) for code, words in entries.items())
    yield from ((f"topics.yml {topic}", words) for topic, words in load_topics().items())
    yield from ((f"rules.yml {rule}", words) for rule, words in load_rules().items())
    yield from ((f"columns.yml {column}", words) for column, words in load_columns().items())
    yield from ((f"credits.yml {phrase}", words) for phrase, words in load_credits().items())
    for name, indicator in load_catalogue().items():
        yield f"catalogue.yml {name} title", indicator.title
        yield f"catalogue.yml {name} unit", indicator.unit
        for code, of_country in indicator.countries.items():
            yield f"catalogue.yml {name} {code}", of_country.counted
    for code, card in countries().items():
        yield from ((f"{code} note", note) for note in card.notes)
        yield from ((f"{code} {level}", of.many) for level, of in card.levels.items())
    yield from questionnaire()
    for path in sorted(project().raw.glob("*/*/source.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield f"{path.parent.name} title", content["title"]


def questionnaire() -> Iterator[tuple[str, dict[str, str]]]:
    """The words of the inventory workbook."""
    for name, words in load_words().items():
        yield f"words.yml {name}", words
    for name, choices in load_choices().items():
        yield from ((f"lists.yml {name} {code}", words) for code, words in choices.items())
    for sheet in load_questionnaire().values():
        for words in filter(None, (sheet.title, sheet.intro, sheet.item_label)):
            yield f"{sheet.name}.yml", words
        for question in sheet.questions.values():
            for words in filter(None, (question.label, question.short, question.help)):
                yield f"{sheet.name}.yml {question.name}", words


def messages(code: str) -> Iterator[tuple[str, str]]:
    with (LOCALES / f"{code}.po").open("rb") as file:
        for message in read_po(file, locale=code):
            forms = [message.string] if isinstance(message.string, str) else message.string
            yield from ((f"{code}.po {message.id!r}", str(form)) for form in forms if message.id)


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_are_set_as_the_language_asks(code: str) -> None:
    said = [(place, words[code]) for place, words in dictionaries() if code in words]
    wrong = [
        f"{place}: {fault}: {text}"
        for place, text in [*said, *messages(code)]
        for pattern, fault in FAULTS[code]
        if re.search(pattern, text)
    ]
    assert wrong == []


def test_latin_and_cyrillic_letters_do_not_mix_in_a_word() -> None:
    words = [words["bg"] for _, words in dictionaries()] + [text for _, text in messages("bg")]
    texts = [re.sub(r"\{\w+\}", "", text) for text in words]
    mixed = [t for t in texts if re.search(r"[A-Za-z][а-яА-Я]|[а-яА-Я][A-Za-z]", t)]
    assert mixed == []


def test_romanian_and_french_have_no_cyrillic_letter() -> None:
    words = [words[code] for _, words in dictionaries() for code in ("fr", "ro")]
    assert [text for text in words if re.search(r"[а-яА-Я]", text)] == []
