"""What crosses a border: grades A and B, never C, whatever the tables hold."""

import pandas as pd
import pytest

from landscape.compare import across
from landscape.compare.across import choose_compared, compare_across, crosses_borders
from landscape.indicators.catalogue import load_catalogue

COUNTRIES = ("RO", "BG", "MD", "FR")
AREAS = {
    code: pd.DataFrame(
        {
            "area_id": [code, f"{code}_1", f"{code}_2"],
            "level": ["country", "county", "county"],
        }
    )
    for code in COUNTRIES
}


def table_of(code: str, names: list[str]) -> pd.DataFrame:
    """Values 1, 2 and 3 of the country and its counties, for each indicator."""
    rows = [
        {
            "area_id": area,
            "level": level,
            "indicator": name,
            "year": 2020,
            "value": value,
            "low": value - 0.5,
            "high": value + 0.5,
        }
        for name in names
        for area, level, value in (
            (code, "country", 1.0),
            (f"{code}_1", "county", 2.0),
            (f"{code}_2", "county", 3.0),
        )
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def everything() -> dict[str, pd.DataFrame]:
    """Tables in which every country has a value of every indicator of the catalogue."""
    return {code: table_of(code, list(load_catalogue())) for code in COUNTRIES}


@pytest.mark.parametrize("name", list(load_catalogue()))
def test_grade_c_never_crosses_a_border(name: str, everything: dict[str, pd.DataFrame]) -> None:
    found = compare_across(everything, AREAS, name).set_index("country")
    for code in COUNTRIES:
        entry = load_catalogue()[name].countries.get(code)
        shown = found.loc[code, ["year", "value", "low", "median", "highest", "known"]].notna()
        assert shown.all() if entry and entry.grade in "AB" else not shown.any(), code


def test_chosen_are_two_or_three_that_two_countries_share(
    everything: dict[str, pd.DataFrame],
) -> None:
    for theme in ("general", "family_children", "old_age", "housing"):
        chosen = choose_compared(everything, theme)
        assert len(chosen) <= 3
        for name in chosen:
            indicator = load_catalogue()[name]
            assert indicator.theme in (theme, "general")
            assert not indicator.is_declared
            assert sum(crosses_borders(code, name) for code in COUNTRIES) >= 2


def test_the_theme_comes_before_what_is_general(everything: dict[str, pd.DataFrame]) -> None:
    assert choose_compared(everything, "family_children") == ["aged_under_15", "population_change"]


def test_one_country_alone_is_no_comparison(everything: dict[str, pd.DataFrame]) -> None:
    assert choose_compared({"FR": everything["FR"]}, "general") == []
    bare = everything["RO"].assign(value=float("nan"))
    assert choose_compared({"RO": bare, "MD": everything["MD"]}, "general") == []


def test_what_is_not_inventoried_stays_missing(everything: dict[str, pd.DataFrame]) -> None:
    tables = {**everything, "BG": everything["BG"].iloc[0:0]}
    found = compare_across(tables, AREAS, "population_change").set_index("country")
    assert pd.isna(found.loc["BG", "value"]) and found.loc["BG", "areas"] == 2
    assert found.loc["RO", ["value", "lower_quartile", "known"]].tolist() == [1.0, 2.25, 2]


def test_a_definition_of_its_own_in_one_country_keeps_that_country_out(
    everything: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = dict(load_catalogue())
    entry = catalogue["population_change"]
    own = entry.countries["RO"].model_copy(update={"grade": "C"})
    catalogue["population_change"] = entry.model_copy(
        update={"countries": {**entry.countries, "RO": own}}
    )
    monkeypatch.setattr(across, "load_catalogue", lambda: catalogue)
    found = compare_across(everything, AREAS, "population_change").set_index("country")
    assert found["value"].notna().to_dict() == {"RO": False, "BG": True, "MD": False, "FR": True}
