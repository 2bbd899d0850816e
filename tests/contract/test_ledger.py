"""Row accounting: what is read is kept or rejected, and each rejection is a finding."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.provenance import SourceCard
from landscape.schemas import check_table
from landscape.sources.contract import (
    Context,
    Ledger,
    join_records,
    load_mapping,
    observations,
    require_mapped,
)

CARD = SourceCard(
    source_id="xx/register",
    title=dict.fromkeys(("en", "fr", "ro", "bg"), "Register"),
    producer="Office",
    url="https://office.example",
    licence="CC BY 4.0",
    reference_period="2020",
    retrieved_on=date(2026, 1, 1),
    files={"register.csv": "0" * 64},
    is_exhaustive=True,
    citation="Office, Register",
)
CONTEXT = Context(CARD)


def frame_of(rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "record": [f"row {number}" for number in range(1, rows + 1)],
            "area_id": [f"XX_{number}" for number in range(1, rows + 1)],
            "persons": [10 * number for number in range(1, rows + 1)],
        }
    )


def needs_of(frame: pd.DataFrame) -> pd.DataFrame:
    return observations(frame, {"persons": "population"}, year=2020, context=CONTEXT)


@given(rejected=st.lists(st.booleans(), min_size=1, max_size=12))
def test_rows_read_are_rows_kept_and_rejected(rejected: list[bool]) -> None:
    frame = frame_of(len(rejected))
    ledger = Ledger(CONTEXT, frame)
    kept = ledger.reject(frame, pd.Series(rejected), "not_an_area", "a total")
    cleaned = ledger.close(needs=needs_of(kept)) if len(kept) else ledger.close(used=kept)
    assert cleaned.rows_read == len(rejected)
    assert cleaned.rows_rejected == sum(rejected) == len(cleaned.findings)
    assert cleaned.rows_kept == len(kept) == cleaned.used["record"].nunique()
    assert set(cleaned.findings["record"]) == set(frame["record"]) - set(kept["record"])
    check_table("findings", cleaned.findings)


def test_a_lost_record_raises() -> None:
    frame = frame_of(3)
    ledger = Ledger(CONTEXT, frame)
    with pytest.raises(SourceError, match=r"xx/register: .*neither kept nor rejected: row 3"):
        ledger.close(needs=needs_of(frame.head(2)))


def test_an_invented_record_raises() -> None:
    ledger = Ledger(CONTEXT, frame_of(2))
    with pytest.raises(SourceError, match="used but rejected or never read: row 3"):
        ledger.close(needs=needs_of(frame_of(3)))


def test_a_record_that_was_rejected_and_used_raises() -> None:
    frame = frame_of(2)
    ledger = Ledger(CONTEXT, frame)
    ledger.reject(frame, frame["record"] == "row 2", "not_an_area", "a total")
    with pytest.raises(SourceError, match="used but rejected"):
        ledger.close(needs=needs_of(frame))


def test_rejecting_what_was_never_read_raises() -> None:
    ledger = Ledger(CONTEXT, frame_of(1))
    strange = frame_of(2)
    kept = ledger.reject(strange, strange["record"] == "row 2", "not_an_area", "a total")
    with pytest.raises(SourceError, match="row 2"):
        ledger.close(needs=needs_of(kept))


def test_records_must_be_unique_and_tables_known() -> None:
    twice = pd.concat([frame_of(1), frame_of(1)], ignore_index=True)
    with pytest.raises(SourceError, match="records are not unique"):
        Ledger(CONTEXT, twice)
    with pytest.raises(SourceError, match="unknown tables"):
        Ledger(CONTEXT, frame_of(1)).close(people=frame_of(1))


def test_a_sum_of_records_says_which_it_used() -> None:
    frame = frame_of(3)
    sums = pd.DataFrame({"area_id": ["XX"], "record": ["row 1, row 2 and 1 more"], "persons": [60]})
    used = frame[["record"]].assign(area_id="XX")
    cleaned = Ledger(CONTEXT, frame).close(needs=needs_of(sums), used=used)
    assert (cleaned.rows_kept, len(cleaned.used)) == (3, 3)
    assert join_records(frame["record"]) == "row 1, row 2, row 3"
    assert join_records(frame_of(5)["record"]) == "row 1, row 2, row 3 and 2 more"


def test_findings_take_one_message_or_one_for_each_row() -> None:
    frame = frame_of(3)
    ledger = Ledger(CONTEXT, frame)
    ledger.note(frame.tail(2), "value_missing", "persons of " + frame["area_id"])
    ledger.note(frame.head(0), "value_missing", "nothing to say")
    ledger.note(frame[["record"]].head(1), "value_missing", "no area is known")
    findings = ledger.close(needs=needs_of(frame)).findings
    assert findings["message"].tolist() == [
        "persons of XX_2",
        "persons of XX_3",
        "no area is known",
    ]
    assert findings["area_id"].isna().tolist() == [False, False, True]
    assert set(findings["action"]) == {"kept"}


def test_observations_keep_missing_apart_from_zero() -> None:
    frame = frame_of(4).assign(
        persons=pd.array([0, None, None, 5], dtype="Float64"),
        persons_status=["A", "A", "C", "E"],
        seen=[2019, 2020, 2021, 2022],
    )
    rows = observations(frame, {"persons": "population"}, year="seen", context=CONTEXT)
    assert rows["status"].tolist() == ["A", "M", "C", "E"]
    assert rows["value"].isna().tolist() == [False, True, True, False]
    assert rows["year"].tolist() == [2019, 2020, 2021, 2022]
    assert set(rows["unit"]) == {"persons"}
    check_table("needs", rows)


def test_a_variable_that_the_dictionary_lacks_raises() -> None:
    with pytest.raises(SourceError, match=r"happiness is not in variables\.yml"):
        observations(frame_of(1), {"persons": "happiness"}, year=2020, context=CONTEXT)


def test_unknown_types_stop(tmp_path) -> None:
    module = tmp_path / "register.py"
    with pytest.raises(SourceError, match=r"mapping register\.csv is missing"):
        load_mapping(str(module), CONTEXT, "local_type")
    table = module.with_suffix(".csv")
    table.write_text("local_type,function\nday,old_age\n", encoding="utf-8")
    mapping = load_mapping(str(module), CONTEXT, "local_type")
    require_mapped(pd.Series(["day", "day"]), mapping, CONTEXT)
    with pytest.raises(SourceError, match="not in the mapping: 'night'"):
        require_mapped(pd.Series(["day", "night"]), mapping, CONTEXT)
    table.write_text("local_type,function\nday,old_age\nday,housing\n", encoding="utf-8")
    with pytest.raises(SourceError, match="lists a local_type twice"):
        load_mapping(str(module), CONTEXT, "local_type")
    with pytest.raises(SourceError, match="has no column kind"):
        load_mapping(str(module), CONTEXT, "kind")
