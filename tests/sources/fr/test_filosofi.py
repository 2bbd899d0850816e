"""Income and poverty: secrets, arrondissements, and medians that cannot be merged."""

from collections.abc import Callable

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import filosofi
from landscape.tables import CountryTables


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    needs = france.tables["needs"]
    compare_with_golden(needs[needs["source_id"] == "fr/filosofi"], "filosofi.needs")


def test_an_unknown_mark_stops(
    frame: Callable[[str], pd.DataFrame], context: Callable[[str], Context]
) -> None:
    rows = frame("filosofi")
    rows = rows.assign(median=rows["median"].replace("s", "secret"))
    with pytest.raises(SourceError, match="secret"):
        filosofi.clean(rows, context("filosofi"))


@pytest.mark.data
def test_official_figures(official_france: CountryTables) -> None:
    needs = official_france.tables["needs"].query("source_id == 'fr/filosofi'")
    wide = needs.pivot_table(
        index="area_id", columns="variable", values="value", observed=True
    ).astype("float64")
    assert wide.loc["FR_75056", "median_income"] == 29730
    assert wide.loc["FR_73065", "poverty_rate"] == pytest.approx(17, abs=5)
    assert wide["median_income"].dropna().between(10_000, 60_000).all()
    assert wide["poverty_rate"].dropna().between(2, 75).all()
    medians = needs[needs["variable"] == "median_income"]
    assert medians["status"].value_counts()["A"] > 31_100
    assert "FR_97101" not in wide.index
    # The file's sum over communes, without the arrondissements that repeat their cities.
    assert wide["persons_in_fiscal_households"].sum() == pytest.approx(63_558_933, rel=2e-3)
