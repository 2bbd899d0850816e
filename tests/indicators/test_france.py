"""Indicators of France's census, work integration and participation: withheld, summed, known."""

import pandas as pd

from landscape.indicators.catalogue import load_catalogue
from landscape.indicators.needs import unemployment_15_64
from landscape.indicators.resources import participation_programmes_per_100000
from landscape.indicators.services import work_integration_per_100000


def figures(**values: float | None) -> pd.Series:
    return pd.Series(values, dtype="Float64")


def test_unemployment_of_fewer_than_ten_persons_is_withheld() -> None:
    found = unemployment_15_64(figures(A=13, B=2, C=None), figures(A=130, B=9, C=200))
    assert found["value"].tolist() == [10.0, pd.NA, pd.NA]
    assert found["status"].tolist()[1] == "C"
    assert found["numerator"].isna().tolist() == [False, True, True]
    assert 5.9 < found.loc["A", "low"] < 10 < found.loc["A", "high"] < 16.4


def test_nobody_active_is_no_rate() -> None:
    assert unemployment_15_64(figures(A=0), figures(A=0))["value"].isna().all()


def test_work_integration_and_participation_per_100000() -> None:
    residents = figures(A=50_000, B=200_000)
    structures = work_integration_per_100000(figures(A=3, B=0), residents)
    assert structures["value"].tolist() == [6.0, 0.0]
    assert structures.loc["B", "high"] > 0
    assert participation_programmes_per_100000(figures(A=1, B=2), residents)["value"].tolist() == [
        2.0,
        1.0,
    ]


def test_they_stay_inside_france() -> None:
    """Work integration by law and a national programme: no cross-country comparison."""
    for name in (
        "unemployment_15_64",
        "work_integration_per_100000",
        "participation_programmes_per_100000",
    ):
        assert {c: e.grade for c, e in load_catalogue()[name].countries.items()} == {"FR": "C"}
