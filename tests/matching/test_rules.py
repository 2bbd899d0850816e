"""The rules of each country are data, and a misspelt rule is an error."""

from __future__ import annotations

import pytest

from landscape.matching import NormalForm, load_rules
from landscape.matching.normal_form import fold
from landscape.matching.rules import read_rules


@pytest.mark.parametrize("country", ["RO", "BG", "MD", "FR"])
def test_the_words_of_the_rules_are_folded(country: str) -> None:
    rules = load_rules(country)
    types = [word for phrases in rules.types.values() for _, phrase in phrases for word in phrase]
    titles = [word for group in rules.columns.values() for title in group for word in title.split()]
    for word in [*types, *rules.articles, *rules.words, *rules.address_words, *titles]:
        assert word == fold(word)


def test_a_country_without_rules_has_none() -> None:
    rules = load_rules("ZZ")
    assert rules.country == "ZZ"
    assert NormalForm(rules).keys("saint denis").full == ("saintdenis",)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"artcles": []}, "names.yml of RO: unknown key artcles"),
        ({"types": {"village": ["sat"]}}, "names.yml of RO: unknown role village"),
    ],
)
def test_a_misspelt_rule_is_an_error(raw: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_rules("RO", raw)


def test_keys_expand_abbreviations_and_turn_articles_round() -> None:
    normal = NormalForm(load_rules("FR"))
    assert normal.keys("st denis").full == ("saintdenis",)
    assert normal.keys("ulis les").full == normal.keys("les ulis").full == ("lesulis",)
    assert normal.keys("les ulis").bare == ("ulis",)
    romanian = NormalForm(load_rules("RO"))
    assert set(romanian.keys("tg mures").full) == {"targumures", "targulmures"}


def test_both_spellings_of_an_old_letter_are_keys() -> None:
    normal = NormalForm(load_rules("RO"))
    assert {"campulung", "cimpulung"} <= set(normal.spelling_keys("Câmpulung").full)


def test_latin_forms_of_a_cyrillic_name() -> None:
    keys = NormalForm(load_rules("BG")).spelling_keys("Кърджали").full
    assert {"кърджали", "kardzhali", "kurdzhali", "kardjali"} <= set(keys)
