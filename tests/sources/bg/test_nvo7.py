"""The examination after grade 7: schools summed so that means can be weighted."""

import pandas as pd
import pytest

from landscape.sources.bg import nvo7


def totals(tables) -> pd.DataFrame:
    needs = tables.tables["needs"]
    rows = needs[needs["source_id"] == "bg/nvo7"]
    return rows.pivot(index="area_id", columns=["year", "variable"], values="value")


def test_sums_are_as_the_golden_table_says(small_bulgaria, golden):
    needs = small_bulgaria.tables["needs"]
    golden("nvo7", needs[needs["source_id"] == "bg/nvo7"])


def test_in_2022_the_villages_tell_dobrich_from_the_municipality_around_it(small_bulgaria):
    candidates = totals(small_bulgaria).loc[:, (2022, "exam7_language_candidates")]
    assert (candidates["BG_DOB15"], candidates["BG_DOB28"]) == (12, 90)


def test_a_paper_without_points_counts_in_neither_sum(small_bulgaria):
    samokov = totals(small_bulgaria).loc["BG_SFO39", 2021]
    assert samokov["exam7_mathematics_candidates"] == 30
    assert samokov["exam7_language_candidates"] == 31


def test_what_was_noticed(findings_of):
    assert findings_of("nvo7") == [
        ("2021 row 8", "outside_scope", "rejected"),
        ("2022 row 8", "outside_scope", "rejected"),
        ("2022 row 2", "settlement_elsewhere", "kept"),
        ("2022 row 7", "unknown_area", "rejected"),
        ("2021 row 6", "value_missing", "set_missing"),
    ]


@pytest.mark.data
def test_official_sums_are_those_of_all_schools_in_the_country(official_bulgaria):
    sums = totals(official_bulgaria).sum()
    assert sums[2021, "exam7_language_candidates"] == 57_527
    assert sums[2021, "exam7_mathematics_candidates"] == 57_317
    assert sums[2022, "exam7_language_candidates"] == 58_546
    assert sums[2022, "exam7_mathematics_candidates"] == 58_328
    mean = sums[2022, "exam7_mathematics_points"] / sums[2022, "exam7_mathematics_candidates"]
    assert mean == pytest.approx(35.32, abs=0.01)


@pytest.mark.data
def test_official_means_lie_between_0_and_100_in_all_municipalities(official_bulgaria):
    rows = totals(official_bulgaria)
    assert len(rows) == 265
    assert rows.notna().all(axis=None)
    for year in nvo7.FILES:
        for paper in nvo7.PAPERS:
            points = rows[year, f"exam7_{paper}_points"]
            mean = points / rows[year, f"exam7_{paper}_candidates"]
            assert mean.between(5, 75).all()
