"""Whatever a reader sees is said in the four languages."""

import pytest

from landscape.dictionaries import load_terms, load_topics
from landscape.indicators.catalogue import LAYERS, load_catalogue
from landscape.language import LANGUAGES
from landscape.schemas import FUNCTIONS, PROVIDERS, SETTINGS
from landscape.sources.registry import countries

CATALOGUE = load_catalogue()


def lacking(words: dict[str, str]) -> list[str]:
    return [code for code in LANGUAGES if not str(words.get(code, "")).strip()]


@pytest.mark.parametrize(
    ("dimension", "codes"),
    [
        ("function", FUNCTIONS),
        ("setting", SETTINGS),
        ("provider_type", PROVIDERS),
        ("layer", LAYERS),
    ],
)
def test_every_code_of_the_tables_has_its_word(dimension: str, codes: tuple[str, ...]) -> None:
    assert set(codes) <= set(load_terms()[dimension])


def test_terms_and_topics_are_in_four_languages() -> None:
    for dimension, entries in load_terms().items():
        for code, words in entries.items():
            assert lacking(words) == [], f"{dimension} {code}"
    for topic, entry in load_topics().items():
        assert lacking(entry) == [], topic
        assert entry["layer"] in LAYERS


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_an_indicator_is_told_in_four_languages(name: str) -> None:
    indicator = CATALOGUE[name]
    assert lacking(indicator.title) == []
    assert lacking(indicator.unit) == []
    assert set(indicator.countries) <= set(countries())
    for code, in_country in indicator.countries.items():
        assert lacking(in_country.counted) == [], code


def test_every_layer_has_indicators_and_titles_do_not_repeat() -> None:
    assert {indicator.layer for indicator in CATALOGUE.values()} == set(LAYERS)
    for language in LANGUAGES:
        titles = [indicator.title[language] for indicator in CATALOGUE.values()]
        assert len(titles) == len(set(titles)), language
