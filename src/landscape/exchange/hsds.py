"""Services as an Open Referral HSDS package: CSV tables, taxonomies and a descriptor.

Mapping (``hsds_terms.csv``): what the columns of the services say becomes
terms of taxonomies - ESSPROS functions, NACE divisions, and our own where no
common one exists - that attributes link to services, organizations and
locations. What HSDS cannot carry stands in ``standards.yml``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from landscape import __version__
from landscape.exchange.datapackage import DESCRIPTOR, licences
from landscape.exchange.sharing import Edition
from landscape.exchange.single import single_services
from landscape.exchange.writing import Left, standard, write_csv, write_json
from landscape.yaml_files import read_mapping

HERE = Path(__file__).parent
NOT_NAMED = "Not named by the source"
#: Which table of HSDS a column of the services says something of.
OF_ORGANIZATION, OF_LOCATION = ("provider_type", "not_named"), ("position",)
#: Columns whose value stands in the attribute.
FACTS = ("capacity", "year", "opened", "closed")
Tables = dict[str, pd.DataFrame]


def identifier(kind: str, key: str) -> str:
    """The UUID of something in an export: the same for the same thing in every export."""
    return str(uuid5(NAMESPACE_URL, f"urn:landscape:{kind}:{key}"))


def write_hsds(edition: Edition, folder: Path) -> list[Left]:
    """Write the tables of HSDS and ``datapackage.json``; returns what is left out."""
    rows, left = single_services(edition)
    tables = hsds_tables(rows, edition)
    for name, spec in _layout().items():
        write_csv(folder / spec["path"], tables[name])
    write_json(folder / DESCRIPTOR, _descriptor(edition))
    return left


def hsds_tables(rows: pd.DataFrame, edition: Edition) -> Tables:
    """The tables of HSDS by name, their columns in the order of ``hsds.yml``."""
    rows = rows.assign(
        id=[identifier("service", key) for key in rows["service_id"]],
        organization_id=_ids("organization", rows, ["source_id", "provider_name", "provider_type"]),
        location_id=_ids("location", rows, ["area_id", "lon", "lat", "position"]),
        provider=rows["provider_name"].fillna(NOT_NAMED),
        not_named=rows["provider_name"].isna().map({True: "not_named", False: None}),
        title=rows["name"].fillna(rows["label"]),
    )
    rows["place_id"] = _ids("place", rows, ["id", "location_id"])
    terms = _terms(rows)
    tables = {
        "organization": _organizations(rows, edition),
        "service": _services(rows, edition),
        "location": _locations(rows, edition),
        "service_at_location": rows.assign(service_id=rows["id"], id=rows["place_id"]),
        "taxonomy": _taxonomies(terms),
        "taxonomy_term": terms.assign(
            taxonomy_id=_ids("taxonomy", terms, ["taxonomy"]), code=terms["term"], language="en"
        ),
        "attribute": _attributes(rows, terms),
    }
    layout = _layout()
    return {name: table[list(layout[name]["fields"])] for name, table in tables.items()}


def _ids(kind: str, rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """One UUID for each different combination of what stands in the columns."""
    key = rows[columns[0]].astype("str").fillna("")
    for column in columns[1:]:
        key = key + "/" + rows[column].astype("str").fillna("")
    return key.map({each: identifier(kind, each) for each in key.unique()}).astype("str")


def _organizations(rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    first = rows.drop_duplicates("organization_id")
    cited = first["source_id"].map(_citations(edition))
    return pd.DataFrame(
        {
            "id": first["organization_id"],
            "name": first["provider"],
            "description": "Provider as it stands in: " + cited,
            "legal_status": first["provider_type"],
        }
    )


def _services(rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Active means listed in the source's year; a service with a day of closing is defunct."""
    listed = rows["label"] + ". Listed in " + rows["year"].astype("str") + " in: "
    return rows.assign(
        name=rows["title"],
        description=listed + rows["source_id"].map(_citations(edition)),
        status=rows["closed"].notna().map({True: "defunct", False: "active"}),
    )


def _citations(edition: Edition) -> dict[str, str]:
    return {name: card.citation for name, card in edition.inventory.sources.items()}


def _locations(rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    first = rows.drop_duplicates("location_id")
    return first.assign(
        id=first["location_id"],
        location_type="physical",
        name=first["area"],
        latitude=first["lat"],
        longitude=first["lon"],
        external_identifier=first["code"],
        external_identifier_type=edition.inventory.country.code_list,
    )


def _terms(rows: pd.DataFrame) -> pd.DataFrame:
    """The terms of all taxonomies: those of ``hsds_terms.csv``, and the sources' own types."""
    common = pd.read_csv(HERE / "hsds_terms.csv", dtype=str, keep_default_na=False)
    types = rows.drop_duplicates(["source_id", "local_type"])
    own = pd.DataFrame(
        {
            "column": "local_type",
            "code": types["source_id"] + "/" + types["local_type"],
            "taxonomy": "Types of " + types["source_id"],
            "term": types["local_type"],
            "name": types["label"],
            "description": "Type of service as " + types["source_id"] + " codes it",
        }
    )
    terms = pd.concat([common, own], ignore_index=True)
    return terms.assign(id=_ids("term", terms, ["taxonomy", "term"]))


def _taxonomies(terms: pd.DataFrame) -> pd.DataFrame:
    names = terms.drop_duplicates("taxonomy")
    return pd.DataFrame(
        {
            "id": _ids("taxonomy", names, ["taxonomy"]),
            "name": names["taxonomy"],
            "description": "What landscape tells of a service: " + names["column"],
            "version": __version__,
        }
    )


def _attributes(rows: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """What is known of services, organizations and locations; what is not known has no row."""
    ids = terms.set_index(["column", "code"])["id"]
    parts = []
    for column in terms["column"].unique():
        linked = _linked(rows, column)
        value = linked[column].astype("str") if column in FACTS else pd.Series("", linked.index)
        code = "" if column in FACTS else linked[column]
        if column == "local_type":
            code = linked["source_id"] + "/" + linked["local_type"]
        term = pd.Series(code, linked.index).map(ids[column])
        parts.append(
            pd.DataFrame(
                {
                    "link_id": linked["link_id"],
                    "taxonomy_term_id": term,
                    "link_type": column,
                    "link_entity": linked["link_entity"],
                    "value": value,
                }
            )
        )
    found = pd.concat(parts, ignore_index=True)
    return found.assign(id=_ids("attribute", found, ["link_id", "taxonomy_term_id"]))


def _linked(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows in which a column says something, each with what it says it of."""
    entity = (
        "organization" if column in OF_ORGANIZATION
        else "location" if column in OF_LOCATION else "service"
    )  # fmt: skip
    key = "id" if entity == "service" else f"{entity}_id"
    known = rows[rows[column].notna()]
    known = known.assign(link_id=known[key], link_entity=entity)
    return known.drop_duplicates(["link_id", column])


@lru_cache
def _layout() -> dict[str, dict[str, Any]]:
    """``hsds.yml``: the tables, their files and what is asked of each field."""
    return read_mapping(HERE / "hsds.yml")


def _descriptor(edition: Edition) -> dict[str, Any]:
    entry = standard("hsds")
    country = edition.inventory.country
    return {
        "profile": "tabular-data-package",
        "name": f"landscape-{edition.code.lower()}-hsds",
        "title": f"Social services listed in registers: {country.name['en']}",
        "homepage": entry["url"],
        "version": entry["version"],
        "licenses": licences(edition.inventory.sources),
        "resources": [_resource(name, spec) for name, spec in _layout().items()],
    }


def _resource(name: str, spec: dict[str, Any]) -> dict[str, Any]:
    fields = [_field(field, asked) for field, asked in spec["fields"].items()]
    links = {field: asked.partition("-> ")[2] for field, asked in spec["fields"].items()}
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": spec["path"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": fields,
            "primaryKey": "id",
            "foreignKeys": [
                {"fields": field, "reference": {"resource": table, "fields": "id"}}
                for field, table in links.items()
                if table
            ],
        },
    }


def _field(name: str, asked: str) -> dict[str, Any]:
    words, _, among = asked.partition("in ")
    constraints: dict[str, Any] = {}
    if "R" in words.split():
        constraints["required"] = True
    if "U" in words.split():
        constraints["unique"] = True
    if among:
        constraints["enum"] = among.split("|")
    field: dict[str, Any] = {"name": name, "type": "number" if asked == "number" else "string"}
    return {**field, "constraints": constraints} if constraints else field
