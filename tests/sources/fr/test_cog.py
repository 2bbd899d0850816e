"""The register of communes: which are areas, which are parts, which are beyond the scope."""

from collections.abc import Callable

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import cog
from landscape.sources.registry import country
from landscape.tables import CountryTables

Compare = Callable[[pd.DataFrame, str], None]
Frame = Callable[[str], pd.DataFrame]


def test_golden_areas(france: CountryTables, compare_with_golden: Compare) -> None:
    areas = france.tables["areas"]
    compare_with_golden(areas[areas["level"] != "country"], "areas")


def test_golden_places(france: CountryTables, compare_with_golden: Compare) -> None:
    compare_with_golden(france.tables["places"], "places")


def test_golden_population(france: CountryTables, compare_with_golden: Compare) -> None:
    needs = france.tables["needs"]
    compare_with_golden(needs[needs["source_id"] == "fr/cog"], "cog.needs")


def test_findings_and_accounting(france: CountryTables, compare_with_golden: Compare) -> None:
    compare_with_golden(france.tables["findings"], "findings")
    book = france.accounting
    assert (book["rows_read"] == book["rows_kept"] + book["rows_rejected"]).all()


def test_a_part_that_stands_in_the_register_decides_on_its_commune(france: CountryTables) -> None:
    """The former code 55273 is listed with Heudicourt, the part stands with Nonsard."""
    places = france.tables["places"].set_index("code")
    assert places.loc["55273", "area_id"] == "FR_55386"


def test_counties_know_their_population_without_their_communes(
    frame: Frame, context: Callable[[str], Context]
) -> None:
    few = frame("cog").query("departement == '12' or type == 'departement'")
    needs = cog.clean(few, context("cog")).tables["needs"].set_index("area_id")
    assert needs.loc["FR_93", "value"] == 150000
    assert needs.loc["FR", "status"] == "E"


def test_an_unknown_type_stops(frame: Frame, context: Callable[[str], Context]) -> None:
    strange = frame("cog").assign(type="commune-nouvelle-espece")
    with pytest.raises(SourceError, match="commune-nouvelle-espece"):
        cog.clean(strange, context("cog"))


@pytest.mark.data
def test_official_counts(official_france: CountryTables) -> None:
    areas = official_france.tables["areas"]
    expected = {level: card.expected for level, card in country("FR").levels.items()}
    assert areas["level"].value_counts().to_dict() == {**expected, "country": 1}
    people = areas.set_index("area_id")["population"]
    assert people["FR"] == 68_350_798
    assert people[areas.loc[areas["level"] == "municipality", "area_id"]].sum() == people["FR"]
    assert people["FR_75056"] == 2_103_778
    assert not areas["area_id"].duplicated().any()


@pytest.mark.data
def test_official_row_accounting(official_france: CountryTables) -> None:
    book = official_france.accounting.set_index("source_id")
    assert book.loc["fr/cog"].tolist() == [37590 + 109, 37597, 102]
    assert book.loc["fr/communes", "rows_read"] == 34875 + 2655
    assert (book["rows_read"] == book["rows_kept"] + book["rows_rejected"]).all()
    rejected = official_france.tables["findings"].query("action == 'rejected'")
    counts = rejected.groupby("source_id").size()
    assert counts.to_dict() == book.query("rows_rejected > 0")["rows_rejected"].to_dict()
