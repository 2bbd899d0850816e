"""Indicators of Romania's local budgets and public social institutions."""

from dataclasses import replace

import pandas as pd
import pytest
from tiny_country import Country

from landscape.indicators.catalogue import Input, load_catalogue
from landscape.indicators.inputs import gather_services
from landscape.indicators.resources import local_spending_per_resident
from landscape.indicators.services import public_social_institutions_per_10000
from landscape.paths import SOURCE_MODULES

NAMES = ("local_spending_per_resident", "public_social_institutions_per_10000")


def figures(**values: float | None) -> pd.Series:
    return pd.Series(values, dtype="Float64")


def test_spending_per_resident_has_no_interval() -> None:
    found = local_spending_per_resident(
        figures(A=5_000_000.5, B=None, C=100), figures(A=1000, B=10, C=0)
    )
    assert found["value"].tolist() == [5000.0005, pd.NA, pd.NA]
    assert found[["low", "high"]].isna().all(axis=None)


def test_institutions_per_10000() -> None:
    found = public_social_institutions_per_10000(figures(A=4, B=0), figures(A=20_000, B=10_000))
    assert found["value"].tolist() == [2.0, 0.0]
    assert found.loc["A", "low"] == pytest.approx(0.545, abs=1e-3)
    assert found.loc["A", "high"] == pytest.approx(5.121, abs=1e-3)


def test_types_of_services_can_be_left_out(country: Country) -> None:
    data = country.serves("XX_N1", count=2).serves("XX_N1").serves("XX_S2").data()
    types = ["kindergarten", "canteen", "kindergarten"]
    data = replace(data, services=data.services.assign(local_type=types))
    spec = Input(services=["xx/register"], without_local_type=["kindergarten"])
    found = gather_services(spec, data, "county")
    assert found is not None
    assert found.direct.to_dict() == {"XX_N": 1, "XX_S": 0}


def test_the_types_left_out_are_types_of_the_source() -> None:
    spec = load_catalogue()[NAMES[1]].inputs["institutions"]
    mapping = pd.read_csv(SOURCE_MODULES / "ro" / "public_entities.csv")
    assert set(spec.without_local_type or []) <= set(mapping["local_type"])


def test_they_stay_inside_romania() -> None:
    for name in NAMES:
        assert {c: e.grade for c, e in load_catalogue()[name].countries.items()} == {"RO": "C"}


@pytest.mark.parametrize("council", ["spending", "income", "education_spending"])
def test_no_indicator_mixes_a_council_with_its_county(council: str) -> None:
    used = {i.variable for each in load_catalogue().values() for i in each.inputs.values()}
    assert f"county_council_budget_{council}" not in used


def test_day_centres_are_those_that_the_register_calls_so() -> None:
    """The register writes CZ (centru de zi) into their code; no other day type is counted."""
    entry = load_catalogue()["day_places_disability_per_10000"]
    mapping = pd.read_csv(SOURCE_MODULES / "ro" / "social_services.csv")
    for name in ("places", "establishments"):
        spec = entry.inputs[name]
        asked = mapping[
            (mapping["function"] == spec.function) & (mapping["setting"] == spec.setting)
        ]
        counted = asked[~asked["local_type"].isin(spec.without_local_type or [])]
        assert set(spec.without_local_type or []) <= set(asked["local_type"])
        assert len(counted) == 4 and counted["local_type"].str.contains("CZ-").all()
