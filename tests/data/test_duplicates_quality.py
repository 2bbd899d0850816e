"""How well services listed twice are found in the official files, as the benchmark measures."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"

sys.path.insert(0, str(ROOT / "benchmarks"))
import duplicates  # noqa: E402

pytestmark = [
    pytest.mark.data,
    pytest.mark.usefixtures("official"),
]
SOURCES = duplicates.SOURCES


def test_the_sample_is_large_and_of_both_sources() -> None:
    sample = pd.read_csv(duplicates.LABELLED, dtype=str, keep_default_na=False)
    assert len(sample) >= 200 and set(sample["source_id"]) == set(SOURCES)
    assert set(sample["label"]) == {"double", "distinct", "unclear"}
    assert not sample.duplicated(["source_id", "record_a", "record_b"]).any()
    assert sample.loc[sample["label"] != "distinct", "reason"].ne("").all()


@pytest.mark.parametrize("source_id", SOURCES)
def test_no_two_services_are_made_one(source_id: str) -> None:
    labelled = duplicates.compare_labelled(source_id)
    merged = labelled[labelled["verdict"] == "same"]
    assert not (merged["label"] == "distinct").any(), merged.to_string()
    assert not (merged["label"] == "unclear").any()


@pytest.mark.parametrize(
    ("source_id", "merged", "told"), [*zip(SOURCES, (0, 8), (1, 9), strict=True)]
)
def test_labelled_doubles_are_found(source_id: str, merged: int, told: int) -> None:
    labelled = duplicates.compare_labelled(source_id).query("label == 'double'")
    assert (labelled["verdict"] == "same").sum() >= merged
    assert (labelled["verdict"] != "apart").sum() >= told


@pytest.mark.parametrize("source_id", SOURCES)
def test_few_distinct_pairs_are_held_up_for_a_look(source_id: str) -> None:
    labelled = duplicates.compare_labelled(source_id).query("label == 'distinct'")
    assert (labelled["verdict"] != "apart").mean() <= 0.05


@pytest.mark.parametrize(("source_id", "merged"), [*zip(SOURCES, (0.64, 0.82), strict=True)])
def test_planted_doubles_are_merged_and_nothing_else(source_id: str, merged: float) -> None:
    """In Romania rows typed alike are told and not merged: they may be two houses of a street."""
    planted, wrong = duplicates.compare_planted(source_id)
    assert wrong == 0
    assert (planted["verdict"] == "same").mean() >= merged
    assert (planted["verdict"] != "apart").mean() >= 0.95
    plain = planted[planted["dress"].isin(["other diacritics", "moved by 100 m"])]
    assert (plain["verdict"] != "apart").mean() >= 0.98
