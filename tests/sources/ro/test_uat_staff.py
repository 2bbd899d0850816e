"""Posts in town halls: county councils among them, a wrong code, half posts, no staff at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.ro import uat_staff
from row_orders import row_orders

SOURCE = "ro/uat_staff"


def test_posts_are_as_the_golden_table_says(small_romania, golden):
    resources = small_romania.tables["resources"]
    golden("uat_staff", resources[resources["source_id"] == SOURCE])


def test_what_was_noticed(findings_of):
    assert findings_of("uat_staff") == [
        ("row 9", "figure_corrected", "corrected"),
        ("row 19", "unknown_area", "rejected"),
        ("row 10", "value_missing", "kept"),
        ("row 11", "value_not_readable", "set_missing"),
        ("row 5", "value_implausible", "set_missing"),
    ]


def test_county_councils_and_the_city_hall_are_not_town_halls(small_romania):
    resources = small_romania.tables["resources"]
    posts = resources[resources["source_id"] == SOURCE].set_index(["area_id", "variable"])["value"]
    assert posts["RO_10", "county_council_posts_filled"] == 237
    assert posts["RO_403", "county_council_posts_filled"] == 3140
    assert ("RO_10", "posts_filled") not in posts.index


def test_the_correction_fails_once_the_file_is_mended(folder_of, context_of):
    frame = uat_staff.read(folder_of("uat_staff"))
    frame.loc[frame["name"] == "Gherăseni", "code"] = "46803"
    with pytest.raises(SourceError, match=r"'46830' of 'Gherăseni\|3115' .* remove the line"):
        uat_staff.clean(frame, context_of("uat_staff"))


def test_cleaning_leaves_the_frame_as_it_was(folder_of, context_of):
    frame = uat_staff.read(folder_of("uat_staff"))
    before = frame.copy()
    uat_staff.clean(frame, context_of("uat_staff"))
    assert frame.equals(before)


@row_orders
@given(order=st.permutations(range(19)))
def test_the_order_of_rows_does_not_matter(order, folder_of, context_of, small_romania):
    frame = uat_staff.read(folder_of("uat_staff")).iloc[order]
    keys = ["area_id", "variable"]
    found = uat_staff.clean(frame, context_of("uat_staff")).tables["resources"].set_index(keys)
    whole = small_romania.tables["resources"]
    whole = whole[whole["source_id"] == SOURCE].set_index(keys)
    assert found["value"].sort_index().equals(whole["value"].sort_index())


@pytest.mark.data
def test_official_posts(official_romania):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_kept"]) == (3228, 3228)
    resources = official_romania.tables["resources"]
    posts = resources[resources["source_id"] == SOURCE]
    counted = posts.groupby("variable")["area_id"].nunique().to_dict()
    assert counted == {
        "posts_allowed": 3186,
        "posts_filled": 3186,
        "county_council_posts_allowed": 42,
        "county_council_posts_filled": 42,
    }
    values = posts.set_index(["variable", "area_id"])["value"]
    assert values["posts_filled", "RO_9397"] == 50.5
    assert values["posts_filled", "RO_40492"] == 94.5
    missing = posts[posts["value"].isna()]
    assert missing[["area_id", "variable", "status"]].to_numpy().tolist() == [
        ["RO_50479", "posts_filled", "M"]
    ]
    assert values["posts_filled"].sum() == 110_359 + 50.5 + 94.5


@pytest.mark.data
def test_official_gheraseni_and_ghergheasa_are_two_town_halls(official_romania):
    values = official_romania.tables["resources"].set_index(["variable", "area_id"])["value"]
    assert values["posts_allowed", "RO_46803"] == 22
    assert values["posts_allowed", "RO_46830"] == 19


@pytest.mark.data
def test_the_highest_official_rate_is_of_the_smallest_commune(official_romania):
    """68 posts per 1,000: Bătrâna has 88 residents and six posts."""
    values = official_romania.tables["resources"].set_index(["variable", "area_id"])["value"]
    areas = official_romania.tables["areas"].set_index("area_id")
    rates = 1000 * values["posts_filled"] / areas["population"]
    assert areas.loc[rates.idxmax(), "name"] == "Bătrâna"
    assert areas.query("level == 'municipality'")["population"].idxmin() == rates.idxmax()
