"""SIRUTA: capitals with cedillas, București twice, and which rows are areas."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.sources.ro import siruta
from row_orders import row_orders


def test_areas_are_as_the_golden_table_says(small_romania, golden):
    areas = small_romania.tables["areas"]
    golden("siruta", areas[areas["level"] != "country"])


def test_places_are_as_the_golden_table_says(small_romania, golden):
    golden("siruta_places", small_romania.tables["places"])


def test_bucharest_is_its_sectors_and_stands_as_a_whole_at_county_level(small_romania):
    areas = small_romania.tables["areas"].set_index("area_id")
    sectors = areas[areas["parent_id"] == "RO_403"]
    assert sectors["kind"].eq("sector").all() and len(sectors) == 3
    assert areas.loc["RO_403", ["level", "kind"]].tolist() == ["county", "municipiu"]
    assert "RO_179132" not in areas.index


def test_an_unknown_type_stops(folder_of, context_of):
    frame = siruta.read(folder_of("siruta"))
    frame["type"] = frame["type"].replace("3", "77")
    with pytest.raises(SourceError, match="TIP not known: 77"):
        siruta.clean(frame, context_of("siruta"))


@row_orders
@given(order=st.permutations(range(23)), kept=st.integers(1, 23))
def test_rows_may_come_in_any_order_and_number(order, kept, folder_of, context_of, small_romania):
    frame = siruta.read(folder_of("siruta"))
    cleaned = siruta.clean(frame.iloc[order[:kept]], context_of("siruta"))
    assert (cleaned.rows_kept, cleaned.rows_rejected) == (kept, 0)
    names = small_romania.tables["areas"].set_index("area_id")["name"]
    found = cleaned.tables["areas"].set_index("area_id")["name"]
    assert found.eq(names.reindex(found.index)).all()


#: Where the register spells a name otherwise than the boundary file: the register is followed.
#: All but the first five are slips of the boundary file (a mark, a blank or a hyphen).
SPELLED_OTHERWISE = {
    "27169": ("Petreu", "Abrămuț"),
    "6592": ("Rimetea", "Râmetea"),
    "59238": ("Rișca", "Râșca"),
    "38679": ("Răuseni", "Răușeni"),
    "99879": ("Țigănăși", "Țigănași"),
    "101243": ("Rădulești", "Radulești"),
    "119242": ("Sărmașu", "Sarmașu"),
    "83632": ("Toplița", "Toplita"),
    "109096": ("Șișești", "Șisești"),
    "93888": ("Lehliu-Gară", "Lehliu- Gară"),
    "43279": ("Grădiștea", "Gradiștea"),
    "79932": ("Crușeț", "Crușet"),
    "161525": ("I.C. Brătianu", "I.C.Brătianu"),
    "179533": ("Popești-Leordeni", "Popești Leordeni"),
}


@pytest.mark.data
def test_official_counts(official_romania):
    areas = official_romania.tables["areas"]
    assert areas["level"].value_counts().to_dict() == {
        "municipality": 3186, "county": 42, "country": 1
    }  # fmt: skip
    kinds = areas["kind"].value_counts().to_dict()
    assert kinds == {"comună": 2862, "oraș": 216, "municipiu": 102 + 1, "județ": 41, "sector": 6}
    assert areas["name"].str.contains("[şţŞŢ]").sum() == 0
    assert not areas.duplicated(["parent_id", "name"]).any()
    rows = official_romania.accounting.set_index("source_id").loc["ro/siruta"]
    assert (rows["rows_read"], rows["rows_kept"]) == (16_978, 16_978)


@pytest.mark.data
def test_official_names_are_spelled_as_in_the_boundary_file(official_romania, official):
    content = pd.read_json(official / "ro/uat_boundaries/uat.geojson")
    printed = pd.json_normalize(content["features"].tolist()).set_index("properties.natcode")
    areas = official_romania.tables["areas"].set_index("code")
    names = pd.DataFrame({"ours": areas["name"], "theirs": printed["properties.name"]}).dropna()
    assert len(names) == 3186
    other = names[names["ours"] != names["theirs"]]
    assert dict(zip(other.index, other.to_records(index=False).tolist(), strict=True)) == (
        SPELLED_OTHERWISE
    )
