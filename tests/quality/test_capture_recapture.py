"""How many there are, from two lists: known answers, and totals that were planted."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from landscape.errors import LandscapeError
from landscape.quality import overlaps
from landscape.quality.overlap import FEWEST_ON_BOTH, compare_lists, estimate_total
from landscape.quality.overlaps import Kind, Overlap, load_overlaps
from landscape.sources.registry import countries, source_names


def test_known_answer() -> None:
    """200 marked, 150 caught, 50 of them marked: (201 x 151 / 51) - 1, worked by hand."""
    total = estimate_total(200, 150, 50)
    assert total.value == pytest.approx(594.1176, abs=1e-4)
    assert total.low < total.value < total.high


def test_two_lists_of_the_same_things_are_complete() -> None:
    total = estimate_total(40, 40, 40)
    assert (total.value, total.low, total.high) == (40, 40, 40)


def test_the_interval_never_falls_below_what_was_seen() -> None:
    assert estimate_total(60, 9, 8).low >= 61


def test_more_on_both_than_on_one_is_refused() -> None:
    with pytest.raises(ValueError, match="9 cannot stand on both"):
        estimate_total(8, 20, 9)


def test_planted_totals_are_found() -> None:
    """1,000 draws of two independent lists of 150 things: little bias, right intervals."""
    rng = np.random.default_rng(20261123)
    first, second = rng.random((2, 1000, 150)) < np.array([0.6, 0.4])[:, None, None]
    totals = [
        estimate_total(int(a.sum()), int(b.sum()), int((a & b).sum()))
        for a, b in zip(first, second, strict=True)
    ]
    assert np.mean([total.value for total in totals]) == pytest.approx(150, rel=0.01)
    inside = np.mean([total.low <= 150 <= total.high for total in totals])
    assert 0.93 <= inside <= 0.98


def services(source_id: str, areas: range, **more: object) -> pd.DataFrame:
    row = {"position": "exact", "closed": None, "provider_type": "county", "local_type": "home"}
    ids = [f"RO_{number}" for number in areas]
    return pd.DataFrame({"area_id": ids}).assign(source_id=source_id, **{**row, **more})


def overlap(is_closed: bool = True) -> Overlap:
    types = {"ro/a": ["home"], "ro/b": ["home"]}
    note = dict.fromkeys(("en", "fr", "ro", "bg"), "a note")
    return Overlap(
        lists=("ro/a", "ro/b"),
        providers=["county"],
        is_closed=is_closed,
        note=note,
        kinds={"home": Kind(title=note, types=types)},
    )


def test_municipalities_are_counted_once_and_only_what_both_lists_hold() -> None:
    table = pd.concat(
        [
            services("ro/a", range(30)),
            services("ro/a", range(5)),  # a second home in the same place
            services("ro/b", range(20, 40)),
            services("ro/b", range(90, 95), provider_type="church"),
            services("ro/b", range(95, 97), position="none"),
            services("ro/b", range(97, 99), closed="2019-01-01"),
        ]
    )
    row = compare_lists(table, overlap()).iloc[0]
    assert [row[name] for name in ("first", "second", "both", "either")] == [30, 20, 10, 40]
    assert row["total"] == pytest.approx(31 * 21 / 11 - 1)
    assert row["first_share"] == pytest.approx(100 * 30 / row["total"])


def test_nothing_is_estimated_from_too_few_or_across_too_long_a_time() -> None:
    few = pd.concat([services("ro/a", range(30)), services("ro/b", range(31 - FEWEST_ON_BOTH, 50))])
    assert compare_lists(few, overlap()).iloc[0]["both"] == FEWEST_ON_BOTH - 1
    assert compare_lists(few, overlap())["total"].isna().all()
    many = pd.concat([services("ro/a", range(30)), services("ro/b", range(10, 50))])
    assert compare_lists(many, overlap())["total"].notna().all()
    assert compare_lists(many, overlap(is_closed=False))["total"].isna().all()


@pytest.mark.parametrize("country", countries())
def test_the_lists_named_are_sources_of_the_country(country: str) -> None:
    names = {f"{country.lower()}/{name}" for name in source_names(country)}
    for each in load_overlaps(country).values():
        assert set(each.lists) <= names
        for kind in each.kinds.values():
            assert set(kind.types) == set(each.lists)
            assert set(kind.title) == {"en", "fr", "ro", "bg"}


def test_a_mistake_in_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ro").mkdir()
    (tmp_path / "ro" / "overlaps.yml").write_text("pair: {lists: [a, b], is_closed: maybe}\n")
    monkeypatch.setattr(overlaps, "SOURCE_MODULES", tmp_path)
    with pytest.raises(LandscapeError, match=r"overlaps.yml: pair: "):
        load_overlaps("RO")
