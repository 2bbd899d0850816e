"""The labels of 400 spellings have evidence of their own: the county and the list of places."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from rapidfuzz import fuzz

pytestmark = pytest.mark.data
LABELLED = Path(__file__).parent / "associations_labelled.csv"
#: Abbreviations, former and short names that no likeness of letters shows.
KNOWN = {"OD.SECUIESC", "M-CIUC", "C-ţa", "C.DE ARGEŞ", "BASARABI", "LAPUSUL ROMANESC NR. 1"}


def plain(text: str) -> str:
    """Small letters without marks; of wrongly decoded ones those that stand for ș and ț."""
    mended = text.translate(str.maketrans("ªºÞþ", "SsTt"))
    letters = unicodedata.normalize("NFKD", mended).casefold()
    return "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))


@pytest.fixture(scope="module")
def siruta(official: Path) -> pd.DataFrame:
    return pd.read_csv(official / "ro/siruta/siruta_s1_2024.csv", dtype=str)


def test_each_label_names_the_area_or_one_of_its_places(siruta: pd.DataFrame) -> None:
    """Read straight from the register, without the project's own matching."""
    sample = pd.read_csv(LABELLED, dtype=str)
    sample = sample[sample["expected"].str.startswith("RO_") & ~sample["name"].isin(KNOWN)]
    for spelling, expected in zip(sample["name"], sample["expected"], strict=True):
        code = expected.removeprefix("RO_")
        inside = siruta[(siruta["SIRUTA"] == code) | (siruta["SIRSUP"] == code)]
        likeness = [fuzz.partial_ratio(plain(name), plain(spelling)) for name in inside["DENLOC"]]
        bare = [plain(n).split(" ", 1)[-1] for n in inside["DENLOC"]]
        likeness += [fuzz.partial_ratio(name, plain(spelling)) for name in bare]
        assert max(likeness) >= 80, (spelling, expected, inside["DENLOC"].tolist())


def test_each_label_lies_in_the_county_typed(siruta: pd.DataFrame) -> None:
    sample = pd.read_csv(LABELLED, dtype=str)
    sample = sample[sample["expected"].str.startswith("RO_") & (sample["county"] != "NEPRECIZAT")]
    counties = siruta[siruta["TIP"] == "40"].set_index("JUD")["DENLOC"].map(plain)
    number = siruta.set_index("SIRUTA")["JUD"]
    for county, expected in zip(sample["county"], sample["expected"], strict=True):
        assert plain(county) in counties[number[expected.removeprefix("RO_")]].replace("-", " ")
