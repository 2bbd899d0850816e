"""State investment grants: each tier apart, no euro lost."""

from collections.abc import Callable

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import dotations
from landscape.tables import CountryTables

Frame = Callable[[str], pd.DataFrame]


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    resources = france.tables["resources"]
    compare_with_golden(resources[resources["source_id"] == "fr/dotations"], "dotations.resources")


def test_descriptions_are_not_read(frame: Frame) -> None:
    assert "description" not in frame("dotations")


@pytest.mark.parametrize(
    ("column", "value"),
    [("tier", "region"), ("grant", "DGF"), ("category", "9 - Divers"), ("amount", "beaucoup")],
)
def test_an_unknown_value_stops(
    column: str, value: str, frame: Frame, context: Callable[[str], Context]
) -> None:
    with pytest.raises(SourceError, match=value):
        dotations.clean(frame("dotations").assign(**{column: value}), context("dotations"))


@pytest.mark.parametrize("amount", ["1000", "4005"])
def test_a_grant_that_is_not_its_share_of_the_cost_is_told(
    amount: str, frame: Frame, context: Callable[[str], Context]
) -> None:
    rows = frame("dotations")
    assert "parts_do_not_add_up" not in set(
        dotations.clean(rows, context("dotations")).findings["rule"]
    )
    rows.loc[0, "amount"] = amount
    (told,) = (
        dotations.clean(rows, context("dotations"))
        .findings.query("rule == 'parts_do_not_add_up'")
        .itertuples()
    )
    assert told.record == "row 2" and amount in str(told.message)


@pytest.mark.data
def test_official_sums_are_those_of_the_file(official_france: CountryTables) -> None:
    """1,707,978,945.66 EUR in all, of which 1,978,400 to the Collectivity of Corsica."""
    resources = official_france.tables["resources"].query("source_id == 'fr/dotations'")
    sums = resources.groupby("variable")["value"].sum()
    assert sums["state_investment_grants"] == pytest.approx(1_181_775_183.82, abs=1)
    assert sums["state_investment_grants_intercommunal"] == pytest.approx(341_935_749.79, abs=1)
    council = sums["state_investment_grants_county_council"]
    others = 1_978_400 + 1_181_775_183.82 + 341_935_749.79
    assert council == pytest.approx(1_707_978_945.66 - others, abs=1)
    assert sums["state_investment_grants_health_social"] == pytest.approx(53_682_809.99, abs=1)
