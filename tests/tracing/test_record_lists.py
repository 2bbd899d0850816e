"""Shortened lists of records are made whole, or stay as they are."""

import pandas as pd

from landscape.tracing.records import list_records

USED = pd.DataFrame(
    [("ro/x", f"{year} row {number}", "RO_1") for year in (2021, 2022) for number in range(1, 6)]
    + [("ro/y", f"item {number}", "RO_1") for number in (3, 8)],
    columns=["source_id", "record", "area_id"],
)


def listed(source_id: str, record: str, area_id: str = "RO_1") -> list[str]:
    row = {"source_id": source_id, "record": record, "area_id": area_id}
    return list_records(pd.DataFrame([row]), USED)["record"].tolist()


def test_one_record_is_itself() -> None:
    assert listed("ro/x", "2021 row 1") == ["2021 row 1"]


def test_a_list_is_taken_apart() -> None:
    assert listed("ro/x", "2021 row 1, 2021 row 4") == ["2021 row 1", "2021 row 4"]


def test_the_rest_is_found_in_the_same_part_of_the_file() -> None:
    text = "2022 row 1, 2022 row 2, 2022 row 3 and 2 more"
    assert listed("ro/x", text) == [f"2022 row {number}" for number in range(1, 6)]


def test_the_rest_is_found_where_one_record_is_named() -> None:
    assert listed("ro/y", "item 3 and 1 more") == ["item 3", "item 8"]


def test_a_number_of_records_is_told_apart() -> None:
    assert listed("ro/y", "records: 2") == ["item 3", "item 8"]
    assert listed("ro/y", "records: 0") == []


def test_what_does_not_fit_stays_as_it_is() -> None:
    text = "2022 row 1, 2022 row 2, 2022 row 3 and 9 more"
    assert listed("ro/x", text) == [text]
    assert listed("ro/y", "not listed") == ["not listed"]
    assert listed("ro/y", "records: 2", "RO_2") == ["records: 2"]


def test_each_record_stands_once() -> None:
    rows = pd.DataFrame(
        {"source_id": "ro/y", "record": ["item 3, item 8", "records: 2"], "area_id": "RO_1"}
    )
    assert list_records(rows, USED)["record"].tolist() == ["item 3", "item 8"]
