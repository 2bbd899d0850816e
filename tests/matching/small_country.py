"""A few real municipalities of each country, enough to show every rule."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from landscape.matching import Gazetteer

# level, code, name, code of the county, kind
AREAS = {
    "RO": [
        ("county", "10", "Alba", "", ""),
        ("county", "12", "Cluj", "", ""),
        ("county", "403", "București", "", ""),
        ("municipality", "1017", "Alba Iulia", "10", "municipiu"),
        ("municipality", "2130", "Albac", "10", "comună"),
        ("municipality", "4008", "Câmpeni", "10", "oraș"),
        ("municipality", "7446", "Sohodol", "10", "comună"),
        ("municipality", "5001", "Recea", "10", "comună"),
        ("municipality", "54975", "Cluj-Napoca", "12", "municipiu"),
        ("municipality", "57706", "Florești", "12", "comună"),
        ("municipality", "5002", "Recea", "12", "comună"),
        ("municipality", "179141", "București Sectorul 1", "403", "sector"),
        ("municipality", "179150", "București Sectorul 2", "403", "sector"),
    ],
    "BG": [
        ("county", "SFO", "София", "", ""),
        ("county", "SOF", "София (столица)", "", ""),
        ("county", "DOB", "Добрич", "", ""),
        ("county", "VAR", "Варна", "", ""),
        ("county", "RSE", "Русе", "", ""),
        ("county", "KRZ", "Кърджали", "", ""),
        ("county", "VID", "Видин", "", ""),
        ("municipality", "SFO07", "Ботевград", "SFO", ""),
        ("municipality", "SOF46", "Столична", "SOF", ""),
        ("municipality", "DOB28", "Добрич", "DOB", ""),
        ("municipality", "DOB15", "Добрич-селска", "DOB", ""),
        ("municipality", "VAR05", "Бяла", "VAR", ""),
        ("municipality", "RSE04", "Бяла", "RSE", ""),
        ("municipality", "KRZ16", "Кърджали", "KRZ", ""),
        ("municipality", "VID30", "Ново село", "VID", ""),
    ],
    "MD": [
        ("county", "6200", "Ocnița", "", ""),
        ("county", "7400", "Sîngerei", "", ""),
        ("municipality", "6201", "Ocnița", "6200", "oraș"),
        ("municipality", "6237", "Ocnița", "6200", "comună"),
        ("municipality", "7401", "Sîngerei", "7400", "oraș"),
        ("municipality", "7165", "Pelinia", "7400", "comună"),
    ],
    "FR": [
        ("county", "01", "Ain", "", ""),
        ("county", "17", "Charente-Maritime", "", ""),
        ("county", "59", "Nord", "", ""),
        ("county", "69", "Rhône", "", ""),
        ("county", "75", "Paris", "", ""),
        ("municipality", "01001", "L'Abergement-Clémenciat", "01", ""),
        ("municipality", "01376", "Saint-Maurice-de-Beynost", "01", ""),
        ("municipality", "17465", "Vergné", "17", ""),
        ("municipality", "17474", "La Vergne", "17", ""),
        ("municipality", "59350", "Lille", "59", ""),
        ("municipality", "69123", "Lyon", "69", ""),
        ("municipality", "69202", "Sainte-Foy-lès-Lyon", "69", ""),
        ("municipality", "75056", "Paris", "75", ""),
        ("municipality", "01998", "Schœnbourg", "01", ""),
    ],
}
# code of the municipality, name, kind
PLACES = {
    "RO": [
        ("2130", "Albac", "settlement"),
        ("2130", "Sohodol", "settlement"),
        ("2130", "Bărăști", "settlement"),
        ("7446", "Sohodol", "settlement"),
        ("1017", "Micești", "settlement"),
        ("1017", "Câmpenu", "settlement"),
        ("57706", "Tăuți", "settlement"),
    ],
    "BG": [
        ("SOF46", "София", "settlement"),
        ("SOF46", "Банкя", "settlement"),
        ("VAR05", "Господиново", "settlement"),
        ("VID30", "Ново село", "settlement"),
    ],
    "MD": [("7165", "P\u0435linia", "settlement")],
    "FR": [
        ("69123", "Saint-Rambert-l'Île-Barbe", "former_area"),
        ("59350", "L'Isle", "former_name"),
    ],
}


def areas_of(country: str) -> pd.DataFrame:
    """The areas of one country, in the columns that a gazetteer reads."""
    rows = AREAS[country]
    return pd.DataFrame(
        {
            "area_id": [_id(country, row[0], row[1]) for row in rows],
            "country": country,
            "level": [row[0] for row in rows],
            "code": [row[1] for row in rows],
            "name": [row[2] for row in rows],
            "parent_id": [_id(country, "county", row[3]) if row[3] else None for row in rows],
            "kind": [row[4] for row in rows],
        }
    )


def places_of(country: str) -> pd.DataFrame:
    """The villages, former names and aliases of one country."""
    return pd.DataFrame(
        [(_id(country, "municipality", code), name, kind) for code, name, kind in PLACES[country]],
        columns=["area_id", "name", "kind"],
    )


def _id(country: str, level: str, code: str) -> str:
    return f"{country}_C{code}" if level == "county" else f"{country}_{code}"


@lru_cache
def gazetteer_of(country: str) -> Gazetteer:
    """The small gazetteer of one country."""
    return Gazetteer.build(areas_of(country), places_of(country))
