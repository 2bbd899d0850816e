"""Work-integration structures: postal addresses, second listings, sole traders."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import siae
from landscape.tables import CountryTables
from row_orders import row_orders

Frame = Callable[[str], pd.DataFrame]
Contexts = Callable[[str], Context]
SOURCE = "fr/siae"


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    services = france.tables["services"]
    compare_with_golden(services[services["source_id"] == SOURCE], "siae.services")


def test_addresses_and_sole_traders_are_not_read(frame: Frame) -> None:
    rows = frame("siae")
    assert not set(rows.columns) & {"NUM_RUE", "NOM_RUE", "TELEPHONE", "MAIL_SIAE"}
    trader = rows[rows["legal_form"] == "Exploitant agricole"].iloc[0]
    assert trader["provider_name"] == "" == trader["siret"]
    assert not rows.apply(lambda column: column.str.contains("DUPONT")).any(axis=None)


@pytest.mark.parametrize(
    ("column", "value"), [("local_type", "GEIQ"), ("legal_form", "Société secrète")]
)
def test_an_unknown_value_stops(column: str, value: str, frame: Frame, context: Contexts) -> None:
    with pytest.raises(SourceError, match=value):
        siae.clean(frame("siae").assign(**{column: value}), context("siae"))


def test_who_is_not_placed_below_the_county_stays_there(france: CountryTables) -> None:
    services = france.tables["services"].query("source_id == @SOURCE").set_index("record")
    assert services.loc["row 16", ["area_id", "position"]].tolist() == ["FR_93", "none"]
    assert pd.isna(services.loc["row 16", "lon"])


@row_orders
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed: int, frame: Frame, context: Contexts) -> None:
    rows = frame("siae")
    columns = ["service_id", "area_id", "position", "provider_type"]
    results = [
        siae.clean(each, context("siae")).tables["services"][columns]
        for each in (rows, rows.sample(frac=1, random_state=seed).reset_index(drop=True))
    ]
    first, second = (result.sort_values(columns, ignore_index=True) for result in results)
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.data
def test_official_structures_are_all_placed(official_france: CountryTables) -> None:
    services = official_france.tables["services"].query("source_id == @SOURCE")
    book = official_france.accounting.set_index("source_id").loc[SOURCE]
    assert book.tolist() == [3_932, 3_818, 114]
    counts = services["local_type"].value_counts().to_dict()
    assert counts == {"ACI": 1_887, "EI": 982, "AI": 661, "ETTI": 288}
    assert set(services["position"]) == {"municipality"}
    findings = official_france.tables["findings"].query("source_id == @SOURCE")
    assert findings["rule"].value_counts().to_dict() == {
        "duplicate_record": 108,
        "outside_scope": 6,
    }
    runs = services["provider_type"].value_counts()
    assert runs[["association", "company", "municipality"]].tolist() == [2_812, 764, 215]


@pytest.mark.data
def test_no_official_structure_stands_in_a_wrong_commune(official_france: CountryTables) -> None:
    """Another file tells the postcodes of each commune: the address's is one of them.

    The five others are three of bulk mail (CEDEX), one of a commune merged in 2025 and one
    of Orée d'Anjou, which has another code there.
    """
    folder = {s.card.source_id: s for s in official_france.sources}
    columns = ["insee_com", "insee_parente", "commune_type", "code_postal"]
    postcodes = read_csv(folder["fr/unemployment"].file(), {name: name for name in columns})
    part = postcodes["commune_type"] == "ARM"
    commune = postcodes["insee_com"].mask(part, postcodes["insee_parente"])
    known = set(zip("FR_" + commune, postcodes["code_postal"], strict=True))
    services = official_france.tables["services"].query("source_id == @SOURCE")
    rows = siae.read(folder[SOURCE]).merge(services[["record", "area_id"]], on="record")
    pairs = zip(rows["area_id"], rows["postcode"], strict=True)
    unlike = [pair for pair in pairs if pair not in known]
    assert sorted(unlike) == [
        ("FR_49126", "49270"),
        ("FR_53130", "53003"),
        ("FR_59343", "59815"),
        ("FR_85191", "85021"),
        ("FR_93066", "93380"),
    ]
