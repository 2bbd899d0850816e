"""Lists of other offices and years, which the gazetteer never saw, match as well as its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"

sys.path.insert(0, str(ROOT / "benchmarks"))
import unseen_names  # noqa: E402

pytestmark = [
    pytest.mark.data,
    pytest.mark.usefixtures("official"),
]
#: Schools of 2022 write Добрич for the city's municipality and for the rural one around it.
KNOWN_WRONG = {"BG schools 2022, no codes": 1, "FR census 2021, without article": 2}


@pytest.mark.parametrize("country", list(unseen_names.LISTS))
def test_lists_of_others_find_their_areas(country: str) -> None:
    results = unseen_names.measure(country)
    names = sum(result.names for result in results.values())
    found = sum(result.matched - result.wrong for result in results.values())
    assert found / names >= {"MD": 0.993}.get(country, 0.998)


@pytest.mark.parametrize("country", list(unseen_names.LISTS))
def test_hardly_one_finds_another_area(country: str) -> None:
    wrong = {title: r.wrong for title, r in unseen_names.measure(country).items() if r.wrong}
    assert wrong.items() <= KNOWN_WRONG.items()


def test_what_stays_open_in_moldova_are_town_and_village_of_one_name() -> None:
    (result,) = unseen_names.measure("MD").values()
    assert set(result.mistakes["reason"]) == {"2 areas of this name (exact name)"}
