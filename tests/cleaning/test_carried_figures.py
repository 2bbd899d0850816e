"""Figures of an older date on the areas of today: nothing is lost, nothing is counted twice."""

import doctest

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.cleaning import carried as carried_figures
from landscape.cleaning.carried import carry_along, carry_counts
from landscape.cleaning.crosswalk import CROSSWALK_COLUMNS, trace_areas

#: B was part of A until 2019, with a quarter of its people; old1 and old2 went into C.
CROSSWALK = pd.DataFrame(
    [
        ("A", "A", "2020-01-01", "split", 0.75),
        ("A", "B", "2020-01-01", "split", 0.25),
        ("old1", "C", None, "merger", 1.0),
        ("old2", "C", "2016-01-01", "merger", 1.0),
    ],
    columns=CROSSWALK_COLUMNS,
).astype({"date": "str", "share": "Float64"})


def links(*codes: str, on: str = "2015-01-01") -> pd.DataFrame:
    return trace_areas(codes, CROSSWALK, on=on)


def test_the_example_of_the_docstring_holds() -> None:
    found = doctest.testmod(carried_figures)
    assert (found.attempted > 0, found.failed) == (True, 0)


def test_a_code_without_a_link_cannot_be_carried() -> None:
    frame = pd.DataFrame({"code": ["nowhere"], "record": ["row 1"], "value": [1]})
    with pytest.raises(ValueError, match="nowhere"):
        carry_counts(frame, ["value"], links("A"))


def figures(values: dict[str, tuple[float | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": list(values),
            "record": [f"row {number}" for number in range(1, len(values) + 1)],
            "value": pd.array([value for value, _ in values.values()], dtype="Float64"),
            "value_status": [status for _, status in values.values()],
        }
    )


def carry(values: dict[str, tuple[float | None, str]]) -> pd.DataFrame:
    carried, _ = carry_counts(figures(values), ["value"], links(*values))
    return carried.set_index("area_id")


def test_a_merged_area_is_the_sum_of_its_parts() -> None:
    carried = carry({"C": (1, "A"), "old1": (2, "A"), "old2": (4, "A")})
    assert carried.loc["C", "value"] == 7
    assert carried.loc["C", "value_status"] == "A"
    assert carried.loc["C", "record"] == "row 1, row 2, row 3"


def test_many_records_are_told_by_their_number() -> None:
    frame = pd.DataFrame({"code": "C", "record": [f"row {n}" for n in range(9)], "value": 1})
    carried, used = carry_counts(frame, ["value"], links("C"))
    assert carried["record"].item() == "row 0 and 8 more"
    assert len(used) == 9


@pytest.mark.parametrize(
    ("part", "status"), [((None, "M"), "M"), ((None, "C"), "C"), ((2.0, "E"), "E"), ((2, "B"), "B")]
)
def test_a_sum_is_as_sure_as_its_weakest_part(part: tuple[float | None, str], status: str) -> None:
    carried = carry({"C": (1, "A"), "old1": part})
    assert carried.loc["C", "value_status"] == status
    assert pd.isna(carried.loc["C", "value"]) == (part[0] is None)


def test_a_split_figure_is_an_estimate() -> None:
    carried = carry({"A": (40, "A")})
    assert carried["value"].to_dict() == {"A": 30, "B": 10}
    assert (carried["value_status"] == "E").all()


def test_a_median_goes_with_a_new_code_and_not_into_a_merger() -> None:
    """It cannot be put together from parts, and a secret one stays secret."""
    values = {"old1": (9.0, "A"), "A": (5.0, "A"), "B": (None, "C")}
    frame = figures(values)
    carried, used = carry_along(frame, links(*values), rates={"value": None})
    carried = carried.set_index("area_id")
    assert carried["value"].dropna().to_dict() == {"C": 9, "A": 5}
    assert carried["value_status"].to_dict() == {"C": "A", "A": "A", "B": "C"}
    merged, _ = carry_along(
        figures({"C": (7.0, "A"), "old1": (9.0, "A")}), links("C", "old1"), rates={"value": None}
    )
    assert merged[["value", "value_status"]].values.tolist() == [[pd.NA, "M"]]
    assert set(used["record"]) == set(frame["record"])


CODES = ["A", "B", "C", "old1", "old2", "q1"]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 10**6)), min_size=1),
    on=st.sampled_from(["2005-01-01", "2015-01-01", "2024-01-01"]),
    seed=st.integers(0, 99),
)
def test_sums_are_conserved_whatever_the_order(
    rows: list[tuple[str, int]], on: str, seed: int
) -> None:
    frame = pd.DataFrame(rows, columns=["code", "value"], dtype="object")
    frame = frame.astype({"code": "str", "value": "Int64"})
    frame["record"] = [f"row {number}" for number in range(len(frame))]
    shuffled = frame.sample(frac=1, random_state=seed)
    results = []
    for each in (frame, shuffled):
        carried, used = carry_counts(each, ["value"], links(*each["code"], on=on))
        assert set(used["record"]) == set(frame["record"])
        results.append(carried.set_index("area_id")["value"].sort_index())
    assert results[0].sum() == pytest.approx(frame["value"].sum())
    pd.testing.assert_series_equal(results[0], results[1])
