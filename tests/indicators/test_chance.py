"""Every rate and share has its interval, and the catalogue says which."""

import inspect

import pandas as pd
import pytest

from landscape.indicators.catalogue import load_catalogue
from landscape.indicators.compute import _function_of
from landscape.indicators.intervals import poisson_interval, wilson_interval

#: What authorities declare has tests of its own: it is made of answers, not of inputs.
CATALOGUE = {name: found for name, found in load_catalogue().items() if not found.is_declared}


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_interval_is_the_one_that_the_catalogue_names(name: str) -> None:
    indicator = CATALOGUE[name]
    function = _function_of(indicator)
    takes = inspect.signature(function).parameters
    index = pd.Index(["XX_1"])
    arguments = {key: pd.Series([40.0], index, dtype="Float64") for key in takes if key != "years"}
    last = list(arguments)[-1]
    arguments[last] = pd.Series([2000.0], index, dtype="Float64")
    row = function(**arguments, **({"years": 1} if "years" in takes else {})).iloc[0]
    value, bounds = row["value"], row[["low", "high"]]
    if indicator.chance == "none":
        assert bounds.isna().all()
        return
    cases, total = pd.Series([row["numerator"]]), pd.Series([row["denominator"]])
    wilson = wilson_interval(cases, total).iloc[0] * 100
    poisson = poisson_interval(cases).iloc[0] / row["numerator"] * value
    expected = wilson if indicator.chance == "share" else poisson
    assert bounds.tolist() == pytest.approx(expected.tolist())


def test_what_has_no_interval_is_no_count_of_cases_over_persons() -> None:
    """Means, money, distances, change between two counts, and what is published bare."""
    without = {name for name, indicator in CATALOGUE.items() if indicator.chance == "none"}
    named = {CATALOGUE[name].function for name in without}
    assert named == {
        "population_change", "population_change_domicile", "exam7_language", "exam7_mathematics",
        "gross_wage", "net_wage", "median_income", "registered_unemployment",
        "state_investment_grants_per_resident", "local_spending_per_resident",
        "distance_to_service_km", "distance_to_france_services_km",
    }  # fmt: skip
