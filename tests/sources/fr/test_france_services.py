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


@pytest.mark.data
def test_official_desks(official_france: CountryTables) -> None:
    services = official_france.tables["services"].query("source_id == 'fr/france_services'")
    assert len(services) == 2_843
    assert services[["lon", "lat"]].notna().all(axis=None)
    assert services["position"].value_counts()["municipality"] >= 134 + 29
    assert (services["opened"].str[:4].astype(int) >= 2019).all()
    paris = services[services["area_id"] == "FR_75056"]
    assert len(paris) == 11
