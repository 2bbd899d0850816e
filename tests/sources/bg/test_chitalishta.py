"""The register of community centres: names only, and what is not at work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.bg import chitalishta
from row_orders import row_orders


def test_services_are_as_the_golden_table_says(small_bulgaria, golden):
    golden("chitalishta", small_bulgaria.tables["services"])


def test_what_was_noticed(findings_of):
    assert findings_of("chitalishta") == [
        ("row 1", "test_record", "rejected"),
        ("row 10", "service_closed", "rejected"),
        ("row 12", "service_closed", "rejected"),
        ("row 17", "unknown_area", "rejected"),
        ("row 8", "shared_identifier", "kept"),
        ("row 6", "duplicate_record", "rejected"),
    ]


def test_nothing_of_persons_is_read(folder_of):
    frame = chitalishta.read(folder_of("chitalishta"))
    assert "0888" not in frame.to_csv()
    assert set(frame) == {
        "number", "state", "name", "county", "municipality", "identifier", "record"
    }  # fmt: skip


def test_an_unknown_state_stops(folder_of, context_of):
    frame = chitalishta.read(folder_of("chitalishta")).replace("Действащо", "Спящо")
    with pytest.raises(SourceError, match="unknown state 'Спящо'"):
        chitalishta.clean(frame, context_of("chitalishta"))


@row_orders
@given(shuffle=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(folder_of, context_of, shuffle):
    frame = chitalishta.read(folder_of("chitalishta"))
    order = list(frame.index)
    shuffle.shuffle(order)
    context = context_of("chitalishta")
    straight = chitalishta.clean(frame, context).tables["services"]
    shuffled = chitalishta.clean(frame.loc[order], context).tables["services"]
    assert set(straight["service_id"]) == set(shuffled["service_id"])


@pytest.mark.data
def test_every_official_centre_at_work_is_placed(official_bulgaria):
    services = official_bulgaria.tables["services"]
    by_area = services.groupby("area_id").size()
    assert len(services) == 3682
    assert len(by_area) == 265
    assert by_area["BG_VAR05"] == 4
    assert by_area["BG_RSE04"] == 10
    assert (by_area["BG_DOB15"], by_area["BG_DOB28"]) == (45, 7)
    findings = official_bulgaria.tables["findings"].query("source_id == 'bg/chitalishta'")
    assert findings["rule"].value_counts().to_dict() == {
        "service_closed": 27,
        "duplicate_record": 7,
        "shared_identifier": 5,
        "test_record": 2,
    }
