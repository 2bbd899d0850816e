"""Lists of names with known answers, built from the official files of ../shared/data.

Each country gives `areas` and `places` in the form that the gazetteer reads.
They are read here straight from the files, apart from the project's own
source modules, so that an error in those cannot hide one in the matching.
"""

from __future__ import annotations

import json
import lzma
import re
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineWorkbook

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
COUNTRIES = ("RO", "BG", "MD", "FR")
_KINDS = {
    "com.": "comună",
    "sat.": "sat",
    "or.": "oraș",
    "mun.": "municipiu",
    "MUNICIPIUL": "municipiu",
    "ORAȘ": "oraș",
    "COMUNA": "comună",
}
Tables = tuple[pd.DataFrame, pd.DataFrame]

_RO_TYPE = re.compile(r"^(MUNICIPIUL|ORAŞ|JUDEŢUL) ")
_MD_TYPE = re.compile(r"^(com\.|sat\.|or\.|mun\.|r-nul|UTA) ")


def official(country: str) -> Tables:
    """Areas (county and municipality) and places of one country.

    Where the file says it, areas have ``title``: the name with its type word.
    """
    return {"RO": _romania, "BG": _bulgaria, "MD": _moldova, "FR": _france}[country]()


def _areas(country: str, rows: list[tuple[str, str, str, str | None]]) -> pd.DataFrame:
    """``rows`` are level, code, name and code of the county."""
    return pd.DataFrame(
        {
            "area_id": [_area_id(country, level, code) for level, code, _, _ in rows],
            "country": country,
            "level": [row[0] for row in rows],
            "code": [row[1] for row in rows],
            "name": [row[2] for row in rows],
            "parent_id": [row[3] and _area_id(country, "county", row[3]) for row in rows],
        }
    )


def _area_id(country: str, level: str, code: str) -> str:
    # Chișinău the raion-level city and Chișinău the town bear the same code.
    return f"{country}_{'C' if level == 'county' and country == 'MD' else ''}{code}"


def _places(country: str, rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    """``rows`` are code of the municipality, name and kind."""
    return pd.DataFrame(
        {
            "area_id": [_area_id(country, "municipality", row[0]) for row in rows],
            "name": [row[1] for row in rows],
            "kind": [row[2] for row in rows],
        }
    )


def _romania() -> Tables:
    table = pd.read_csv(SHARED / "ro/siruta/siruta_s1_2024.csv", dtype=str)
    counties = table[table["TIP"] == "40"]
    in_county = table["SIRSUP"].isin(counties["SIRUTA"]) & (table["TIP"] != "9")
    uats = table[in_county | (table["TIP"] == "6")]
    county_of_number = counties.set_index("JUD")["SIRUTA"]
    named = [
        ("county", row.SIRUTA, _title(_RO_TYPE.sub("", row.DENLOC)), None)
        for row in counties.itertuples()
    ] + [
        (
            "municipality",
            row.SIRUTA,
            _title(_RO_TYPE.sub("", row.DENLOC)),
            county_of_number[row.JUD],
        )
        for row in uats.itertuples()
    ]
    areas = _areas("RO", named)
    areas.loc[areas["name"] == "Municipiul București", "name"] = "București"
    villages = table[(table["NIV"] == "3") & (table["TIP"] != "6")]
    places = [(row.SIRSUP, _title(row.DENLOC), "settlement") for row in villages.itertuples()]
    plain = "COMUNA " + uats["DENLOC"]
    title = uats["DENLOC"].where(uats["DENLOC"].str.match(_RO_TYPE), plain)
    title = title.where(uats["TIP"] != "6", uats["DENLOC"]).map(_plain)
    titles = dict(zip("RO_" + uats["SIRUTA"], title, strict=True))
    return _titled(areas, titles), _places("RO", places)


def _title(name: str) -> str:
    small = name.title().translate(str.maketrans("şŞţŢ", "șȘțȚ"))
    return re.sub(r"\b(De|Din|Lui|Cu|Pe|Sub|La)\b", lambda found: found.group().lower(), small)


def _bulgaria() -> Tables:
    counties = json.loads((SHARED / "bg/ekatte/ek_obl_2023-01.json").read_text("utf-8"))
    obshtini = json.loads((SHARED / "bg/ekatte/ek_obst_2023-01.json").read_text("utf-8"))
    rows: list[tuple[str, str, str, str | None]] = [
        ("county", row["oblast"], row["name"], None) for row in counties if "oblast" in row
    ]
    rows += [
        ("municipality", row["obshtina"], row["name"], row["obshtina"][:3])
        for row in obshtini
        if "obshtina" in row
    ]
    sheet = CalamineWorkbook.from_path(SHARED / "bg/ekatte/Ek_atte.xlsx").get_sheet_by_index(0)
    header, *lines = sheet.to_python()
    settlements = [dict(zip(header, line, strict=True)) for line in lines]
    places = [(row["obstina"], row["name"], "settlement") for row in settlements]
    return _areas("BG", rows), _places("BG", [tuple(map(str, row)) for row in places])


def _moldova() -> Tables:
    raions = _features("md/raion_boundaries/raions_2014.geojson")
    localities = _features("md/localities/localities_2014.geojson")
    code_of_raion = {_plain(row["GFANAME"].split(", ")[1]): row["CODUNIC"] for row in raions}
    communes: dict[tuple[str, str], str] = {}
    titles: dict[str, str] = {}
    rows: list[tuple[str, str, str, str | None]] = [
        ("county", row["CODUNIC"], row["NAME"], None) for row in raions
    ]
    places = []
    for row in sorted(localities, key=lambda row: row["CODST"]):
        raion, commune = (_plain(part) for part in row["GFANAME"].split(", ")[1:3])
        code = communes.get((raion, commune))
        if code is None:
            code = communes[raion, commune] = row["CODUNIC"]
            name = _MD_TYPE.sub("", commune)
            rows.append(("municipality", code, name, code_of_raion[raion]))
            titles[f"MD_{code}"] = commune
        places.append((code, row["NAME"], "settlement"))
    return _titled(_areas("MD", rows), titles), _places("MD", places)


def _titled(areas: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """The areas with ``title``, the name with its type word, and ``kind``, the word in full."""
    title = areas["area_id"].map(titles).fillna(areas["name"])
    word = title.str.split(" ").str[0].map(_KINDS)
    return areas.assign(title=title, kind=word)


def _plain(name: str) -> str:
    return name.strip().translate(str.maketrans("şŞţŢ", "șȘțȚ"))


def _features(path: str) -> list[dict[str, Any]]:
    features = json.loads((SHARED / path).read_text("utf-8"))["features"]
    return [feature["properties"] for feature in features]


def _france() -> Tables:
    communes = _xz("fr/cog/communes_2026.json.xz")
    departements = _xz("fr/cog/departements_2026.json.xz")
    rows: list[tuple[str, str, str, str | None]] = [
        ("county", row["code"], row["nom"], None) for row in departements
    ]
    current = [
        row for row in communes if row["type"] == "commune-actuelle" and "departement" in row
    ]
    known = {row["code"] for row in departements}
    rows += [
        ("municipality", row["code"], row["nom"], row["departement"])
        for row in current
        if row["departement"] in known
    ]
    places = [
        (row.get("chefLieu") or row["commune"], row["nom"], "former_name")
        for row in communes
        if row["type"] != "commune-actuelle"
    ]
    return _areas("FR", rows), _places("FR", places)


def _xz(path: str) -> list[dict[str, Any]]:
    with lzma.open(SHARED / path, "rt", encoding="utf-8") as file:
        found: list[dict[str, Any]] = json.load(file)
    return found
