"""GLOSSARY.md holds every term in four languages, and the reports use its words."""

from pathlib import Path

import pytest

from landscape.dictionaries import load_terms
from landscape.language import LANGUAGES

GLOSSARY = Path(__file__).parents[1] / "GLOSSARY.md"

# The terms that were agreed first; the glossary grew from them.
AGREED = [
    (
        "inventory (phase)",
        "état des lieux",
        "inventariere (stadiul actual)",
        "преглед на състоянието",
    ),
    ("local authority", "collectivité territoriale", "autoritate locală", "местна власт"),
    ("municipality", "commune", "UAT", "община"),
    ("county", "département", "județ", "област"),
    ("needs", "besoins", "nevoi", "потребности"),
    ("resources", "ressources", "resurse", "ресурси"),
    ("services", "services", "servicii", "услуги"),
    ("not inventoried", "non recensé", "neinventariat", "няма събрани данни"),
    ("day centre", "accueil de jour", "centru de zi", "дневен център"),
    ("residential care", "hébergement", "centru rezidențial", "резидентна грижа"),
    ("association", "association", "asociație", "сдружение"),
    ("delegated service", "service délégué", "serviciu externalizat (delegat)", "възложена услуга"),
    ("peers", "collectivités comparables", "autorități comparabile", "сравними общини"),
    ("zone of innovation", "zone d'innovation", "zonă de inovație", "зона на иновации"),
    ("catchment", "bassin de desserte", "arie de deservire", "район на обслужване"),
    (
        "confidence interval",
        "intervalle de confiance",
        "interval de încredere",
        "доверителен интервал",
    ),
]
TERMS = [
    pytest.param(words, id=f"{dimension}-{code}")
    for dimension, entries in load_terms().items()
    for code, words in entries.items()
]


def rows() -> list[list[str]]:
    """The cells of every term: four languages and the meaning."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if row[0] != "English" and not row[0].startswith("---")]


def plain(text: str) -> str:
    return text.replace("’", "'").casefold()


def stands(words: tuple[str, ...]) -> bool:
    """Whether a row has these words, each as one of the words of its cell."""
    return any(
        all(
            plain(word) in [plain(cell), *map(str.strip, plain(cell).split(";"))]
            or plain(cell).startswith(f"{plain(word)} (as provider)")
            for word, cell in zip(words, row, strict=False)
        )
        for row in rows()
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_term_has_four_languages_and_one_sentence(row: list[str]) -> None:
    assert len(row) == len(LANGUAGES) + 1
    assert all(row)
    assert row[-1].endswith(".")
    assert row[-1].count(". ") == 0


def test_no_term_stands_twice() -> None:
    terms = [row[0] for row in rows()]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("words", AGREED, ids=lambda words: words[0])
def test_an_agreed_term_stands_in_the_glossary(words: tuple[str, ...]) -> None:
    assert stands(words)


@pytest.mark.parametrize("words", TERMS)
def test_a_word_for_a_code_stands_in_the_glossary(words: dict[str, str]) -> None:
    assert stands(tuple(words[code] for code in LANGUAGES))
