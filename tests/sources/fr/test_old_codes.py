"""Codes of older French files find their commune of today, and at the dates asked for."""

from pathlib import Path

import pandas as pd
import pytest

from landscape.cleaning.carried import carry_to
from landscape.cleaning.crosswalk import trace_areas
from landscape.sources.changes import trace_codes
from landscape.sources.contract import Context
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


def context_of(tables: CountryTables, source: str) -> Context:
    """What a source is given, made from the official files."""
    card = next(s.card for s in tables.sources if s.card.source_id == f"fr/{source}")
    names = ("areas", "places", "crosswalk")
    return Context(card, *(tables.tables[name] for name in names))


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


def old_codes(official: Path, file: str, column: str, sep: str) -> pd.Series:
    """The codes as printed; overseas with the zero that the population table adds taken out."""
    printed = pd.read_csv(official / "fr" / file, sep=sep, dtype=str, encoding="utf-8-sig")[column]
    return printed.where(printed.str.len() == 5, printed.str[:2] + printed.str[3:])


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
    file: str,
    column: str,
    sep: str,
    on: str,
    former: int,
) -> None:
    """All do: those of arrondissements their city, the others the commune that took them in."""
    printed = pd.read_csv(official / "fr" / file, sep=sep, dtype=str, encoding="utf-8-sig")[column]
    today = communes(official_france)
    assert (~printed.isin(today["code"])).sum() == former
    codes = old_codes(official, file, column, sep)
    links = trace_codes(codes, context_of(official_france, file.split("/", maxsplit=1)[0]), on=on)
    assert set(links["code"]) == set(codes)
    assert links.groupby("code")["share"].sum().sub(1).abs().max() < 1e-9


@pytest.mark.parametrize("source", ["filosofi", "population"])
def test_each_old_code_is_told_in_a_finding(
    official_france: CountryTables, crosswalk: pd.DataFrame, source: str
) -> None:
    """Carried to another commune, or left out as a part of a city that has its own row."""
    used = official_france.used[official_france.used["source_id"] == f"fr/{source}"]
    findings = official_france.tables["findings"]
    findings = findings[findings["source_id"] == f"fr/{source}"]
    carried = findings[findings["rule"] == "figure_restated"]
    rejected = findings[findings["action"] == "rejected"]
    assert set(rejected["rule"]) <= {"not_an_area"}
    assert len(rejected) == {"filosofi": 45, "population": 0}[source]
    assert set(carried["record"]) <= set(used["record"])
    assert not set(rejected["record"]) & set(used["record"])


def test_a_commune_that_left_in_2017_was_still_inside_in_2013(
    official_france: CountryTables,
) -> None:
    """Saint-Lucien (76601) was part of 76676 when the facilities of 2013 were counted."""
    context = context_of(official_france, "bpe")
    parts = trace_codes(pd.Series(["76676"]), context, on="2014-01-01")
    assert set(parts["area_id"]) == {"FR_76676", "FR_76601"}
    assert trace_codes(pd.Series(["76676"]), context, on="2017-01-01")["share"].tolist() == [1]


def test_a_code_that_a_register_keeps_too_long_is_followed(official_france: CountryTables) -> None:
    """14697 was merged in January 2014, 14712 fell apart in 2020; both in a list of 2024."""
    context = context_of(official_france, "bpe")
    links = trace_codes(pd.Series(["14697", "14712", "99999"]), context, on="2024-01-01")
    assert dict(zip(links["code"], links["area_id"], strict=True)) == {
        "14697": "FR_14654",
        "14712": "FR_14712",
    }


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
