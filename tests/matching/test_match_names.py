"""What names lead to: one area, several, or none, and the reason."""

from __future__ import annotations

import pandas as pd
import pytest
from small_country import areas_of, gazetteer_of, places_of

from landscape.matching import Gazetteer, match_counties, match_names


def found(country: str, name: str | None, county: str | None = None, **options: object) -> str:
    """The area of one name without its country, or the status of the match."""
    row = outcome(country, name, county, **options)
    if row["match_status"] == "matched":
        return str(row["area_id"]).removeprefix(f"{country}_")
    return str(row["match_status"])


def outcome(
    country: str, name: str | None, county: str | None = None, **options: object
) -> pd.Series:
    names = pd.Series([name], dtype="str")
    counties = pd.Series([county], dtype="str")
    return match_names(names, gazetteer_of(country), counties=counties, **options).iloc[0]


@pytest.mark.parametrize(
    ("name", "county", "expected"),
    [
        ("ALBA IULIA", "ALBA", "1017"),
        ("Alba-Iulia", "Județul Alba", "1017"),
        ("MUNICIPIUL ALBA IULIA", "AB", "1017"),
        ("mun.Alba Iulia", "JUD. ALBA", "1017"),
        ("CIMPENI", "ALBA", "4008"),
        ("CÎMPENI", "ALBA", "4008"),
        ("Oraşul Câmpeni", "ALBA", "4008"),
        ("Primăria comunei Albac", "Alba", "2130"),
        ("CLUJ - NAPOCA", "CJ", "54975"),
        ("FLOREªTI", "CLUJ", "57706"),
        ("Floreşti", "Cluj", "57706"),
        ("FLORE?TI", "CLUJ", "57706"),
        ("Albаc", "Alba", "2130"),
        ("sat Tăuţi, com. Floreşti, jud. Cluj", None, "57706"),
        ("COMUNA FLOREŞTI, SAT TĂUŢI NR. 12", "CLUJ", "57706"),
        ("COMUNA ALBAC, SAT", "ALBA", "2130"),
        ("Tăuți, Florești", "Cluj", "57706"),
        ("Florești, Cluj", None, "57706"),
        ("ALBA IULIA(MICESTI)", "ALBA", "1017"),
        ("Alba Iulia, str. Cluj nr. 3, România", "Alba", "1017"),
        ("Sector 1", "BUCURESTI", "179141"),
        ("Bucureşti, sector 2", "BUCURESTI", "179150"),
        ("SECTORUL 2 BUCURESTI", None, "179150"),
        ("Str. Unirii nr. 7, sector 2", "Bucuresti", "179150"),
    ],
)
def test_romanian_spellings(name: str, county: str | None, expected: str) -> None:
    assert found("RO", name, county) == expected


@pytest.mark.parametrize(
    ("name", "county", "expected"),
    [
        ("СТОЛИЧНА", "СОФИЯ-ГРАД", "SOF46"),
        ("ГР. СОФИЯ", "София (столица)", "SOF46"),
        ("София", "София", "SOF46"),
        ("Ботевград", "СОФИЯ-ОБЛАСТ", "SFO07"),
        ("Ботевград", "София", "SFO07"),
        ("ОБЩИНА ДОБРИЧКА", "Добрич", "DOB15"),
        ("Добрич-град", "ДОБРИЧ", "DOB28"),
        ("ГР.ДОБРИЧ", "ДОБРИЧ", "DOB28"),
        ("Бяла", "Варна", "VAR05"),
        ("общ. Бяла", "Русе", "RSE04"),
        ("с. Господиново, общ. Бяла, обл. Варна", None, "VAR05"),
        ("Kardzhali", None, "KRZ16"),
        ("Kardjali", None, "KRZ16"),
        ("Kŭrdzhali", None, "KRZ16"),
        ("KURDZHALI MUNICIPALITY", None, "KRZ16"),
        ("Общ. Ново село", "Видин", "VID30"),
        ("Нново село", "Видин", "VID30"),
        ("Novo Selo", "Vidin", "VID30"),
    ],
)
def test_bulgarian_spellings(name: str, county: str | None, expected: str) -> None:
    assert found("BG", name, county) == expected


@pytest.mark.parametrize(
    ("name", "county", "expected"),
    [
        ("ABERGEMENT-CLEMENCIAT", "01", "01001"),
        ("Abergement-Clémenciat (L')", "1", "01001"),
        ("L ABERGEMENT CLEMENCIAT", "001", "01001"),
        ("ST MAURICE DE BEYNOST", "AIN", "01376"),
        ("STE FOY LES LYON", "69", "69202"),
        ("SCHOENBOURG", "01", "01998"),
        ("VERGNE", "17", "17465"),
        ("LA VERGNE", "17", "17474"),
        ("Vergne (La)", "17", "17474"),
        ("Paris 5e Arrondissement", "75", "75056"),
        ("PARIS 05", "Paris", "75056"),
        ("LYON 3EME", "69", "69123"),
        ("9e arrondissement de Lyon", None, "69123"),
        ("LILLE CEDEX 2", "59L", "59350"),
        ("Mairie de Lille", "Nord", "59350"),
        ("St Rambert l'Ile Barbe", "Rhône", "69123"),
        ("ISLE", "Nord", "59350"),
    ],
)
def test_french_spellings(name: str, county: str | None, expected: str) -> None:
    assert found("FR", name, county) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ocnița", "ambiguous"),
        ("or. Ocniţa", "6201"),
        ("oraşul Ocniţa", "6201"),
        ("com. Ocnița", "6237"),
        ("Pelinia", "unmatched"),
    ],
)
def test_a_type_word_tells_a_town_from_its_commune(name: str, expected: str) -> None:
    assert found("MD", name, "r-nul Ocnița") == expected


def test_either_tradition_of_a_letter_and_a_letter_of_another_alphabet() -> None:
    assert found("MD", "Sângerei", "Singerei") == "7401"
    assert found("MD", "Pelinia", "Sîngerei") == found("MD", "Pеlinia", "Sîngerei") == "7165"


BLANKS = [None, "", " ", "-", "—", "\u00a0", "...", "nan", "n/a", "NEPRECIZAT", "Comuna NEPRECIZAT"]
TOTALS = ["TOTAL", "Total județ", "Общо", "Всичко за страната", "Ensemble", "Total général"]
COUNTIES = ["CJ Alba", "Consiliul Județean Alba", "Conseil départemental de l'Ain", "Alba"]


@pytest.mark.parametrize("name", [*BLANKS, *TOTALS, *COUNTIES, "jud. Alba", "România"])
@pytest.mark.parametrize("country", ["RO", "BG", "MD", "FR"])
def test_what_is_no_name_is_never_matched(country: str, name: str | None) -> None:
    assert found(country, name) == "unmatched"


def test_homonyms_without_county_stay_open_with_their_candidates() -> None:
    row = outcome("RO", "Recea")
    assert row["match_status"] == "ambiguous"
    assert row["candidates"] == "RO_5001|RO_5002"
    assert pd.isna(row["area_id"])
    assert found("RO", "Recea", "Cluj") == "5002"


def test_a_municipality_comes_before_a_village_of_its_name() -> None:
    assert found("RO", "Sohodol", "Alba") == "7446"
    assert found("RO", "com. Sohodol", "Alba") == "7446"


def test_in_a_list_of_settlements_it_does_not() -> None:
    assert found("RO", "Sohodol", "Alba", listed="settlements") == "ambiguous"
    assert found("RO", "sat Sohodol", "Alba") == "ambiguous"
    assert found("RO", "sat Sohodol, com. Albac", "Alba") == "2130"


def test_one_typing_error_is_mended_inside_the_county() -> None:
    row = outcome("RO", "Albca", "Alba")
    assert row["area_id"] == "RO_2130"
    assert row["reason"] == "fuzzy, 1 letter from albac"
    assert row["score"] == pytest.approx(0.8)


@pytest.mark.parametrize("name", ["Câmpenu", "Cimpen"])
def test_an_error_as_near_to_another_name_is_not_mended(name: str) -> None:
    assert found("RO", name, "Alba") in ("ambiguous", "4008")
    assert found("RO", "Câmpenu", "Alba") == "ambiguous"
    assert found("RO", "Câmpenu", "Alba", listed="settlements") == "1017"


def test_a_name_of_another_county_is_not_taken_for_an_error() -> None:
    assert found("RO", "Albac", "Cluj") == "unmatched"
    assert found("BG", "Бяла", "Видин") == "unmatched"


@pytest.mark.parametrize(
    ("country", "name", "county", "reason", "score"),
    [
        ("RO", "Albac", "Alba", "exact name", 1.0),
        ("BG", "Добричка", "Добрич", "alias", 0.98),
        ("FR", "L'Isle", "Nord", "former name", 0.95),
        ("FR", "Saint-Rambert-l'Île-Barbe", "Rhône", "former area", 0.95),
        ("RO", "Tăuți", "Cluj", "settlement", 0.95),
        ("RO", "Xylofon", "Cluj", "no such name in the county", 0.0),
        ("RO", "TOTAL", "Cluj", "total", 0.0),
        ("RO", None, "Cluj", "blank", 0.0),
        ("RO", "CJ Cluj", "Cluj", "county council", 0.0),
    ],
)
def test_the_reason_says_how(
    country: str, name: str, county: str, reason: str, score: float
) -> None:
    row = outcome(country, name, county)
    assert (row["reason"], row["score"]) == (reason, score)


def test_figures_are_no_typing_errors() -> None:
    assert found("RO", "Sectorul 3", "București") == "unmatched"


def test_a_city_as_a_whole_is_found_at_its_county() -> None:
    row = outcome("RO", "MUN. BUCURESTI", "BUCURESTI")
    assert (row["area_id"], row["level"], row["reason"]) == ("RO_C403", "county", "whole city")
    assert outcome("RO", "Albac", "Alba")["level"] == "municipality"


def test_name_and_county_that_contradict_each_other_stay_open() -> None:
    row = outcome("RO", "Florești, jud. Cluj", "Alba")
    assert (row["match_status"], row["candidates"]) == ("ambiguous", "RO_57706")
    assert found("RO", "sat Micești, com. Albac", "Alba") == "ambiguous"


def test_an_unknown_county_matches_nothing() -> None:
    row = outcome("RO", "Albac", "Transilvania")
    assert row["match_status"] == "unmatched"
    assert row["reason"] == "unknown county 'Transilvania'"
    assert found("RO", "Albac", "NEPRECIZAT") == "2130"


@pytest.mark.parametrize(
    ("country", "county", "expected"),
    [
        ("RO", "ALBA", "RO_C10"),
        ("RO", "Județul Cluj", "RO_C12"),
        ("RO", "CJ", "RO_C12"),
        ("RO", "Bucuresti", "RO_C403"),
        ("RO", "10", "RO_C10"),
        ("RO", "CJ Alba", None),
        ("RO", "total", None),
        ("BG", "София", "BG_CSFO"),
        ("BG", "СОФИЯ-ГРАД", "BG_CSOF"),
        ("BG", "Софийска област", "BG_CSFO"),
        ("BG", "обл. Варна", "BG_CVAR"),
        ("BG", "Varna", "BG_CVAR"),
        ("BG", "VAR", "BG_CVAR"),
        ("FR", "1", "FR_C01"),
        ("FR", "001", "FR_C01"),
        ("FR", "RHONE", "FR_C69"),
        ("FR", "Département du Nord", "FR_C59"),
        ("MD", "r-nul Sîngerei", "MD_C7400"),
        ("MD", "raionul Sangerei", "MD_C7400"),
    ],
)
def test_counties(country: str, county: str, expected: str | None) -> None:
    row = match_counties(pd.Series([county]), gazetteer_of(country)).iloc[0]
    assert (row["area_id"] if row["match_status"] == "matched" else None) == expected


def test_a_gazetteer_holds_one_country() -> None:
    both = pd.concat([areas_of("RO"), areas_of("BG")])
    with pytest.raises(ValueError, match="these areas hold BG, RO"):
        Gazetteer.build(both)
    assert Gazetteer.build(both, country="BG").country == "BG"


def test_areas_that_no_longer_stand_are_left_out() -> None:
    areas = areas_of("RO").assign(valid_from=None, valid_to=None)
    areas.loc[areas["name"] == "Albac", "valid_to"] = "2015-01-01"
    now, then = Gazetteer.build(areas), Gazetteer.build(areas, year=2014)
    name = pd.Series(["Albac"])
    assert match_names(name, now)["match_status"].item() == "unmatched"
    assert match_names(name, then)["area_id"].item() == "RO_2130"


@pytest.mark.parametrize(
    ("areas", "places", "message"),
    [
        (areas_of("RO").drop(columns="parent_id"), None, "missing column parent_id"),
        (pd.concat([areas_of("RO")] * 2), None, "stands more than once"),
        (areas_of("RO"), places_of("RO").drop(columns="kind"), "missing column kind"),
        (areas_of("RO").head(0), None, "hold no country"),
    ],
)
def test_tables_that_cannot_be_read(
    areas: pd.DataFrame, places: pd.DataFrame | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Gazetteer.build(areas, places)


def test_the_level_and_the_index_must_fit() -> None:
    with pytest.raises(ValueError, match="no areas of level 'region'"):
        match_names(pd.Series(["Albac"]), gazetteer_of("RO"), level="region")
    with pytest.raises(ValueError, match="same index"):
        match_names(pd.Series(["Albac"]), gazetteer_of("RO"), counties=pd.Series(["Alba"], [5]))
