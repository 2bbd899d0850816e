"""How well names match that the project has never seen: lists of other offices and other years.

Run as ``python benchmarks/unseen_names.py``. The gazetteer knows the registers
of areas (SIRUTA 2024, EKATTE, the Moldovan census localities, COG 2026). The
lists here are of other producers, who spell in their own way, and nothing of
them is in the gazetteer. Where a list prints a code, that is the right answer
(former French codes by the crosswalk, at the date of the list). Lists without
codes tell how many names are matched and whether two of them are taken for
one area, which would be an error: they name each municipality once.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from official_tables import SHARED, area_tables, official_context
from python_calamine import CalamineWorkbook

from landscape.matching import Gazetteer, match_names
from landscape.paths import SOURCE_MODULES
from landscape.sources.changes import trace_codes


@dataclass(frozen=True)
class NameList:
    """Names as printed, with counties as printed; ``answers`` NA where the list has no code."""

    title: str
    names: pd.Series
    counties: pd.Series
    answers: pd.Series


@dataclass(frozen=True)
class Result:
    """Of ``names``: matched, right, wrong (or two names for one area), left open; seconds."""

    names: int
    matched: int
    wrong: int
    seconds: float
    mistakes: pd.DataFrame

    @property
    def recall(self) -> float:
        """Share of the names that found their area, or an area of their own."""
        return (self.matched - self.wrong) / self.names

    @property
    def precision(self) -> float:
        """Share of the matched names that are not wrong."""
        return 1 - self.wrong / max(1, self.matched)


def _list(title: str, frame: pd.DataFrame) -> NameList:
    """Of a frame with name, county and answer, each once."""
    frame = frame.drop_duplicates(ignore_index=True)
    return NameList(title, frame["name"], frame["county"], frame["answer"])


def _romanian_lists() -> list[NameList]:
    features = json.loads((SHARED / "ro/uat_boundaries/uat.geojson").read_text("utf-8"))
    rows = pd.DataFrame([feature["properties"] for feature in features["features"]])
    shapes = pd.DataFrame(
        {"name": rows["name"], "county": rows["county"], "answer": "RO_" + rows["natcode"]}
    )
    areas = area_tables("RO")[0].set_index("area_id")
    county_of = areas["parent_id"].map(areas["name"])
    people = pd.read_csv(SHARED / "ro/population_2021/uat_cif_pop_2021.csv", dtype=str)
    posts = pd.read_csv(
        SHARED / "ro/uat_staff/uat_staff_2025-09-02.csv", sep=";", dtype=str, usecols=[0, 1]
    ).set_axis(["code", "name"], axis=1)
    for fix in _corrections("ro/uat_staff").itertuples():
        row = (posts["code"] == fix.old) & (posts["name"] == fix.key.split("|")[0])
        posts.loc[row, "code"] = fix.new
    answer = "RO_" + posts["code"]
    posts = posts.assign(answer=answer, county=answer.map(county_of))
    budgets = pd.concat([_budgets(path) for path in sorted(SHARED.glob("ro/local_budgets/uat-*"))])
    known = areas.index[areas["level"] == "municipality"]
    census = people.assign(
        name=people["localitate"], county=people["judet"], answer="RO_" + people["cod_siruta"]
    )
    columns = ["name", "county", "answer"]
    return [
        _list("RO boundaries 2021, land registry", shapes),
        _list("RO census 2021, with type words", census[census["answer"].isin(known)][columns]),
        _list("RO posts 2025, ministry", posts[posts["answer"].isin(known)][columns]),
        _list("RO budgets 2022-23", budgets[budgets["answer"].isin(known)][columns]),
    ]


def _corrections(source_id: str) -> pd.DataFrame:
    """Errors of the publisher: the code printed is not the answer there."""
    return pd.read_csv(SOURCE_MODULES / f"{source_id}.corrections.csv", dtype=str)


def _budgets(path: Path) -> pd.DataFrame:
    rows = pd.DataFrame(json.loads(path.read_text("utf-8"))["heatmapUATData"])
    return pd.DataFrame(
        {
            "name": rows["uat_name"],
            "county": rows["county_name"],
            "answer": "RO_" + rows["siruta_code"].astype(str),
        }
    )


def _bulgarian_lists() -> list[NameList]:
    counties = json.loads((SHARED / "bg/boundaries/provinces.geojson").read_text("utf-8"))
    latin = {
        f["properties"]["PROVINCE_CODE"]: f["properties"]["NAME_EN"] for f in counties["features"]
    }
    features = json.loads((SHARED / "bg/boundaries/municipalities.geojson").read_text("utf-8"))
    rows = pd.DataFrame([feature["properties"] for feature in features["features"]])
    shapes = pd.DataFrame(
        {
            "name": rows["NAME_EN"],
            "county": rows["PROVINCE_CODE"].map(latin),
            "answer": "BG_" + rows["LAU_CODE"],
        }
    )
    census = _sheet("bg/census_2011/labor_force_by_municipality.xlsx", 0)
    census = census.assign(county=census["oblast"], answer="BG_" + census["obst_code"])
    schools = []
    for year in (2021, 2022):
        table = pd.read_csv(SHARED / f"bg/nvo7/nvo-7-{year}.csv", dtype=str, encoding="utf-8-sig")
        table.columns = [column.strip('\ufeff"') for column in table.columns]
        table = table[table["Община"].fillna("").ne("") & table["Област"].ne("ЧУЖБИНА")]
        frame = pd.DataFrame({"name": table["Община"], "county": table["Област"], "answer": pd.NA})
        schools.append(_list(f"BG schools {year}, no codes", frame))
    centres = pd.read_csv(SHARED / "bg/chitalishta/chitalishta_2023.csv", dtype=str)
    centres = centres.iloc[1:].dropna(subset=["Община", "Област"])
    named = pd.DataFrame({"name": centres["Община"], "county": centres["Област"], "answer": pd.NA})
    return [
        _list("BG boundaries 2018, Latin", shapes),
        _list("BG census 2011, capitals", census[["name", "county", "answer"]]),
        *schools,
        _list("BG community centres, no codes", named),
    ]


def _moldovan_lists() -> list[NameList]:
    """The communes of the census table; the row of a raion is the county of those below.

    A raion stands before its communes without a type word, as a commune does;
    its residents are those of the rows below, so that it is told by the sums.
    """
    book = CalamineWorkbook.from_path(SHARED / "md/census_2014/population_by_commune_age.xls")
    rows = [(str(r[0]).strip(), r[1]) for r in book.get_sheet_by_index(1).to_python()]
    rows = rows[next(i for i, (name, _) in enumerate(rows) if name == "Total") + 1 :]
    rows = [(name, people) for name, people in rows if name and isinstance(people, float)]
    counties, left, county = [], 0.0, ""
    for name, people in rows:
        if left <= 0:
            county, left = name, people
            counties.append(None)
        else:
            left -= people
            counties.append(county)
    frame = pd.DataFrame({"name": [name for name, _ in rows], "county": counties, "answer": pd.NA})
    return [_list("MD census 2014, no codes", frame.dropna(subset=["county"]))]


def _french_lists() -> list[NameList]:
    jobs = pd.read_csv(SHARED / "fr/unemployment/communes_2021.csv", dtype=str)
    jobs = jobs[jobs["commune_type"] != "COMD"]
    people = pd.read_csv(
        SHARED / "fr/population/population_2013_2021.csv", dtype=str, encoding="utf-8-sig"
    )
    code = people["codgeo"].where(
        people["codgeo"].str.len() == 5, people["codgeo"].str[:2] + people["codgeo"].str[3:]
    )
    desks = pd.read_csv(SHARED / "fr/france_services/france_services_2024-08-01.csv", dtype=str)
    desks = desks[~desks["insee_com"].str.startswith(("975", "977", "978", "98"))]
    grants = _sheet("fr/dotations/dotations_investissement_2019.xlsx", 1)
    grants = grants[grants["echelon"] == "commune"]
    support = pd.read_csv(SHARED / "fr/citizen_engagement/territoires_2021-2025.csv", dtype=str)
    support = support[support["echelon"] == "commune"]
    support = support.assign(code=support["codgeo"].str.zfill(5))
    return [
        _french(
            "FR census 2021, without article",
            jobs["commune"],
            jobs["insee_dep"],
            jobs["insee_com"],
            "2024-01-01",
        ),
        _french(
            "FR population, communes of 2019",
            people["libgeo"],
            people["dep"].str.zfill(2),
            code,
            "2019-01-01",
        ),
        _french(
            "FR services desks 2024",
            desks["lib_com"],
            desks["insee_dep"],
            desks["insee_com"],
            "2024-08-01",
        ),
        _french(
            "FR grants 2019", grants["nom_terr"], grants["id_dep"], grants["id_terr"], "2019-01-01"
        ),
        _french(
            "FR participation 2021-25",
            support["libgeo"],
            support["code"].map(_departement),
            support["code"],
            "2025-01-01",
        ),
    ]


def _departement(code: str) -> str:
    return code[:3] if code.startswith("97") else code[:2]


def _french(
    title: str, names: pd.Series, counties: pd.Series, codes: pd.Series, on: str
) -> NameList:
    """Right are the communes of today that the code stood for; names without one are left out."""
    links = trace_codes(codes, official_context("fr/population"), on=on)
    parts = links.sort_values("share", ascending=False).groupby("code")["area_id"].agg("|".join)
    frame = pd.DataFrame({"name": names, "county": counties, "answer": codes.map(parts)})
    return _list(title, frame.dropna())


def _sheet(path: str, number: int) -> pd.DataFrame:
    rows = CalamineWorkbook.from_path(SHARED / path).get_sheet_by_index(number).to_python()
    return pd.DataFrame(rows[1:], columns=[str(cell) for cell in rows[0]])


LISTS: dict[str, Callable[[], list[NameList]]] = {
    "RO": _romanian_lists,
    "BG": _bulgarian_lists,
    "MD": _moldovan_lists,
    "FR": _french_lists,
}


@cache
def measure(code: str) -> dict[str, Result]:
    """Each list of a country against its gazetteer."""
    areas, places, _ = area_tables(code)
    gazetteer = Gazetteer.build(areas, places)
    return {listed.title: _measure(listed, gazetteer) for listed in LISTS[code]()}


def _measure(listed: NameList, gazetteer: Gazetteer) -> Result:
    started = time.perf_counter()
    found = match_names(listed.names, gazetteer, counties=listed.counties)
    seconds = time.perf_counter() - started
    matched = found["match_status"] == "matched"
    twice = found["area_id"].where(matched).duplicated() & matched
    wrong = twice
    if listed.answers.notna().all():
        pairs = zip(found["area_id"], listed.answers, strict=True)
        wrong = matched & ~pd.Series([a in b.split("|") for a, b in pairs], found.index)
    table = found.assign(name=listed.names, county=listed.counties, answer=listed.answers)
    return Result(
        len(found), int(matched.sum()), int(wrong.sum()), seconds, table[wrong | ~matched]
    )


def main() -> None:
    """Print a line a list, and the names left open or wrong."""
    sys.stdout.write(
        f"{'list':<36}{'names':>7}{'recall':>9}{'precision':>11}{'wrong':>7}{'s':>7}\n"
    )
    for code in LISTS:
        for title, result in measure(code).items():
            sys.stdout.write(
                f"{title:<36}{result.names:>7}{result.recall:>9.2%}{result.precision:>11.3%}"
                f"{result.wrong:>7}{result.seconds:>7.2f}\n"
            )
            if "-v" in sys.argv:
                columns = ["name", "county", "answer", "area_id", "reason", "candidates"]
                sys.stdout.write(result.mistakes[columns].to_string() + "\n")


if __name__ == "__main__":
    main()
