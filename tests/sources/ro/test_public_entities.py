"""Public entities: which names tell a social task, who runs the institution, where it stands."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.errors import SourceError
from landscape.matching import Gazetteer, match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Context
from landscape.sources.ro import public_entities
from landscape.tables import CountryTables
from row_orders import row_orders

SOURCE = "ro/public_entities"


@pytest.fixture(scope="module")
def frame(folder_of: Callable[[str], RawFolder]) -> pd.DataFrame:
    return public_entities.read(folder_of("public_entities"))


@pytest.fixture(scope="module")
def context(context_of: Callable[[str], Context]) -> Context:
    return context_of("public_entities")


def services_of(tables: CountryTables) -> pd.DataFrame:
    services = tables.tables["services"]
    return services[services["source_id"] == SOURCE]


def test_institutions_are_as_the_golden_table_says(small_romania, golden):
    golden("public_entities", services_of(small_romania))


def test_what_was_noticed(findings_of):
    found = findings_of("public_entities")
    outside = [record for record, rule, _ in found if rule == "outside_scope"]
    assert outside == [f"row {n}" for n in (1, 2, 3, 4, 5, 6, 7, 12, 15, 16, 22)]
    assert found[len(outside) :] == [
        ("row 14", "stands_elsewhere", "kept"),
        ("row 20", "placed_by_authority", "kept"),
        ("row 21", "unknown_area", "rejected"),
    ]


def test_addresses_are_not_read(frame):
    assert "Unirii" not in frame.to_csv()
    assert set(frame.columns) == {*public_entities.COLUMNS.values(), "record"}


@pytest.mark.parametrize(
    ("name", "local_type"),
    [
        ("GRADINTA CU PROGRAM PRELUNGIT NR.18", "kindergarten"),
        ("GRADINA ZOOLOGICA", ""),
        ("COMUNA GRADINARI", ""),
        ("SERVICIUL PUBLIC DE ADMINISTARE CRESE", "creche_service"),
        ("CENTRUL CRESA PLOIESTI", "creche"),
        ("INSTITUTUL DE CERCETARE DEZVOLTARE PENTRU CRESTEREA OVINELOR", ""),
        ("DIRECTIA GENERALA DE ASISITENTA SOCIALA SI PROTECTIA COPILULUI", "child_protection_"),
        ("DIRECTIA GENERALA DE ASISTENTA SOCIALA A MUNICIPIULUI BUCURESTI", "social_assistance_"),
        ("DIRECTIA DE ASISTENTA SOCIO-MEDICALA A PERSOANELOR VARSTNICE", "social_assistance_"),
        ("CONSILIUL NATIONAL AL PERSOANELOR VARSTNICE", ""),
        ("CAMIN DE BATRANI SOCOLUL DE CAMPIE", "home_older"),
        ("CAMINUL PENTRU PERSOANE VIRSTNICE IDECIU DE JOS", "home_older"),
        ("CENTRUL SOCIAL MULTIFUNCTIONAL PENTRU PERSOANE VARSTNICE", "centre_older"),
        ("SCOALA GIMNAZIALA CAMIN", ""),
        ("SPITALUL CLINIC DE RECUPERARE IASI", ""),
        ("CENTRUL SOCIAL DE RECUPERARE SI REABILITARE NEUROMOTORIE", "day_recovery"),
        ("CENTRUL PILOT DE RECUPERARE SI REBILITARE A PERSOANELOR ADULTE", "recovery_disabled"),
        ("CENTRUL JUDETEAN DE RESURSE SI ASISTENTA EDUCATIONALA", ""),
        ("AGENTIA JUDETEANA PENTRU PLATI SI INSPECTIE SOCIALA", ""),
        ("SERVICIUL PUBLIC DIRECTIA DE ASISTENTASOCIALA", "social_assistance_"),
        ("SERVICIUL CENTRAL DE ZI DE INGRIJIRE A COPIILOR", "day_children"),
    ],
)
def test_names_tell_types(name, local_type, frame, context):
    one = frame.iloc[[7]].assign(name=name.title())
    services = public_entities.clean(one, context).tables["services"]
    found = services["local_type"].tolist()
    assert len(found) == (1 if local_type else 0)
    assert all(each.startswith(local_type) for each in found)


def test_an_authority_of_unknown_kind_stops(frame, context):
    with pytest.raises(SourceError, match="authority not known: 'ALIANTA CELOR BUNI'"):
        public_entities.clean(frame.replace("MUNICIPIU AIUD", "Alianta celor Buni"), context)


@row_orders
@given(order=st.permutations(range(22)), kept=st.integers(1, 22))
def test_rows_may_come_in_any_order_and_number(order, kept, frame, context, small_romania):
    cleaned = public_entities.clean(frame.iloc[order[:kept]], context)
    assert cleaned.rows_kept + cleaned.rows_rejected == kept
    whole = services_of(small_romania).set_index("service_id")["area_id"]
    found = cleaned.tables["services"].set_index("service_id")["area_id"]
    assert found.eq(whole.reindex(found.index)).all()


@pytest.mark.data
def test_official_institutions(official_romania):
    rows = official_romania.accounting.set_index("source_id").loc[SOURCE]
    assert (rows["rows_read"], rows["rows_kept"]) == (14_578, 1168)
    services = services_of(official_romania)
    counts = services["local_type"].value_counts()
    assert counts.head(7).to_dict() == {
        "kindergarten": 754,
        "social_assistance_service": 96,
        "medico_social": 69,
        "creche": 57,
        "home_older": 52,
        "child_protection_directorate": 47,
        "recovery_disabled": 18,
    }
    assert services["provider_type"].value_counts().to_dict() == {
        "municipality": 1026,
        "county": 139,
        "state": 3,
    }
    findings = official_romania.tables["findings"].query("source_id == @SOURCE")
    assert findings["rule"].value_counts().to_dict() == {
        "outside_scope": 13_410,
        "stands_elsewhere": 3,
    }


@pytest.mark.data
def test_every_official_county_and_sector_has_its_directorate(official_romania):
    """The law asks for one each, 47 in all: none of them is missing from the register."""
    services = services_of(official_romania)
    rows = services[services["local_type"] == "child_protection_directorate"]
    parents = official_romania.tables["areas"].set_index("area_id")["parent_id"]
    of_county = rows.loc[rows["provider_type"] == "county", "provider_name"]
    assert of_county.nunique() == 41
    of_sector = rows.loc[rows["provider_type"] == "municipality", "area_id"]
    assert of_sector.nunique() == 6 and (of_sector.map(parents) == "RO_403").all()


@pytest.mark.data
def test_official_fiscal_codes_confirm_who_runs_what_and_where(official_romania, official):
    """The census file pairs fiscal codes with SIRUTA: town halls are where their names say."""
    census = pd.read_csv(official / "ro/population_2021/uat_cif_pop_2021.csv", dtype=str)
    siruta = census.set_index("uat_cod")["cod_siruta"]
    path = official / SOURCE / "ent_pub_2025.csv"
    entities = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False).set_index("CIF")
    assert siruta.index.isin(entities.index).all()
    towns = siruta[siruta.str.isdigit() & (siruta != "179132")]
    tables = official_romania.tables
    gazetteer = Gazetteer.build(tables["areas"], tables["places"])
    rows = entities.loc[towns.index]
    found = match_names(rows["ENTITATE"], gazetteer, counties=rows["JUDET"])["area_id"]
    assert (found == "RO_" + towns).sum() == 3177
    assert found.notna().sum() == 3177, "a town hall is taken for another"
    services = services_of(official_romania)
    code = services["service_id"].str.rpartition("/")[2]
    above = entities.loc[code, ["PARENT1", "PARENT2"]].apply(lambda column: column.map(siruta))
    is_town = above.isin(set(towns)).any(axis=1).to_numpy()
    is_city = (above == "179132").any(axis=1).to_numpy()
    assert ((services["provider_type"] == "municipality") == (is_town | is_city)).all()
    town = above["PARENT1"].where(above["PARENT1"].isin(set(towns)), above["PARENT2"])
    same = (services["area_id"].to_numpy() == ("RO_" + town).to_numpy())[is_town]
    assert (len(same), same.sum()) == (1023, 1020)
