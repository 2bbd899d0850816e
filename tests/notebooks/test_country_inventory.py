"""The country inventory is run on the starter edition, cell by cell and country by country."""

from pathlib import Path

import pandas as pd
import pytest
from executed import IN_ITS_LANGUAGE, chapters_of, execute, header_of, run_every_cell, shown

from landscape.dictionaries import load_topics
from landscape.paths import Project

CHAPTERS = [
    "known",
    "territory",
    "needs",
    "resources",
    "services",
    "side-by-side",
    "map",
    "strong-points",
    "cleaning",
    "sources",
]


def test_every_cell_runs_in_a_fresh_kernel(starter_tables: Project, tmp_path: Path) -> None:
    run_every_cell("country_inventory", starter_tables, tmp_path)


@pytest.mark.parametrize("country", IN_ITS_LANGUAGE)
def test_it_tells_the_same_story_of_each_country(
    country: str, starter_tables: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    code = IN_ITS_LANGUAGE[country]
    executed = execute("country_inventory", starter_tables, tmp_path, country=country, lang=code)
    header = header_of(executed)
    assert (header["country"], header["language"]) == (country, code)
    assert chapters_of(executed) == CHAPTERS
    (findings,) = shown(executed, "findings")
    assert findings["text/html"].count('class="finding-figure"') == 3
    assert topics_answered(starter_tables, country) in findings["text/html"]
    (opening,) = shown(executed, "opening")
    assert 'class="not-known"' in opening["text/html"]
    assert "<svg" in opening["text/html"]
    (sources,) = shown(executed, "sources")
    assert sources["text/html"].count("<cite>") == len(
        list((starter_tables.raw / country.lower()).iterdir())
    )


def topics_answered(home: Project, country: str) -> str:
    """How many topics the tables answer, counted from the parquet file and the catalogue alone."""
    from landscape.indicators.catalogue import load_catalogue  # noqa: PLC0415

    rows = pd.read_parquet(home.processed / country / "indicators.parquet")
    known = rows.loc[rows["value"].notna() & (rows["level"] != "country"), "indicator"].unique()
    answered = {load_catalogue()[name].topic for name in known}
    assert answered <= set(load_topics())
    return f">{len(answered)} "
