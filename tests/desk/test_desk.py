"""What an analyst types first: light to import, and wrong words met with the right ones."""

import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pytest

import landscape
from landscape.errors import LandscapeError, UsageError
from landscape.paths import Project


@pytest.fixture(autouse=True)
def home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    return starter_tables


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, landscape; print(*[m for m in ('pandas', 'geopandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_an_indicator_has_every_area_of_its_level(home: Project) -> None:
    table = landscape.indicator("association_share", country="RO", level="county")
    raw = pd.read_parquet(home.processed / "RO" / "indicators.parquet")
    raw = raw[(raw["indicator"] == "association_share") & (raw["level"] == "county")]
    assert len(table) == 42
    assert table["value"].notna().sum() == raw["value"].notna().sum()
    assert table.attrs["grade"] == "C" and table.attrs["unit"]


def test_shapes_make_a_map_table() -> None:
    table = landscape.indicator("population_change", country="BG", level="county", shapes=True)
    assert isinstance(table, gpd.GeoDataFrame)
    assert table.geometry.notna().all() and table.crs is not None


def test_an_area_that_the_source_leaves_out_is_there_and_not_known() -> None:
    table = landscape.indicator("aged_65_over", country="MD", level="county")
    assert len(table) == 37
    assert pd.isna(table.loc["MD_98", "value"])


def test_wrong_words_are_answered_with_the_right_ones() -> None:
    with pytest.raises(UsageError, match="did you mean 'association_share'"):
        landscape.indicator("asociation_share", country="RO")
    with pytest.raises(UsageError, match="did you mean 'county'"):
        landscape.indicator("association_share", country="RO", level="countyy")
    with pytest.raises(UsageError, match="RO"):
        landscape.indicator("association_share", country="XX")
    with pytest.raises(UsageError, match="MD_98"):
        landscape.peers("MD_988")
    with pytest.raises(AttributeError, match="it offers load"):
        landscape.lod  # noqa: B018


def test_peers_are_told_with_their_reasons() -> None:
    table = landscape.peers("MD_41", k=4, abroad=2)
    assert table["country"].value_counts().to_dict() == {"MD": 4, "BG": 2, "FR": 2, "RO": 2}
    assert table["why"].str.len().min() > 0
    without = landscape.peers("MD_41", k=4, abroad=2, drop=[table.index[0]])
    assert table.index[0] not in without.index


def test_a_map_says_what_it_shows() -> None:
    figure = landscape.plot_map("community_centres_per_10000", country="BG", level="county")
    assert "<svg" in figure._repr_html_() and figure.alt in repr(figure)


def test_a_year_before_the_latest_is_computed_from_what_was_observed_by_then() -> None:
    asked = {"name": "registered_unemployment", "country": "RO", "level": "county"}
    of_2016 = landscape.indicator(**asked, year=2016)
    needs = landscape.load("RO").needs
    seen = needs[(needs["variable"] == "registered_unemployment_rate") & (needs["year"] == 2016)]
    published = seen.set_index("area_id")["value"].reindex(of_2016.index)
    assert of_2016["value"].equals(published) and set(of_2016["year"]) == {2016}
    latest = landscape.indicator(**asked)
    assert not latest["value"].equals(of_2016["value"])
    named = int(latest["year"].iloc[0])
    again = landscape.indicator(**asked, year=named)
    assert again.equals(latest)


def test_a_change_ends_in_the_year_asked_for() -> None:
    table = landscape.indicator("population_change", country="BG", level="county", year=2015)
    needs = landscape.load("BG").needs
    people = needs[needs["variable"] == "population"].set_index(["area_id", "year"])["value"]
    expected = 100 * ((people["BG_VID", 2015] / people["BG_VID", 2011]) ** (1 / 4) - 1)
    assert table.loc["BG_VID", "value"] == pytest.approx(expected)


def test_a_year_that_nobody_observed_is_not_known() -> None:
    asked = {"country": "RO", "level": "county"}
    assert landscape.indicator("services_per_10000", **asked, year=1990)["value"].isna().all()
    for plot in (landscape.plot_map, landscape.plot_spread):
        with pytest.raises(LandscapeError, match="no value"):
            plot("services_per_10000", **asked, year=1990)


def test_the_spread_points_an_area_out_and_bears_its_year() -> None:
    figure = landscape.plot_spread(
        "net_wage", country="RO", level="county", year=2015, highlight=["RO_10"]
    )
    assert "2015" in figure.title and any("Alba" in row.label for row in figure.legend)


def test_only_what_is_comparable_crosses_a_border() -> None:
    figure = landscape.plot_compare("population_change", ["BG_VID", "FR_73"])
    assert len(figure.table) == 2
    assert landscape.plot_compare("association_share", ["RO_10", "RO_403"]).title
    with pytest.raises(LandscapeError, match="not inventoried in MD"):
        landscape.plot_compare("population_change", ["BG_VID", "MD_41"])
    with pytest.raises(LandscapeError, match="grade C"):
        landscape.plot_compare("services_per_10000", ["RO_10", "FR_73"])


def test_a_map_to_look_into_is_of_one_county_where_a_country_has_too_many_areas() -> None:
    shown = landscape.explore_map(["services_per_10000"], country="RO", within="RO_10")
    data = shown.figure.drill_down
    assert len(data["names"]) == 78 and len(data["layers"]) == 1
    assert all(each.endswith("Alba") for each in data["also"])
    assert "allow-scripts" in shown._repr_html_()
    with pytest.raises(LandscapeError, match="3,186 areas are too many"):
        landscape.explore_map("services_per_10000", country="RO")
    with pytest.raises(UsageError, match="did you mean 'RO_10'"):
        landscape.explore_map("services_per_10000", country="RO", within="RO_100")
    with pytest.raises(LandscapeError, match="no shapes"):
        landscape.explore_map("aged_65_over", country="MD")
