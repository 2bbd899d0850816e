"""The report on quality is run on the starter edition, cell by cell and country by country."""

import re
from pathlib import Path

import pandas as pd
import pytest
from executed import IN_ITS_LANGUAGE, chapters_of, execute, header_of, run_every_cell, shown

from landscape.paths import Project

CHAPTERS = [
    "rows",
    "findings",
    "coverage",
    "freshness",
    "placing",
    "completeness",
    "trace",
    "sources",
]


def test_every_cell_runs_in_a_fresh_kernel(starter_tables: Project, tmp_path: Path) -> None:
    run_every_cell("data_quality", starter_tables, tmp_path)


@pytest.mark.parametrize("country", IN_ITS_LANGUAGE)
def test_its_numbers_are_those_of_the_tables(
    country: str, starter_tables: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    code = IN_ITS_LANGUAGE[country]
    executed = execute("data_quality", starter_tables, tmp_path, country=country, lang=code)
    header = header_of(executed)
    assert (header["country"], header["language"]) == (country, code)
    assert chapters_of(executed) == CHAPTERS
    (findings,) = shown(executed, "findings")
    assert findings["text/html"].count('class="finding-figure"') == 3
    rows, rejected = count_rows(starter_tables, country)
    first = re.findall(r'finding-figure">([^<]*)<', findings["text/html"])[0]
    assert [digits(part) for part in re.split(r"\s[^\d\s]+\s", first)] == [rows - rejected, rows]
    told = "".join(data["text/html"] for data in shown(executed, "chapter"))
    assert f"landscape trace {country}_" in told
    assert len(shown(executed, "table")) >= 7


def digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def count_rows(home: Project, country: str) -> tuple[int, int]:
    """Rows read and left out, from the parquet files alone."""
    folder = home.processed / country
    kept = pd.read_parquet(folder / "used.parquet")[["source_id", "record"]].drop_duplicates()
    findings = pd.read_parquet(folder / "findings.parquet")
    rejected = findings.loc[findings["action"] == "rejected", ["source_id", "record"]]
    rejected = len(rejected.drop_duplicates())
    return len(kept) + rejected, rejected
