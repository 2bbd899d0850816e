"""Social facilities: counts by commune and type, conserved through the mergers."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.schemas import FUNCTIONS, SETTINGS
from landscape.sources.contract import Context
from landscape.sources.fr import bpe
from landscape.tables import CountryTables

Frame = Callable[[str], pd.DataFrame]


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    services = france.tables["services"]
    compare_with_golden(services[services["source_id"] == "fr/bpe"], "bpe.services")


def test_every_type_is_mapped_and_named_in_four_languages() -> None:
    types = pd.read_csv(Path(bpe.__file__).with_suffix(".csv"), dtype=str, keep_default_na=False)
    assert types["local_type"].is_unique
    assert types["header"].is_unique
    assert set(types["function"]) <= {*FUNCTIONS, ""}
    assert set(types["setting"]) <= set(SETTINGS)
    assert (types.filter(like="label_") != "").all(axis=None)


def test_other_columns_are_not_read(frame: Frame) -> None:
    assert len(frame("bpe").columns) == 23 + 2


def test_a_blank_is_no_service(france: CountryTables) -> None:
    services = france.tables["services"].query("source_id == 'fr/bpe'")
    assert not (services["area_id"] == "FR_55386").any()


def test_a_text_in_a_count_stops(frame: Frame, context: Callable[[str], Context]) -> None:
    with pytest.raises(SourceError, match="many"):
        bpe.clean(frame("bpe").assign(D401="many"), context("bpe"))


def test_a_type_without_a_mapping_stops(frame: Frame, context: Callable[[str], Context]) -> None:
    with pytest.raises(SourceError, match="D999"):
        bpe.clean(frame("bpe").assign(D999="1"), context("bpe"))


@pytest.mark.data
def test_official_sums_are_those_of_the_file(
    official_france: CountryTables, official: Path
) -> None:
    folder = next(s for s in official_france.sources if s.card.source_id == "fr/bpe")
    printed = bpe.read(folder).drop(columns=["code", "record"])
    expected = printed.replace("", "0").astype(int).sum()
    services = official_france.tables["services"].query("source_id == 'fr/bpe'")
    found = services.groupby("local_type")["count"].sum()
    assert found.to_dict() == expected.to_dict()
    assert found["D401"] == 10_068
    assert found["D501"] == 9_362
