"""How often names of the official files find their area, and that none finds a wrong one."""

from __future__ import annotations

import sys
import time
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from rapidfuzz.utils import default_process

from landscape.matching import Gazetteer, load_rules, match_counties, match_names
from landscape.matching.normal_form import fold

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
LABELLED = Path(__file__).parent / "associations_labelled.csv"

# The benchmark and this test measure the same lists.
sys.path.insert(0, str(ROOT / "benchmarks"))
import dresses  # noqa: E402
from official_names import official  # noqa: E402

import matching  # noqa: E402

pytestmark = [
    pytest.mark.data,
    pytest.mark.usefixtures("official"),
]

COUNTRIES = ("RO", "BG", "MD", "FR")


@lru_cache
def tables(country: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    return official(country)


@lru_cache
def gazetteer(country: str) -> Gazetteer:
    return Gazetteer.build(*tables(country))


@lru_cache
def known_lists(
    country: str,
) -> tuple[matching.Known, dict[str, tuple[pd.Series, pd.Series]]]:
    known = matching.known_names(tables(country)[0])
    return known, matching.lists_of(country, known)


@lru_cache
def results(country: str) -> pd.DataFrame:
    """Per dress: names, right, wrong, seconds."""
    known, lists = known_lists(country)
    rows = []
    for title, (names, answers) in lists.items():
        result = matching.measure_matching(gazetteer(country), names, known.counties, answers)
        rows.append((title, result.names, result.right, result.wrong, result.seconds))
    table = pd.DataFrame(rows, columns=["dress", "names", "right", "wrong", "seconds"])
    return table.assign(is_error=table["dress"].isin(dresses.ERRORS)).set_index("dress")


@pytest.mark.parametrize("country", COUNTRIES)
def test_names_in_other_dresses_find_their_area(country: str) -> None:
    exact = results(country).query("not is_error")
    assert exact["right"].sum() / exact["names"].sum() >= 0.998
    assert (exact["right"] / exact["names"]).min() >= 0.996


@pytest.mark.parametrize("country", COUNTRIES)
def test_names_with_one_typing_error_find_their_area(country: str) -> None:
    errors = results(country).query("is_error")
    assert (errors["right"] / errors["names"]).min() >= 0.97


@pytest.mark.parametrize("country", COUNTRIES)
def test_hardly_a_name_finds_a_wrong_area(country: str) -> None:
    table = results(country)
    right, wrong = table["right"].sum(), table["wrong"].sum()
    assert right / (right + wrong) >= 0.9995
    assert table.query("not is_error")["wrong"].sum() <= 1


def test_the_plain_way_is_less_precise_and_slower() -> None:
    known, lists = known_lists("FR")
    names, answers = lists["one error"]
    choices = {
        county: dict(zip(known.area_ids[at], known.names[at].map(default_process), strict=True))
        for county, at in known.counties.groupby(known.counties).groups.items()
    }
    plain = matching.measure_plain(choices, names, known.counties, answers)
    ours = matching.measure_matching(gazetteer("FR"), names, known.counties, answers)
    assert ours.precision > plain.precision
    assert ours.recall > plain.recall
    assert ours.seconds < plain.seconds


def test_french_names_are_matched_in_seconds() -> None:
    known, _ = known_lists("FR")
    start = time.process_time()
    match_names(known.names.str.upper(), gazetteer("FR"), counties=known.counties)
    assert time.process_time() - start < 4


@pytest.mark.parametrize("country", COUNTRIES)
def test_all_counties_are_found(country: str) -> None:
    areas = tables(country)[0]
    counties = areas[areas["level"] == "county"]
    for spelling in (counties["name"], counties["name"].str.upper(), counties["code"]):
        found = match_counties(spelling, gazetteer(country))
        wrong = found["area_id"].notna() & (found["area_id"] != counties["area_id"])
        assert not wrong.any()
        # 10, 29 and 38 are codes of one county and column JUD of another.
        assert found["area_id"].isna().sum() <= (3 if spelling.name == "code" else 0)


@pytest.mark.parametrize("country", COUNTRIES)
def test_names_without_county_are_right_or_open(country: str) -> None:
    areas = tables(country)[0]
    rows = areas[areas["level"] == "municipality"]
    found = match_names(rows["name"], gazetteer(country))
    right = found["area_id"] == rows["area_id"]
    assert not (found["area_id"].notna() & ~right).any()
    alone = ~rows["name"].map(fold).duplicated(keep=False)
    assert right[alone].mean() >= 0.99


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_alias_of_the_rules_belongs_to_an_area(country: str) -> None:
    spellings = {
        alias.level: [a.name for a in load_rules(country).aliases if a.level == alias.level]
        for alias in load_rules(country).aliases
    }
    known = {fold(name) for name in tables(country)[0]["name"]}
    either_name = {"софия област", "софия град", "добрич град", "добричка"}
    either_name |= {"uta gagauzia", "uta transnistria", "bender", "столична"}
    for names in spellings.values():
        assert {fold(name) for name in names} - known <= either_name


@pytest.mark.parametrize("listed", ["municipalities", "settlements"])
def test_most_associations_find_their_area(listed: str) -> None:
    register = pd.read_csv(SHARED / "ro/associations/ong_by_locality_2026-03.csv", dtype=str)
    found = match_names(
        register["localitate"], gazetteer("RO"), counties=register["judet"], listed=listed
    )
    weight = register["total_active"].astype(int)
    assert weight[found["match_status"] == "matched"].sum() / weight.sum() >= 0.92


def test_none_of_the_labelled_spellings_finds_a_wrong_area() -> None:
    sample = pd.read_csv(LABELLED, dtype=str)
    assert len(sample) == 400
    found = match_names(
        sample["name"], gazetteer("RO"), counties=sample["county"], listed="settlements"
    )
    wrong = found["area_id"].notna() & (found["area_id"] != sample["expected"])
    assert sample[wrong].empty, sample[wrong].assign(found=found["area_id"]).to_string()
    has_area = sample["expected"].str.startswith("RO_")
    assert (found["area_id"] == sample["expected"])[has_area].mean() >= 0.95
