"""A damaged file ends in the right table, a finding or an error, in every source.

Sources are found through the registry, their files through their fixtures.
`benchmarks/damage.py` is the long form, and counts.
"""

import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.reading import read_rows
from landscape.sources.registry import countries, source_module

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import damage_trials as trials  # noqa: E402
from damaged_files import kinds_for  # noqa: E402

every_country = pytest.mark.parametrize("code", list(countries()))


@cache
def files(code: str) -> list[tuple[trials.Fixture, Path]]:
    return list(trials.files_of(code))


@every_country
def test_damage_is_noticed(code: str) -> None:
    @settings(max_examples=25)
    @given(st.sampled_from(range(len(files(code)))), st.integers(0, 10_000), st.data())
    def notice(place: int, seed: int, data: st.DataObject) -> None:
        fixture, path = files(code)[place]
        kind = data.draw(st.sampled_from(kinds_for(path)))
        trial = trials.try_damage(code, fixture, path, kind, seed)
        assert trial is None or not trials.is_fault(trial), trial

    notice()


@every_country
def test_columns_in_another_order_are_read_right_or_refused(code: str) -> None:
    for fixture, path in files(code):
        trial = trials.try_damage(code, fixture, path, "columns permuted", seed=1)
        assert trial is None or trial.outcome in ("right", "error"), trial


@every_country
def test_the_order_of_rows_does_not_matter(code: str) -> None:
    for fixture in trials.fixtures(code).values():
        module = source_module(code, fixture.name)
        frame = read_rows(module, fixture.folder)
        shuffled = frame.sample(frac=1, random_state=3)
        found = module.clean(shuffled, fixture.context)
        tables = trials.checked_tables(found, fixture.context)
        assert trials.compare(fixture.tables, tables) == [], fixture.name
        assert len(found.findings) == len(fixture.whole.findings), fixture.name


@every_country
@settings(max_examples=20)
@given(at=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255), place=st.integers(0, 99))
def test_the_checksum_refuses_any_changed_byte_first(
    tmp_path_factory: pytest.TempPathFactory, code: str, at: float, change: int, place: int
) -> None:
    fixture, path = files(code)[place % len(files(code))]
    raw = bytearray(path.read_bytes())
    raw[int(at * len(raw))] ^= change
    folder = tmp_path_factory.mktemp("changed")
    (folder / path.name).write_bytes(bytes(raw))
    damaged = trials.RawFolder(folder, fixture.folder.card)
    with pytest.raises(SourceError, match="the checksum changed"):
        damaged.file(path.name)


def test_a_row_less_or_more_than_promised_is_refused() -> None:
    fixture = trials.fixtures("RO")["population_2021"]
    for change in (-1, 1):
        card = fixture.folder.card
        promised = card.model_copy(update={"rows": (card.rows or 0) + change})
        folder = trials.RawFolder(fixture.folder.path, promised)
        with pytest.raises(SourceError, match=r"rows read, source.yml promises"):
            read_rows(source_module("RO", "population_2021"), folder)


def test_the_comparison_sees_a_wrong_figure() -> None:
    """The harness itself: one figure changed is one difference."""
    fixture = trials.fixtures("RO")["population_2021"]
    changed = {name: table.copy() for name, table in fixture.tables.items()}
    needs = changed["needs"]
    needs.loc[needs.index[0], "value"] += 1
    (difference,) = trials.compare(fixture.tables, changed)
    assert difference.startswith("wrong")
    changed["needs"] = pd.DataFrame(needs.iloc[1:])
    (difference,) = trials.compare(fixture.tables, changed)
    assert difference.startswith("missing")
