"""How many codes of older files find the areas of today, and whether sums are kept.

Run as ``python benchmarks/through_time.py``. For each French file with codes of
another year: its codes, those that are no longer a commune's, those that no
commune of today is found for, and those shared between several (their figures
are estimates). Then one table of figures carried, printed and carried sums.
"""

from __future__ import annotations

import sys

import pandas as pd
from official_tables import SHARED, area_tables, official_context
from python_calamine import CalamineWorkbook

from landscape.cleaning.carried import carry_along
from landscape.sources.changes import trace_codes


def _lists() -> dict[str, tuple[pd.Series, str]]:
    """Per file its codes as text, and the date of the communes it lists."""
    filosofi = pd.read_csv(
        SHARED / "fr/filosofi/cc_filosofi_2021_COM.csv", sep=";", dtype=str, usecols=["CODGEO"]
    )["CODGEO"]
    jobs = pd.read_csv(SHARED / "fr/unemployment/communes_2021.csv", dtype=str)
    sheet = CalamineWorkbook.from_path(SHARED / "fr/bpe/bpe2013_commune.xlsx").get_sheet_by_index(0)
    facilities = pd.Series([str(row[0]) for row in sheet.to_python()[1:]])
    return {
        "Filosofi 2021": (filosofi, "2024-01-01"),
        "population 2013-2021": (_population()["code"], "2019-01-01"),
        "census 2021": (jobs.loc[jobs["commune_type"] != "COMD", "insee_com"], "2024-01-01"),
        "facilities 2013": (facilities, "2014-01-01"),
    }


def _population() -> pd.DataFrame:
    """Overseas codes are printed with a zero too many."""
    path = SHARED / "fr/population/population_2013_2021.csv"
    table = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    code, long = table["codgeo"], table["codgeo"].str.len() == 6
    return table.assign(code=code.where(~long, code.str[:2] + code.str[3:]), printed=code)


def main() -> None:
    """Print both measures, and the changes that each country's crosswalk knows."""
    context = official_context("fr/population")
    current = context.areas.loc[context.areas["level"] == "municipality", "code"]
    say = sys.stdout.write
    say(f"{'file':<24}{'codes':>7}{'former':>8}{'not found':>11}{'shared':>8}\n")
    for title, (printed, on) in _lists().items():
        codes = printed.drop_duplicates()
        links = trace_codes(codes, context, on=on)
        lost = codes[~codes.isin(links["code"])]
        shared = links.loc[links["share"] != 1, "code"].nunique()
        former = (~codes.isin(current)).sum()
        say(f"{title:<24}{len(codes):>7}{former:>8}{len(lost):>11}{shared:>8}\n")
    people = _population().dropna(subset=["p17_pop"])
    frame = pd.DataFrame({"code": people["code"], "people": people["p17_pop"].astype("Int64")})
    frame["record"] = frame["code"]
    links = trace_codes(frame["code"], context, on="2019-01-01")
    carried, _ = carry_along(frame, links, counts=["people"])
    estimates = (carried["people_status"] == "E").sum()
    say(
        f"\nresidents of 2017: {frame['people'].sum()} in {len(frame)} rows printed, "
        f"{carried['people'].sum():.0f} in {len(carried)} communes of 2026, "
        f"{estimates} of them estimates\n\n"
    )
    for country in ("RO", "BG", "FR"):
        crosswalk = area_tables(country)[2]
        dated = crosswalk["date"].notna()
        kinds = crosswalk["kind"].value_counts().to_dict()
        say(f"{country} crosswalk: {len(crosswalk)} rows, {dated.sum()} dated: {kinds}\n")


if __name__ == "__main__":
    main()
