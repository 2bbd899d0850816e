"""Figures of an older date on the areas of today: nothing is lost, nothing is counted twice."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.cleaning.boundaries import carry_counts, link_codes

AREAS = pd.DataFrame(
    {
        "area_id": ["XX_A", "XX_B", "XX_C", "XX_D"],
        "code": ["A", "B", "C", "D"],
        "population": [300, 100, 50, None],
    }
)
#: B was part of A from 2010 to 2019; old1 and old2 went into C; a quarter of A is q1.
PLACES = pd.DataFrame(
    {
        "area_id": ["XX_A", "XX_B", "XX_C", "XX_C", "XX_A"],
        "code": ["A", "A", "old1", "old2", "q1"],
        "valid_from": ["2010-01-01", "2010-01-01", None, None, None],
        "valid_to": ["2019-12-31", "2019-12-31", None, None, None],
    },
    dtype="str",
)


def links(*codes: str, on: str = "2015-01-01", areas: pd.DataFrame = AREAS) -> pd.DataFrame:
    return link_codes(pd.Series(codes, dtype="str"), areas, PLACES, on=on)


def shares(*codes: str, on: str = "2015-01-01") -> dict[tuple[str, str], float]:
    found = links(*codes, on=on)
    return {(row.code, row.area_id): row.share for row in found.itertuples()}


def test_a_code_of_today_means_its_area_and_a_former_code_its_successor() -> None:
    assert shares("C", "old1", "q1") == {
        ("C", "XX_C"): 1,
        ("old1", "XX_C"): 1,
        ("q1", "XX_A"): 1,
    }


def test_a_code_that_covered_more_is_split_by_population_while_it_did() -> None:
    assert shares("A") == {("A", "XX_A"): 0.75, ("A", "XX_B"): 0.25}
    assert shares("A", on="2020-01-01") == {("A", "XX_A"): 1}
    assert shares("A", on="2009-12-31") == {("A", "XX_A"): 1}


def test_an_area_with_figures_of_its_own_takes_no_share() -> None:
    assert shares("A", "B") == {("A", "XX_A"): 1, ("B", "XX_B"): 1}


def test_a_share_is_missing_where_a_population_is() -> None:
    unknown = AREAS.assign(population=[300, None, 50, None])
    assert links("A", areas=unknown)["share"].isna().all()


def test_an_unknown_code_has_no_link_and_cannot_be_carried() -> None:
    assert links("nowhere").empty
    frame = pd.DataFrame({"code": ["nowhere"], "record": ["row 1"], "value": [1]})
    with pytest.raises(ValueError, match="nowhere"):
        carry_counts(frame, ["value"], links("nowhere"))


def carry(values: dict[str, tuple[float | None, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "code": list(values),
            "record": [f"row {number}" for number in range(1, len(values) + 1)],
            "value": pd.array([value for value, _ in values.values()], dtype="Float64"),
            "value_status": [status for _, status in values.values()],
        }
    )
    carried, _ = carry_counts(frame, ["value"], links(*values))
    return carried.set_index("area_id")


def test_a_merged_area_is_the_sum_of_its_parts() -> None:
    carried = carry({"C": (1, "A"), "old1": (2, "A"), "old2": (4, "A")})
    assert carried.loc["XX_C", "value"] == 7
    assert carried.loc["XX_C", "value_status"] == "A"
    assert carried.loc["XX_C", "record"] == "row 1, row 2, row 3"


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
    assert carried.loc["XX_C", "value_status"] == status
    assert pd.isna(carried.loc["XX_C", "value"]) == (part[0] is None)


def test_a_split_figure_is_an_estimate() -> None:
    carried = carry({"A": (40, "A")})
    assert carried["value"].to_dict() == {"XX_A": 30, "XX_B": 10}
    assert (carried["value_status"] == "E").all()


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
        found = link_codes(each["code"], AREAS, PLACES, on=on)
        carried, used = carry_counts(each, ["value"], found)
        assert set(used["record"]) == set(frame["record"])
        results.append(carried.set_index("area_id")["value"].sort_index())
    assert results[0].sum() == pytest.approx(frame["value"].sum())
    pd.testing.assert_series_equal(results[0], results[1])
