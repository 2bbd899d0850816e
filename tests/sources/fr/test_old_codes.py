"""Codes of older French files find their commune of today, and at the dates asked for."""

from pathlib import Path

import pandas as pd
import pytest

from landscape.cleaning.boundaries import link_codes
from landscape.cleaning.crosswalk import carry_to, trace_areas
from landscape.tables import CountryTables

pytestmark = pytest.mark.data

Answer = tuple[str, str, str | None, str]
#: Code, date of the figures, date of the areas (today where None), commune.
KNOWN: list[Answer] = [
    ("63266", "2015-01-01", None, "63255"),
    ("14697", "2013-01-01", "2014-01-07", "14472"),
    ("14697", "2013-01-01", "2014-01-06", "14697"),
    ("14697", "2013-01-01", None, "14654"),
    ("69159", "2024-01-01", "2024-03-15", "69114"),
    ("69159", "2024-01-01", "2024-03-14", "69159"),
    ("69101", "2015-01-01", None, "69114"),
    ("14666", "2016-01-01", None, "14666"),
    ("14666", "2016-01-01", "2018-01-01", "14712"),
    ("60455", "2014-01-01", None, "60694"),
    ("02344", "2016-01-01", None, "51171"),
]


@pytest.fixture(scope="module")
def crosswalk(official_france: CountryTables) -> pd.DataFrame:
    return official_france.tables["crosswalk"]


def communes(tables: CountryTables) -> pd.DataFrame:
    areas = tables.tables["areas"]
    return areas[areas["level"] == "municipality"]


def test_known_answers(crosswalk: pd.DataFrame) -> None:
    found = [
        (code, on, until, links["area_id"].str.removeprefix("FR_").item())
        for code, on, until, _ in KNOWN
        for links in [trace_areas([f"FR_{code}"], crosswalk, on=on, until=until)]
    ]
    assert found == KNOWN


def test_every_line_of_the_cited_file_is_in_the_table(crosswalk: pd.DataFrame) -> None:
    cited = crosswalk[crosswalk["record"].str.startswith("country.changes.csv")]
    assert len(cited) == 1918
    assert crosswalk.loc[crosswalk["kind"].isin(["merger", "renamed"]), "share"].eq(1).all()
    # 52427 fell apart in 2012 and its parts merged since: their shares are not known.
    assert (crosswalk["status"] == "M").sum() == 2


@pytest.mark.parametrize(
    ("file", "column", "sep", "on", "former"),
    [
        ("filosofi/cc_filosofi_2021_COM.csv", "CODGEO", ";", "2024-01-01", 113),
        ("population/population_2013_2021.csv", "codgeo", ",", "2019-01-01", 264),
    ],
)
def test_codes_that_are_no_longer_current_find_their_commune(
    official: Path,
    official_france: CountryTables,
    crosswalk: pd.DataFrame,
    file: str,
    column: str,
    sep: str,
    on: str,
    former: int,
) -> None:
    printed = pd.read_csv(official / "fr" / file, sep=sep, dtype=str, encoding="utf-8-sig")[column]
    today = communes(official_france)
    assert (~printed.isin(today["code"])).sum() == former
    codes = printed.where(printed.str.len() == 5, printed.str[:2] + printed.str[3:])
    places = official_france.tables["places"]
    parts_of_cities = places.loc[places["kind"] == "settlement", "code"]
    codes = codes[~codes.isin(parts_of_cities)]
    links = trace_areas("FR_" + codes, crosswalk, on=on)
    assert links["area_id"].isin(today["area_id"]).all()
    by_places = link_codes(codes, today, places, on=on).assign(code=lambda t: "FR_" + t["code"])
    keys = ["code", "area_id"]
    pd.testing.assert_series_equal(
        links.set_index(keys)["share"].sort_index(),
        by_places.set_index(keys)["share"].sort_index().astype("Float64"),
        check_index_type=False,
    )


def test_the_population_of_2017_is_that_of_the_carried_communes(
    official: Path, crosswalk: pd.DataFrame
) -> None:
    path = official / "fr/population/population_2013_2021.csv"
    printed = pd.read_csv(path, dtype=str, encoding="utf-8-sig").dropna(subset=["p17_pop"])
    code = printed["codgeo"]
    code = code.where(code.str.len() == 5, code.str[:2] + code.str[3:])
    values = pd.DataFrame({"area_id": "FR_" + code, "people": printed["p17_pop"].astype("Int64")})
    carried = carry_to(values, crosswalk, 2024, on="2019-01-01", counts=["people"])
    assert carried["people"].sum() == pytest.approx(values["people"].sum())
    assert carried["people"].notna().all()
    split = carried.loc[carried["people_status"] == "E", "area_id"]
    assert {"FR_14712", "FR_14666"} <= set(split)
    assert len(split) < 15
