"""One-stop desks: where they stand and who runs them."""

from collections.abc import Callable

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import france_services
from landscape.tables import CountryTables

Frame = Callable[[str], pd.DataFrame]


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    services = france.tables["services"]
    rows = services[services["source_id"] == "fr/france_services"]
    compare_with_golden(rows, "france_services.services")


def test_nothing_about_persons_is_read(frame: Frame) -> None:
    columns = set(frame("france_services").columns)
    assert not columns & {"adresse", "mail", "telephone", "commentaire"}


@pytest.mark.parametrize(
    ("column", "value"), [("local_type", "Dirigeable"), ("rank", "Satellite"), ("label", "2020")]
)
def test_an_unknown_value_stops(
    column: str, value: str, frame: Frame, context: Callable[[str], Context]
) -> None:
    with pytest.raises(SourceError, match=value):
        france_services.clean(
            frame("france_services").assign(**{column: value}), context("france_services")
        )


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("France services La Poste de Guise", "company"),
        ("France services Pimms Médiation Rennes", "association"),
        ("France services de la sous-préfecture de Provins", "state"),
        ("France services Maison du département de Nice centre", "county"),
        ("France services CCAS de Domont", "municipality"),
        ("France services Marseille 14ème - Bon Secours", "unknown"),
        ("France services CC du Pays de Pontchâteau", "unknown"),
    ],
)
def test_who_runs_a_desk_is_read_from_its_name(name: str, provider: str) -> None:
    found = france_services.provider_types(pd.Series([name]))
    assert found.tolist() == [provider]


def test_a_branch_listed_again_in_its_own_right_is_one_row(
    frame: Frame, context: Callable[[str], Context]
) -> None:
    desks = frame("france_services")
    row = desks[desks["local_type"] == "Fixe"].iloc[[0]]
    name = row["name"].str.replace("France services ", "France services Ailleurs - Antenne de ")
    branch = row.assign(
        record="row 99",
        id="99",
        name=name,
        rank="Antenne",
        local_type="Fixe_antenne(s)",
        label="Espace labellisé 01/01/2020",
    )
    both = pd.concat([desks, branch], ignore_index=True)
    cleaned = france_services.clean(both, context("france_services"))
    services = cleaned.tables["services"].set_index("record")
    merged = services.loc[f"{row['record'].iloc[0]}, row 99"]
    assert merged["opened"] == "2020-01-01"
    assert len(services) == cleaned.rows_kept - 1
    assert cleaned.findings.query("rule == 'listed_twice'")["record"].tolist() == ["row 99"]


@pytest.mark.parametrize("local_type", ["Bus_équivalent", "Itinérante"])
def test_a_bus_is_not_the_desk_of_its_name(
    local_type: str, frame: Frame, context: Callable[[str], Context]
) -> None:
    desks = frame("france_services")
    row = desks[desks["local_type"] == "Fixe"].iloc[[0]]
    bus = row.assign(record="row 99", id="99", local_type=local_type)
    both = pd.concat([desks, bus], ignore_index=True)
    cleaned = france_services.clean(both, context("france_services"))
    assert "row 99" in set(cleaned.tables["services"]["record"])


@pytest.mark.data
def test_official_desks(official_france: CountryTables) -> None:
    services = official_france.tables["services"].query("source_id == 'fr/france_services'")
    assert len(services) == 2_843 - 8
    told = official_france.tables["findings"].query("source_id == 'fr/france_services'")
    assert (told["rule"] == "listed_twice").sum() == 8
    assert (told["rule"] == "perhaps_listed_twice").sum() == 5
    assert services[["lon", "lat"]].notna().all(axis=None)
    assert services["position"].value_counts()["municipality"] >= 134 + 29
    assert (services["opened"].str[:4].astype(int) >= 2019).all()
    paris = services[services["area_id"] == "FR_75056"]
    assert len(paris) == 11
