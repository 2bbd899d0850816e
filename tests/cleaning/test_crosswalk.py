"""Areas through time: chains of changes in date order, un-mergers, counts conserved, rates."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.cleaning.carried import carry_to
from landscape.cleaning.crosswalk import CROSSWALK_COLUMNS, trace_areas

#: B joined A in 2010, and a new area of both was called D in 2015. C fell apart in 2012.
#: S joined T in 2017 and is on its own again since 2020; V, which joined too, is not.
CHANGES = [
    ("B", "A", "2010-01-01", "merger", 1),
    ("A", "D", "2015-06-30", "renamed", 1),
    ("C", "C", "2012-01-01", "split", 0.75),
    ("C", "E", "2012-01-01", "split", 0.25),
    ("S", "T", "2017-01-01", "merger", 1),
    ("V", "T", "2017-01-01", "merger", 1),
    ("T", "T", "2020-01-01", "split", 0.6),
    ("T", "S", "2020-01-01", "split", 0.4),
    ("old", "D", None, "merger", 1),
    ("F", "F", None, "creation", 0.5),
    ("F", "G", None, "creation", 0.5),
]


def table(rows: list[tuple[str, str, str | None, str, float | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=CROSSWALK_COLUMNS)
    return frame.astype({"date": "str", "share": "Float64"})


CROSSWALK = table(CHANGES)


def parts(*area_ids: str, on: str, until: str | None = None) -> dict[str, dict[str, float]]:
    links = trace_areas(area_ids, CROSSWALK, on=on, until=until)
    return {
        str(c): dict(zip(g["area_id"], g["share"], strict=True)) for c, g in links.groupby("code")
    }


def test_a_chain_of_changes_is_followed_in_the_order_of_dates() -> None:
    assert parts("A", "B", on="2009-01-01") == {"A": {"D": 1}, "B": {"D": 1}}
    assert parts("B", on="2009-01-01", until="2014-01-01") == {"B": {"A": 1}}


def test_a_change_before_the_figures_is_not_made_twice() -> None:
    assert parts("C", on="2011-12-31") == {"C": {"C": 0.75, "E": 0.25}}
    assert parts("C", on="2012-01-01") == {"C": {"C": 1}}


def test_an_area_that_was_merged_and_is_back_is_itself() -> None:
    assert parts("S", on="2016-01-01") == {"S": {"S": 1}}
    assert parts("T", on="2016-01-01") == {"T": {"T": 1}}


def test_what_stayed_in_a_merger_takes_no_share_of_what_left_it() -> None:
    assert parts("V", on="2016-01-01") == {"V": {"T": 1}}


def test_a_figure_of_the_merged_time_is_shared() -> None:
    assert parts("T", on="2018-01-01") == {"T": {"T": 0.6, "S": 0.4}}
    assert parts("T", on="2018-01-01", until="2019-01-01") == {"T": {"T": 1}}


def test_a_part_with_a_figure_of_its_own_takes_no_share() -> None:
    assert parts("T", "S", on="2018-01-01") == {"T": {"T": 1}, "S": {"S": 1}}


def test_without_a_date_a_whole_area_is_followed_and_a_share_is_not() -> None:
    assert parts("old", "F", on="2020-01-01") == {"old": {"D": 1}, "F": {"F": 1}}
    assert parts("old", on="2014-01-01", until="2014-01-01") == {"old": {"old": 1}}


def test_a_share_that_is_not_known_is_missing() -> None:
    unknown = table([("C", "C", "2012-01-01", "split", None), ("C", "E", "2012-01-01", "split", 0)])
    assert trace_areas(["C"], unknown, on="2011-01-01")["share"].isna().all()
    carried = carry_to(counted({"C": 8}), unknown, on="2011-01-01", counts=["people"])
    assert carried["people"].isna().all()
    assert set(carried["people_status"]) == {"M"}


def counted(people: dict[str, float | None]) -> pd.DataFrame:
    values = pd.array(list(people.values()), dtype="Float64")
    return pd.DataFrame({"area_id": list(people), "people": values})


def test_counts_are_added_up_and_shares_are_estimates() -> None:
    values = counted({"A": 30, "B": 10, "C": 8})
    carried = carry_to(values, CROSSWALK, on="2009-01-01", counts=["people"]).set_index("area_id")
    assert carried["people"].to_dict() == {"D": 40, "C": 6, "E": 2}
    assert carried["people_status"].to_dict() == {"D": "A", "C": "E", "E": "E"}
    assert carried.loc["D", "record"] == "A, B"


def test_a_rate_is_weighted_by_its_denominator() -> None:
    values = counted({"A": 30, "B": 10, "C": 8}).assign(rate=[10.0, 30.0, 5.0])
    carried = carry_to(values, CROSSWALK, on="2009-01-01", rates={"rate": "people"})
    carried = carried.set_index("area_id")
    assert carried["rate"].to_dict() == {"D": 15, "C": 5, "E": 5}
    assert carried["rate_status"].to_dict() == {"D": "A", "C": "E", "E": "E"}


def test_a_rate_without_denominator_stands_only_where_nothing_changed() -> None:
    values = counted({"A": 30, "B": 10, "S": 4}).assign(rate=[10.0, 10.0, 7.5])
    carried = carry_to(values, CROSSWALK, on="2009-01-01", rates={"rate": None})
    carried = carried.set_index("area_id")
    assert pd.isna(carried.loc["D", "rate"])
    assert carried.loc["D", "rate_status"] == "M"
    assert (carried.loc["S", "rate"], carried.loc["S", "rate_status"]) == (7.5, "A")


@pytest.mark.parametrize(("status", "expected"), [("C", "C"), ("M", "M")])
def test_a_rate_with_a_secret_or_missing_part_is_so_too(status: str, expected: str) -> None:
    values = counted({"A": 30, "B": 10}).assign(rate=[10.0, None], rate_status=["A", status])
    carried = carry_to(values, CROSSWALK, on="2009-01-01", rates={"rate": "people"})
    assert carried["rate"].isna().all()
    assert carried["rate_status"].item() == expected


def test_a_rate_of_nobody_is_missing() -> None:
    values = counted({"A": 0, "B": 0}).assign(rate=[10.0, 30.0])
    carried = carry_to(values, CROSSWALK, on="2009-01-01", rates={"rate": "people"})
    assert carried[["rate", "rate_status"]].values.tolist() == [[pd.NA, "M"]]


def test_figures_are_not_carried_back() -> None:
    with pytest.raises(ValueError, match="cannot be carried back"):
        carry_to(counted({"D": 1}), CROSSWALK, 2014, on="2016-01-01", counts=["people"])


EVENTS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "rename"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=12,
)


def lived(events: list[tuple[str, int, int]]) -> tuple[pd.DataFrame, dict[str, set[str]]]:
    """A crosswalk of changes as they may happen, one a year, and the areas alive after each."""
    alive, rows, gone = ["a", "b", "c", "d"], [], ["n1", "n2", "n3"]
    states = {"2000-01-01": set(alive)}
    for year, (event, first, second) in enumerate(events, start=2001):
        date = f"{year}-01-01"
        one, other = alive[first % len(alive)], alive[second % len(alive)]
        if event == "merge" and one != other:
            rows.append((one, other, date, "merger", 1.0))
            alive.remove(one)
            gone.append(one)
        elif event == "split" and gone:
            new = gone.pop(second % len(gone))
            rows += [(one, one, date, "split", 0.7), (one, new, date, "split", 0.3)]
            alive.append(new)
        elif event == "rename" and gone:
            new = gone.pop(second % len(gone))
            rows.append((one, new, date, "renamed", 1.0))
            alive[alive.index(one)] = new
            gone.append(one)
        states[date] = set(alive)
    return table(rows), states


@settings(max_examples=50, deadline=None)
@given(events=EVENTS, start=st.integers(0, 12), end=st.integers(0, 12), seed=st.integers(0, 9))
def test_sums_are_conserved_and_end_in_living_areas(
    events: list[tuple[str, int, int]], start: int, end: int, seed: int
) -> None:
    crosswalk, states = lived(events)
    years = sorted(states)
    on, until = sorted([years[start % len(years)], years[end % len(years)]])
    values = counted({area_id: 10.0 + n for n, area_id in enumerate(sorted(states[on]))})
    shuffled = crosswalk.sample(frac=1, random_state=seed)
    carried = carry_to(values, shuffled, int(until[:4]), on=on, counts=["people"])
    assert carried["people"].sum() == pytest.approx(values["people"].sum())
    assert set(carried["area_id"]) <= states[until]
    in_order = carry_to(values, crosswalk, int(until[:4]), on=on, counts=["people"])
    keyed = [t.set_index("area_id")["people"].sort_index() for t in (carried, in_order)]
    pd.testing.assert_series_equal(*keyed)


@settings(max_examples=30, deadline=None)
@given(events=EVENTS, seed=st.integers(0, 99))
def test_equal_rates_stay_equal_whatever_happens(
    events: list[tuple[str, int, int]], seed: int
) -> None:
    crosswalk, states = lived(events)
    people = {a: float(1 + (seed * n) % 7) for n, a in enumerate(sorted(states["2000-01-01"]))}
    values = counted(people).assign(rate=12.5)
    carried = carry_to(values, crosswalk, on="2000-01-01", rates={"rate": "people"})
    assert carried["rate"].tolist() == pytest.approx([12.5] * len(carried))
